import { z } from 'zod'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { acceptanceStates } from '../../../shared/domain/engagement/model.ts'
import { presences } from '../../../shared/domain/planning/model.ts'
import { AssignmentRow } from '../../app/rows.ts'

const instant = z.custom<Instant>(isInstant, { error: 'instant' })
const maybeInstant = z.custom<Instant>(isInstant).nullish().transform((value) => value ?? null)
const maybe = z.string().nullish().transform((value) => value ?? null)
const maybeNumber = z.number().nullish().transform((value) => value ?? null)

/** An assignment with all that its engagement says. */
export const EngagedRow = AssignmentRow.extend({
  quantity: z.number(), part: maybe, cachets: z.number(), rate_basis: maybe, rate_minor: maybeNumber, rate_currency: maybe, answers_accepted: z.number(), answers_refused: z.number(),
  reconfirm_since: maybeInstant, presence: z.enum(presences).nullable(), presence_note: maybe, actual_start_at: maybeInstant, actual_end_at: maybeInstant,
  budget_signed_off: z.boolean(), override_reason: maybe, expected_resolution_at: maybeInstant,
})
export type EngagedRow = z.infer<typeof EngagedRow>

export const OfferedTerms = z.object({
  project: z.string(), mission: z.string(), role: maybe, place: maybe, start_at: instant, end_at: instant, call_at: maybeInstant, zone: z.string(), engagement_kind: z.string(), part: maybe,
  quantity: z.number(), cachets: z.number(),
})
export type OfferedTerms = z.infer<typeof OfferedTerms>
export const OfferedRate = z.object({ basis: z.string(), minor: z.number(), currency: z.string() })
export type OfferedRate = z.infer<typeof OfferedRate>

/** One asking, as far as the reader sees it: rates, conditions and words are null for others. */
export const AcceptanceRow = z.object({
  id: z.string(), version: z.number(), assignment_id: z.string(), collaborator_id: z.string(), former_id: maybe, state: z.enum(acceptanceStates), terms: OfferedTerms, rate: OfferedRate.nullish().transform((rate) => rate ?? null),
  deadline_at: instant, asked_at: maybeInstant, channel: maybe, opened_at: maybeInstant, answered_at: maybeInstant, source: maybe, accepted: maybeNumber, refused: maybeNumber, conditions: maybe, words: maybe,
  late: z.object({ answer: z.enum(['accepted', 'refused']), at: instant, why: z.string() }).nullish().transform((late) => late ?? null),
  created_at: instant, created_by: maybe, asked_by_name: maybe,
})
export type AcceptanceRow = z.infer<typeof AcceptanceRow>
