/**
 * Working-time rules of one person over all projects: day too long, rest too short, week too long, weekly rest. Thresholds come from
 * the rule packs; where several packs speak (two projects in one day), the one that protects the person most.
 */
import { addDays, DAY, fromLocal, MINUTE, toMs } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { raise } from './conflicts.ts'
import type { Conflict, Figures } from './conflicts.ts'
import type { Work } from './person-input.ts'
import { breachOf, isStricter, ruleInForce } from './rule-packs.ts'
import type { RuleCode, RuleInForce, RulePack } from './rule-packs.ts'
import { unionOf } from './sweep.ts'
import { mondayOf, workedMs, workingDays } from './working-time.ts'
import type { DayBoundary, WorkingDay } from './working-time.ts'

type Day = WorkingDay<Work>

export function workingTimeConflicts(
  person: { readonly id: string; readonly zone: string },
  work: readonly Work[],
  packs: readonly RulePack[],
): Conflict[] {
  const rulesOf = rulesFrom(packs)
  const days = workingDays(work, (next, date): DayBoundary => ({
    // Without a rule nothing ends a day but the calendar.
    continuation_minutes: rulesOf('working_day', [next], date)?.rule.warning_minutes ?? 0,
    rest_minutes: rulesOf('daily_rest', [next], date)?.rule.warning_minutes ?? Infinity,
  }))
  const conflicts: Conflict[] = []
  const report = (inForce: RuleInForce | null, foundMs: number, involved: readonly Work[], start: number, end: number, more: Figures): void => {
    // Busy rows alone are the concern of their own project.
    if (inForce === null || inForce.rule.kind === null || involved.every((shift) => shift.assignment === null)) return
    const { rule } = inForce
    const severity = breachOf(rule, foundMs)
    if (severity === null || rule.kind === null) return
    conflicts.push(
      raise({
        kind: rule.kind, rule: rule.code, severity, person_id: person.id, start, end,
        records: involved.map((shift) => shift.record),
        figures: {
          rule: rule.code, pack: inForce.pack_id, pack_is_default: inForce.is_default, article: rule.article,
          // Rounded away from the threshold, so that a breach never reads as none.
          found_minutes: rule.limit === 'ceiling' ? Math.ceil(foundMs / MINUTE) : Math.floor(foundMs / MINUTE),
          warning_minutes: rule.warning_minutes, severe_minutes: rule.severe_minutes, ...more,
        },
      }),
    )
  }

  days.forEach((day, index) => {
    report(rulesOf('daily_work', day.shifts, day.date), workedMs(day.shifts), day.shifts, day.start, day.end, { date: day.date })
    const next = days[index + 1]
    const first = next?.shifts[0]
    const last = lastToEnd(day)
    if (next === undefined || first === undefined || last === undefined) return
    report(rulesOf('daily_rest', [last, first], next.date), next.start - day.end, [last, first], day.end, next.start, { date: next.date })
  })

  const weeks = new Map<LocalDate, Day[]>()
  for (const day of days) {
    const monday = mondayOf(day.date)
    const list = weeks.get(monday)
    if (list) list.push(day)
    else weeks.set(monday, [day])
  }
  const stretches = unionOf(work)
  for (const [monday, week] of weeks) {
    const shifts = week.flatMap((day) => day.shifts)
    const first = week[0]
    const last = week.at(-1)
    if (first === undefined || last === undefined) continue
    const worked = week.reduce((sum, day) => sum + workedMs(day.shifts), 0)
    report(rulesOf('week_work', shifts, monday), worked, shifts, first.start, last.end, { week: monday })
    const rest = rulesOf('weekly_rest', shifts, monday)
    if (rest === null) continue
    const inWeekMs = (rest.rule.parameters['in_week_minutes'] ?? 0) * MINUTE
    const beyondMs = rest.rule.warning_minutes * MINUTE - inWeekMs
    const found = longestWeeklyRest(stretches, toMs(fromLocal(monday, '00:00', person.zone)), toMs(fromLocal(addDays(monday, 7), '00:00', person.zone)), beyondMs)
    report(rest, found, shifts, first.start, last.end, { week: monday })
  }
  return conflicts
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
function rulesFrom(packs: readonly RulePack[]): (code: RuleCode, shifts: readonly Work[], date: LocalDate) => RuleInForce | null {
  return (code, shifts, date) => {
    const own = shifts.filter((shift) => shift.assignment !== null)
    let strictest: RuleInForce | null = null
    const asked = new Set<string>()
    for (const { assignment } of own.length > 0 ? own : shifts.slice(0, 1)) {
      const agreement = assignment?.agreement ?? null
      const engagement_kind = assignment?.engagement_kind ?? null
      const key = `${agreement}/${engagement_kind}`
      if (asked.has(key)) continue
      asked.add(key)
      const inForce = ruleInForce(packs, code, { agreement, engagement_kind, date })
      if (inForce !== null && (strictest === null || isStricter(inForce.rule, strictest.rule))) strictest = inForce
    }
    return strictest
  }
}
