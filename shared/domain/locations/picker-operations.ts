import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { locationKinds } from './model.ts'

/** Places one answer has: typing narrows. */
export const placesFound = 20

export const findPlaces = query({
  name: 'location.find',
  about: `Places to choose from as one types, ${placesFound} at most: those the project used last come first, then by name. Places out of use are left out unless asked for by id.`,
  input: z.strictObject({
    search: z.string().max(200).optional(), /** Its missions' places come first; missing: those of all projects the asker reads. */ project_id: wire.id.optional(),
    kinds: z.array(z.enum(locationKinds)).min(1).max(locationKinds.length).optional(), /** Not offered. */ without: z.array(wire.id).max(50).optional(),
    /** Answered whatever else is asked: the place chosen already. */ id: wire.id.optional(),
  }),
  output: z.object({
    items: z.array(z.object({
      id: z.string(), name: z.string(), kind: z.enum(locationKinds), zone: z.string(), /** From the venue down, `Halle / Scène`. */ path: z.string(), parent_name: z.string().nullable(), recent: z.boolean(),
    })),
    /** Words this answers: typing may have gone on since. */
    search: z.string(),
    /** Places that fit, those not shown included. */
    total: z.int(),
    chosen: z.object({ id: z.string(), name: z.string(), zone: z.string() }).nullable(),
  }),
  permission: 'project:read',
  target: { kind: 'visible', project: (asked) => asked.project_id },
})
