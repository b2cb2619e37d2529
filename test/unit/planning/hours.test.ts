/** Hours of a person as information, against counting the minutes of their weeks one by one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, fromLocal, fromMs, MINUTE } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { hoursOf, monthsBefore } from '../../../shared/domain/planning/hours.ts'
import type { WorkRow } from '../../../shared/domain/planning/hours.ts'
import { rulePacks } from '../../../shared/domain/planning/rule-packs.ts'

const on = '2027-06-20' as LocalDate
const row = (id: string, date: string, from: string, to: string, more: Partial<WorkRow> = {}): WorkRow => ({
  id, project_id: 'film', mission_id: `mission-${id}`, mission_status: 'planned', start_at: fromLocal(date, from, 'Europe/Paris'), end_at: fromLocal(date, to, 'Europe/Paris'), zone: 'Europe/Paris',
  state: 'confirmed', engagement_kind: 'cddu_technician', agreement: null, unpaid_break_minutes: 0, option_expires_at: null, required_certification_kinds: [], required_skills: [],
  paid_by_cachet: false, cachets: 1, ...more,
})
const hours = (rows: WorkRow[], date = on) => hoursOf(rows, date, rulePacks)

describe('the weeks of a person', () => {
  const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland']
  /** One shift a day at most, by day, never overlapping the next: what the hours of a week are is then the sum of its minutes. */
  const plans = fc.record({
    zone: fc.constantFrom(...zones),
    shifts: fc.uniqueArray(fc.record({ day: fc.integer({ min: -180, max: 30 }), minutes: fc.constantFrom(60, 200, 480, 600, 700), begin: fc.constantFrom(480, 600, 720) }), { selector: ({ day }) => day, maxLength: 120 }),
  })

  it('are the last twelve and the next four, each with the minutes worked on its dates', () => {
    fc.assert(fc.property(plans, ({ zone, shifts }) => {
      const rows = shifts.map(({ day, minutes, begin }, index) => {
        const date = addDays(on, day)
        const start = Date.parse(fromLocal(date, `${String(begin / 60).padStart(2, '0')}:00`, zone))
        return { date, minutes, start, row: row(`s${index}`, date, '08:00', '09:00', { zone, start_at: fromMs(start), end_at: fromMs(start + minutes * MINUTE) }) }
      })
      const { weeks, year } = hours(rows.map((one) => one.row))
      expect(weeks).toHaveLength(16)
      expect(weeks.map(({ monday }) => new Date(`${monday}T12:00:00Z`).getUTCDay())).toEqual(weeks.map(() => 1))
      expect(weeks[11]?.monday).toBe('2027-06-14')
      const ordered = [...rows].sort((a, b) => a.start - b.start)
      const between = (from: string, to: string) => rows.filter(({ date }) => date >= from && date <= to)
      const total = (some: readonly { minutes: number }[]): number => some.reduce((sum, one) => sum + one.minutes, 0)
      for (const week of weeks) {
        const of = between(week.monday, addDays(week.monday, 6))
        const dozen = Array.from({ length: 12 }, (_, back) => between(addDays(week.monday, -7 * back), addDays(week.monday, 6 - 7 * back)))
        const rests = of.flatMap((one) => {
          const former = ordered[ordered.indexOf(one) - 1]
          return former ? [(one.start - former.start) / MINUTE - former.minutes] : []
        })
        expect(week).toMatchObject({
          worked_minutes: total(of), days: of.length, longest_day_minutes: of.length === 0 ? null : Math.max(...of.map(({ minutes }) => minutes)),
          shortest_rest_minutes: rests.length === 0 ? null : Math.min(...rests), weeks_unknown: dozen.filter((one) => one.length === 0).length,
          average_minutes: Math.round(total(dozen.flat()) / 12), average_level: total(dozen.flat()) > 12 * 2640 ? 'warning' : null, breaks_unknown: of.filter(({ minutes }) => minutes >= 360).length,
        })
      }
      expect(year?.work_minutes).toBe(total(between('2026-06-21', on)))
    }), { numRuns: 150 })
  })

  it('say which of them a rule holds against, and by which rule', () => {
    const days = [14, 15, 16, 17, 18].map((day) => row(`d${day}`, `2027-06-${day}`, '08:00', '18:00'))
    const { weeks, week_rule, average } = hours(days)
    expect(weeks[11]).toMatchObject({ worked_minutes: 3000, level: 'warning', days: 5, longest_day_minutes: 600, shortest_rest_minutes: 840 })
    expect(week_rule).toMatchObject({ article: 'L3121-20, L3121-21', is_default: true, warning_minutes: 2880 })
    expect(average).toMatchObject({ total_minutes: 3000, weeks_unknown: 11, level: null, rule: { warning_minutes: 2640, article: 'L3121-22' } })
  })
})

describe('a call under 3 h 30', () => {
  it('is told where the agreement asks for it, each stretch of a day for itself', () => {
    const day = (agreement: string | null) => [row('a', '2027-06-16', '10:00', '12:00', { agreement }), row('b', '2027-06-16', '12:00', '13:30', { agreement }), row('c', '2027-06-16', '18:00', '21:29', { agreement })]
    expect(hours(day('1285')).short_calls).toMatchObject([{ date: '2027-06-16', minutes: 209, rule: { pack_id: 'fr-1285', warning_minutes: 210 } }])
    expect(hours(day(null)).short_calls).toEqual([])
  })
})

describe('the 507 hours', () => {
  const counted = (rows: WorkRow[], date = on) => hours(rows, date).year

  it('are hours and twelve a cachet, on the year of dates up to the one chosen', () => {
    const rows = [
      row('first', '2026-06-21', '10:00', '18:00', { unpaid_break_minutes: 60 }), row('before', '2026-06-20', '10:00', '18:00'),
      row('last', '2027-06-20', '10:00', '14:00'), row('after', '2027-06-21', '10:00', '14:00'),
      row('stage', '2027-03-05', '20:00', '22:00', { engagement_kind: 'cddu_artist', paid_by_cachet: true, cachets: 3 }),
    ]
    expect(counted(rows)).toMatchObject({ from: '2026-06-21', to: '2027-06-20', work_minutes: 11 * 60, cachets: 3, cachet_minutes: 36 * 60, counted_minutes: 47 * 60, threshold_minutes: 507 * 60 })
  })

  it('leave out what nobody accepted and other engagements, and say how much', () => {
    const rows = [
      row('option', '2027-05-03', '10:00', '14:00', { state: 'proposed' }), row('cachet', '2027-05-04', '20:00', '22:00', { state: 'planned', paid_by_cachet: true, cachets: 2 }),
      row('invoice', '2027-05-05', '10:00', '13:00', { engagement_kind: 'freelance' }), row('kept', '2027-05-06', '10:00', '12:00'),
    ]
    expect(counted(rows)).toMatchObject({ counted_minutes: 120, option_minutes: 240, option_cachets: 2, other_minutes: 180 })
  })

  it('are not counted before the annexes are known', () => {
    expect(counted([], '2016-07-31' as LocalDate)).toBeNull()
    expect(counted([], '2016-08-01' as LocalDate)).not.toBeNull()
  })
})

it('months before a date keep its day, or the last of a shorter month', () => {
  expect(monthsBefore('2028-02-29' as LocalDate, 12)).toBe('2027-02-28')
  expect(monthsBefore('2027-03-31' as LocalDate, 1)).toBe('2027-02-28')
  expect(monthsBefore('2027-01-15' as LocalDate, 2)).toBe('2026-11-15')
})
