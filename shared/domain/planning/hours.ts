/**
 * Hours of one person as information (decisions P10, P11): weeks, rest, calls, and what counts towards the 507 h of the annexes. Pure.
 * Only work known here counts, whatever the project; nothing says whose project it was, nor what was paid.
 */
import { z } from 'zod'
import { addDays, fromMs, isLocalDate, localDateOf, MINUTE } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { engagementKinds } from '../engagement/rules.ts'
import { workOfAssignment } from './person-input.ts'
import type { PersonAssignment, Work } from './person-input.ts'
import { breachOf, ruleInForce } from './rule-packs.ts'
import type { RuleCode, RuleInForce, RulePack } from './rule-packs.ts'
import unemploymentData from './rule-packs/unemployment.json' with { type: 'json' }
import { unionOf } from './sweep.ts'
import { daysOfWork, rulesFrom } from './working-time-conflicts.ts'
import type { RulesOf } from './working-time-conflicts.ts'
import { longestBreakMs } from './working-time.ts'
import { measured, mondayOfWeek, totalUpTo, weekNumberOf, workedWeeks } from './working-weeks.ts'
import type { WorkedWeek } from './working-weeks.ts'

export const annexes = z
  .strictObject({
    valid_from: z.custom<LocalDate>(isLocalDate), months: z.int(), threshold_minutes: z.int(), cachet_minutes: z.int(),
    /** Engagements under the annexes; others are told apart. */
    engagement_kinds: z.array(z.enum(engagementKinds)), article: z.string(), source: z.string(),
  })
  .parse(unemploymentData)

export interface WorkRow extends PersonAssignment {
  readonly paid_by_cachet: boolean
  readonly cachets: number
}

export type Level = 'warning' | 'severe' | null

/** A rule as it is said beside what was found. Durations in minutes. */
export interface Cited {
  readonly code: RuleCode
  readonly title: { readonly fr: string; readonly en: string }
  readonly pack_id: string
  readonly pack_title: { readonly fr: string; readonly en: string }
  readonly is_default: boolean
  readonly unsure: boolean
  readonly article: string | null
  readonly warning_minutes: number
  readonly severe_minutes: number | null
}

const cited = ({ rule, pack, pack_id, is_default }: RuleInForce): Cited => ({
  code: rule.code, title: rule.title, pack_id, pack_title: pack.title, is_default, unsure: rule.standing === 'unsure', article: rule.article,
  warning_minutes: rule.warning_minutes, severe_minutes: rule.severe_minutes,
})

export interface WeekOfHours {
  readonly monday: LocalDate
  readonly worked_minutes: number
  /** Of the hours of the week, as the rule in force has it. */
  readonly level: Level
  /** Dates with work that began on them. */
  readonly days: number
  readonly longest_day_minutes: number | null
  /** Before a working day of this week. */
  readonly shortest_rest_minutes: number | null
  /** Over the weeks the rule counts, this one last: at least so much, weeks without known work being unknown. */
  readonly average_minutes: number
  readonly average_level: Level
  readonly weeks_unknown: number
  /** Days long enough for a break, where none was entered. */
  readonly breaks_unknown: number
}

export interface ShortCall { readonly date: LocalDate; readonly minutes: number; readonly rule: Cited }

export interface YearOfHours {
  /** Both included. */
  readonly from: LocalDate
  readonly to: LocalDate
  readonly work_minutes: number
  readonly cachets: number
  readonly cachet_minutes: number
  /** Hours and cachets together. */
  readonly counted_minutes: number
  readonly threshold_minutes: number
  /** Not accepted yet: not counted. */
  readonly option_minutes: number
  readonly option_cachets: number
  /** Under another engagement than the annexes': not counted. */
  readonly other_minutes: number
  readonly article: string
  readonly source: string
}

export interface Hours {
  readonly weeks: readonly WeekOfHours[]
  /** Up to the week of the date. */
  readonly average: { readonly total_minutes: number; readonly average_minutes: number; readonly weeks: number; readonly weeks_unknown: number; readonly level: Level; readonly rule: Cited } | null
  readonly week_rule: Cited | null
  readonly short_calls: readonly ShortCall[]
  /** null: the date is before what is known of the annexes. */
  readonly year: YearOfHours | null
}

export const WEEKS_BEFORE = 12
export const WEEKS_AFTER = 4

const minutesOf = (ms: number): number => Math.round(ms / MINUTE)

/** `rows` without canceled ones; they must reach a year and twelve weeks back from `on`, and `WEEKS_AFTER` weeks beyond. */
export function hoursOf(rows: readonly WorkRow[], on: LocalDate, packs: readonly RulePack[]): Hours {
  const rulesOf = rulesFrom(packs)
  const days = measured(daysOfWork(rows.map(workOfAssignment), rulesOf))
  const weeks = workedWeeks(days)
  const restBefore = new Map<number, number>()
  days.forEach(({ day }, index) => {
    const former = days[index - 1]?.day
    if (former) restBefore.set(day.start, day.start - former.end)
  })
  const last = weekNumberOf(on)
  const law = (code: RuleCode, monday: LocalDate): RuleInForce | null => ruleInForce(packs, code, { agreement: null, engagement_kind: null, date: monday })
  const inForce = (code: RuleCode, week: WorkedWeek<Work> | undefined, monday: LocalDate): RuleInForce | null =>
    week === undefined ? law(code, monday) : rulesOf(code, week.days.flatMap(({ day }) => day.shifts), monday)
  const averageOf = (number: number): { rule: RuleInForce; count: number; workedMs: number; unknown: number } | null => {
    const at = weeks.findLastIndex((week) => week.number <= number)
    const rule = inForce('week_average', weeks[at]?.number === number ? weeks[at] : undefined, mondayOfWeek(number))
    if (rule === null) return null
    const count = rule.rule.parameters['weeks'] ?? 1
    return { rule, count, ...totalUpTo(weeks, at, number, count) }
  }
  const shown = Array.from({ length: WEEKS_BEFORE + WEEKS_AFTER }, (_, index) => last - WEEKS_BEFORE + 1 + index)
  const average = averageOf(last)
  const weekRule = inForce('week_work', weeks.find((week) => week.number === last), mondayOfWeek(last))
  return {
    weeks: shown.map((number): WeekOfHours => {
      const week = weeks.find((one) => one.number === number)
      const monday = mondayOfWeek(number)
      const limit = inForce('week_work', week, monday)
      const over = averageOf(number)
      const rests = (week?.days ?? []).flatMap(({ day }) => restBefore.get(day.start) ?? [])
      return {
        monday, worked_minutes: minutesOf(week?.workedMs ?? 0), level: limit === null || week === undefined ? null : breachOf(limit.rule, week.workedMs),
        days: new Set(week?.days.map((one) => one.number)).size,
        longest_day_minutes: week ? minutesOf(Math.max(...week.days.map((one) => one.workedMs))) : null,
        shortest_rest_minutes: rests.length > 0 ? minutesOf(Math.min(...rests)) : null,
        average_minutes: over === null ? 0 : minutesOf(over.workedMs / over.count), average_level: over === null ? null : breachOf(over.rule.rule, over.workedMs / over.count),
        weeks_unknown: over?.unknown ?? 0,
        breaks_unknown: (week?.days ?? []).filter(({ day, workedMs }) => {
          const pause = rulesOf('break', day.shifts, day.date)
          return pause !== null && workedMs >= (pause.rule.parameters['after_minutes'] ?? 0) * MINUTE && longestBreakMs(day.shifts) === null
        }).length,
      }
    }),
    average: average && {
      total_minutes: minutesOf(average.workedMs), average_minutes: minutesOf(average.workedMs / average.count), weeks: average.count, weeks_unknown: average.unknown,
      level: breachOf(average.rule.rule, average.workedMs / average.count), rule: cited(average.rule),
    },
    week_rule: weekRule && cited(weekRule),
    short_calls: shown.flatMap((number) => shortCallsOf(weeks.find((week) => week.number === number), rulesOf)),
    year: on < annexes.valid_from ? null : yearOf(rows, on, rulesOf),
  }
}

/** Stretches of work shorter than the shortest call the agreement allows. */
function shortCallsOf(week: WorkedWeek<Work> | undefined, rulesOf: RulesOf): ShortCall[] {
  return (week?.days ?? []).flatMap(({ day }) =>
    unionOf(day.shifts).flatMap((stretch) => {
      const rule = rulesOf('min_call', day.shifts.filter((shift) => shift.start >= stretch.start && shift.start <= stretch.end), day.date)
      const found = stretch.end - stretch.start
      return rule !== null && breachOf(rule.rule, found) !== null ? [{ date: day.date, minutes: minutesOf(found), rule: cited(rule) }] : []
    }),
  )
}

/** The same day some months before; the last of the month where it has no such day. */
export function monthsBefore(date: LocalDate, months: number): LocalDate {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number)
  const lastOfMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10) as LocalDate
}

function yearOf(rows: readonly WorkRow[], on: LocalDate, rulesOf: RulesOf): YearOfHours {
  const from = addDays(monthsBefore(on, annexes.months), 1)
  const counts = (date: LocalDate): boolean => date >= from && date <= on
  const known = new Map(rows.map((row) => [row.id, { row, work: workOfAssignment(row) }]))
  const all = [...known.values()]
  const ofAnnexes = all.filter(({ row }) => row.engagement_kind !== null && annexes.engagement_kinds.includes(row.engagement_kind))
  const workedIn = (some: readonly { work: Work }[]): number =>
    measured(daysOfWork(some.map(({ work }) => work), rulesOf)).reduce((sum, { day, workedMs }) => sum + (counts(day.date) ? workedMs : 0), 0)
  const cachetsIn = (some: readonly { row: WorkRow; work: Work }[]): number =>
    some.reduce((sum, { row, work }) => sum + (row.paid_by_cachet && counts(localDateOf(fromMs(work.start), work.zone)) ? row.cachets : 0), 0)
  const hourly = ofAnnexes.filter(({ row }) => !row.paid_by_cachet)
  const firm = ofAnnexes.filter(({ work }) => work.firm)
  const work_minutes = minutesOf(workedIn(hourly.filter(({ work }) => work.firm)))
  const cachets = cachetsIn(firm)
  return {
    from, to: on, work_minutes, cachets, cachet_minutes: cachets * annexes.cachet_minutes, counted_minutes: work_minutes + cachets * annexes.cachet_minutes,
    threshold_minutes: annexes.threshold_minutes,
    option_minutes: minutesOf(workedIn(hourly.filter(({ work }) => !work.firm))), option_cachets: cachetsIn(ofAnnexes.filter(({ work }) => !work.firm)),
    other_minutes: minutesOf(workedIn(all.filter((one) => !ofAnnexes.includes(one)))),
    article: annexes.article, source: annexes.source,
  }
}
