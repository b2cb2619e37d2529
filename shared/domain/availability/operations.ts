/** "Are you free?" and its answers, what is said of many people at once, and calendars of people. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import type { Id } from '../../kernel/ids.ts'
import { command, query, Written, WrittenMany } from '../operation.ts'
import { list } from '../records.ts'
import { requestChannels } from './model.ts'

/** Most people of one gesture, and most windows of one question. */
export const mostPeople = 200
export const mostWindows = 60
export const answers = ['free', 'not_free', 'maybe'] as const
/** `none`: what was said is taken back. */
export const saidKinds = ['available', 'unavailable', 'none'] as const

const window = z.strictObject({ start_at: wire.instant, end_at: wire.instant }).refine(({ start_at, end_at }) => start_at < end_at, 'ends after it begins')
const windows = z.array(window).min(1).max(mostWindows)
const people = z.array(wire.id).min(1).max(mostPeople).refine((ids) => new Set(ids).size === ids.length, 'each person once')
const ofPeople = { kind: 'rows', entity: 'collaborator', ids: (input: { collaborator_ids: Id[] }) => input.collaborator_ids } as const
const ofRequest = { kind: 'rows', entity: 'availability_request', ids: (input: { id: Id }) => [input.id] } as const
const ofPerson = { kind: 'person', id: (input: { collaborator_id: Id }) => input.collaborator_id } as const

export const requestAvailability = command({
  name: 'availability.request',
  about: 'Asks people whether they are free, for some windows. The question names neither project nor mission; the message is what they read. Nothing is sent: how they are asked is the channel’s.',
  input: z.strictObject({
    collaborator_ids: people, windows, zone: wire.zone, deadline_at: wire.instant.nullable().optional(), message: z.string().trim().min(1).max(500).nullable().optional(), channel: z.enum(requestChannels),
  }),
  output: WrittenMany,
  permission: 'availability:write',
  target: ofPeople,
  // Words to one person are that person's; words to several are nobody's own and have a key of their question.
  sealed: (input, id) => [{ path: ['message'], subject: input.collaborator_ids.length === 1 && input.collaborator_ids[0] ? input.collaborator_ids[0] : id('question') }],
})

export const answerRequest = command({
  name: 'availability.answer',
  about: 'Answers a question “are you free?”: by the person, or by a planner for them. Free and not free are written as availability and replace what lies under; a corrected answer takes the former one’s back.',
  input: z.strictObject({
    id: wire.id, state: z.enum(answers), note: z.string().trim().min(1).max(500).nullable().optional(),
    windows: windows.optional().describe('those answered for, when not all that were asked'),
  }),
  output: Written,
  permission: 'availability:write',
  target: ofRequest,
  possible: (row) => row['deleted_at'] === null,
  sealed: (input) => [{ path: ['note'], subject: input.id }],
})

const unanswered = (row: Readonly<Record<string, unknown>>): boolean => row['state'] === 'asked' || row['state'] === 'no_answer'

export const noteNoAnswer = command({
  name: 'availability.note_no_answer',
  about: 'Records that nobody answered, once the deadline of the question has passed.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'availability:write',
  target: ofRequest,
  possible: (row) => row['state'] === 'asked' && row['deadline_at'] !== null,
})

export const lapseRequest = command({
  name: 'availability.lapse',
  about: 'Notes by the authority’s clock that nobody answered a question until its deadline.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'system:act',
  target: ofRequest,
  undoable: false, again: false,
})

export const withdrawRequest = command({
  name: 'availability.withdraw_request',
  about: 'Takes back a question that nobody answered.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'availability:write',
  target: { ...ofRequest, removed: true },
  possible: (row) => row['deleted_at'] === null && unanswered(row),
})

export const listRequests = list({
  name: 'availability_request.list', about: 'Lists questions “are you free?” with their answers: planners all of them, others their own.', permission: 'availability:write',
  filters: ['collaborator_id', 'state', 'deadline_at', 'created_at'], sorts: ['deadline_at', 'created_at'],
})

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const when = z.union([
  z.strictObject({ windows }),
  z.strictObject({
    weekly: z.strictObject({ weekdays: z.array(z.int().min(1).max(7)).min(1).max(7), from_time: time, to_time: time, from: wire.localDate, to: wire.localDate })
      .describe('every such weekday (1 Monday to 7 Sunday) from one date to another, hours on the clocks of the zone; an end not after the beginning is the next day’s'),
  }),
])
const said = {
  collaborator_ids: people, when, kind: z.enum(saidKinds), zone: wire.zone, project_id: wire.id.nullable().describe('null: whatever the project'),
}

export const setMany = command({
  name: 'availability.set_many',
  about: 'Says of one or more people when they are available or not, or takes back what was said: people × windows, 500 blocks at most. What lies under is replaced.',
  input: z.strictObject({ ...said, reason: z.string().trim().min(1).max(300).nullable().optional() }),
  output: WrittenMany,
  permission: 'availability:write',
  target: ofPeople,
  sealed: (input, id) => [{ path: ['reason'], subject: input.collaborator_ids.length === 1 && input.collaborator_ids[0] ? input.collaborator_ids[0] : id('question') }],
})

const Shown = z.object({ start_at: z.string(), end_at: z.string() })
export const previewMany = query({
  name: 'availability.preview_many',
  about: 'What availability.set_many would write and replace, person by person, and how much work lies under. Writes nothing.',
  input: z.strictObject(said),
  output: z.object({
    windows: z.array(Shown), rows: z.int(), too_many: z.boolean(),
    people: z.array(z.object({
      id: z.string(), name: z.string(),
      blocks: z.array(Shown.extend({ id: z.string(), kind: z.string(), zone: z.string(), reason: z.string().nullable(), becomes: z.enum(['removed', 'shortened', 'split']), parts: z.array(Shown) })),
      /** Assignments under the windows that the asker may know of. */
      work: z.int(),
    })),
  }),
  permission: 'availability:write',
  target: ofPeople,
})

/** Most characters of a calendar file; most days read of it. */
export const mostCalendarText = 5_000_000
export const mostCalendarDays = 732
const calendar = {
  collaborator_id: wire.id,
  text: z.string().min(1).max(mostCalendarText).describe('the calendar file (.ics)'),
  kind: z.enum(['available', 'unavailable']).describe('what the events of the file say of the person'),
  from: wire.localDate, to: wire.localDate.describe('events between these dates only, both included; two years at most'),
  skip: z.array(z.string().max(64)).max(2000).optional().describe('digests of events left aside'),
  remove_missing: z.boolean().optional().describe('take back blocks of earlier imports whose event is not in the file any more'),
}

export const calendarDecisions = ['new', 'update', 'unchanged', 'remove', 'skip', 'transparent', 'canceled', 'outside', 'no_length', 'covered'] as const
export const previewCalendar = query({
  name: 'availability.preview_calendar',
  about: 'What importing a person’s calendar would write: each event by its UID as new, changed, gone or left aside, and what lies under. Titles are shown to who holds the file and kept nowhere. Writes nothing.',
  input: z.strictObject({ ...calendar, language: z.enum(['fr', 'en']).optional().describe('of the problems; the organization’s when left out') }),
  output: z.object({
    digest: z.string(),
    zone: z.string(),
    events: z.array(Shown.extend({ external_id: z.string(), title: z.string(), zone: z.string(), all_day: z.boolean(), recurring: z.boolean(), decision: z.enum(calendarDecisions), replaces: z.int() })),
    counts: z.record(z.string(), z.int()), writes: z.int(),
    problems: z.array(z.object({ line: z.int(), severity: z.enum(['error', 'warning']), title: z.string().nullable(), message: z.string() })),
  }),
  permission: 'availability:write',
  target: ofPerson,
})
export const importCalendar = command({
  name: 'availability.import_calendar',
  about: 'Writes what the preview showed, as blocks with the source “import”. Titles, places and guests of events are not kept: the reason is what is typed here, or empty.',
  input: z.strictObject({ ...calendar, digest: z.string().max(200), reason: z.string().trim().min(1).max(300).nullable().optional() }),
  output: z.object({ group_id: z.string(), counts: z.record(z.string(), z.int()), commands: z.int() }),
  permission: 'availability:write',
  target: ofPerson,
})

export const writeCalendar = command({
  name: 'availability.write_calendar',
  about: 'Writes blocks of an imported calendar: for each event, the blocks of its former import are taken away, then the new ones written over what lies under.',
  input: z.strictObject({
    collaborator_id: wire.id,
    events: z.array(z.strictObject({ external_id: z.string().trim().min(1).max(64), zone: wire.zone, blocks: z.array(window).max(200) })).min(1).max(500),
    kind: z.enum(['available', 'unavailable']), reason: z.string().trim().min(1).max(300).nullable().optional(),
  }),
  output: WrittenMany,
  permission: 'availability:write',
  target: ofPerson,
  sealed: (input) => [{ path: ['reason'], subject: input.collaborator_id }],
})
