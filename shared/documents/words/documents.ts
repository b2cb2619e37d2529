/** Titles of the documents, and what else the log says of an export. */
import type { DocumentName } from '../../domain/documents/operations.ts'
import type { Said } from './said.ts'

export const documentTitles: Readonly<Record<DocumentName, Said>> = {
  mission_list: ['Liste des missions', 'Mission list'],
  crew_list: ['Liste d’équipe', 'Crew list'],
  contact_sheet: ['Fiche contacts', 'Contact sheet'],
  sign_in_sheet: ['Feuille d’émargement', 'Sign-in sheet'],
  address_list: ['Liste d’adresses', 'Address list'],
  run_of_show: ['Conduite', 'Run of show'],
  site_sheet: ['Fiche de lieu', 'Site sheet'],
  location_list: ['Liste des lieux', 'Location list'],
  assignment_list: ['Planning en liste', 'Planning as a list'],
  sheet_list: ['Feuilles de service', 'Call sheets'],
  project_list: ['Projets', 'Projects'],
  overview: ['État du projet', 'Project status'],
  audit_extract: ['Extrait du journal', 'Audit extract'],
  permissions_matrix: ['Qui peut faire quoi', 'Who may do what'],
  personal_schedule: ['Planning personnel', 'Personal schedule'],
  planning_timeline: ['Planning en frise', 'Planning as a timeline'],
  week_plan: ['Semaine de chacun', 'Everybody’s week'],
  cost_list: ['Coûts — Estimation', 'Costs — Estimate'],
  staff_register: ['Registre du personnel', 'Register of staff'],
}
