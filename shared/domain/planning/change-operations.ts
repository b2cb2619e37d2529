import { z } from 'zod'
import { inputOf, wire } from '../entity.ts'
import { bulkRows, command, WrittenMany } from '../operation.ts'
import { assignment } from './model.ts'
import { changeable } from './operations.ts'

/** Terms of an assignment, whose, and what goes with them. Windows are absolute: dragged, nudged or typed, it is the same change. */
export const changeableTerms = ['start_at', 'end_at', 'call_at', 'collaborator_id', 'crew_role_id', 'rate_card_id', 'rate_basis', 'rate_minor', 'rate_currency', 'cachets', 'unpaid_break_minutes'] as const

const Reason = z.string().trim().min(1).max(500)

export const changeAssignments = command({
  name: 'assignment.change',
  about: 'Changes when, who, in which role or at which rate. Who had accepted keeps their state and is to be asked again; another person on an engaged assignment takes its place, and the former is released.',
  input: z.strictObject({
    changes: z.array(z.strictObject({ id: wire.id, version: wire.version, ...inputOf(assignment, [], changeableTerms) })).min(1).max(bulkRows)
      .refine((changes) => new Set(changes.map(({ id }) => id)).size === changes.length, { error: 'repeated' }),
    reason: Reason.optional(),
  }),
  /** In the order given; of a replacement, the new assignment. */
  output: WrittenMany,
  permission: 'assignment:plan',
  target: { kind: 'rows', entity: 'assignment', ids: (input) => input.changes.map(({ id }) => id) },
  possible: changeable,
})

export const changeRate = command({
  name: 'assignment.change_rate',
  about: 'Changes the rate of assignments: a rate card by its name, or figures, for who may read rates. Who had accepted is to be asked again.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(bulkRows), ...inputOf(assignment, [], ['rate_card_id', 'rate_basis', 'rate_minor', 'rate_currency']), reason: Reason.optional() })
    .refine(({ rate_card_id, rate_basis, rate_minor, rate_currency }) => {
      const typed = [rate_basis, rate_minor, rate_currency].filter((value) => value !== undefined && value !== null).length
      return typeof rate_card_id === 'string' ? typed === 0 : typed === 3
    }, { error: 'required', path: ['rate_card_id'] }),
  output: WrittenMany,
  permission: 'assignment:plan',
  target: { kind: 'rows', entity: 'assignment', ids: (input) => input.ids },
  possible: changeable,
})
