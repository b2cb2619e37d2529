import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { breakdowns } from './breakdown.ts'

/** Minor units. null: not for this person to read, or masked because it would give one person's rate away. */
const minor = z.int().nullable()
const Amounts = z.array(z.object({
  currency: z.string(), committed: minor, expected: minor, total: minor, /** Left out lest it tell one person's rate. */ masked: z.boolean(),
}))
const sums = { /** Assignments, canceled ones left out. */ count: z.int(), /** Of these, without a known rate: in no amount. */ unpriced: z.int(), amounts: Amounts }

export const viewCosts = query({
  name: 'cost.view',
  about: 'What the assignments of a project cost, an estimate from rates and windows: committed (confirmed or further) and expected (planned to accepted), in each currency, by day, mission, cost centre, department, role, person or state. Who may not read rates gets totals by day or mission where the organization lets them.',
  input: z.strictObject({
    project_id: wire.id, by: z.enum(breakdowns), /** Working days, both ends included. Not where totals only are read. */ from: wire.localDate.optional(), to: wire.localDate.optional(),
  }),
  output: z.object({
    /** `totals`: no rate may be read off. `hidden`: the amounts are hidden in this session. */
    access: z.enum(['all', 'totals', 'hidden']),
    /** Of the project, first in `amounts`. */
    currency: z.string(), zone: z.string(),
    /** First and last working day of what is shown; null: none. */
    first: z.string().nullable(), last: z.string().nullable(),
    whole: z.object(sums),
    /** In the order of time, or of names; what has no key comes last. */
    lines: z.array(z.object({
      key: z.string().nullable(), name: z.string().nullable(), name_en: z.string().nullable(), /** Day code, code of a department or cost centre. */ code: z.string().nullable(), start_at: z.string().nullable(), ...sums,
    })),
  }),
  permission: 'assignment:plan',
  target: { kind: 'project', id: (input) => input.project_id },
})
export type CostView = z.infer<typeof viewCosts.output>
