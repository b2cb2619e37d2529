/** What changed between two plans, against plain bookkeeping over random plans. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPlanChanges, changedIn, comparePlans, knownAfter, knownOf, lineKey, toldChanges, type SaidPlan } from '../../../shared/domain/publication/changes.ts'
import { overlaps, type PlanLine } from '../../../shared/domain/publication/snapshot.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'

const base = Date.UTC(2026, 9, 20)
const at = (hour: number) => fromMs(base + hour * 3_600_000)
const line = fc.record({
  id: fc.integer({ min: 0, max: 7 }).map((n) => `a${n}`), person_id: fc.constantFrom('p1', 'p2', 'p3'), mission_id: fc.constantFrom('m1', 'm2'), title: fc.constantFrom('Montage', 'Jeu'),
  day_code: fc.constantFrom(null, 'J1'), mission_status: fc.constantFrom('planned', 'canceled'), place: fc.constantFrom(null, 'Grand Carré', 'Quai'), zone: fc.constantFrom('Europe/Paris', 'Pacific/Auckland'),
  start: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 1, max: 12 }), call: fc.option(fc.integer({ min: 0, max: 60 })),
  role: fc.constantFrom(null, 'Régie'), state: fc.constantFrom('planned', 'accepted', 'confirmed'),
}).map(({ start, length, call, role, ...rest }): PlanLine => ({ ...rest, start_at: at(start), end_at: at(start + length), call_at: call === null ? null : at(call), role, role_en: role === null ? null : 'Stage management' }))
/** An assignment is one person's at a time. */
const plan = fc.uniqueArray(line, { selector: ({ id }) => id, maxLength: 8 })
const byKey = (lines: readonly PlanLine[]) => lines.toSorted((a, b) => (lineKey(a) < lineKey(b) ? -1 : 1))

describe('what changed between two plans', () => {
  it('turns the one into the other, and says nothing of a plan and itself', () => {
    fc.assert(fc.property(plan, plan, (before, after) => {
      expect(byKey(applyPlanChanges(before, comparePlans(before, after)))).toEqual(byKey(after))
      expect(comparePlans(after, after.toReversed())).toEqual([])
    }), { numRuns: 500 })
  })

  it('says a row given to somebody else to both, as gone for the one and new for the other', () => {
    const [one] = fc.sample(line, { seed: 7, numRuns: 1 })
    if (!one) throw new Error('no line')
    const changes = comparePlans([{ ...one, person_id: 'p1' }], [{ ...one, person_id: 'p2' }])
    expect(changes.map(({ kind, person_id }) => [kind, person_id])).toEqual([['removed', 'p1'], ['added', 'p2']])
    expect(comparePlans([one], [], new Set([one.mission_id]))[0]?.mission_canceled).toBe(true)
  })

  it('tells of times, calls, places, roles and missions, not of an answer that went on', () => {
    fc.assert(fc.property(line, fc.constantFrom('planned', 'accepted', 'confirmed', 'executed'), (before, state) => {
      expect(toldChanges(comparePlans([before], [{ ...before, state }]))).toEqual([])
      const later = { ...before, end_at: fromMs(Date.parse(before.end_at) + 60_000), state }
      expect(toldChanges(comparePlans([before], [later])).map(({ parts }) => parts)).toEqual([['moved']])
    }))
    const [one] = fc.sample(line, { seed: 3, numRuns: 1 })
    if (!one) throw new Error('no line')
    expect(changedIn(one, { ...one, place: 'Ailleurs', role: 'Son', title: 'Autre', call_at: at(99) })).toEqual(['call', 'place', 'role', 'mission'])
  })
})

const published = fc.array(fc.record({ start: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 5, max: 60 }), lines: plan, told: fc.subarray(['p1', 'p2', 'p3']) }), { maxLength: 5 })

describe('what somebody knows', () => {
  it('is, of any moment, what the last plan they were told of said of it', () => {
    fc.assert(fc.property(published, (drawn) => {
      const told = new Map(drawn.map((one, index) => [`n${index}`, new Set<string>(one.told)]))
      const plans = drawn.map(({ start, length, lines }, index): SaidPlan => {
        const window = { start_at: at(start), end_at: at(start + length) }
        return { id: `n${index}`, published_at: at(index), ...window, lines: lines.filter((one) => overlaps(one, window)) }
      })
      const known = knownAfter(plans, (one, person) => told.get(one.id)?.has(person) ?? false)
      for (const person of ['p1', 'p2', 'p3']) {
        const heard = plans.filter((one) => told.get(one.id)?.has(person))
        const last = heard.at(-1)
        const mine = known.filter((one) => one.person_id === person)
        // Of the time of the last plan, exactly what it said.
        if (last) expect(byKey(mine.filter((one) => overlaps(one, last)))).toEqual(byKey(last.lines.filter((one) => one.person_id === person)))
        // Nothing is known that nobody said, and no assignment twice.
        for (const one of mine) expect(heard.some((said) => said.lines.includes(one))).toBe(true)
        expect(new Set(mine.map(({ id }) => id)).size).toBe(mine.length)
        // An older line stands only where no later plan they heard of speaks of its time or of it.
        for (const one of mine) {
          const from = heard.findLastIndex((said) => said.lines.includes(one))
          expect(heard.slice(from + 1).some((said) => overlaps(one, said) || said.lines.some(({ id }) => id === one.id))).toBe(false)
        }
      }
    }), { numRuns: 300 })
  })

  it('is compared with a plan over its time, and wherever an assignment it names was', () => {
    const [one] = fc.sample(line, { seed: 5, numRuns: 1 })
    if (!one) throw new Error('no line')
    const early = { ...one, id: 'a1', start_at: at(0), end_at: at(2) }
    const window = { start_at: at(10), end_at: at(20) }
    expect(knownOf([early, { ...early, id: 'a2' }], { ...window, lines: [{ ...early, start_at: at(11), end_at: at(12) }] })).toEqual([early])
  })
})
