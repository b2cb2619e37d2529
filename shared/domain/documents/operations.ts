/** Lists on paper and in tables: what can be asked for, and how. */
import { z } from 'zod'
import { breakdowns } from '../costs/breakdown.ts'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { languages } from '../organization/model.ts'

export const documentNames = [
  'mission_list', 'crew_list', 'contact_sheet', 'sign_in_sheet', 'address_list', 'run_of_show', 'site_sheet', 'location_list', 'assignment_list', 'sheet_list', 'project_list',
  'overview', 'audit_extract', 'permissions_matrix', 'personal_schedule', 'planning_timeline', 'week_plan', 'cost_list', 'staff_register',
] as const
export type DocumentName = (typeof documentNames)[number]

export const documentFormats = ['pdf', 'csv', 'xlsx'] as const
export type DocumentFormat = (typeof documentFormats)[number]
/** Why a document is made: to be looked at while its options are chosen, as a file to keep or send, or for the printer. */
export const documentPurposes = ['preview', 'file', 'print'] as const
export type DocumentPurpose = (typeof documentPurposes)[number]
export const paperSizes = ['A4', 'A3'] as const
export const Paper = z.strictObject({ size: z.enum(paperSizes), landscape: z.boolean() })
export type Paper = z.infer<typeof Paper>

/** Filters, sorts and words of the page's own list operation, which checks them. */
const AskedList = z.strictObject({
  filter: z.record(z.string().max(60), z.unknown()).optional(),
  sort: z.array(z.string().max(61)).max(3).optional(),
  search: z.string().max(200).optional(),
})

export const timelineSpans = ['day', 'week'] as const
export const timelineGroups = ['person', 'mission', 'location'] as const
const Timeline = z.strictObject({
  from: wire.instant, to: wire.instant,
  /** A page a day, or a page a week. */
  span: z.enum(timelineSpans).optional(), group: z.enum(timelineGroups).optional(),
})
export type AskedTimeline = z.infer<typeof Timeline>

const Costs = z.strictObject({ by: z.enum(breakdowns), /** Working days, both ends included. */ from: wire.localDate.optional(), to: wire.localDate.optional() })
export type AskedCosts = z.infer<typeof Costs>

const Asked = {
  document: z.enum(documentNames),
  project_id: wire.id.optional(),
  /** These rows only. */
  ids: z.array(wire.id).max(10_000).optional(),
  /** What the page's filters name; all of it, not what was drawn. */
  list: AskedList.optional(),
  /** Of a planning on paper; without it: the whole project, a page a week. */
  timeline: Timeline.optional(),
  /** Of costs on paper; without it: all of the project, day by day. */
  costs: Costs.optional(),
  language: z.enum(languages).optional(),
}

export const makeDocument = query({
  name: 'document.make',
  about: 'A list as a file: PDF, CSV or XLSX, of what the person may see and nothing else. Audited as an export, with the hash of its content; a preview, always a PDF, is reading and is not.',
  input: z.strictObject({
    ...Asked,
    format: z.enum(documentFormats),
    /** Without it: a file. A preview is always PDF. */
    purpose: z.enum(documentPurposes).optional(),
    /** Without it: the document's own. */
    paper: Paper.optional(),
    /** Keys of columns, in the order to print; without it: the document's own. */
    columns: z.array(z.string().max(40)).min(1).max(40).optional(),
    /** Read from afar, backstage: body of 12 pt. */
    large: z.boolean().optional(),
  }),
  output: z.object({
    file_name: z.string(), type: z.string(), base64: z.string(),
    /** Rows of its tables. */
    rows: z.int(),
    /** Of the file's bytes. */
    sha256: z.string(),
    /** First 12 hex digits of SHA-256 over the canonical JSON of the content, as printed in the footer. */
    content_hash: z.string(),
    pages: z.int().nullable(), language: z.enum(languages), paper: Paper,
  }),
  permission: 'org:read',
  target: { kind: 'visible', project: (input) => input.project_id },
})
export type MakeDocument = z.infer<typeof makeDocument.input>

export const listDocuments = query({
  name: 'document.list',
  about: 'The documents this person may make here, with their columns and their usual paper.',
  input: z.strictObject({ project_id: wire.id.optional(), language: z.enum(languages).optional() }),
  output: z.object({
    language: z.enum(languages),
    items: z.array(z.object({
      document: z.enum(documentNames), title: z.string(), needs: z.enum(['organization', 'project', 'ids']), paper: Paper, large: z.boolean(),
      formats: z.array(z.enum(documentFormats)),
      columns: z.array(z.object({ key: z.string(), label: z.string(), shown: z.boolean() })),
    })),
  }),
  permission: 'org:read',
  target: { kind: 'visible', project: (input) => input.project_id },
})

export const makeCalendar = query({
  name: 'document.make_calendar',
  about: 'A calendar file (iCalendar, UTC) of one person’s work or of missions, of what the asker may see; canceled ones are kept as such. Audited as an export.',
  input: z.strictObject({
    /** Without it: all projects that the asker reads. */
    project_id: wire.id.optional(),
    /** Without it: missions, not anybody's work. */
    collaborator_id: wire.id.optional(),
    language: z.enum(languages).optional(),
  }),
  output: z.object({ file_name: z.string(), type: z.string(), text: z.string(), events: z.int(), sha256: z.string(), language: z.enum(languages) }),
  permission: 'project:read',
  target: { kind: 'visible', project: (input) => input.project_id },
})
