import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, Written, WrittenMany } from '../operation.ts'

const days = z.int().min(-3660).max(3660)
/** A quarter of weeks, or a fortnight of days and more. */
const mostCopies = 31

export const duplicateMission = command({
  name: 'mission.duplicate',
  about: 'Copies a mission, moved by whole days of its zone, with its needs and, when asked, its run of show and its people as planned.',
  input: z.strictObject({ id: wire.id, days, with_assignments: z.boolean(), with_run_of_show: z.boolean().optional(), day_code: z.string().max(12).nullable().optional() }),
  output: Written,
  permission: 'mission:create',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.id] },
  // The copy is open whatever the mission it was made from.
  ignoresLock: true,
})
export const duplicateMissions = command({
  name: 'mission.duplicate_many',
  about: 'Copies a day or a week: missions with their needs, what waits for what among them and, when asked, run of show and people as planned; again and again, each copy as many days later. At most 500 rows, undone as one.',
  input: z.strictObject({
    ids: z.array(wire.id).min(1).max(100).refine((ids) => new Set(ids).size === ids.length, { error: 'repeated' }), days: days.refine((count) => count !== 0, { error: 'required' }),
    /** How many copies, one after another; missing: one. */
    repeat: z.int().min(1).max(mostCopies).optional(),
    with_assignments: z.boolean(), with_run_of_show: z.boolean().optional(),
  }),
  /** Missions, copy after copy, each in the order given. */
  output: WrittenMany,
  permission: 'mission:create',
  target: { kind: 'rows', entity: 'mission', ids: (input) => input.ids },
  ignoresLock: true,
})
