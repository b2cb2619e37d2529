import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareCandidates, reasonsOf, type CandidateFacts } from '../../../shared/domain/planning/candidates.ts'

const plain: CandidateFacts = { id: 'a', display_name: 'Alba', role_fit: 'main', skilled: false, severe: 0, availability: 'free', on_mission: false, rest_minutes: 600, worked: 2, cost: { minor: 20_000, currency: 'EUR' } }
const facts = fc.record({
  id: fc.string({ minLength: 1, maxLength: 3 }), display_name: fc.constantFrom('Alba', 'Élie', 'Zoé'), role_fit: fc.constantFrom('main', 'held', 'none'), skilled: fc.boolean(), severe: fc.integer({ min: 0, max: 2 }),
  availability: fc.constantFrom('available', 'free', 'assigned', 'unavailable'), on_mission: fc.boolean(), rest_minutes: fc.option(fc.integer({ min: 0, max: 3000 })), worked: fc.integer({ min: 0, max: 3 }),
  cost: fc.option(fc.record({ minor: fc.integer({ min: 0, max: 3 }), currency: fc.constantFrom('EUR', 'GBP') })),
})

describe('people who could take a post', () => {
  it('stand by severe conflicts, availability, rest, work with us, cost and name, each only where the former say the same', () => {
    const worse: readonly Partial<CandidateFacts>[] = [
      { on_mission: true }, { severe: 1 }, { availability: 'assigned' }, { rest_minutes: 599 }, { worked: 1 }, { cost: { minor: 20_001, currency: 'EUR' } }, { cost: null }, { display_name: 'Alban' }, { id: 'b' },
    ]
    const ladder = worse.map((change) => ({ ...plain, ...change }))
    for (const one of ladder) expect(compareCandidates(plain, one), JSON.stringify(one)).toBeLessThan(0)
    // A later reason never wins over a former one.
    const best = { ...plain, rest_minutes: null, worked: 99, cost: { minor: 0, currency: 'EUR' } }
    expect(compareCandidates({ ...best, availability: 'unavailable' }, plain)).toBeGreaterThan(0)
    expect(compareCandidates({ ...best, severe: 1, availability: 'available' }, { ...plain, availability: 'unavailable' })).toBeGreaterThan(0)
  })
  it('gain nothing by more than a day of rest', () => {
    expect(compareCandidates({ ...plain, rest_minutes: 1440, worked: 3 }, { ...plain, rest_minutes: null })).toBeLessThan(0)
    expect(compareCandidates({ ...plain, rest_minutes: null }, { ...plain, rest_minutes: 1439 })).toBeLessThan(0)
  })
  it('are in one order whatever order they come in', () => {
    fc.assert(fc.property(fc.uniqueArray(facts, { selector: ({ id }) => id, maxLength: 12 }), (people) => {
      const sorted = people.toSorted(compareCandidates).map(({ id }) => id)
      expect(people.toReversed().sort(compareCandidates).map(({ id }) => id)).toEqual(sorted)
      for (const a of people) for (const b of people) for (const c of people)
        if (compareCandidates(a, b) <= 0 && compareCandidates(b, c) <= 0) expect(compareCandidates(a, c)).toBeLessThanOrEqual(0)
    }), { numRuns: 150 })
  })
  it('each say why, and nothing of a cost that is not known', () => {
    expect(reasonsOf(plain)).toEqual([
      { code: 'role_main', figure: null }, { code: 'no_severe', figure: null }, { code: 'free', figure: null }, { code: 'rest', figure: 600 }, { code: 'worked', figure: 2 }, { code: 'cost', figure: 20_000 },
    ])
    expect(reasonsOf({ ...plain, role_fit: 'none', skilled: true, severe: 2, on_mission: true, rest_minutes: null, cost: null }).map(({ code }) => code)).toEqual(['skilled', 'severe', 'on_mission', 'rested', 'worked'])
  })
})
