/** The catalogue of listed documents: who may make each, on what paper, and what makes it. */
import type { DocumentFormat, DocumentName, Paper } from '../domain/documents/operations.ts'
import type { Permission } from '../domain/permissions.ts'
import type { ListContent } from '../documents/list/content.ts'
import type { Desk } from '../documents/list/desk.ts'
import { auditExtract } from '../documents/list/documents/audit-extract.ts'
import { permissionsMatrix } from '../documents/list/documents/authority.ts'
import { assignmentList, missionList, projectList, sheetList, signInSheet } from '../documents/list/documents/missions.ts'
import { costList } from '../documents/list/documents/costs.ts'
import { addressList, contactSheet, crewList, personalSchedule } from '../documents/list/documents/people.ts'
import { locationList, siteSheet } from '../documents/list/documents/places.ts'
import { planningTimeline } from '../documents/list/documents/planning-timeline.ts'
import { runOfShow } from '../documents/list/documents/run-of-show.ts'
import { overview } from '../documents/list/documents/status.ts'
import { staffRegister } from '../documents/list/documents/staff-register.ts'
import { weekPlan } from '../documents/list/documents/week-plan.ts'
import type { Id } from '../kernel/ids.ts'
import { mayViewCosts } from './cost-handlers.ts'
import type { Person } from './session.ts'

export interface DocumentEntry {
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
  /** Beyond the permission: whether this person may make it of the project. */
  may?: (person: Person, project_id: Id) => boolean
  build: (desk: Desk) => Promise<ListContent>
  /** Columns that are there but not shown unless asked for. */
  kept_back?: readonly string[]
  /** Without it: all. What is drawn to scale is no table. */
  formats?: readonly DocumentFormat[]
}

const upright: Paper = { size: 'A4', landscape: false }
const lying: Paper = { size: 'A4', landscape: true }
const read = { permission: 'project:read', own: true, large: false } as const

export const listDocuments: Readonly<Record<DocumentName, DocumentEntry>> = {
  mission_list: { ...read, file: ['missions', 'missions'], needs: 'organization', paper: lying, build: missionList },
  crew_list: { ...read, file: ['equipe', 'crew'], needs: 'project', paper: upright, build: crewList },
  contact_sheet: { ...read, file: ['contacts', 'contacts'], needs: 'project', paper: upright, build: contactSheet },
  sign_in_sheet: { ...read, file: ['emargement', 'sign-in'], needs: 'project', paper: upright, build: signInSheet },
  address_list: { ...read, file: ['annuaire', 'directory'], permission: 'contact:read', own: false, needs: 'organization', paper: lying, build: addressList },
  run_of_show: { ...read, file: ['conduite', 'run-of-show'], needs: 'ids', paper: lying, large: true, build: runOfShow },
  site_sheet: { ...read, file: ['lieu', 'site'], needs: 'ids', paper: upright, build: siteSheet },
  location_list: { ...read, file: ['lieux', 'locations'], needs: 'organization', paper: lying, build: locationList },
  assignment_list: { ...read, file: ['planning', 'planning'], needs: 'organization', paper: lying, build: assignmentList, kept_back: ['engagement', 'rate', 'notes'] },
  sheet_list: { ...read, file: ['feuilles', 'sheets'], needs: 'organization', paper: lying, build: sheetList },
  project_list: { ...read, file: ['projets', 'projects'], needs: 'organization', paper: lying, build: projectList },
  overview: { ...read, file: ['etat', 'status'], own: false, needs: 'project', paper: upright, build: overview },
  audit_extract: { ...read, file: ['journal', 'audit'], permission: 'audit:read', needs: 'organization', paper: lying, build: auditExtract, kept_back: ['reason'] },
  permissions_matrix: { ...read, file: ['droits', 'permissions'], permission: 'org:read', own: false, needs: 'organization', paper: upright, build: permissionsMatrix, kept_back: ['permission'] },
  personal_schedule: { ...read, file: ['planning-personnel', 'schedule'], needs: 'ids', paper: lying, build: personalSchedule },
  planning_timeline: { ...read, file: ['planning-frise', 'planning-timeline'], needs: 'project', paper: lying, build: planningTimeline, formats: ['pdf'] },
  week_plan: { ...read, file: ['semaines', 'weeks'], needs: 'project', paper: upright, build: weekPlan },
  cost_list: { file: ['couts', 'costs'], permission: 'assignment:plan', own: false, large: false, needs: 'project', paper: upright, build: costList, may: mayViewCosts },
  /** Who reads no fee draws no contract up, and has no register of them. */
  staff_register: { file: ['registre-du-personnel', 'staff-register'], permission: 'contract:draft', own: false, large: false, needs: 'project', paper: lying, build: staffRegister, may: (person, project_id) => person.may('rates:read', project_id) },
}
