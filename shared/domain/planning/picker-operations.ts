import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'

/** How well a person's crew roles fit: a wanted one is their main one, one they hold too, one of their department, none. */
export const roleFits = ['main', 'held', 'department', 'none'] as const
/** `available`: said so for the whole time. `assigned`: works then already. `unavailable`: said so. */
export const availabilityStates = ['available', 'free', 'assigned', 'unavailable'] as const

/** Why somebody stands where they do among those who fit, in the order in which it counts (decision P12). */
export const candidateReasons = [
  'role_main', 'role_held', 'skilled', 'severe', 'no_severe', 'on_mission', 'available', 'free', 'assigned', 'unavailable', 'rest', 'rested', 'worked', 'cost',
] as const

export const findPeople = query({
  name: 'assignment.find_people',
  about: 'People who could work on a mission, the best fit first: crew roles, availability and conflicts before anybody is chosen. Writes nothing.',
  input: z.strictObject({
    mission_id: wire.id, search: z.string().max(200).optional(), /** Missing: the roles the mission still needs. */ crew_role_id: wire.id.optional(),
    start_at: wire.instant.optional(), end_at: wire.instant.optional(), assignment_id: wire.id.optional(), limit: z.int().min(1).max(60).optional(),
    /** The post to fill: its crew role, hours, skills and certifications are asked for. */
    need_id: wire.id.optional(),
    /** Only who holds the crew role or every skill of the post and is certified for it, ranked by decision P12. */
    fitting: z.boolean().optional(),
  }),
  output: z.object({
    items: z.array(z.object({
      id: z.string(), display_name: z.string(), kind: z.string(), crew_role_id: z.string().nullable(), crew_role_name: z.string().nullable(), crew_role_name_en: z.string().nullable(),
      department_code: z.string().nullable(), role_fit: z.enum(roleFits),
      availability: z.object({
        state: z.enum(availabilityStates),
        /** Of the work or the block that says so; title and day of projects the asker reads only. */
        start_at: z.string().nullable(), end_at: z.string().nullable(), zone: z.string(), title: z.string().nullable(), day_code: z.string().nullable(), on_mission: z.boolean(),
      }),
      conflicts: z.array(z.record(z.string(), z.unknown())),
      /** Why they stand here; `figure`: minutes of rest to the nearest work, times worked with us, severe conflicts, cost in minor units. Of `fitting` only. */
      reasons: z.array(z.object({ code: z.enum(candidateReasons), figure: z.number().nullable() })),
      /** Of the `cost` among the reasons. */
      currency: z.string().nullable(),
    })),
    total: z.int(),
  }),
  permission: 'assignment:plan',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})
