import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromLocal, DAY, MINUTE } from '../../../shared/kernel/instants.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'
import type { Conflict } from '../../../shared/domain/planning/conflicts.ts'
import { veil } from '../../../shared/domain/planning/conflicts.ts'
import { personConflicts } from '../../../shared/domain/planning/person-conflicts.ts'
import type { PersonAssignment, PersonInput } from '../../../shared/domain/planning/person-input.ts'
import { defaultRulePack } from '../../../shared/domain/planning/rule-packs.ts'
import { expectedLines, inputOf, lineOf } from './person-oracle.ts'
import type { Plan } from './person-oracle.ts'

/** Six days before each change of clock, at midnight UTC. */
const changes: [string, string][] = [
  ['Europe/Paris', '2027-03-28'], ['Europe/Paris', '2027-10-31'],
  ['America/New_York', '2027-03-14'], ['America/New_York', '2027-11-07'],
  ['Australia/Lord_Howe', '2027-04-04'], ['Australia/Lord_Howe', '2027-10-03'],
  ['Pacific/Auckland', '2027-04-04'], ['Pacific/Auckland', '2027-09-26'],
]
const states = ['planned', 'proposed', 'accepted', 'confirmed', 'executed', 'closed', 'canceled'] as const

const plans: fc.Arbitrary<Plan> = fc.record({
  place: fc.constantFrom(...changes),
  work: fc.array(
    fc.record({
      project: fc.constantFrom('festival', 'tour', 'film', null),
      mission: fc.constantFrom('m1', 'm2', 'm3'),
      day: fc.nat(12),
      hour: fc.constantFrom(0, 2, 6, 8, 9, 14, 18, 20, 22),
      shift: fc.constantFrom(0, 0, 1, 15, 30, 45),
      minutes: fc.constantFrom(15, 60, 181, 240, 420, 540, 600, 660, 720, 840),
      pause: fc.constantFrom(0, 0, 10, 30, 60),
      agreement: fc.constantFrom('1285', '3090', '3097', '2642', '1486'),
      engaged: fc.constantFrom('cddu_technician' as const, 'cddu_artist' as const, 'freelance' as const),
      state: fc.constantFrom(...states),
    }),
    { maxLength: 22 },
  ),
  blocks: fc.array(
    fc.record({
      project: fc.constantFrom('festival', 'tour', null), kind: fc.constantFrom('available' as const, 'unavailable' as const),
      from: fc.nat(13 * 96).map((quarter) => quarter * 15), minutes: fc.constantFrom(60, 720, 1440, 4320),
    }),
    { maxLength: 4 },
  ),
}).map(({ place: [zone, date], work, blocks }) => ({
  zone,
  base: Date.parse(`${date}T00:00:00Z`) - 6 * DAY,
  work: work.map(({ day, hour, shift, ...row }, index) => ({ ...row, id: `a${String(index).padStart(2, '0')}`, from: day * 1440 + hour * 60 + shift })),
  blocks: blocks.map((block, index) => ({ ...block, id: `z${index}` })),
}))

const at = (date: string, time: string, zone = 'Europe/Paris'): Instant => fromLocal(date, time, zone)
const shift = (id: string, start: Instant, end: Instant, more: Partial<PersonAssignment> = {}): PersonAssignment => ({
  id, project_id: 'festival', mission_id: `mission-${id}`, mission_status: 'planned', start_at: start, end_at: end, zone: 'Europe/Paris',
  state: 'planned', engagement_kind: null, agreement: null, unpaid_break_minutes: 0, option_expires_at: null,
  required_certification_kinds: [], required_skills: [], ...more,
})
const person = (assignments: PersonAssignment[], more: Partial<PersonInput> = {}): PersonInput => ({
  person: { id: 'ada', kind: 'person', zone: 'Europe/Paris' }, now: at('2027-06-01', '00:00'), assignments,
  busy: [], availability: [], certifications: [], skills: [], packs: [], ...more,
})
const kinds = (conflicts: readonly Conflict[]): string[] => conflicts.map((conflict) => `${conflict.kind} ${conflict.severity}`)

describe('the conflicts of one person', () => {
  it('are those that counting minute by minute finds, also around clock changes', () => {
    fc.assert(fc.property(plans, (plan) => {
      expect(personConflicts(inputOf(plan)).map((conflict) => lineOf(conflict, plan.base)).sort()).toEqual(expectedLines(plan))
    }), { numRuns: 400 })
  })

  it('have an id each, and come in the same order whatever the order of the rows', () => {
    fc.assert(fc.property(plans, (plan) => {
      const input = inputOf(plan)
      const conflicts = personConflicts(input)
      expect(new Set(conflicts.map((conflict) => conflict.id)).size).toBe(conflicts.length)
      const reversed = personConflicts({ ...input, assignments: [...input.assignments].reverse(), busy: [...input.busy].reverse() })
      expect(reversed.map((conflict) => conflict.id)).toEqual(conflicts.map((conflict) => conflict.id))
    }), { numRuns: 100 })
  })

  it('keep their id and lose their fingerprint when everything moves by a day', () => {
    fc.assert(fc.property(plans, (plan) => {
      const overlaps = (moved: Plan): Map<string, string> =>
        new Map(personConflicts(inputOf(moved)).filter(({ kind }) => kind === 'person_overlap').map(({ id, fingerprint }) => [id, fingerprint]))
      const before = overlaps(plan)
      const after = overlaps({ ...plan, work: plan.work.map((row) => ({ ...row, from: row.from + 1440 })) })
      expect([...after.keys()].sort()).toEqual([...before.keys()].sort())
      for (const [id, fingerprint] of before) expect(after.get(id)).not.toBe(fingerprint)
    }), { numRuns: 100 })
  })
})

describe('a person in two places', () => {
  const first = shift('a', at('2027-06-18', '09:00'), at('2027-06-18', '12:00'))
  const second = shift('b', at('2027-06-18', '11:00'), at('2027-06-18', '14:00'))

  it('is noted, warned or severe as none, one or both assignments are accepted', () => {
    expect(kinds(personConflicts(person([first, { ...second, state: 'proposed' }])))).toEqual(['person_overlap info'])
    expect(kinds(personConflicts(person([first, { ...second, state: 'accepted' }])))).toEqual(['person_overlap warning'])
    expect(kinds(personConflicts(person([{ ...first, state: 'confirmed' }, { ...second, state: 'accepted' }])))).toEqual(['person_overlap severe'])
  })

  it('is no conflict when the windows touch, when one is canceled, when its mission is, nor for a vendor', () => {
    expect(personConflicts(person([first, { ...second, start_at: first.end_at }]))).toEqual([])
    expect(personConflicts(person([first, { ...second, state: 'canceled' }]))).toEqual([])
    expect(personConflicts(person([first, { ...second, mission_status: 'canceled' }]))).toEqual([])
    expect(personConflicts(person([first, second], { person: { id: 'ada', kind: 'vendor', zone: 'Europe/Paris' } }))).toEqual([])
  })

  it('is found against unnamed work elsewhere, with the very id that the whole organization gives it', () => {
    const whole = personConflicts(person([first, { ...second, project_id: 'tour' }]))
    const scoped = personConflicts(person([first], {
      busy: [{ id: 'b', start_at: second.start_at, end_at: second.end_at, strength: 'option', worked_minutes: 180 }],
    }))
    expect(scoped.map((conflict) => conflict.id)).toEqual(whole.map((conflict) => conflict.id))
    expect(scoped[0]?.project_ids).toEqual(['festival'])
  })

  it('shows the other project unnamed to who may not read it, and nothing to who may read neither', () => {
    const [conflict] = personConflicts(person([first, { ...second, project_id: 'tour' }]))
    if (!conflict) throw new Error('expected a conflict')
    const seen = veil(conflict, (project) => project === 'festival')
    expect(JSON.stringify(seen)).not.toMatch(/tour|mission-b|"b"/)
    expect(seen?.mission_id).toBe('mission-a')
    expect(veil(conflict, () => false)).toBeNull()
    expect(veil(conflict, () => true)).toBe(conflict)
  })
})

describe('working time', () => {
  const day = (date: string, from: string, to: string, more: Partial<PersonAssignment> = {}, id = `${date}${from}`): PersonAssignment =>
    shift(id, at(date, from), at(date, to), more)

  it('warns strictly above ten hours and is severe strictly above twelve', () => {
    expect(personConflicts(person([day('2027-06-18', '08:00', '18:00')]))).toEqual([])
    expect(kinds(personConflicts(person([day('2027-06-18', '08:00', '18:01')])))).toEqual(['day_long warning'])
    expect(kinds(personConflicts(person([day('2027-06-18', '08:00', '20:00')])))).toEqual(['day_long warning'])
    expect(kinds(personConflicts(person([day('2027-06-18', '08:00', '20:01')])))).toEqual(['day_long severe'])
  })

  it('leaves unpaid meals out, once where two posts of one mission share them', () => {
    expect(personConflicts(person([day('2027-06-18', '08:00', '19:00', { unpaid_break_minutes: 60 })]))).toEqual([])
    const both = [
      day('2027-06-18', '08:00', '19:30', { unpaid_break_minutes: 60, mission_id: 'show' }, 'light'),
      day('2027-06-18', '08:00', '19:30', { unpaid_break_minutes: 60, mission_id: 'show' }, 'sound'),
    ]
    const long = personConflicts(person(both)).find((conflict) => conflict.kind === 'day_long')
    expect(long?.figures['found_minutes']).toBe(630)
  })

  it('counts a strike after midnight in the day of the show, and no rest before it', () => {
    const conflicts = personConflicts(person([
      shift('show', at('2027-06-18', '16:00'), at('2027-06-19', '00:00')), shift('strike', at('2027-06-19', '00:30'), at('2027-06-19', '04:00')),
    ]))
    expect(kinds(conflicts)).toEqual(['day_long warning'])
    expect(conflicts[0]?.figures).toMatchObject({ found_minutes: 690, date: '2027-06-18' })
  })

  it('ends the day when work resumes on another date more than four hours later', () => {
    const resumed = (time: string): string[] => kinds(personConflicts(person([
      shift('show', at('2027-06-18', '16:00'), at('2027-06-18', '23:00')), shift('strike', at('2027-06-19', time), at('2027-06-19', '05:00')),
    ])))
    expect(resumed('03:00')).toEqual([])
    expect(resumed('03:01')).toEqual(['rest_short severe'])
  })

  it('measures the rest from the last end to the next start, with the true length of a night of 25 hours', () => {
    const night = [shift('late', at('2027-10-30', '16:00'), at('2027-10-30', '22:00')), shift('early', at('2027-10-31', '08:00'), at('2027-10-31', '12:00'))]
    expect(personConflicts(person(night))).toEqual([])
    const spring = [shift('late', at('2027-03-27', '16:00'), at('2027-03-27', '22:00')), shift('early', at('2027-03-28', '08:00'), at('2027-03-28', '12:00'))]
    const [short] = personConflicts(person(spring))
    expect(short).toMatchObject({ kind: 'rest_short', severity: 'warning', figures: { found_minutes: 540, warning_minutes: 660, article: 'L3131-1, D3131-6' } })
  })

  it('asks for a weekly rest of 35 hours when someone works seven days', () => {
    const week = [14, 15, 16, 17, 18, 19, 20].map((date) => day(`2027-06-${date}`, '10:00', '14:00'))
    expect(kinds(personConflicts(person(week)))).toEqual(['rest_short severe', 'week_long warning'])
    expect(personConflicts(person(week.slice(0, 6)))).toEqual([])
  })

  it('follows the agreement of the project, and the stricter of two', () => {
    const touring = {
      ...defaultRulePack, id: 'touring', agreement: '1285',
      rules: defaultRulePack.rules.filter((rule) => rule.code === 'daily_work').map((rule) => ({ ...rule, warning_minutes: 720 })),
    }
    const packs = [defaultRulePack, touring]
    const long = day('2027-06-18', '08:00', '19:00', { agreement: '1285' })
    expect(personConflicts(person([long], { packs }))).toEqual([])
    const [conflict] = personConflicts(person([long, day('2027-06-18', '19:30', '20:00')], { packs }))
    expect(conflict).toMatchObject({ kind: 'day_long', figures: { pack: defaultRulePack.id, pack_is_default: true, found_minutes: 690 } })
  })

  it('says nothing about days that only other projects fill', () => {
    const busy = [{ id: 'x', start_at: at('2027-06-18', '06:00'), end_at: at('2027-06-18', '22:00'), strength: 'firm' as const, worked_minutes: 960 }]
    expect(personConflicts(person([], { busy }))).toEqual([])
    expect(kinds(personConflicts(person([day('2027-06-18', '22:00', '22:30')], { busy })))).toEqual(['day_long severe'])
  })
})

describe('what a post asks of a person', () => {
  const climb = shift('rig', at('2027-06-18', '09:00'), at('2027-06-19', '00:00'), {
    required_certification_kinds: ['heights'], required_skills: [{ id: 'rigging', level: 3 }], unpaid_break_minutes: 300,
  })
  const held = (issued_on: string | null, expires_on: string | null): PersonInput['certifications'][number] =>
    ({ kind_id: 'heights', issued_on: issued_on as LocalDate | null, expires_on: expires_on as LocalDate | null })
  const skills = [{ id: 'rigging', level: 3 }]
  const cause = (certifications: PersonInput['certifications']): unknown =>
    personConflicts(person([climb], { certifications, skills })).map((conflict) => conflict.figures['cause'])

  it('is a certification valid on every day of the work, its last day included', () => {
    expect(cause([])).toEqual(['absent'])
    expect(cause([held(null, '2027-06-17')])).toEqual(['expired'])
    expect(cause([held('2027-06-19', null)])).toEqual(['not_yet_issued'])
    expect(cause([held('2027-06-18', '2027-06-18')])).toEqual([])
    expect(cause([held(null, '2027-01-01'), held('2027-01-01', null)])).toEqual([])
  })

  it('is a skill at the level asked', () => {
    const skillConflicts = (level: number): string[] =>
      kinds(personConflicts(person([climb], { certifications: [held(null, null)], skills: [{ id: 'rigging', level }] })))
    expect(skillConflicts(2)).toEqual(['skill_missing warning'])
    expect(skillConflicts(3)).toEqual([])
  })

  it('is an answer before the option expires', () => {
    const option = shift('o', at('2027-06-18', '09:00'), at('2027-06-18', '12:00'), { option_expires_at: at('2027-06-10', '18:00') })
    const on = (now: Instant, state: PersonAssignment['state'] = 'planned'): string[] => kinds(personConflicts(person([{ ...option, state }], { now })))
    expect(on(at('2027-06-10', '17:59'))).toEqual([])
    expect(on(at('2027-06-10', '18:00'))).toEqual(['option_expired warning'])
    expect(on(at('2027-06-11', '18:00'), 'accepted')).toEqual([])
  })
})

it('a minute is a minute: windows of milliseconds are compared exactly', () => {
  const start = at('2027-06-18', '08:00')
  const end = new Date(Date.parse(start) + 600 * MINUTE + 1).toISOString() as Instant
  expect(personConflicts(person([shift('a', start, end)]))[0]?.figures['found_minutes']).toBe(601)
})
