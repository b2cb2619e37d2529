/** Trying again, and leaving alone: in virtual time. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closedBreaker, delayAfter, ended, passing, type Breaker } from '../../../shared/kernel/retrying.ts'

/** A breaker with a clock: `call` asks, and says how it went; false: it was not let through. */
function partner(random = 0.5) {
  let breaker: Breaker = closedBreaker
  let now = 1_000_000
  return {
    call(failed: boolean): boolean {
      const asked = passing(breaker, now)
      breaker = asked.passes ? ended(asked.breaker, failed, now, random) : asked.breaker
      return asked.passes
    },
    begin(): boolean {
      const asked = passing(breaker, now)
      breaker = asked.breaker
      return asked.passes
    },
    end(failed: boolean): void {
      breaker = ended(breaker, failed, now, random)
    },
    pass(ms: number): void {
      now += ms
    },
    mode: () => breaker.mode,
  }
}

describe('the delay before another try', () => {
  it('doubles from 5 s to 5 min, and is never the same for all', () => {
    expect([1, 2, 3, 6, 7, 8, 20].map((attempts) => delayAfter(attempts, 0))).toEqual([5_000, 10_000, 20_000, 160_000, 300_000, 300_000, 300_000])
    expect(delayAfter(1, 0.999)).toBeGreaterThanOrEqual(4_000)
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (attempts, random) => {
      expect(delayAfter(attempts, random)).toBeGreaterThanOrEqual(4_000)
      expect(delayAfter(attempts, random)).toBeLessThanOrEqual(300_000)
    }))
  })
})

describe('the breaker', () => {
  it('opens after five failures in a row, not after four', () => {
    const four = partner()
    for (const failed of [true, true, true, true, false, true, true, true, true]) four.call(failed)
    expect(four.mode()).toBe('closed')
    const five = partner()
    for (let calls = 0; calls < 5; calls++) expect(five.call(true)).toBe(true)
    expect([five.mode(), five.call(true)]).toEqual(['open', false])
  })
  it('opens when half of the last twenty failed, not of fewer', () => {
    const one = partner()
    for (let calls = 0; calls < 19; calls++) expect(one.call(calls % 2 === 0)).toBe(true)
    expect(one.mode()).toBe('closed')
    one.call(false)
    expect(one.mode()).toBe('open')
    const other = partner()
    for (let calls = 0; calls < 60; calls++) other.call(calls % 20 < 9 && calls % 2 === 0)
    expect(other.mode()).toBe('closed')
  })
  it('lets one try after 30 to 60 s, which closes it or opens it again', () => {
    for (const [random, rest] of [[0, 30_000], [0.5, 45_000], [0.999_999, 60_000]] as const) {
      const one = partner(random)
      for (let calls = 0; calls < 5; calls++) one.call(true)
      one.pass(rest - 1)
      expect(one.begin()).toBe(false)
      one.pass(1)
      expect([one.begin(), one.begin()]).toEqual([true, false])
      one.end(true)
      expect([one.mode(), one.begin()]).toEqual(['open', false])
      one.pass(rest)
      expect(one.begin()).toBe(true)
      one.end(false)
      expect([one.mode(), one.begin(), one.begin()]).toEqual(['closed', true, true])
    }
  })
  it('is not kept by one that tries and never says how it ended', () => {
    const one = partner()
    for (let calls = 0; calls < 5; calls++) one.call(true)
    one.pass(60_000)
    expect([one.begin(), one.begin()]).toEqual([true, false])
    one.pass(60_000)
    expect(one.begin()).toBe(true)
  })
  it('never lets more than one through a minute while all fail, and always lets some through once all goes well', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.boolean()), { maxLength: 200 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (steps, random) => {
      const one = partner(random)
      for (const [ms, failed] of steps) {
        one.pass(ms)
        one.call(failed)
      }
      one.pass(60_000)
      for (let calls = 0; calls < 5; calls++) one.call(true)
      let passed = 0
      for (let second = 0; second < 600; second++) {
        one.pass(1_000)
        if (one.call(true)) passed++
      }
      expect(passed).toBeLessThanOrEqual(20)
      one.pass(60_000)
      expect(one.call(false)).toBe(true)
      expect([one.mode(), one.call(false)]).toEqual(['closed', true])
    }))
  })
})
