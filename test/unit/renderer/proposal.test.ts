import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan, PlanBar } from '../../../renderer/pages/planning/plan.ts'
import type { Intent } from '../../../renderer/pages/planning/proposal/intent.ts'
import { commandsOf, ghostsOf, metMeanwhile, NOTHING_STANDS, SHORTEST, withIntent } from '../../../renderer/pages/planning/proposal/proposal.ts'
import type { Standing } from '../../../renderer/pages/planning/proposal/proposal.ts'
import { fromMs, HOUR, MINUTE, toLocal } from '../../../shared/kernel/instants.ts'
import { planWith } from '../../fixtures/plan.ts'

const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland'] as const
const at = (text: string): number => Date.parse(text)
const follow = (plan: Plan, intents: readonly Intent[]): Standing => intents.reduce((standing, intent) => withIntent(plan, standing, intent), NOTHING_STANDS)
const bytes = (plan: Plan, intents: readonly Intent[]): string => JSON.stringify(commandsOf(plan, ghostsOf(plan, follow(plan, intents))))
const one = (start: string, end: string, zone = 'Europe/Paris'): Plan => planWith([{ id: 'a1', start: at(start), end: at(end), zone }])
const bar = (plan: Plan, id = 'a1'): PlanBar => {
  const found = plan.barOf.get(id)
  if (!found) throw new Error(id)
  return found
}

const around = fc.oneof(...['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04', '2026-09-27'].map((day) =>
  fc.integer({ min: -3000, max: 3000 }).map((minutes) => at(`${day}T00:00:00Z`) + minutes * MINUTE)))
const bars = fc.record({ start: around, minutes: fc.integer({ min: 1, max: 1200 }), zone: fc.constantFrom(...zones) })
  .map(({ start, minutes, zone }) => planWith([{ id: 'a1', start, end: start + minutes * MINUTE, zone }]))
const quarters = fc.integer({ min: -40, max: 40 })

describe('a proposal', () => {
  it('is the same command by a drag, by keys and by typed times', () => {
    fc.assert(fc.property(bars, quarters, fc.integer({ min: -3, max: 3 }), (plan, steps, days) => {
      const drag = bytes(plan, [{ kind: 'move', ids: ['a1'], days, minutes: steps * 15 }])
      const press = (count: number, of: (so: number) => Intent): Intent[] => Array.from({ length: Math.abs(count) }, (_, index) => of(Math.sign(count) * (index + 1)))
      const keys = bytes(plan, [
        ...press(steps, (so) => ({ kind: 'move', ids: ['a1'], days: 0, minutes: 15 * so })),
        ...press(days, (so) => ({ kind: 'move', ids: ['a1'], days: so, minutes: 15 * steps })),
      ])
      const [ghost] = ghostsOf(plan, follow(plan, [{ kind: 'move', ids: ['a1'], days, minutes: steps * 15 }]))
      const typed = bytes(plan, [{ kind: 'set', id: 'a1', start: ghost?.start ?? bar(plan).start, end: ghost?.end ?? bar(plan).end }])
      expect(keys).toBe(drag)
      expect(typed).toBe(drag)
    }))
  })
  it('is the same command when an end is dragged, nudged or typed, and never turns a window round', () => {
    fc.assert(fc.property(bars, fc.constantFrom('start' as const, 'end' as const), quarters, (plan, edge, steps) => {
      const standing = follow(plan, [{ kind: 'resize', ids: ['a1'], edge, minutes: steps * 15 }])
      const [ghost] = ghostsOf(plan, standing)
      const { start, end } = ghost ?? bar(plan)
      expect(end - start).toBeGreaterThanOrEqual(Math.min(SHORTEST, bar(plan).end - bar(plan).start))
      expect(bytes(plan, [{ kind: 'set', id: 'a1', start, end }])).toBe(JSON.stringify(commandsOf(plan, ghostsOf(plan, standing))))
    }))
  })
  it('keeps the time on the clock over whole days, in the zone of each mission', () => {
    const plan = planWith([
      { id: 'paris', start: at('2026-10-24T21:45:00Z'), end: at('2026-10-25T02:15:00Z'), zone: 'Europe/Paris' },
      { id: 'utc', start: at('2026-10-24T21:45:00Z'), end: at('2026-10-25T02:15:00Z'), zone: 'UTC' },
    ])
    const ghosts = ghostsOf(plan, follow(plan, [{ kind: 'move', ids: ['paris', 'utc'], days: 7, minutes: 0 }]))
    expect(ghosts.map(({ start }) => fromMs(start))).toEqual(['2026-10-31T22:45:00.000Z', '2026-10-31T21:45:00.000Z'])
    expect(toLocal(fromMs(ghosts[0]?.start ?? 0), 'Europe/Paris').time).toBe('23:45')
  })
  it('is nothing once everything is back where it was', () => {
    fc.assert(fc.property(bars, quarters, fc.integer({ min: -9, max: 9 }), (plan, steps, days) => {
      const back = follow(plan, [{ kind: 'move', ids: ['a1'], days, minutes: steps * 15, person: 'p2' }, { kind: 'move', ids: ['a1'], days: 0, minutes: 0, person: 'p1' }])
      expect(back.size).toBe(0)
    }))
  })
  it('holds the bars of several gestures, and whose a bar would be while its times are typed', () => {
    const plan = planWith(['a1', 'a2'].map((id) => ({ id, start: at('2026-06-18T16:00:00Z'), end: at('2026-06-18T22:00:00Z') })))
    const standing = follow(plan, [
      { kind: 'move', ids: ['a1'], days: 0, minutes: 15, person: 'p2' }, { kind: 'resize', ids: ['a2'], edge: 'end', minutes: -30 }, { kind: 'set', id: 'a1', start: at('2026-06-18T17:00:00Z'), end: at('2026-06-18T18:00:00Z') },
    ])
    expect(ghostsOf(plan, standing)).toEqual([
      { id: 'a1', start: at('2026-06-18T17:00:00Z'), end: at('2026-06-18T18:00:00Z'), person: 'p2' }, { id: 'a2', start: at('2026-06-18T16:00:00Z'), end: at('2026-06-18T21:30:00Z'), person: 'p1' },
    ])
  })
  it('says another person, and both windows only where they change', () => {
    const plan = one('2026-06-18T16:00:00Z', '2026-06-18T22:00:00Z')
    const [command] = commandsOf(plan, ghostsOf(plan, follow(plan, [{ kind: 'move', ids: ['a1'], days: 0, minutes: 0, person: 'p2' }])))
    expect(command).toEqual({ operation: 'assignment.change', input: { changes: [{ id: 'a1', version: 1, collaborator_id: 'p2' }] } })
    const [resize] = commandsOf(plan, ghostsOf(plan, follow(plan, [{ kind: 'resize', ids: ['a1'], edge: 'end', minutes: 45 }])))
    expect(resize?.input['changes']).toEqual([{ id: 'a1', version: 1, end_at: '2026-06-18T22:45:00.000Z' }])
  })
  it('goes in chunks of 500 rows in the order of the ids, whatever the order they were chosen in', () => {
    const ids = Array.from({ length: 1201 }, (_, index) => `a${String(index).padStart(5, '0')}`)
    const plan = planWith(ids.map((id) => ({ id, start: at('2026-06-18T16:00:00Z'), end: at('2026-06-18T22:00:00Z') })))
    const sizes = commandsOf(plan, ghostsOf(plan, follow(plan, [{ kind: 'move', ids: ids.toReversed(), days: 1, minutes: 0 }]))).map(({ input }) => (Array.isArray(input['changes']) ? input['changes'].length : 0))
    expect(sizes).toEqual([500, 500, 201])
    expect(bytes(plan, [{ kind: 'move', ids, days: 1, minutes: 0 }])).toBe(bytes(plan, [{ kind: 'move', ids: ids.toReversed(), days: 1, minutes: 0 }]))
  })
  it('keeps where the bar was put when somebody else writes the row meanwhile, and sends the version that is there', () => {
    const before = one('2026-06-18T16:00:00Z', '2026-06-18T22:00:00Z')
    const standing = follow(before, [{ kind: 'move', ids: ['a1'], days: 0, minutes: 60 }])
    const after = planWith([{ id: 'a1', start: at('2026-06-18T16:30:00Z'), end: at('2026-06-18T22:00:00Z'), version: 2 }])
    expect(metMeanwhile(after, standing).changed.map(({ id }) => id)).toEqual(['a1'])
    expect(metMeanwhile(before, standing)).toEqual({ changed: [], gone: 0 })
    expect(commandsOf(after, ghostsOf(after, standing))[0]?.input['changes']).toEqual([{ id: 'a1', version: 2, start_at: '2026-06-18T17:00:00.000Z', end_at: fromMs(at('2026-06-18T22:00:00Z') + HOUR) }])
    expect(metMeanwhile(planWith([]), standing)).toEqual({ changed: [], gone: 1 })
    expect(ghostsOf(planWith([]), standing)).toEqual([])
  })
})
