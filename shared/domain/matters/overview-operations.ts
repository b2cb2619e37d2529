import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'

const Heads = z.object({ needed: z.int(), filled: z.int(), held: z.int() })
const moment = z.string().nullable()

export const OverviewMission = z.object({
  id: z.string(), title: z.string(), day_code: moment, kind: z.string(), status: z.string(), start_at: z.string(), end_at: z.string(), zone: z.string(),
  /** Earliest call of the people on it, else its start. */
  call_at: z.string(), people: z.int(), coverage: Heads,
  location: z.object({ id: z.string(), name: z.string(), address: moment }).nullable(),
  /** Of its local day at its place; null without coordinates. */
  sun: z.object({ rise_at: moment, set_at: moment }).nullable(),
  sheet: z.object({ id: z.string(), published: z.int().nullable(), in_work: z.boolean() }).nullable(),
})

export const projectOverview = query({
  name: 'project.overview',
  about: 'The coming week of a project (or its next mission): calls, places, sun, sheets, coverage by department; and which first steps are done.',
  input: z.strictObject({ project_id: wire.id }),
  output: z.object({
    missions: z.array(OverviewMission),
    /** Of these missions, in the order of the organization. */
    departments: z.array(z.object({ id: z.string().nullable(), code: moment, name: z.string(), name_en: moment, colour: moment, coverage: Heads })),
    steps: z.object({ mission: z.boolean(), assignment: z.boolean(), conflict: z.boolean(), sheet: z.boolean(), colleague: z.boolean() }),
    now: z.string(),
  }),
  permission: 'project:read',
  target: { kind: 'project', id: (input) => input.project_id },
})
