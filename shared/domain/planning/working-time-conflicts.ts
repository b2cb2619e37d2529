/**
 * Working-time rules of one person over all projects: hours and span of a day, breaks, daily and weekly rest, hours of a week and over
 * twelve, days in a row. Thresholds come from the rule packs; where several packs speak (two projects in one day), the one that
 * protects the person most.
 */
import { addDays, DAY, fromLocal, MINUTE, toMs } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import type { EngagementKind } from '../engagement/rules.ts'
import { raise } from './conflicts.ts'
import type { Conflict, Figures } from './conflicts.ts'
import type { Work } from './person-input.ts'
import { breachOf, isStricter, ruleBookOf, ruleOn } from './rule-packs.ts'
import type { Rule, RuleBook, RuleCode, RuleInForce, RulePack } from './rule-packs.ts'
import { unionOf } from './sweep.ts'
import { longestBreakMs, workingDays } from './working-time.ts'
import type { DayBoundary, WorkingDay } from './working-time.ts'
import { measured, runsOfDays, totalUpTo, workedWeeks } from './working-weeks.ts'

type Day = WorkingDay<Work>
export type RulesOf = (code: RuleCode, shifts: readonly Work[], date: LocalDate) => RuleInForce | null

/** The working days of a person, as the rules in force end them. */
export const daysOfWork = (work: readonly Work[], rulesOf: RulesOf): Day[] =>
  workingDays(work, (next, date): DayBoundary => ({
    // Without a rule nothing ends a day but the calendar.
    continuation_minutes: rulesOf('working_day', [next], date)?.rule.warning_minutes ?? 0,
    rest_minutes: rulesOf('daily_rest', [next], date)?.rule.warning_minutes ?? Infinity,
  }))

export function workingTimeConflicts(
  person: { readonly id: string; readonly zone: string },
  work: readonly Work[],
  packs: readonly RulePack[],
): Conflict[] {
  const rulesOf = rulesFrom(packs)
  const days = measured(daysOfWork(work, rulesOf))
  const conflicts: Conflict[] = []
  const report = (inForce: RuleInForce | null, foundMs: number, involved: readonly Work[], start: number, end: number, more: Figures, asked?: Rule): void => {
    if (inForce === null) return
    const rule = asked ?? inForce.rule
    const severity = breachOf(rule, foundMs)
    // Busy rows alone are the concern of their own project.
    if (severity === null || rule.kind === null || involved.every((shift) => shift.assignment === null)) return
    conflicts.push(
      raise({
        kind: rule.kind, rule: rule.code, severity, person_id: person.id, start, end,
        records: involved.map((shift) => shift.record),
        figures: {
          rule: rule.code, rule_fr: rule.title.fr, rule_en: rule.title.en, rule_unsure: rule.standing === 'unsure', article: rule.article,
          pack: inForce.pack_id, pack_fr: inForce.pack.title.fr, pack_en: inForce.pack.title.en, pack_is_default: inForce.is_default,
          // Rounded away from the threshold, so that a breach never reads as none.
          found_minutes: rule.limit === 'ceiling' ? Math.ceil(foundMs / MINUTE) : Math.floor(foundMs / MINUTE),
          warning_minutes: rule.warning_minutes, severe_minutes: rule.severe_minutes, ...more,
        },
      }),
    )
  }

  days.forEach(({ day, workedMs }, index) => {
    report(rulesOf('daily_work', day.shifts, day.date), workedMs, day.shifts, day.start, day.end, { date: day.date })
    report(rulesOf('day_span', day.shifts, day.date), day.end - day.start, day.shifts, day.start, day.end, { date: day.date })
    const pause = rulesOf('break', day.shifts, day.date)
    const taken = pause !== null && workedMs >= (pause.rule.parameters['after_minutes'] ?? 0) * MINUTE ? longestBreakMs(day.shifts) : null
    if (pause !== null && taken !== null) report(pause, taken, day.shifts, day.start, day.end, { date: day.date }, breakAsked(pause.rule, day.end - day.start))
    const next = days[index + 1]?.day
    const first = next?.shifts[0]
    const last = lastToEnd(day)
    if (next === undefined || first === undefined || last === undefined) return
    report(rulesOf('daily_rest', [last, first], next.date), next.start - day.end, [last, first], day.end, next.start, { date: next.date })
  })

  const stretches = unionOf(work)
  const weeks = workedWeeks(days)
  weeks.forEach(({ monday, number, days: week, workedMs }, index) => {
    const shifts = week.flatMap(({ day }) => day.shifts)
    const first = week[0]?.day
    const last = week.at(-1)?.day
    if (first === undefined || last === undefined) return
    report(rulesOf('week_work', shifts, monday), workedMs, shifts, first.start, last.end, { week: monday })
    const average = rulesOf('week_average', shifts, monday)
    if (average !== null) {
      const count = average.rule.parameters['weeks'] ?? 1
      const total = totalUpTo(weeks, index, number, count)
      report(average, total.workedMs / count, shifts, first.start, last.end, { week: monday, weeks: count, weeks_unknown: total.unknown, total_minutes: Math.ceil(total.workedMs / MINUTE) })
    }
    const rest = rulesOf('weekly_rest', shifts, monday)
    if (rest === null) return
    const inWeekMs = (rest.rule.parameters['in_week_minutes'] ?? 0) * MINUTE
    const beyondMs = rest.rule.warning_minutes * MINUTE - inWeekMs
    const found = longestWeeklyRest(stretches, toMs(fromLocal(monday, '00:00', person.zone)), toMs(fromLocal(addDays(monday, 7), '00:00', person.zone)), beyondMs)
    report(rest, found, shifts, first.start, last.end, { week: monday })
  })

  for (const run of runsOfDays(days)) {
    const first = run.days[0]
    if (run.dates < 2 || first === undefined) continue
    const shifts = run.days.flatMap((day) => day.shifts)
    const inForce = rulesOf('consecutive_days', shifts, run.last)
    const end = run.days.reduce((latest, day) => Math.max(latest, day.end), first.end)
    report(inForce, run.dates * DAY, shifts, first.start, end, { found_days: run.dates, warning_days: Math.floor((inForce?.rule.warning_minutes ?? 0) / (DAY / MINUTE)) })
  }
  return conflicts
}

/** A day whose whole span is short may have a shorter break where the pack says so (journée continue). */
function breakAsked(rule: Rule, spanMs: number): Rule {
  const { continuous_day_minutes, continuous_break_minutes } = rule.parameters
  if (continuous_day_minutes === undefined || continuous_break_minutes === undefined || spanMs > continuous_day_minutes * MINUTE) return rule
  return { ...rule, warning_minutes: continuous_break_minutes }
}

/** Of those who end last, the one named first: the choice must not depend on the order of the rows. */
function lastToEnd(day: Day): Work | undefined {
  return day.shifts.reduce<Work | undefined>((last, shift) => {
    if (last === undefined || shift.end > last.end) return shift
    return shift.end === last.end && shift.id < last.id ? shift : last
  }, undefined)
}

/**
 * The longest rest of a week in milliseconds. The legal week's rest is one day inside the week plus a daily rest that may run over its
 * edge; so a rest counts for what lies inside the week plus at most `beyondMs` outside it.
 */
function longestWeeklyRest(stretches: readonly { start: number; end: number }[], weekStart: number, weekEnd: number, beyondMs: number): number {
  // Only the stretches near the week bound its rests: the last one begun before it, those inside, the first one after.
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle]?.end ?? Infinity) <= weekStart) low = middle + 1
    else high = middle
  }
  let longest = 0
  let from = stretches[low - 1]?.end ?? -Infinity
  for (let index = low; from < weekEnd; index++) {
    const until = stretches[index]?.start ?? Infinity
    const inside = Math.min(until, weekEnd) - Math.max(from, weekStart)
    if (inside > 0) longest = Math.max(longest, Math.min(until - from, inside + beyondMs))
    from = stretches[index]?.end ?? Infinity
  }
  return Math.min(longest, 7 * DAY)
}

/** The strictest rule in force for some shifts on a date; busy rows, whose agreement is unknown, only decide when alone. */
export function rulesFrom(packs: readonly RulePack[]): RulesOf {
  let last: { readonly agreement: string | null; readonly kind: EngagementKind | null; readonly book: RuleBook } | null = null
  const bookOf = ({ assignment }: Work): RuleBook => {
    const agreement = assignment?.agreement ?? null
    const kind = assignment?.engagement_kind ?? null
    // Neighbours are mostly of one project.
    if (last === null || last.agreement !== agreement || last.kind !== kind) last = { agreement, kind, book: ruleBookOf(packs, { agreement, engagement_kind: kind }) }
    return last.book
  }
  return (code, shifts, date) => {
    const alone = shifts.every((shift) => shift.assignment === null)
    let strictest: RuleInForce | null = null
    let former: RuleBook | null = null
    for (const shift of shifts) {
      if (shift.assignment === null && !alone) continue
      const book = bookOf(shift)
      if (book === former) continue
      former = book
      const inForce = ruleOn(book, code, date)
      if (inForce !== null && (strictest === null || isStricter(inForce.rule, strictest.rule))) strictest = inForce
    }
    return strictest
  }
}
