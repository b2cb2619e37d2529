/**
 * The deadlines of the compliance radar, as dated and cited data: what the law asks, since when, from how many days before it is shown.
 * Nothing here is legal advice; the article is shown with each line.
 */
import { z } from 'zod'
import { isLocalDate, type LocalDate } from '../../kernel/instants.ts'
import { roles } from '../permissions.ts'
import data from './radar-rules.json' with { type: 'json' }

export const radarCodes = ['dpae', 'object_number', 'contract_missing', 'contract_unsigned', 'contract_handover', 'licence_expiring', 'certification_expiring', 'permit_expiring', 'aem'] as const
export type RadarCode = (typeof radarCodes)[number]

const date = z.custom<LocalDate>(isLocalDate, 'a calendar date, 2027-06-18')
const rule = z.strictObject({
  code: z.enum(radarCodes),
  /** Both inclusive; null: still in force. */
  valid_from: date, valid_to: date.nullable(),
  article: z.string().min(1),
  /** `unsure`: applied as written here, and said to be checked. */
  standing: z.enum(['cited', 'unsure']),
  /** Least role that can act. */
  who: z.enum(roles),
  parameters: z.strictObject({
    /** Days before its date from which a line is shown, and from which it is a warning. */
    shown_days: z.int().nonnegative(), warning_days: z.int().nonnegative(),
    hours: z.int().positive().optional(), working_days: z.int().positive().optional(), years: z.int().positive().optional(), day_of_month: z.int().min(1).max(28).optional(),
  }),
  source: z.string().min(1),
  title: z.strictObject({ fr: z.string().min(1), en: z.string().min(1) }),
})
export type RadarRule = z.infer<typeof rule>

export const radarRules: readonly RadarRule[] = z.strictObject({ country: z.literal('FR'), rules: z.array(rule) }).parse(data).rules

/** The rule that holds on a date, the one that began last; null: none, or not yet. */
export function radarRuleOn(code: RadarCode, on: LocalDate, rules: readonly RadarRule[] = radarRules): RadarRule | null {
  const standing = rules.filter((one) => one.code === code && one.valid_from <= on && (one.valid_to === null || on <= one.valid_to))
  return standing.reduce<RadarRule | null>((latest, one) => (latest === null || one.valid_from > latest.valid_from ? one : latest), null)
}
