import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toLocal, fromMs } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { readChosen } from '../../../renderer/components/list/address.ts'
import type { Chosen } from '../../../renderer/components/list/address.ts'
import type { PlanBar, PlanConflict, PlanMission, PlanNeed, PlanRole } from '../../../renderer/pages/planning/plan.ts'
import { barTest, conflictsOf, countsOf, facets, missionTest, needTest } from '../../../renderer/pages/planning/plan-filter.ts'
import type { Facet, PlanChoice } from '../../../renderer/pages/planning/plan-filter.ts'

const ZONE = 'Europe/Paris'
const START = Date.parse('2026-10-23T22:00:00.000Z')
const HOUR = 3_600_000
const day = (text: string): LocalDate => toLocal(fromMs(Date.parse(`${text}T12:00:00.000Z`)), 'UTC').date

const locations = ['l0', 'l1'].map((id) => ({ id, name: id, zone: ZONE, latitude: null, longitude: null }))
const missions = [0, 1, 2].map((at): PlanMission => ({
  id: `m${at}`, version: 1, title: `Mission ${at}`, day_code: null, kind: 'show', status: 'planned', start: START + at * 12 * HOUR, end: START + (at + 1) * 12 * HOUR, zone: ZONE,
  location: locations[at] ?? null, locked: false, tags: [], sheet_number: null,
}))
const roles: PlanRole[] = ['LUM', 'SON'].map((department_code, at) => ({ id: `r${at}`, name: department_code, name_en: null, department_code, is_head: false }))
const conflict = (severity: PlanConflict['severity'], acknowledged: boolean): PlanConflict => ({
  id: `${severity}${String(acknowledged)}`, kind: 'double_booking', source: 'rules', severity, acknowledged, fingerprint: '', start: null, end: null, figures: {}, assignments: [], person: null, missions: [],
})
const conflicts = (['info', 'warning', 'severe'] as const).flatMap((severity) => [conflict(severity, false), conflict(severity, true)])
const pick = <T>(from: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...from)

const bar: fc.Arbitrary<PlanBar> = fc
  .record({
    id: fc.uuid(), person: pick(['p0', 'p1', 'p2']), mission: pick(missions), role: fc.option(pick(roles)), from: fc.integer({ min: -30, max: 80 }), hours: fc.integer({ min: 1, max: 30 }),
    state: pick(['planned', 'proposed', 'accepted', 'canceled']), engagement: pick(['employee', 'freelance']), reconfirm: fc.boolean(), untold: fc.boolean(), conflicts: fc.uniqueArray(pick(conflicts), { maxLength: 3 }),
  })
  .map(({ person, from, hours, ...one }) => ({
    kind: 'assignment', version: 1, need: null, call: null, quantity: 1, accepted: 0, refused: 0, isLead: false, part: null, optionRank: null, optionExpires: null,
    ...one, person: { id: person, name: person, kind: 'person', role: -1 }, start: START + from * HOUR, end: START + (from + hours) * HOUR,
  }))
const need: fc.Arbitrary<PlanNeed> = fc.record({ id: fc.uuid(), mission: pick(missions), role: fc.option(pick(roles)) }).map((one) => ({
  kind: 'need', headCount: 2, filled: 1, held: 0, notes: null, start: one.mission.start, end: one.mission.end, ...one,
}))

const valuesOf: Readonly<Record<Facet, readonly (string | null)[]>> = {
  mission: ['m0', 'm1', 'm2'], department: ['LUM', 'SON', null], state: ['planned', 'proposed', 'accepted', 'canceled'], location: ['l0', 'l1', null], role: ['r0', 'r1', null],
  person: ['p0', 'p1'], engagement: ['employee', 'freelance'], waiting: ['true', 'false'], untold: ['true', 'false'], reconfirm: ['true', 'false'],
}
const chosenOf = (facet: Facet): fc.Arbitrary<readonly [Facet, Chosen]> =>
  fc.record({ not: fc.boolean(), values: fc.uniqueArray(pick(valuesOf[facet]), { maxLength: 2 }) }).map((chosen) => [facet, chosen] as const)
const choice: fc.Arbitrary<PlanChoice> = fc
  .record({
    from: fc.option(pick(['2026-10-24', '2026-10-25'].map(day))), to: fc.option(pick(['2026-10-25', '2026-10-26'].map(day))), severity: pick(['', '', 'severe', 'warning']),
    chosen: fc.tuple(...facets.map((facet) => fc.option(chosenOf(facet), { freq: 2 }))),
  })
  .map(({ from, to, severity, chosen }) => ({ days: { from, to }, zone: ZONE, severity, chosen: new Map(chosen.flatMap((one) => (one ? [one] : []))) }))

/** The same, said as a person would check a row. */
function told(one: PlanBar, { days, severity, chosen }: PlanChoice, but?: Facet): boolean {
  const first = toLocal(fromMs(one.start), ZONE).date
  const last = toLocal(fromMs(one.end - 1), ZONE).date
  if ((days.from !== null && last < days.from) || (days.to !== null && first > days.to)) return false
  if (severity !== '' && one.conflicts.filter((found) => !found.acknowledged && found.severity === severity).length === 0) return false
  const word: Record<Facet, string | null> = {
    mission: one.mission.id, department: one.role === null ? null : one.role.department_code, state: one.state, location: one.mission.location === null ? null : one.mission.location.id,
    role: one.role === null ? null : one.role.id, person: one.person.id, engagement: one.engagement, waiting: one.state === 'proposed' ? 'true' : 'false', untold: one.untold ? 'true' : 'false',
    reconfirm: one.reconfirm ? 'true' : 'false',
  }
  for (const facet of facets) {
    const asked = chosen.get(facet)
    if (!asked || facet === but || asked.values.length === 0) continue
    const among = asked.values.some((value) => value === word[facet])
    if (asked.not ? among : !among) return false
  }
  return true
}

describe('the filter of the planning', () => {
  test('leaves the rows that one would leave by reading each of them', () => {
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 40 }), choice, (bars, asked) => {
        expect(bars.filter(barTest(asked)).map(({ id }) => id)).toEqual(bars.filter((one) => told(one, asked)).map(({ id }) => id))
      }),
    )
  })
  test('says for each value how many rows it would leave beside the other filters', () => {
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 40 }), choice, pick(facets), (bars, asked, facet) => {
        const counts = countsOf(bars, asked, facet)
        expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(bars.filter((one) => told(one, asked, facet)).length)
        for (const [value, count] of counts) {
          const alone: PlanChoice = { ...asked, chosen: new Map([...asked.chosen, [facet, { not: false, values: [value] }] as const]) }
          expect(bars.filter(barTest(alone)).length).toBe(count)
        }
      }),
    )
  })
  test('counts a conflict once, however many of the rows left it names', () => {
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 40 }), choice, (bars, asked) => {
        const kept = bars.filter((one) => told(one, { ...asked, severity: '' }))
        expect(new Set(conflictsOf(bars, asked))).toEqual(new Set(kept.flatMap((one) => one.conflicts)))
        expect(conflictsOf(bars, asked).length).toBe(new Set(kept.flatMap((one) => one.conflicts)).size)
      }),
    )
  })
  const only = (facet: Facet, text: string): PlanChoice => ({ days: { from: null, to: null }, zone: ZONE, severity: '', chosen: new Map([[facet, readChosen(text)]]) })
  test('keeps a post to fill when a state is left out, and not when one is asked for', () => {
    fc.assert(
      fc.property(need, (one) => {
        expect(needTest(only('state', '!canceled'))(one)).toBe(true)
        expect(needTest(only('state', 'confirmed'))(one)).toBe(false)
        expect(needTest(only('person', 'p0'))(one)).toBe(false)
        expect(needTest(only('mission', one.mission.id))(one)).toBe(true)
      }),
    )
  })
  test('keeps a mission without anybody until somebody is asked for', () => {
    expect(missions.filter(missionTest(only('state', '!canceled'), [], []))).toEqual(missions)
    expect(missions.filter(missionTest(only('location', 'l1'), [], [])).map(({ id }) => id)).toEqual(['m1'])
    expect(missions.filter(missionTest(only('department', 'LUM'), [], []))).toEqual([])
    const days: PlanChoice = { ...only('state', ''), days: { from: day('2026-10-25'), to: null } }
    expect(missions.filter(missionTest(days, [], [])).map(({ id }) => id)).toEqual(['m2'])
  })
  test('a night that ends at 06:00 belongs to both its days, one that ends at midnight to its first', () => {
    const [night] = fc.sample(bar, 1)
    if (!night) throw new Error('no row')
    const at = (start: string, end: string): boolean => barTest({ ...only('state', ''), days: { from: day('2026-10-25'), to: day('2026-10-25') } })({ ...night, start: Date.parse(start), end: Date.parse(end) })
    expect(at('2026-10-24T21:30:00.000Z', '2026-10-25T05:00:00.000Z')).toBe(true)
    expect(at('2026-10-24T16:00:00.000Z', '2026-10-24T22:00:00.000Z')).toBe(false)
    expect(at('2026-10-25T22:30:00.000Z', '2026-10-25T22:45:00.000Z')).toBe(true)
    expect(at('2026-10-25T23:00:00.000Z', '2026-10-25T23:45:00.000Z')).toBe(false)
  })
})
