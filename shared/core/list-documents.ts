/** The catalogue of listed documents: who may make each, on what paper, and what makes it. */
import type { DocumentName, Paper } from '../domain/documents/operations.ts'
import type { Permission } from '../domain/permissions.ts'
import type { ListContent } from '../documents/list/content.ts'
import type { Desk } from '../documents/list/desk.ts'
import { auditExtract, permissionsMatrix } from '../documents/list/documents/authority.ts'
import { assignmentList, missionList, projectList, sheetList, signInSheet } from '../documents/list/documents/missions.ts'
import { addressList, contactSheet, crewList, personalSchedule } from '../documents/list/documents/people.ts'
import { locationList, siteSheet } from '../documents/list/documents/places.ts'
import { runOfShow } from '../documents/list/documents/run-of-show.ts'
import { overview } from '../documents/list/documents/status.ts'

export interface DocumentEntry {
  title: readonly [fr: string, en: string]
  /** Begins the name of the file. */
  file: readonly [fr: string, en: string]
  permission: Permission
  /** Own records are enough: the lens leaves the person's own missions. */
  own: boolean
  /** `project`: of one project; `ids`: of the rows named. */
  needs: 'organization' | 'project' | 'ids'
  paper: Paper
  /** Has a size to be read from afar. */
  large: boolean
  build: (desk: Desk) => Promise<ListContent>
  /** Columns that are there but not shown unless asked for. */
  kept_back?: readonly string[]
}

const upright: Paper = { size: 'A4', landscape: false }
const lying: Paper = { size: 'A4', landscape: true }
const read = { permission: 'project:read', own: true, large: false } as const

export const listDocuments: Readonly<Record<DocumentName, DocumentEntry>> = {
  mission_list: { ...read, title: ['Liste des missions', 'Mission list'], file: ['missions', 'missions'], needs: 'organization', paper: lying, build: missionList },
  crew_list: { ...read, title: ['Liste d’équipe', 'Crew list'], file: ['equipe', 'crew'], needs: 'project', paper: upright, build: crewList },
  contact_sheet: { ...read, title: ['Fiche contacts', 'Contact sheet'], file: ['contacts', 'contacts'], needs: 'project', paper: upright, build: contactSheet },
  sign_in_sheet: { ...read, title: ['Feuille d’émargement', 'Sign-in sheet'], file: ['emargement', 'sign-in'], needs: 'project', paper: upright, build: signInSheet },
  address_list: { ...read, title: ['Liste d’adresses', 'Address list'], file: ['annuaire', 'directory'], permission: 'contact:read', own: false, needs: 'organization', paper: lying, build: addressList },
  run_of_show: { ...read, title: ['Conduite', 'Run of show'], file: ['conduite', 'run-of-show'], needs: 'ids', paper: lying, large: true, build: runOfShow },
  site_sheet: { ...read, title: ['Fiche de lieu', 'Site sheet'], file: ['lieu', 'site'], needs: 'ids', paper: upright, build: siteSheet },
  location_list: { ...read, title: ['Liste des lieux', 'Location list'], file: ['lieux', 'locations'], needs: 'organization', paper: lying, build: locationList },
  assignment_list: { ...read, title: ['Planning en liste', 'Planning as a list'], file: ['planning', 'planning'], needs: 'organization', paper: lying, build: assignmentList, kept_back: ['engagement', 'rate', 'notes'] },
  sheet_list: { ...read, title: ['Feuilles de service', 'Call sheets'], file: ['feuilles', 'sheets'], needs: 'organization', paper: lying, build: sheetList },
  project_list: { ...read, title: ['Projets', 'Projects'], file: ['projets', 'projects'], needs: 'organization', paper: lying, build: projectList },
  overview: { ...read, title: ['État du projet', 'Project status'], file: ['etat', 'status'], own: false, needs: 'project', paper: upright, build: overview },
  audit_extract: { ...read, title: ['Extrait du journal', 'Audit extract'], file: ['journal', 'audit'], permission: 'audit:read', needs: 'organization', paper: lying, build: auditExtract },
  permissions_matrix: { ...read, title: ['Qui peut faire quoi', 'Who may do what'], file: ['droits', 'permissions'], permission: 'org:read', own: false, needs: 'organization', paper: upright, build: permissionsMatrix },
  personal_schedule: { ...read, title: ['Planning personnel', 'Personal schedule'], file: ['planning-personnel', 'schedule'], needs: 'ids', paper: upright, build: personalSchedule },
}
