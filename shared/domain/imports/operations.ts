/**
 * Import: look first (`import.preview`), then bring in what was looked at (`import.apply`). What is written goes through
 * `import.write`, a closed command of at most 500 rows; one import is one group of them, undone by `history.undo_group`.
 */
import { z } from 'zod'
import { changesOf, inputOf, wire } from '../entity.ts'
import { languages } from '../organization/model.ts'
import { bulkRows, command, query } from '../operation.ts'
import { collaborator } from '../people/model.ts'
import { assignment, mission } from '../planning/model.ts'
import { location } from '../locations/model.ts'

/** Names a row inside one import: its list and its place there, `m12`. Never a name nor an address: the log keeps it. */
const Key = z.string().regex(/^[lpma]\d{1,6}$/)
const existing = { key: Key, id: wire.id, version: wire.version }
const Ids = z.array(wire.id).max(60)

const LocationRow = z.strictObject({ key: Key, ...inputOf(location, ['name', 'zone'], ['external_id']) })
const personFields = ['kind', 'first_name', 'last_name', 'email', 'phone', 'languages', 'birth_date', 'tags', 'notes'] as const
const NewPerson = z.strictObject({ key: Key, ...inputOf(collaborator, ['display_name'], [...personFields, 'external_id']), crew_role_id: wire.id.optional(), skill_ids: Ids.optional() })
const ChangedPerson = z.strictObject({
  ...existing, changes: changesOf(collaborator, ['display_name', ...personFields]), crew_role_id: wire.id.optional(), /** Added to those they have. */ skill_ids: Ids.optional(),
})
/** `location_key`: a place of the same command; `location_id`: one that exists. */
const place = { location_key: Key.optional() }
const missionFields = ['day_code', 'kind', 'tags', 'description', 'location_id'] as const
const NewMission = z.strictObject({ key: Key, ...inputOf(mission, ['title', 'start_at', 'end_at', 'zone'], [...missionFields, 'external_id']), ...place })
const ChangedMission = z.strictObject({
  ...existing, changes: changesOf(mission, ['title', 'start_at', 'end_at', 'zone', ...missionFields]), ...place, canceled: z.literal(true).optional(),
})
const assignmentFields = ['crew_role_id', 'call_at', 'engagement_kind', 'notes'] as const
const NewAssignment = z.strictObject({
  key: Key, collaborator_id: wire.id.optional(), person_key: Key.optional(), mission_id: wire.id.optional(), mission_key: Key.optional(),
  ...inputOf(assignment, ['start_at', 'end_at'], [...assignmentFields, 'rate_basis', 'rate_minor', 'rate_currency', 'external_id']),
})
const ChangedAssignment = z.strictObject({ ...existing, changes: changesOf(assignment, ['start_at', 'end_at', ...assignmentFields]) })

export type LocationRow = z.infer<typeof LocationRow>
export type NewPerson = z.infer<typeof NewPerson>
export type ChangedPerson = z.infer<typeof ChangedPerson>
export type NewMission = z.infer<typeof NewMission>
export type ChangedMission = z.infer<typeof ChangedMission>
export type NewAssignment = z.infer<typeof NewAssignment>
export type ChangedAssignment = z.infer<typeof ChangedAssignment>

/** Rows that a person of an import writes: the record, the crew role (and the former main one), the skills. */
export const personWeight = (row: Pick<NewPerson, 'crew_role_id' | 'skill_ids'>): number => 1 + (row.crew_role_id ? 2 : 0) + (row.skill_ids?.length ?? 0)

const rowsOf = <T extends z.ZodType>(row: T) => z.array(row).max(bulkRows).optional()
const KeyedIds = z.record(z.string(), z.string())

const Rows = z.strictObject({
  project_id: wire.id,
  /** Kept with each row made, beside its `external_id`, so that a second import finds it. */
  source: z.string().trim().min(1).max(80),
  locations: rowsOf(LocationRow), people: rowsOf(NewPerson), changed_people: rowsOf(ChangedPerson), missions: rowsOf(NewMission),
  changed_missions: rowsOf(ChangedMission), assignments: rowsOf(NewAssignment), changed_assignments: rowsOf(ChangedAssignment),
  /** Rows of the file that its import leaves out; said by the first command. */
  refused: z.int().min(0).optional(),
  /** The last command of its import: the same call again has nothing more to do. */
  last: z.literal(true).optional(),
})
export type ImportRows = z.infer<typeof Rows>

const peopleOf = (rows: ImportRows) => [...(rows.people ?? []), ...(rows.changed_people ?? [])]
const plainRowsOf = (rows: ImportRows) =>
  [...(rows.locations ?? []), ...(rows.missions ?? []), ...(rows.changed_missions ?? []), ...(rows.assignments ?? []), ...(rows.changed_assignments ?? [])]

export const writeImport = command({
  name: 'import.write',
  about: 'Writes rows of an import: places, people, missions, assignments, at most 500 rows. Within one command rows refer to one another by key; to what exists by id.',
  input: Rows
    .refine((rows) => plainRowsOf(rows).length + peopleOf(rows).reduce((sum, row) => sum + personWeight(row), 0) <= bulkRows, { error: 'too_many_rows' })
    .refine((rows) => new Set([...plainRowsOf(rows), ...peopleOf(rows)].map(({ key }) => key)).size === plainRowsOf(rows).length + peopleOf(rows).length, { error: 'key_twice' }),
  output: z.object({ created: KeyedIds, updated: KeyedIds }),
  permission: 'import:run',
  target: { kind: 'project', id: (input) => input.project_id },
  sealed: (input, id) => [
    ...(input.people ?? []).map((row, index) => ({ path: ['people', index], subject: id(`person:${row.key}`) })),
    ...(input.changed_people ?? []).map((row, index) => ({ path: ['changed_people', index], subject: row.id })),
  ],
})

export const importKinds = ['people', 'missions', 'assignments', 'schedule'] as const

const FieldName = z.string().max(40)
const Position = z.int().min(0).max(200_000)
const CellText = z.string().max(5_000)

export const importGroups = ['people:new', 'people:known', 'missions:new', 'missions:known', 'assignments:new', 'assignments:known'] as const

/** How columns are read, where it is not what the preview found by itself. */
const importTransforms = {
  /** The value of a field in every row whose own cell is blank. */
  constants: z.array(z.strictObject({ field: FieldName, value: CellText })).max(40).optional(),
  /** Whole names: `Inès Kaplan`, or `KAPLAN Inès`. */
  name_order: z.enum(['first_last', 'last_first']).optional(),
  /** What parts the lists of a field. */
  list_marks: z.record(FieldName, z.enum([';', ',', '/', '|', '\n'])).optional(),
}

/** A file (or pasted text) and all that a person settled about it. The same for looking, importing and the rejected rows. */
const source = {
  project_id: wire.id,
  /** What the rows are. `schedule`: missions with rooms and people. A calendar (.ics) is always a schedule. */
  kind: z.enum(importKinds),
  file_name: z.string().trim().min(1).max(255),
  /** The file, base64; at most 50 MB once decoded. */
  content_base64: z.string().max(70_000_000).optional(),
  /** Pasted instead of a file. */
  text: z.string().max(10_000_000).optional(),
  /** Origin kept with what is made; the file name without its ending when not given. The same next month should give the same. */
  source: z.string().trim().min(1).max(80).optional(),
  sheet: z.int().min(0).max(500).optional(),
  /** Row of the header among the rows of the sheet; null: there is none. Guessed when not given. */
  header_row: Position.nullable().optional(),
  separator: z.enum([',', ';', '\t', '|']).optional(),
  /** Field of each column, null for none; suggested when not given. */
  mapping: z.array(FieldName.nullable()).max(400).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  date_order: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  /** Year of dates that name none. */
  year: z.int().min(1900).max(2200).optional(),
  /** Of names of numbered columns and of reasons; the organization's when not given. */
  language: z.enum(languages).optional(),
  /** Of telephone numbers without a country code; FR when not given. */
  country: z.string().regex(/^[A-Z]{2}$/).optional(),
  /** One cell corrected; rows count from 0 under the header. */
  edits: z.array(z.strictObject({ row: Position, column: z.int().min(0).max(400), value: CellText })).max(5_000).optional(),
  /** "Correct for all": every cell of the column that holds `found`; with `item`, every list of the column that has it among others. */
  replacements: z.array(z.strictObject({ column: z.int().min(0).max(400), found: CellText, value: CellText, item: z.literal(true).optional() })).max(500).optional(),
  ...importTransforms,
  /** Who people of the file are, by the key of their proposal: asked for where the preview is not sure. */
  identities: z.array(z.strictObject({
    key: z.string().max(400),
    as: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('existing'), id: wire.id }), z.strictObject({ kind: z.literal('new') }), z.strictObject({ kind: z.literal('skip') }),
    ]),
  })).max(5_000).optional(),
  /** Rows whose person is somebody else than the one of the same name above. */
  apart_rows: z.array(Position).max(5_000).optional(),
  /** Groups left out: what would be made (`new`), what would be changed (`known`). */
  leave: z.array(z.enum(importGroups)).max(importGroups.length).optional(),
  /** Rows left out. */
  skipped_rows: z.array(Position).max(100_000).optional(),
  /** Calendars: whether people invited become people assigned. */
  attendees: z.enum(['ignore', 'assign']).optional(),
  /** False: what was remembered for this header line is not used. */
  recall: z.literal(false).optional(),
}
export const ImportSource = z.strictObject(source)
export type ImportSource = z.infer<typeof ImportSource>

const DecisionCounts = z.object({ create: z.int(), update: z.int(), skip: z.int() })
export const ImportIssue = z.object({
  field: z.string().nullable(), issue: z.string(), severity: z.enum(['error', 'warning']), message_code: z.string(), found: z.string(), expected: z.string(), message: z.string(),
})
const Choice = z.object({ field: z.string(), columns: z.array(z.int()) })
const PreviewLine = z.object({
  index: z.int(), source_line: z.int(), cells: z.array(z.string()), values: z.record(z.string(), z.string()), state: z.enum(['accepted', 'rejected']), issues: z.array(ImportIssue),
})
const Proposed = z.object({
  key: z.string(), rows: z.array(z.int()), decision: z.enum(['create', 'update', 'skip']), match: z.object({ id: z.string(), by: z.string() }).nullable(),
  /** People of the directory who may be this one. `unsure`: someone must say. `left`: left out on purpose. */
  candidates: z.array(z.string()), unsure: z.boolean(), left: z.boolean(),
  draft: z.record(z.string(), z.unknown()), changes: z.array(z.object({ field: z.string(), old: z.unknown(), new: z.unknown() })),
})
const Column = z.object({
  column: z.int(), header: z.string(), field: z.string().nullable(), confidence: z.enum(['sure', 'check', 'ignored']), samples: z.array(z.string()),
  refused: z.object({ column: z.int(), header: z.string(), kind: z.string(), by: z.string() }).nullable(), transform: z.record(z.string(), z.unknown()).nullable(),
  /** How each sample is read under the present mapping; null: as typed. */
  readings: z.array(z.looseObject({ kind: z.string() }).nullable()),
})

/** Rows and proposals shown of each kind; counts are always of all. */
export const previewRows = 200

export const ImportPreviewAnswer = z.object({
  /** To be given to `import.apply`: stands for the file, all settings and what exists. */
  digest: z.string(),
  format: z.enum(['csv', 'tsv', 'xlsx', 'ods', 'ics']),
  source: z.string(),
  sheets: z.array(z.object({ name: z.string(), rows: z.int(), header_row: z.int().nullable() })),
  sheet: z.int(), header_row: z.int().nullable(), encoding: z.string().nullable(), separator: z.string().nullable(), quote_errors: z.array(z.int()),
  /** The first rows of the sheet, to choose the header among: their line and how they begin. */
  first_rows: z.array(z.object({ line: z.int(), text: z.string() })),
  /** Parts of a calendar that could not be read. */
  problems: z.array(z.object({ code: z.string(), line: z.int(), severity: z.enum(['error', 'warning']), title: z.string().nullable(), found: z.string() })),
  /** What was suggested for each column, whatever mapping was given. Empty for a calendar. */
  columns: z.array(Column),
  header: z.array(z.string()), mapping: z.array(z.string().nullable()), choices: z.array(Choice),
  /** False: a choice is pending, or there is nothing to write. */
  ready: z.boolean(),
  /** People whom someone must recognise first. */
  undecided: z.int(),
  /** Commands that the import will take, for its progress. */
  writes: z.int(),
  date_order: z.string(), name_order: z.string(),
  /** What was chosen for a file with the same header line, and is used where nothing else was said. */
  remembered: z.object({ id: z.string(), label: z.string().nullable(), at: z.string(), used: z.boolean() }).nullable(),
  /** The people whom proposals name as matches or candidates. */
  /** How many of each group are left out. */
  left: z.record(z.enum(importGroups), z.int()),
  /** Names that a field may take from what exists: crew roles, skills, places; the first 500. */
  names: z.object({ crew_role: z.array(z.string()), skills: z.array(z.string()), location: z.array(z.string()) }),
  /** What the person may do on the way: make two people of the directory one, add to the catalogue. */
  may: z.object({ merge: z.boolean(), catalogue: z.boolean() }),
  known_people: z.array(z.object({
    id: z.string(), name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), crew_role: z.string().nullable(), birth_year: z.int().nullable(),
  })),
  /** The first 200 rows and, after them, rows with issues (2,000 at most), in the order of the file. */
  rows: z.array(PreviewLine),
  groups: z.array(z.object({
    message_code: z.string(), field: z.string().nullable(), severity: z.enum(['error', 'warning']), count: z.int(), rows: z.array(z.int()),
    founds: z.array(z.object({ found: z.string(), count: z.int() })), message: z.string(),
  })),
  /** The first 200 of each kind that would be made or changed. */
  proposals: z.object({ locations: z.array(Proposed), people: z.array(Proposed), missions: z.array(Proposed), assignments: z.array(Proposed) }),
  counts: z.object({
    rows: z.int(), accepted: z.int(), rejected: z.int(), warnings: z.int(),
    locations: DecisionCounts, people: DecisionCounts, missions: DecisionCounts, assignments: DecisionCounts,
  }),
})
export type ImportPreviewAnswer = z.infer<typeof ImportPreviewAnswer>

export const previewImportFile = query({
  name: 'import.preview',
  about: 'Reads a file or pasted text and says, row by row, what it would bring into the project. Writes nothing.',
  input: ImportSource,
  output: ImportPreviewAnswer,
  permission: 'import:run',
  target: { kind: 'project', id: (input) => input.project_id },
})

const KindCounts = z.object({ locations: z.int(), people: z.int(), missions: z.int(), assignments: z.int() })

export const applyImport = command({
  name: 'import.apply',
  about: 'Imports what was previewed, as one group of commands that one undo takes away. Refused when the file, the settings or the records changed since.',
  input: z.strictObject({ ...source, digest: z.string().max(200) }),
  output: z.object({ group_id: z.string(), created: KindCounts, updated: KindCounts, skipped: KindCounts, rejected: z.int(), chunks: z.int() }),
  permission: 'import:run',
  target: { kind: 'project', id: (input) => input.project_id },
  undoable: false,
})
export type ApplyImport = z.infer<typeof applyImport.input>

export const rejectedRows = query({
  name: 'import.rejected_csv',
  about: 'The rows that cannot be imported, as CSV with their line and the reason.',
  input: ImportSource,
  output: z.object({ file_name: z.string(), rows: z.int(), csv: z.string() }),
  permission: 'import:run',
  target: { kind: 'project', id: (input) => input.project_id },
})

export const rememberImport = command({
  name: 'import.remember',
  about: 'Keeps what was chosen for the columns of a file, for the next file with the same header line. What was kept before is replaced.',
  input: z.strictObject({
    project_id: wire.id, kind: z.enum(importKinds), header: z.array(z.string().max(300)).min(1).max(400), mapping: z.array(FieldName.nullable()).max(400),
    label: z.string().trim().min(1).max(200).optional(), date_order: z.enum(['dmy', 'mdy', 'ymd']).optional(), country: z.string().regex(/^[A-Z]{2}$/).optional(),
    ...importTransforms,
  }),
  output: z.object({ id: z.string() }),
  permission: 'import:run',
  target: { kind: 'project', id: (input) => input.project_id },
  undoable: false,
})

export const forgetImport = command({
  name: 'import.forget',
  about: 'Forgets what was chosen for the files of one header line.',
  input: z.strictObject({ project_id: wire.id, id: wire.id }),
  output: z.object({ id: z.string() }),
  permission: 'import:run',
  target: { kind: 'project', id: (input) => input.project_id },
  undoable: false,
})

/** Days during which an import can be undone (ui 7.2). */
export const importUndoDays = 30

export const listImports = query({
  name: 'import.list',
  about: 'The imports of the organization, newest first: who brought in what, and whether it can still be undone.',
  input: z.strictObject({ project_id: wire.id.optional(), limit: z.int().min(1).max(20).optional() }),
  output: z.object({
    items: z.array(z.object({
      group_id: z.string(), source: z.string(), project_id: z.string(), project_name: z.string(), at: z.string(), by: z.string(), by_name: z.string().nullable(), mine: z.boolean(),
      created: KindCounts, updated: KindCounts,
      /** Rows of the file that were left out. */
      refused: z.int(),
      state: z.enum(['standing', 'partly_undone', 'undone']), undo_until: z.string(),
      /** Null: it can be undone. */
      why_not: z.enum(['undone', 'too_old', 'not_yours']).nullable(),
    })),
  }),
  permission: 'import:run',
  target: { kind: 'visible', project: (input) => input.project_id },
})
