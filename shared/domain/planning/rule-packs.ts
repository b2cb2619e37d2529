/**
 * Rule packs: what labour law and agreements ask, as dated and cited data. No threshold is a constant in code.
 * A pack is chosen by the project's agreement and the assignment's engagement kind; where none answers, by the default pack.
 */
import { z } from 'zod'
import { isLocalDate, MINUTE } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { engagementKinds } from '../engagement/rules.ts'
import type { EngagementKind } from '../engagement/rules.ts'
import defaultData from './rule-packs/default.json' with { type: 'json' }

export const ruleCodes = ['working_day', 'daily_work', 'daily_rest', 'week_work', 'week_average', 'weekly_rest', 'break'] as const
export type RuleCode = (typeof ruleCodes)[number]

const date = z.custom<LocalDate>(isLocalDate, 'a calendar date, 2027-06-18')
const minutes = z.int().nonnegative()
const words = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) })

export const ruleSchema = z
  .strictObject({
    code: z.enum(ruleCodes),
    /** The conflict it raises; null: kept as data, read by something else. */
    kind: z.enum(['day_long', 'rest_short', 'week_long']).nullable(),
    /** A ceiling is broken strictly above its thresholds, a floor strictly below them. */
    limit: z.enum(['ceiling', 'floor']),
    warning_minutes: minutes,
    /** null: never severe. */
    severe_minutes: minutes.nullable(),
    parameters: z.record(z.string(), z.int()),
    article: z.string().min(1).nullable(),
    source: z.string().min(1),
    title: words,
  })
  .refine(
    (rule) =>
      rule.severe_minutes === null ||
      (rule.limit === 'ceiling' ? rule.severe_minutes >= rule.warning_minutes : rule.severe_minutes <= rule.warning_minutes),
    'severe lies beyond the warning',
  )

export const rulePackSchema = z
  .strictObject({
    id: z.string().min(1),
    /** ISO 3166 alpha-2. */
    country: z.string().regex(/^[A-Z]{2}$/),
    /** IDCC of the collective agreement; null: the law, whatever the agreement. */
    agreement: z.string().min(1).nullable(),
    /** Engagement kinds it holds for; null: everyone. */
    population: z.array(z.enum(engagementKinds)).min(1).nullable(),
    /** Inclusive. */
    valid_from: date,
    /** Inclusive; null: still in force. */
    valid_to: date.nullable(),
    title: words,
    source: words,
    rules: z.array(ruleSchema),
  })
  .refine((pack) => pack.valid_to === null || pack.valid_from <= pack.valid_to, 'a pack ends after it begins')
  .refine((pack) => new Set(pack.rules.map((rule) => rule.code)).size === pack.rules.length, 'one rule per code')

export type Rule = z.infer<typeof ruleSchema>
export type RulePack = z.infer<typeof rulePackSchema>

export const defaultRulePack: RulePack = rulePackSchema.parse(defaultData)

export interface RuleContext {
  agreement: string | null
  engagement_kind: EngagementKind | null
  /** The local date of the working day, or the Monday of the week. */
  date: LocalDate
}

export interface RuleInForce {
  rule: Rule
  pack_id: string
  /** Nothing was said for this agreement and population: shown as "défaut". */
  is_default: boolean
}

function holds(pack: RulePack, context: RuleContext): boolean {
  if (context.date < pack.valid_from || (pack.valid_to !== null && context.date > pack.valid_to)) return false
  if (pack.agreement !== null && pack.agreement !== context.agreement) return false
  return pack.population === null || (context.engagement_kind !== null && pack.population.includes(context.engagement_kind))
}

/**
 * The rule in force: of the packs that hold on that date and speak of `code`, one of the project's agreement before the law, one of
 * that population before everyone's, the latest before older ones. The default pack is always asked last. null: nothing in force.
 */
export function ruleInForce(packs: readonly RulePack[], code: RuleCode, context: RuleContext): RuleInForce | null {
  let best: { pack: RulePack; rule: Rule } | null = null
  for (const pack of packs) {
    if (!holds(pack, context)) continue
    const rule = pack.rules.find((candidate) => candidate.code === code)
    if (rule && (best === null || precedes(pack, best.pack))) best = { pack, rule }
  }
  if (best) return { rule: best.rule, pack_id: best.pack.id, is_default: best.pack.id === defaultRulePack.id }
  if (packs.includes(defaultRulePack)) return null
  return ruleInForce([defaultRulePack], code, context)
}

function precedes(a: RulePack, b: RulePack): boolean {
  if ((a.agreement === null) !== (b.agreement === null)) return a.agreement !== null
  if ((a.population === null) !== (b.population === null)) return a.population !== null
  if (a.valid_from !== b.valid_from) return a.valid_from > b.valid_from
  return a.id < b.id
}

/** What a measure breaks: strictly above a ceiling, strictly below a floor. null: nothing. */
export function breachOf(rule: Rule, foundMs: number): 'warning' | 'severe' | null {
  const beyond = (limitMinutes: number): boolean => (rule.limit === 'ceiling' ? foundMs > limitMinutes * MINUTE : foundMs < limitMinutes * MINUTE)
  if (rule.severe_minutes !== null && beyond(rule.severe_minutes)) return 'severe'
  return beyond(rule.warning_minutes) ? 'warning' : null
}

/** True when `a` protects the person more than `b`: the lower ceiling, the higher floor. */
export const isStricter = (a: Rule, b: Rule): boolean =>
  a.limit === 'ceiling' ? a.warning_minutes < b.warning_minutes : a.warning_minutes > b.warning_minutes
