/** The rules of the agreements as the chapter on law states them, and the average over twelve weeks, against counting minute by minute. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, fromLocal } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import type { Conflict } from '../../../shared/domain/planning/conflicts.ts'
import { personConflicts } from '../../../shared/domain/planning/person-conflicts.ts'
import type { PersonAssignment, PersonInput } from '../../../shared/domain/planning/person-input.ts'
import { agreements, defaultRulePack, openPoints, ruleInForce, rulePacks } from '../../../shared/domain/planning/rule-packs.ts'
import type { RuleCode } from '../../../shared/domain/planning/rule-packs.ts'
import { expectedLines, inputOf, lineOf } from './person-oracle.ts'
import type { Plan } from './person-oracle.ts'

/** Mondays some weeks before a change of clock, so that the twelve weeks run over it. */
const changes: [string, string][] = [
  ['Europe/Paris', '2027-02-15'], ['America/New_York', '2027-10-04'], ['Australia/Lord_Howe', '2027-03-01'], ['Pacific/Auckland', '2027-08-23'],
]
/** A season: nearly every week is worked, some of them hard, some not at all. */
const seasons: fc.Arbitrary<Plan> = fc.record({
  place: fc.constantFrom(...changes),
  weeks: fc.array(
    fc.record({
      days: fc.constantFrom(0, 4, 5, 5, 6, 6, 7), hours: fc.constantFrom(7, 8, 9, 10), begin: fc.constantFrom(6, 8, 14, 20), pause: fc.constantFrom(0, 0, 15, 60),
      project: fc.constantFrom('festival', 'tour', null), state: fc.constantFrom('planned' as const, 'confirmed' as const),
    }),
    { minLength: 12, maxLength: 16 },
  ),
}).map(({ place: [zone, date], weeks }) => ({
  zone,
  base: Date.parse(`${date}T00:00:00Z`),
  blocks: [],
  work: weeks.flatMap((week, at) => Array.from({ length: week.days }, (_, day) => ({
    id: `w${String(at).padStart(2, '0')}${day}`, project: week.project, mission: `m${at}`, from: (at * 7 + day) * 1440 + week.begin * 60, minutes: week.hours * 60, pause: week.pause, state: week.state,
  }))),
}))

const at = (date: string, time: string) => fromLocal(date, time, 'Europe/Paris')
const shift = (id: string, date: string, from: string, to: string, more: Partial<PersonAssignment> = {}): PersonAssignment => ({
  id, project_id: 'film', mission_id: `mission-${id}`, mission_status: 'planned', start_at: at(date, from), end_at: at(to < from ? addDays(date as LocalDate, 1) : date, to), zone: 'Europe/Paris',
  state: 'planned', engagement_kind: 'cddu_technician', agreement: null, unpaid_break_minutes: 0, option_expires_at: null, required_certification_kinds: [], required_skills: [], ...more,
})
const person = (assignments: PersonAssignment[]): PersonInput => ({
  person: { id: 'ada', kind: 'person', zone: 'Europe/Paris' }, now: at('2027-01-01', '00:00'), assignments, busy: [], availability: [], certifications: [], skills: [], packs: rulePacks,
})
const told = (assignments: PersonAssignment[]): string[] => personConflicts(person(assignments)).map(({ kind, severity, figures }) => `${kind} ${severity} ${figures['rule']} ${figures['pack']}`)

describe('working time over a season', () => {
  it('is judged as counting minute by minute judges it, whatever the zone', () => {
    let averages = 0
    fc.assert(fc.property(seasons, (plan) => {
      const found = personConflicts(inputOf(plan))
      averages += found.filter(({ figures }) => figures['rule'] === 'week_average').length
      expect(found.map((conflict) => lineOf(conflict, plan.base)).sort()).toEqual(expectedLines(plan))
    }), { numRuns: 60 })
    expect(averages).toBeGreaterThan(0)
  })
})

describe('the average over twelve weeks', () => {
  const mondays = Array.from({ length: 12 }, (_, week) => addDays('2027-01-04' as LocalDate, week * 7))
  /** Five days of some hours each week. */
  const season = (hours: number, weeks: readonly LocalDate[], project = 'film'): PersonAssignment[] =>
    weeks.flatMap((monday) => [0, 1, 2, 3, 4].map((day) => shift(`${monday}${day}`, addDays(monday, day), '08:00', `${String(8 + hours).padStart(2, '0')}:00`, { project_id: project })))
  const averages = (rows: PersonAssignment[]): Conflict[] => personConflicts(person(rows)).filter(({ figures }) => figures['rule'] === 'week_average')

  it('warns in the week that crosses it, over all projects, and is never severe', () => {
    expect(averages(season(9, mondays.slice(0, 11)))).toEqual([])
    const [crossing, ...more] = averages([...season(9, mondays.slice(0, 6)), ...season(9, mondays.slice(6), 'tour')])
    expect(more).toEqual([])
    expect(crossing).toMatchObject({
      kind: 'week_long', severity: 'warning', project_ids: ['tour'],
      figures: { found_minutes: 2700, warning_minutes: 2640, severe_minutes: null, weeks: 12, weeks_unknown: 0, article: 'L3121-22', week: mondays.at(-1), total_minutes: 32_400 },
    })
  })

  it('counts a week without known work as unknown, and says how many', () => {
    expect(averages(season(9, mondays.filter((_, week) => week !== 3)))).toEqual([])
    const [crossing] = averages(season(10, mondays.filter((_, week) => week !== 3)))
    expect(crossing?.figures).toMatchObject({ weeks_unknown: 1, found_minutes: 2750 })
  })

  it('loses its acknowledgement when a window of its week changes', () => {
    const [before] = averages(season(9, mondays))
    const later = season(9, mondays).map((row) => (row.id.startsWith('2027-03-22') && row.id.endsWith('0') ? { ...row, end_at: at('2027-03-22', '17:30') } : row))
    const [after] = averages(later)
    expect(after?.id).toBe(before?.id)
    expect(after?.fingerprint).not.toBe(before?.fingerprint)
  })
})

describe('a break', () => {
  const day = (more: Partial<PersonAssignment> = {}): string[] => told([shift('a', '2027-06-18', '09:00', '15:30', more)])

  it('is unknown when nobody entered it, and asked for when one is known to be too short', () => {
    expect(day()).toEqual([])
    expect(day({ unpaid_break_minutes: 15 })).toEqual([`rest_short warning break ${defaultRulePack.id}`])
    expect(day({ unpaid_break_minutes: 20 })).toEqual([])
    expect(told([shift('a', '2027-06-18', '09:00', '14:30', { unpaid_break_minutes: 15 })])).toEqual([])
  })

  it('may be the time between two services', () => {
    const two = (resumed: string): string[] => told([shift('a', '2027-06-18', '09:00', '12:00'), shift('b', '2027-06-18', resumed, '16:00')])
    expect(two('12:15')).toEqual([`rest_short warning break ${defaultRulePack.id}`])
    expect(two('12:20')).toEqual([])
  })

  it('is an hour for a meal on a film, half an hour in a continuous day of eight hours', () => {
    const film = { agreement: '3097' }
    expect(told([shift('a', '2027-06-18', '08:00', '17:00', { ...film, unpaid_break_minutes: 45 })])).toEqual(['rest_short warning break fr-3097-technicians'])
    expect(told([shift('a', '2027-06-18', '08:00', '17:00', { ...film, unpaid_break_minutes: 60 })])).toEqual([])
    expect(told([shift('a', '2027-06-18', '08:00', '16:00', { ...film, unpaid_break_minutes: 30 })])).toEqual([])
    expect(told([shift('a', '2027-06-18', '08:00', '16:00', { ...film, unpaid_break_minutes: 25 })])).toEqual(['rest_short warning break fr-3097-technicians'])
  })
})

describe('an actor on a film', () => {
  const actor = { agreement: '3097', engagement_kind: 'cddu_artist' as const, unpaid_break_minutes: 240 }
  const pack = 'fr-3097-actors'

  it('may be there twelve hours, thirteen exceptionally', () => {
    expect(told([shift('a', '2027-06-18', '08:00', '20:00', actor)])).toEqual([])
    expect(told([shift('a', '2027-06-18', '08:00', '20:01', actor)])).toEqual([`day_long warning day_span ${pack}`])
    expect(told([shift('a', '2027-06-18', '08:00', '21:00', actor)])).toEqual([`day_long warning day_span ${pack}`])
    expect(told([shift('a', '2027-06-18', '08:00', '21:01', actor)])).toEqual([`day_long severe day_span ${pack}`])
  })

  it('rests twelve hours, never less than nine', () => {
    const night = (begin: string): string[] => told([shift('a', '2027-06-18', '14:00', '22:00', actor), shift('b', '2027-06-19', begin, '16:00', actor)])
    expect(night('10:00')).toEqual([])
    expect(night('09:59')).toEqual([`rest_short warning daily_rest ${pack}`])
    expect(night('06:59')).toEqual([`rest_short severe daily_rest ${pack}`])
  })
})

describe('six days in a row', () => {
  const days = (count: number): PersonAssignment[] => Array.from({ length: count }, (_, day) => shift(`d${day}`, addDays('2027-06-16' as LocalDate, day), '10:00', '14:00'))

  it('are allowed; a seventh is told once for the whole run, as a reading to be checked', () => {
    expect(told(days(6))).toEqual([])
    const [run] = personConflicts(person(days(9))).filter(({ figures }) => figures['rule'] === 'consecutive_days')
    expect(run).toMatchObject({ kind: 'week_long', severity: 'warning', figures: { found_days: 9, warning_days: 6, rule_unsure: true, article: 'L3132-1' } })
    expect(run?.records).toHaveLength(9)
  })
})

describe('every pack', () => {
  const spoken = (agreement: string | null, engagement_kind: 'cddu_technician' | 'cddu_artist' | 'freelance' | null, code: RuleCode) =>
    ruleInForce(rulePacks, code, { agreement, engagement_kind, date: '2027-06-18' as LocalDate })

  it('has an id of its own, and a word and an article in every alert it raises', () => {
    expect(new Set(rulePacks.map((pack) => pack.id)).size).toBe(rulePacks.length)
    for (const pack of rulePacks) for (const rule of pack.rules) {
      if (rule.kind !== null) expect([pack.id, rule.code, rule.article]).not.toContain(null)
      if (rule.standing !== 'cited') expect([pack.id, rule.code, rule.note]).not.toContain(null)
    }
    const long = personConflicts(person([shift('a', '2027-06-18', '08:00', '19:00', { agreement: '1285' })]))
    expect(long.map(({ figures }) => figures)).toEqual([expect.objectContaining({ rule_fr: 'Durée quotidienne maximale', rule_en: 'Longest working day', pack: 'fr-1285', pack_is_default: false, article: expect.stringContaining('VI.6.1') })])
  })

  it('answers for its population only; others have the labour code', () => {
    expect(spoken('3097', 'cddu_artist', 'daily_rest')?.pack_id).toBe('fr-3097-actors')
    expect(spoken('3097', 'freelance', 'daily_rest')).toMatchObject({ is_default: true })
    expect(spoken('2642', null, 'daily_work')?.pack_id).toBe('fr-2642')
    expect(spoken('3252', 'cddu_technician', 'daily_work')).toMatchObject({ is_default: true })
  })

  it('keeps the shortest call of 3 h 30 as data, and never applies an expired text', () => {
    expect(spoken('1285', 'cddu_technician', 'min_call')?.rule).toMatchObject({ kind: null, warning_minutes: 210 })
    expect(rulePacks.flatMap((pack) => pack.rules).find((rule) => rule.code === 'touring_travel')?.standing).toBe('expired')
    expect(spoken('3090', 'cddu_technician', 'touring_travel')).toBeNull()
  })

  it('belongs to an agreement of the list, and what no pack says is told apart', () => {
    const codes = agreements.map(({ code }) => code)
    for (const { agreement } of rulePacks) if (agreement !== null) expect(codes).toContain(agreement)
    expect(openPoints.map(({ why }) => why)).toContain('not_researched')
  })
})

it('a person of ten years is judged in a moment', () => {
  const years = Array.from({ length: 2_500 }, (_, day) => shift(`s${day}`, addDays('2017-01-02' as LocalDate, day + Math.floor(day / 5) * 2), '09:00', '18:00', { unpaid_break_minutes: 60, agreement: day % 3 === 0 ? '1285' : null }))
  const input = person(years)
  personConflicts(input)
  const begun = performance.now()
  personConflicts(input)
  expect(performance.now() - begun).toBeLessThan(1_000)
})
