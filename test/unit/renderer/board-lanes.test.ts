import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignmentCards, cardBeside, inLanes, laneBeside, lanesOf, missionCards, movedBefore, movedBy } from '../../../renderer/pages/planning/board/lanes.ts'
import { planWith } from '../../fixtures/plan.ts'

const HOUR = 3_600_000
const plan = planWith([
  { id: 'a', start: 0, end: 4 * HOUR, state: 'planned' },
  { id: 'b', start: HOUR, end: 4 * HOUR, state: 'planned', person: 'p2' },
  { id: 'c', start: 0, end: 2 * HOUR, state: 'confirmed' },
])
const cards = assignmentCards(plan.bars)
const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 })

describe('lanes of the board', () => {
  test('hold each card once, every lane is there, and the order of a person comes before that of time', () => {
    const lanes = inLanes('engagement', cards, {})
    expect([...lanes.keys()]).toEqual(lanesOf.engagement)
    expect(lanes.get('planned')?.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(lanes.get('confirmed')?.map(({ id }) => id)).toEqual(['c'])
    expect(inLanes('engagement', cards, { planned: ['b', 'gone', 'a'] }).get('planned')?.map(({ id }) => id)).toEqual(['b', 'a'])
    expect(inLanes('engagement', cards, { planned: ['b'] }).get('planned')?.map(({ id }) => id), 'a card that came since stands last').toEqual(['b', 'a'])
  })
  test('of missions count filled and held of what is needed, never more than needed', () => {
    const [mission] = plan.missions
    if (!mission) throw new Error('no mission')
    const need = { kind: 'need' as const, id: 'n', mission, role: null, headCount: 3, filled: 5, held: 2, start: 0, end: HOUR, notes: null }
    const [card] = missionCards('status', plan.missions, plan.bars, [need, { ...need, id: 'o', filled: 1, held: 4 }])
    expect(card).toMatchObject({ lane: 'planned', needed: 6, filled: 4, held: 2 })
    expect(card?.bars.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(missionCards('kind', plan.missions, [], [])[0]).toMatchObject({ lane: 'strike', needed: 0, bars: [] })
  })
  test('moving a card loses none, up then down is as before, and the ends stay', () => {
    fc.assert(
      fc.property(ids, fc.nat(), (all, nth) => {
        const id = all[nth % all.length] ?? ''
        const down = movedBy(all, id, 1)
        expect([...down].sort()).toEqual([...all].sort())
        if (all.indexOf(id) === all.length - 1) expect(down).toBe(all)
        else {
          expect(down.indexOf(id)).toBe(all.indexOf(id) + 1)
          expect(movedBy(down, id, -1)).toEqual(all)
        }
        expect(movedBefore(all, id, null).at(-1)).toBe(id)
        expect(movedBefore(all, id, id)).toBe(all)
      }),
    )
  })
  test('an arrow goes to the next lane that the core opens, and nowhere when it opens none', () => {
    const [card] = cards
    if (!card) throw new Error('no card')
    expect(laneBeside('engagement', card, 1, (lane) => lane === 'canceled')).toBe('canceled')
    expect(laneBeside('engagement', card, 1, () => true)).toBe('proposed')
    expect(laneBeside('engagement', card, -1, () => true)).toBeNull()
    expect(laneBeside('engagement', card, 1, () => false)).toBeNull()
  })
  test('arrows go along a lane and over the empty ones', () => {
    const lanes = inLanes('engagement', cards, {})
    expect(cardBeside(lanes, 'a', 'down')?.id).toBe('b')
    expect(cardBeside(lanes, 'b', 'down')).toBeNull()
    expect(cardBeside(lanes, 'b', 'right')?.id).toBe('c')
    expect(cardBeside(lanes, 'c', 'left')?.id).toBe('a')
    expect(cardBeside(lanes, 'a', 'last')?.id).toBe('b')
    expect(cardBeside(lanes, 'gone', 'down')).toBeNull()
  })
})
