import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  backoffMs, DEBOUNCE_MS, FALLBACK_MS, FIRST_BACKOFF_MS, FRUITLESS_ROUNDS, LONGEST_BACKOFF_MS, LONGEST_DEBOUNCE_MS, NEWS_SPREAD_MS, SLEPT_MS, startedLoop, step, STUCK_MS, type LoopEvent, type LoopState,
} from '../../../main/sync/loop-machine.ts'

const event: fc.Arbitrary<LoopEvent> = fc.oneof(
  fc.constantFrom<LoopEvent>({ type: 'commit' }, { type: 'news' }, { type: 'asked' }, { type: 'timer' }, { type: 'stuck' }),
  fc.record({ type: fc.constant('done' as const), moved: fc.boolean(), left: fc.boolean() }),
  fc.record({ type: fc.constant('failed' as const), retry_after_ms: fc.option(fc.integer({ min: 0, max: 600_000 })) }),
)
const history = fc.array(fc.record({ event, wait: fc.integer({ min: 0, max: 120_000 }), random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }) }), { maxLength: 60 })
const run = (events: readonly { event: LoopEvent; wait: number; random: number }[], look: (before: LoopState, event: LoopEvent, after: LoopState, now: number) => void): LoopState => {
  let now = 0
  let state = startedLoop(0)
  for (const { event: one, wait, random } of events) {
    now += wait
    const before = state
    state = step(state, one, { now, random })
    look(before, one, state, now)
  }
  return state
}

describe('when a device talks to its server', () => {
  it('always knows when it goes on: after any history, waiting long enough begins a round, unless one is under way', () => {
    fc.assert(fc.property(history, (events) => {
      let last = 0
      const state = run(events, (_before, _event, _after, now) => (last = now))
      if (state.mode === 'exchanging') return
      const at = Math.max(last, state.due_at ?? Infinity)
      expect(state.due_at).not.toBeNull()
      expect((state.due_at ?? 0) - last).toBeLessThanOrEqual(Math.max(LONGEST_BACKOFF_MS, STUCK_MS, 600_000))
      expect(step(state, { type: 'timer' }, { now: at, random: 0 }).mode).toBe('exchanging')
    }))
  })
  it('has one round at a time: only the end of a round leaves it', () => {
    fc.assert(fc.property(history, (events) => {
      run(events, (before, one, after) => {
        if (before.mode === 'exchanging' && one.type !== 'done' && one.type !== 'failed' && one.type !== 'stuck') expect(after.mode).toBe('exchanging')
      })
    }))
  })
  it('never begins before the server said it may, whoever presses', () => {
    fc.assert(fc.property(history, (events) => {
      let notBefore = 0
      run(events, (before, one, after, now) => {
        if (before.mode === 'exchanging' && one.type === 'failed' && one.retry_after_ms !== null) notBefore = now + one.retry_after_ms
        if (before.mode !== 'exchanging' && after.mode === 'exchanging') expect(now).toBeGreaterThanOrEqual(notBefore)
        if (before.mode === 'exchanging' && one.type !== 'failed') notBefore = 0
      })
    }))
  })
  it('looks again after a round during which something came', () => {
    fc.assert(fc.property(history, (events) => {
      run(events, (before, one, after, now) => {
        if (before.mode === 'exchanging' && before.again && one.type === 'done' && after.mode !== 'backing_off') expect(after).toMatchObject({ mode: 'soon', due_at: now })
      })
    }))
  })
  it('waits between a second and five minutes after failures, longer and longer at most', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, random) => {
      const wait = backoffMs(failures, random)
      expect(wait).toBeGreaterThanOrEqual(FIRST_BACKOFF_MS)
      expect(wait).toBeLessThanOrEqual(Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures))
    }))
    expect(backoffMs(9, 0.999_999)).toBeGreaterThan(LONGEST_BACKOFF_MS * 0.99)
  })
  it('sends 300 ms after a command, and at the latest two seconds after the first of many', () => {
    const rested: LoopState = { ...startedLoop(0), mode: 'resting', due_at: FALLBACK_MS, soon_since: null }
    expect(step(rested, { type: 'commit' }, { now: 1000, random: 0 })).toMatchObject({ mode: 'soon', due_at: 1000 + DEBOUNCE_MS })
    let state = rested
    for (let now = 1000; now < 5000; now += 100) state = step(state, { type: 'commit' }, { now, random: 0 })
    expect(state.due_at).toBe(1000 + LONGEST_DEBOUNCE_MS)
  })
  it('asks every 30 s when nobody told it anything, and soon when the server did', () => {
    const over = step({ ...startedLoop(0), mode: 'exchanging', due_at: null }, { type: 'done', moved: true, left: false }, { now: 0, random: 0.5 })
    expect(over).toMatchObject({ mode: 'resting', due_at: FALLBACK_MS })
    expect(step(over, { type: 'news' }, { now: 10, random: 0.5 }).due_at).toBeLessThanOrEqual(10 + NEWS_SPREAD_MS)
  })
  it('counts rounds without progress, not rounds', () => {
    let state = startedLoop(0)
    const round = (moved: boolean): void => {
      state = step({ ...state, mode: 'exchanging' }, { type: 'done', moved, left: true }, { now: 0, random: 0.5 })
    }
    for (let n = 0; n < 1000; n++) round(true)
    expect(state.mode).toBe('soon')
    for (let n = 0; n < FRUITLESS_ROUNDS; n++) round(false)
    expect(state.mode).toBe('backing_off')
  })
  it('begins afresh when its computer has slept', () => {
    const waiting: LoopState = { ...startedLoop(0), mode: 'backing_off', due_at: 1000, failures: 9 }
    expect(step(waiting, { type: 'timer' }, { now: 1000 + SLEPT_MS, random: 0 })).toMatchObject({ mode: 'exchanging', failures: 0 })
    expect(step(waiting, { type: 'timer' }, { now: 1000, random: 0 })).toMatchObject({ mode: 'exchanging', failures: 9 })
  })
  it('does nothing any more once it is closed', () => {
    fc.assert(fc.property(history, history, (before, after) => {
      let state = step(run(before, () => undefined), { type: 'close' }, { now: 0, random: 0 })
      for (const { event: one, random } of after) state = step(state, one, { now: 1e9, random })
      expect(state).toMatchObject({ mode: 'closed', due_at: null })
    }))
  })
})
