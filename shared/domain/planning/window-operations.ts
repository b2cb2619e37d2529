import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'

const id = z.string()
const instant = z.string()
/** Milliseconds UTC. */
const ms = z.int()
/** Place in another array of the answer; -1: none. */
const index = z.int()
const Column = <T extends z.ZodType>(of: T) => z.array(of)

/** One array a field, all of one length: 10,000 rows are one answer. Who works on what and when. */
const Assignments = z.object({
  id: Column(id), version: Column(z.int()), person: Column(index), mission: Column(index), /** Of `roles`. */ role: Column(index), /** Of `needs`. */ need: Column(index),
  start: Column(ms), end: Column(ms), call: Column(ms.nullable()), state: Column(z.string()), engagement: Column(z.string()),
  quantity: Column(z.int()), accepted: Column(z.int()), refused: Column(z.int()), is_lead: Column(z.boolean()), part: Column(z.string().nullable()),
  option_rank: Column(z.int().nullable()), option_expires: Column(ms.nullable()),
  /** Their terms changed after they had answered. */
  reconfirm: Column(z.boolean()),
  /** What changed since the last published plan, for somebody who has not been told; false where no plan was published. */
  untold: Column(z.boolean()),
})

export const planningWindow = query({
  name: 'planning.window',
  about: 'What a planning shows of a project between two instants, as columns: assignments, people, missions, needs, availability, work elsewhere as busy times, conflicts, holidays.',
  input: z.strictObject({ project_id: wire.id, /** Missing: from the first row of the project. */ from: wire.instant.optional(), /** Missing: to the last. */ to: wire.instant.optional() }),
  output: z.object({
    /** What was looked at: the asked window, else what holds every row of the project and its own window. */
    from: instant, to: instant, zone: z.string(),
    people: z.array(z.object({ id, name: z.string(), kind: z.string(), /** Main role, of `roles`. */ role: index })),
    roles: z.array(z.object({ id, name: z.string(), name_en: z.string().nullable(), department_code: z.string().nullable(), is_head: z.boolean() })),
    missions: z.array(z.object({
      id, version: z.int(), title: z.string(), day_code: z.string().nullable(), kind: z.string(), status: z.string(), start: ms, end: ms, zone: z.string(), /** Of `locations`. */ location: index,
      locked: z.boolean(), tags: z.array(z.string()), sheet_number: z.int().nullable(),
    })),
    locations: z.array(z.object({ id, name: z.string(), zone: z.string(), latitude: z.number().nullable(), longitude: z.number().nullable() })),
    /** Open posts and coverage: filled = accepted or later, held = planned or proposed (decision P4). */
    needs: z.array(z.object({ id, mission: index, role: index, head_count: z.int(), filled: z.int(), held: z.int(), start: ms, end: ms, notes: z.string().nullable() })),
    milestones: z.array(z.object({ id, mission: index, label: z.string(), at: ms, done: z.boolean() })),
    dependencies: z.array(z.object({ id, before: index, after: index, lag_minutes: z.int(), violated: z.boolean() })),
    assignments: Assignments,
    availability: z.array(z.object({ person: index, kind: z.enum(['available', 'unavailable']), start: ms, end: ms, reason: z.string().nullable() })),
    /** Work in other projects: when, nothing else. */
    busy: z.array(z.object({ person: index, start: ms, end: ms, firm: z.boolean() })),
    /** False: work of others elsewhere is not the asker's to know of; `busy` holds the asker's own at most. */
    busy_known: z.boolean(),
    conflicts: z.array(z.object({
      id, kind: z.string(), source: z.string(), severity: z.enum(['info', 'warning', 'severe']), acknowledged: z.boolean(), fingerprint: z.string(),
      /** Of the assignments of this answer it names. */
      assignments: z.array(index), person: index, missions: z.array(index), start: ms.nullable(), end: ms.nullable(),
      figures: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })),
    /** Local dates of the project's zone, both ends included. `name` is a key of the words of holidays; `school` only where the project names a zone. */
    holidays: z.array(z.object({ kind: z.enum(['public', 'school']), name: z.string(), first: z.string(), last: z.string() })),
    published: z.object({ id, number: z.int(), published_at: instant }).nullable(),
    checked_at: instant,
  }),
  permission: 'project:read',
  target: { kind: 'rows', entity: 'project', ids: (input) => [input.project_id] },
})
