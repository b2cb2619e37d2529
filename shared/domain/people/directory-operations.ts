import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, query, Written, WrittenMany } from '../operation.ts'
import { list } from '../records.ts'
import { holdReasons, waysOut } from './retention.ts'

const Reason = z.string().trim().min(1).max(500)
const tag = z.string().trim().min(1).max(80)
const people = { kind: 'rows', entity: 'collaborator', ids: (input: { ids: z.infer<typeof wire.id>[] }) => input.ids } as const

/** People changed by one command: each may write their own row and two crew roles. A longer gesture goes in chunks of one group. */
export const mostChanged = 150
const ids = z.array(wire.id).min(1).max(mostChanged)

export const linkUser = command({
  name: 'collaborator.link_user',
  about: 'Says which member of the organization a person of the directory is, or nobody: the member then reads what is their own. Asks the right to give roles in each project where the person works.',
  input: z.strictObject({ id: wire.id, /** null: nobody. */ member_id: wire.id.nullable() }),
  output: Written,
  permission: 'collaborator:merge',
  target: { kind: 'rows', entity: 'collaborator', ids: (input) => [input.id] },
})

/** What is said of all the chosen people at once; what is left out stays. */
export const PeopleChange = z.strictObject({
  /** Becomes the main one; the others are kept. The department follows it. */
  crew_role_id: wire.id.optional(),
  add_tags: z.array(tag).max(20).optional(),
  remove_tags: z.array(tag).max(20).optional(),
  status: z.enum(['active', 'inactive']).optional(),
})
export type PeopleChange = z.infer<typeof PeopleChange>

export const changeMany = command({
  name: 'collaborator.change_many',
  about: `Changes the main crew role, tags or status of up to ${mostChanged} people at once, undone as one.`,
  input: z.strictObject({ ids, change: PeopleChange }),
  output: WrittenMany,
  permission: 'collaborator:write',
  target: people,
})

export const previewChange = query({
  name: 'collaborator.preview_change',
  about: 'What `collaborator.change_many` would change of each person, before and after. Writes nothing.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(500), change: PeopleChange }),
  output: z.object({
    /** People of whom something changes, by name. */
    items: z.array(z.object({
      id: z.string(), display_name: z.string(),
      fields: z.array(z.object({ field: z.enum(['crew_role_id', 'tags', 'status']), before: z.unknown(), after: z.unknown() })),
    })),
    /** People who are so already. */
    same: z.int(),
  }),
  permission: 'collaborator:write',
  target: people,
})

export const listRetention = list({
  name: 'collaborator.list_retention',
  about: 'People whose day to be kept until is past or near, with what holds them: work ahead, the staff register, accounting.',
  permission: 'collaborator:write',
  filters: ['standing', 'hold', 'status', 'kind', 'retain_until', 'id'],
  sorts: ['retain_until', 'display_name', 'last_work', 'held_until'],
})
export const standings = ['due', 'held', 'soon'] as const

/** A line of `collaborator.list_retention`. */
export const RetentionLine = z.object({
  id: z.string(), version: z.int(), display_name: z.string(), kind: z.string(), status: z.string(), retain_until: z.string(), department_code: z.string().nullable(),
  /** `due`: may go. `held`: past their day, held. `soon`: their day comes within 30 days. */
  standing: z.enum(standings),
  holds: z.array(z.object({ reason: z.enum(holdReasons), /** Last day of it; null: until somebody ends it. */ until: z.string().nullable(), count: z.int() })),
  /** Last day of all holds. */
  held_until: z.string().nullable(),
  /** What `collaborator.retire` would do now; none while their day is not past. */
  ways_out: z.array(z.enum(waysOut)),
  /** Last day worked or planned, in the projects of the organization. */
  last_work: z.string().nullable(),
})
export type RetentionLine = z.infer<typeof RetentionLine>

export const extendRetention = command({
  name: 'collaborator.extend_retention',
  about: 'Keeps people longer: a later day, with the reason.',
  input: z.strictObject({ ids, retain_until: wire.localDate, reason: Reason }),
  output: WrittenMany,
  permission: 'collaborator:write',
  target: people,
  ignoresLock: 'archived',
})

export const erase = command({
  name: 'collaborator.erase',
  about: 'Erases who a person was: their entry, what they said, their numbers, and the key of what the log holds of them. What they did stays, without a name; sheets that went out stay as printed. Whoever the law holds is refused, and who signs in here.',
  input: z.strictObject({ id: wire.id, reason: Reason }),
  output: Written,
  permission: 'collaborator:erase',
  target: { kind: 'rows', entity: 'collaborator', ids: (input) => [input.id], removed: true },
  ignoresLock: 'archived',
  undoable: false,
})

export const retire = command({
  name: 'collaborator.retire',
  about: 'Takes people past their day out of use (`archive`: inactive) or out of the lists (`remove`), with the reason. Whoever is held is refused.',
  input: z.strictObject({ ids, how: z.enum(waysOut), reason: Reason }),
  output: WrittenMany,
  permission: 'collaborator:write',
  target: people,
  ignoresLock: 'archived',
})
