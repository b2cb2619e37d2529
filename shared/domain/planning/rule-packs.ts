/**
 * Rule packs: what labour law and agreements ask, as dated and cited data. No threshold is a constant in code.
 * A pack is chosen by the project's agreement and the assignment's engagement kind; where none answers, by the default pack.
 */
import { z } from 'zod'
import { isLocalDate, MINUTE } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { engagementKinds } from '../engagement/rules.ts'
import type { EngagementKind } from '../engagement/rules.ts'
import agreementData from './rule-packs/agreements.json' with { type: 'json' }
import liveData from './rule-packs/1285.json' with { type: 'json' }
import audiovisualData from './rule-packs/2642.json' with { type: 'json' }
import privateLiveData from './rule-packs/3090.json' with { type: 'json' }
import actorsData from './rule-packs/3097-actors.json' with { type: 'json' }
import filmTechniciansData from './rule-packs/3097-technicians.json' with { type: 'json' }
import defaultData from './rule-packs/default.json' with { type: 'json' }

/** `day_span`: first start to last end. `consecutive_days`: a day is 1,440 minutes. `min_call`: one stretch of work, from call to release. */
export const ruleCodes = [
  'working_day', 'daily_work', 'day_span', 'daily_rest', 'week_work', 'week_average', 'weekly_rest', 'consecutive_days', 'break', 'min_call', 'touring_travel',
] as const
export type RuleCode = (typeof ruleCodes)[number]

/** `unsure`: applied as written here, and said to be checked. `expired`: kept for the record, never applied. */
export const ruleStandings = ['cited', 'unsure', 'expired'] as const

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
    standing: z.enum(ruleStandings),
    source: z.string().min(1),
    title: words,
    /** What is not certain, or what the measure leaves out. */
    note: words.nullable(),
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
    note: words.nullable(),
    rules: z.array(ruleSchema),
  })
  .refine((pack) => pack.valid_to === null || pack.valid_from <= pack.valid_to, 'a pack ends after it begins')
  .refine((pack) => new Set(pack.rules.map((rule) => rule.code)).size === pack.rules.length, 'one rule per code')

export type Rule = z.infer<typeof ruleSchema>
export type RulePack = z.infer<typeof rulePackSchema>

export const defaultRulePack: RulePack = rulePackSchema.parse(defaultData)

/** Every pack that ships: the law, then the agreements whose texts were read. */
export const rulePacks: readonly RulePack[] = [
  defaultRulePack, ...[liveData, privateLiveData, filmTechniciansData, actorsData, audiovisualData].map((data) => rulePackSchema.parse(data)),
]

const knowledge = z
  .strictObject({
    agreements: z.array(z.strictObject({ code: z.string().min(1), title: words })),
    open_points: z.array(z.strictObject({ why: z.enum(['unknown_text', 'unknown_agreement', 'not_researched']), title: words, about: words })),
  })
  .parse(agreementData)

/** Agreements of the trade by IDCC, with or without a pack of their own. */
export const agreements = knowledge.agreements
/** What no pack says, because its text, its agreement or its dates are not known: told, never applied. */
export const openPoints = knowledge.open_points

export interface RuleContext {
  agreement: string | null
  engagement_kind: EngagementKind | null
  /** The local date of the working day, or the Monday of the week. */
  date: LocalDate
}

export interface RuleInForce {
  readonly rule: Rule
  readonly pack: RulePack
  readonly pack_id: string
  /** Nothing was said for this agreement and population: shown as "défaut". */
  readonly is_default: boolean
}

const concerns = (pack: RulePack, { agreement, engagement_kind }: Omit<RuleContext, 'date'>): boolean =>
  (pack.agreement === null || pack.agreement === agreement) && (pack.population === null || (engagement_kind !== null && pack.population.includes(engagement_kind)))

/** What the packs say to a population by code, the first to be asked first. */
export type RuleBook = ReadonlyMap<RuleCode, readonly RuleInForce[]>

/** Made once for each list of packs: a person of ten years asks the same thing some ten thousand times. */
const books = new WeakMap<readonly RulePack[], Map<string, RuleBook>>()

export function ruleBookOf(packs: readonly RulePack[], population: Omit<RuleContext, 'date'>): RuleBook {
  let known = books.get(packs)
  if (!known) books.set(packs, (known = new Map()))
  const key = `${population.engagement_kind ?? ''}/${population.agreement ?? ''}`
  const found = known.get(key)
  if (found) return found
  const asked = packs.filter((pack) => concerns(pack, population)).sort((a, b) => (precedes(a, b) ? -1 : 1))
  const book = new Map<RuleCode, RuleInForce[]>()
  for (const pack of packs.includes(defaultRulePack) ? asked : [...asked, defaultRulePack]) {
    for (const rule of pack.rules) {
      if (rule.standing === 'expired') continue
      const one = { rule, pack, pack_id: pack.id, is_default: pack.id === defaultRulePack.id }
      const list = book.get(rule.code)
      if (list) list.push(one)
      else book.set(rule.code, [one])
    }
  }
  known.set(key, book)
  return book
}

/** The first that holds on a date; an expired rule never answers. null: nothing in force. */
export function ruleOn(book: RuleBook, code: RuleCode, date: LocalDate): RuleInForce | null {
  for (const candidate of book.get(code) ?? []) {
    const { valid_from, valid_to } = candidate.pack
    if (date >= valid_from && (valid_to === null || date <= valid_to)) return candidate
  }
  return null
}

/**
 * The rule in force: of the packs that hold on that date and speak of `code`, one of the project's agreement before the law, one of
 * that population before everyone's, the latest before older ones. The default pack is always asked last.
 */
export const ruleInForce = (packs: readonly RulePack[], code: RuleCode, context: RuleContext): RuleInForce | null => ruleOn(ruleBookOf(packs, context), code, context.date)

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
