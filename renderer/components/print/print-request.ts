import type { AskedCosts, AskedTimeline, DocumentName, MakeDocument } from '../../../shared/domain/documents/operations.ts'
import type { Plain } from '../../app/client.ts'
import { usePlace } from '../../app/routes.ts'

/** What a page gives to print: its document, the list it shows, the rows marked, the record open. */
export interface PrintRequest {
  document: DocumentName
  project_id?: string
  list?: Plain<MakeDocument>['list']
  /** Rows that the filters leave, for documents of the same rows that do not know these filters. */
  rows?: readonly string[]
  /** Rows marked in the list. */
  ids?: readonly string[]
  /** The record that is open: what a document of one record is made of. */
  record?: string
  /** Who the marked rows are about, for documents of people where the rows are not. */
  people?: readonly string[]
  /** Of a page of costs: broken down by what, over which days. */
  costs?: Plain<AskedCosts>
  /** Of a planning: the days that are shown, asked when the preview opens. */
  timeline?: () => Plain<AskedTimeline>
}

/** Documents of the same rows: what is marked in one holds for the other. */
const families: readonly (readonly DocumentName[])[] = [
  ['mission_list', 'sign_in_sheet', 'run_of_show'],
  ['address_list', 'crew_list', 'contact_sheet', 'personal_schedule', 'week_plan'],
  ['location_list', 'site_sheet'],
  ['assignment_list', 'planning_timeline'],
]
export const sameRows = (one: DocumentName, other: DocumentName): boolean => one === other || families.some((family) => family.includes(one) && family.includes(other))

/** The team of a project is filtered by what people do in it, the directory by what they are. */
const ofTeam: readonly DocumentName[] = ['crew_list', 'contact_sheet']
export const sameFilters = (one: DocumentName, other: DocumentName): boolean => one === other || (sameRows(one, other) && other !== 'week_plan' && ofTeam.includes(one) === ofTeam.includes(other))

/** Rows marked for a document: those of its own kind, or the people that the marked rows are about; of weeks, the person who is open. */
export function markedFor(request: PrintRequest, document: DocumentName): readonly string[] {
  if (sameRows(request.document, document)) return request.ids ?? (document === 'week_plan' && request.record !== undefined ? [request.record] : [])
  return sameRows('address_list', document) ? (request.people ?? []) : []
}

/** The document that prints what a list operation answers. */
const ofOperation: Readonly<Record<string, DocumentName>> = {
  'mission.list': 'mission_list', 'collaborator.list': 'address_list', 'location.list': 'location_list', 'assignment.list': 'assignment_list', 'sheet.list': 'sheet_list', 'project.list': 'project_list',
}
interface ShownList {
  settings: { operation: { name: string }; projectId?: string }
  asked: { filter?: Record<string, unknown> | undefined; sort?: string[] | undefined; search?: string | undefined }
  selected: ReadonlySet<string>
  open: string
}
/** What a list page prints: all rows of its filters, or those marked. */
export function printOfList({ settings, asked, selected, open }: ShownList): PrintRequest | null {
  const document = ofOperation[settings.operation.name]
  if (!document) return null
  const { filter, sort, search } = asked
  return {
    document,
    ...(settings.projectId ? { project_id: settings.projectId } : {}),
    list: { ...(filter ? { filter } : {}), ...(sort ? { sort } : {}), ...(search ? { search } : {}) },
    ...(selected.size > 0 ? { ids: [...selected] } : {}),
    ...(open && open !== 'new' ? { record: open } : {}),
  }
}

const ofPage: Readonly<Record<string, DocumentName>> = {
  overview: 'overview', missions: 'mission_list', planning: 'assignment_list', sheets: 'sheet_list', crew: 'crew_list', directory: 'address_list', locations: 'location_list', audit: 'audit_extract',
  members: 'permissions_matrix', settings: 'permissions_matrix',
}
/** What a page prints that says nothing itself. */
export function usePlacePrint(): PrintRequest {
  const { project, page } = usePlace()
  const document = ofPage[page] ?? (project ? 'overview' : 'project_list')
  return { document, ...(project ? { project_id: project } : {}) }
}
