/** What can be done with run sheets. Rows of a draft are named by their own id; `line_id` is what they keep from version to version. */
import { z } from 'zod'
import { changesOf, inputOf, wire } from '../entity.ts'
import { bulkRows, command, query, Written, WrittenMany } from '../operation.ts'
import { list } from '../records.ts'
import { languages } from '../organization/model.ts'
import { keyTime, revision, sheetNote, sheetPerson, sheetSections, sheetSlot } from './model.ts'
import { LANGUAGES, sheetSnapshotSchema } from './snapshot.ts'

type Id = z.infer<typeof wire.id>
type State = Readonly<Record<string, unknown>>

const ofSheet = { kind: 'rows', entity: 'run_sheet', ids: (input: { id: Id }) => [input.id] } as const
const ofRevision = { kind: 'rows', entity: 'revision', ids: (input: { revision_id: Id }) => [input.revision_id] } as const
const ofRow = (entity: string) => ({ kind: 'rows', entity, ids: (input: { id: Id }) => [input.id] }) as const
const ofRemovedRow = (entity: string) => ({ ...ofRow(entity), removed: true }) as const
/** Who is only a reader sees what is published; the handler decides, because members reach only the sheets of their own missions. */
const seen = { kind: 'visible' } as const

const isDraft = (row: State): boolean => row['state'] === 'draft'
const inState = (...states: readonly string[]) => (row: State): boolean => states.includes(String(row['state']))

/** Where a row goes: after that row, first (null), or, left out, where its hour puts it (key times, slots) or last. */
const afterId = { after_id: wire.id.nullable().optional() }
const Made = z.object({ id: z.string(), version: z.int(), revision_id: z.string() })
const Loose = z.record(z.string(), z.unknown())

// The sheet

export const prepareSheet = command({
  name: 'sheet.prepare',
  about: 'Makes the sheet of a mission’s day with a first draft, filled from the mission, its place, the project and the milestones.',
  input: z.strictObject({ mission_id: wire.id, covers: z.array(wire.id).max(30).optional() }),
  output: Made,
  permission: 'sheet:draft',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id, ...(input.covers ?? [])] },
  possible: (row) => row['status'] !== 'canceled',
  // The sheet of a mission frozen for review is made all the same.
  ignoresLock: true,
})
export const coverMission = command({
  name: 'sheet.cover',
  about: 'Puts another mission of the same project and local day on the sheet.',
  input: z.strictObject({ id: wire.id, mission_id: wire.id }),
  output: Written,
  permission: 'sheet:draft',
  target: ofSheet,
})
export const uncoverMission = command({
  name: 'sheet.uncover',
  about: 'Takes a mission off the sheet; the lead mission stays.',
  input: z.strictObject({ id: wire.id, mission_id: wire.id }),
  output: Written,
  permission: 'sheet:draft',
  target: ofSheet,
})
export const listSheets = list({
  name: 'sheet.list',
  about: 'The library of sheets with place, versions, who published, covered missions, counts, and whether something changed since. Readers see what is published only.',
  permission: 'project:read',
  filters: ['sheet_date', 'location_id', 'status', 'next_state', 'lead_mission_id', 'id', 'layout', 'published_by_name', 'published_at', 'covered_mission_id', 'unpublished_changes'],
  sorts: ['sheet_date', 'lead_mission_title', 'location_name', 'status', 'published_at', 'published_by_name', 'updated_at'],
})
export const getSheet = query({
  name: 'sheet.get',
  about: 'One sheet: its missions, its versions with what may be done to each, the rows of the version in work, and whether something changed since it was published.',
  input: z.strictObject({ id: wire.id }),
  output: Loose,
  permission: 'project:read',
  target: seen,
})
export const reviseSheet = command({
  name: 'sheet.revise',
  about: 'Prepares the next version: from the published one or the one named (rows keep their identity), or afresh from the missions.',
  input: z.strictObject({ id: wire.id, from: z.enum(['published', 'live']).optional(), from_revision_id: wire.id.optional() }),
  output: Made,
  permission: 'sheet:draft',
  target: ofSheet,
})

// The draft

export const draftFields = [
  'language', 'headline', 'unit', 'colour', 'day_number', 'day_total', 'alerts', 'sheet_location_id', 'emergency_numbers', 'on_site_aid', 'hospital', 'weather',
  'catering', 'channels', 'safety', 'legal_note', 'plan_sha256',
] as const

export const updateDraft = command({
  name: 'sheet.update_draft',
  about: 'Changes the draft’s own fields: headline, alerts, place, emergency, weather, catering, channels, safety, legal note.',
  input: z.strictObject({ revision_id: wire.id, version: wire.version, changes: changesOf(revision, draftFields) }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isDraft,
})
export const discardDraft = command({
  name: 'sheet.discard_draft',
  about: 'Throws the draft away; the published version stands. A sheet that never had another version goes with it.',
  input: z.strictObject({ revision_id: wire.id }),
  output: Written,
  permission: 'sheet:draft',
  target: { ...ofRevision, removed: true },
  possible: isDraft,
})

export const setKeyTime = command({
  name: 'sheet.set_key_time',
  about: 'Sets a key time: a new one without key_time_id, else the one named.',
  input: z.strictObject({ revision_id: wire.id, key_time_id: wire.id.optional(), version: wire.version.optional(), ...inputOf(keyTime, ['code', 'at'], ['label', 'place']), ...afterId }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isDraft,
})
export const removeKeyTime = command({
  name: 'sheet.remove_key_time', about: 'Takes a key time away.', input: z.strictObject({ id: wire.id }), output: Written, permission: 'sheet:draft', target: ofRemovedRow('key_time'),
})

const slotFields = ['kind', 'detail', 'end_at', 'place', 'departments', 'everyone', 'person', 'important'] as const
export const addSlot = command({
  name: 'sheet.add_slot',
  about: 'Adds a line to the schedule.',
  input: z.strictObject({ revision_id: wire.id, ...inputOf(sheetSlot, ['label', 'start_at'], slotFields), ...afterId }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isDraft,
  sealed: (input) => [{ path: ['person'], subject: input.revision_id }],
})
export const addSlots = command({
  name: 'sheet.add_slots',
  about: 'Adds lines to the schedule, at most 500, each where its hour puts it.',
  input: z.strictObject({ revision_id: wire.id, slots: z.array(z.strictObject(inputOf(sheetSlot, ['label', 'start_at'], slotFields))).min(1).max(bulkRows) }),
  output: WrittenMany,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isDraft,
  sealed: (input) => input.slots.map((_, index) => ({ path: ['slots', index, 'person'], subject: input.revision_id })),
})
export const updateSlot = command({
  name: 'sheet.update_slot',
  about: 'Changes a line of the schedule.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(sheetSlot, ['label', 'start_at', ...slotFields]) }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRow('sheet_slot'),
  sealed: (input) => [{ path: ['changes', 'person'], subject: input.id }],
})
export const moveSlot = command({
  name: 'sheet.move_slot',
  about: 'Moves a line of the schedule after another, or first.',
  input: z.strictObject({ id: wire.id, after_id: wire.id.nullable() }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRow('sheet_slot'),
})
export const removeSlot = command({
  name: 'sheet.remove_slot', about: 'Takes a line out of the schedule.', input: z.strictObject({ id: wire.id }), output: Written, permission: 'sheet:draft', target: ofRemovedRow('sheet_slot'),
})

export const addNote = command({
  name: 'sheet.add_note',
  about: 'Adds a note, for everyone (field) or for the office only (internal).',
  input: z.strictObject({ revision_id: wire.id, ...inputOf(sheetNote, ['visibility', 'text']), ...afterId }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isDraft,
})
export const updateNote = command({
  name: 'sheet.update_note',
  about: 'Changes a note.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(sheetNote, ['visibility', 'text']) }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRow('sheet_note'),
})
export const moveNote = command({
  name: 'sheet.move_note',
  about: 'Moves a note after another, or first.',
  input: z.strictObject({ id: wire.id, after_id: wire.id.nullable() }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRow('sheet_note'),
})
export const removeNote = command({
  name: 'sheet.remove_note', about: 'Takes a note away.', input: z.strictObject({ id: wire.id }), output: Written, permission: 'sheet:draft', target: ofRemovedRow('sheet_note'),
})

export const setPerson = command({
  name: 'sheet.set_person',
  about: 'Says of one person on the sheet: meal, radio channel, remarks.',
  input: z.strictObject({ revision_id: wire.id, assignment_id: wire.id, ...inputOf(sheetPerson, [], ['meal_at', 'channel', 'remarks']) }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isDraft,
})

/** Shape of each section's row, as in the snapshot, without the id that the draft gives. */
const shape = sheetSnapshotSchema.shape
export const sectionBodies = {
  transport: shape.transport.element.omit({ id: true }), lodging: shape.lodging.element.omit({ id: true }), local_crew: shape.local_crew.element.omit({ id: true }),
  hospitality: shape.hospitality.element.omit({ id: true }), equipment: shape.equipment.element.omit({ id: true }), scenes: shape.scenes.element.omit({ id: true }),
  cast: shape.cast.element.omit({ id: true }), extras: shape.extras.element.omit({ id: true }), department_notes: shape.department_notes.element.omit({ id: true }),
  advance: shape.advance.element.omit({ id: true }), contacts: shape.contacts.element.omit({ id: true }), attachments: shape.attachments.element.omit({ id: true }),
} as const
export type Section = (typeof sheetSections)[number]

export const addRow = command({
  name: 'sheet.add_row',
  about: 'Adds a row to a section: transport, lodging, local crew, hospitality, equipment, scenes, cast, extras, department notes, advance, contacts. Attachments: sheet.attach.',
  input: z.strictObject({ revision_id: wire.id, section: z.enum(sheetSections), body: Loose, ...afterId }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isDraft,
  sealed: (input) => [{ path: ['body'], subject: input.revision_id }],
})
export const updateRow = command({
  name: 'sheet.update_row',
  about: 'Changes a row of a section; the body is given whole.',
  input: z.strictObject({ id: wire.id, version: wire.version, body: Loose }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRow('sheet_row'),
  sealed: (input) => [{ path: ['body'], subject: input.id }],
})
export const moveRow = command({
  name: 'sheet.move_row',
  about: 'Moves a row after another of its section, or first.',
  input: z.strictObject({ id: wire.id, after_id: wire.id.nullable() }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRow('sheet_row'),
})
export const removeRow = command({
  name: 'sheet.remove_row', about: 'Takes a row out of its section.', input: z.strictObject({ id: wire.id }), output: Written, permission: 'sheet:draft', target: ofRemovedRow('sheet_row'),
})
export const attach = command({
  name: 'sheet.attach',
  about: 'Joins a kept file to the sheet, by the hash of its content.',
  input: z.strictObject({ revision_id: wire.id, attachment_id: wire.id }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isDraft,
})

// The life of a version

export const CHECK_CODES = [
  'no_general_call', 'no_place', 'no_emergency_line', 'no_hospital', 'slots_out_of_order', 'sync_conflict', 'validate_first', 'another_publishes',
  'open_posts', 'unanswered', 'severe_conflicts', 'no_weather', 'other_day', 'nobody',
] as const
export const Check = z.object({
  code: z.enum(CHECK_CODES),
  severity: z.enum(['blocking', 'warning']),
  /** Values for the sentence: a count, names, times. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  record: z.object({ entity: z.string(), id: z.string() }).nullable(),
})
export type Check = z.infer<typeof Check>

export const checkSheet = query({
  name: 'sheet.check',
  about: 'What stands in the way of publishing (blocking) and what to look at first (warnings).',
  input: z.strictObject({ revision_id: wire.id }),
  output: z.object({ checks: z.array(Check), publishable: z.boolean() }),
  permission: 'sheet:draft',
  target: ofRevision,
})
export const validateSheet = command({
  name: 'sheet.validate',
  about: 'Says the draft is right; it cannot be changed any more without taking it back.',
  input: z.strictObject({ revision_id: wire.id }),
  output: Written,
  permission: 'sheet:validate',
  target: ofRevision,
  possible: isDraft,
  undoable: false,
})
export const reopenSheet = command({
  name: 'sheet.reopen',
  about: 'Takes a validated version back to draft.',
  input: z.strictObject({ revision_id: wire.id }),
  output: Written,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: inState('validated'),
  undoable: false,
})
export const publishSheet = command({
  name: 'sheet.publish',
  about: 'Freezes the version and archives the former one. A draft is validated first when the person may do both.',
  input: z.strictObject({ revision_id: wire.id, language: z.enum(languages).optional() }),
  output: z.object({ id: z.string(), version: z.int(), number: z.int(), content_hash: z.string(), published_at: z.string(), archived_revision_id: z.string().nullable() }),
  permission: 'sheet:publish',
  target: ofRevision,
  possible: inState('draft', 'validated'),
  undoable: false,
})
export const archiveSheet = command({
  name: 'sheet.archive',
  about: 'Withdraws the published version without another in its place; the reason given is in the audit log.',
  input: z.strictObject({ revision_id: wire.id, reason: z.string().trim().min(1).max(500).optional() }),
  output: Written,
  permission: 'sheet:publish',
  target: ofRevision,
  possible: inState('published'),
  undoable: false,
})

// Reading

const Printing = { language: z.enum(LANGUAGES).optional(), variant: z.enum(['full', 'field']).optional() }

export const compareSheet = query({
  name: 'sheet.compare',
  about: 'What differs between two versions, row by row; without a first one, from nothing.',
  input: z.strictObject({ from_revision_id: wire.id.nullable(), to_revision_id: wire.id }),
  output: z.object({ changes: z.array(Loose), lines: z.array(Loose), zone: z.string(), date: z.string(), departments: z.array(Loose) }),
  permission: 'project:read',
  target: seen,
})
export const previewSheet = query({
  name: 'sheet.preview',
  about: 'The content of a version as it is printed, what is said of the version, and its changes since the last published one.',
  input: z.strictObject({ revision_id: wire.id, ...Printing }),
  output: z.object({ snapshot: Loose, issue: Loose, changes: z.array(Loose), variant: z.enum(['full', 'field']) }),
  permission: 'project:read',
  target: seen,
})
const File = z.object({ file_name: z.string(), media_type: z.string(), base64: z.string(), content_hash: z.string(), variant: z.enum(['full', 'field']), language: z.string(), state: z.enum(['draft', 'validated', 'published', 'archived']) })
export const sheetPdf = query({
  name: 'sheet.pdf',
  about: 'The version as PDF; assignment_id boxes that person’s line on page 1. The same version gives the same bytes.',
  input: z.strictObject({ revision_id: wire.id, ...Printing, assignment_id: wire.id.optional() }),
  output: File,
  permission: 'project:read',
  target: seen,
})
export const sheetCsv = query({
  name: 'sheet.csv',
  about: 'The version as CSV.',
  input: z.strictObject({ revision_id: wire.id, ...Printing }),
  output: File,
  permission: 'project:read',
  target: seen,
})
