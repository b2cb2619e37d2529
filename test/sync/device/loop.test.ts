import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { startLoop, type LoopOutside, type RoundEnd } from '../../../main/sync/loop.ts'
import { FALLBACK_MS, LONGEST_BACKOFF_MS } from '../../../main/sync/loop-machine.ts'

/** Time that only passes when it is told to. */
function virtualTime(random: () => number): LoopOutside & { pass(ms: number): Promise<void>; sleep(ms: number): void } {
  let now = 0
  let timers: { at: number; work: () => void }[] = []
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 10; n++) await Promise.resolve()
  }
  return {
    now: () => now,
    random,
    after(ms, work) {
      const timer = { at: now + ms, work }
      timers.push(timer)
      return () => void (timers = timers.filter((one) => one !== timer))
    },
    async pass(ms) {
      const end = now + ms
      for (;;) {
        await settle()
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((one) => one !== next)
        now = Math.max(now, next.at)
        next.work()
      }
      now = end
      await settle()
    },
    // A computer that is shut: time goes on, timers do not.
    sleep: (ms) => void (now += ms),
  }
}

const done: RoundEnd = { type: 'done', moved: false, left: false }
const failed: RoundEnd = { type: 'failed', retry_after_ms: null }

describe('the loop, in virtual time', () => {
  it('asks at its start, then every 30 s, and soon after each command', async () => {
    const time = virtualTime(() => 0.5)
    const rounds: number[] = []
    const loop = startLoop(() => Promise.resolve(void rounds.push(time.now())).then(() => done), () => undefined, time)
    await time.pass(FALLBACK_MS * 2)
    expect(rounds).toEqual([0, FALLBACK_MS, FALLBACK_MS * 2])
    await time.pass(1000)
    loop.tell({ type: 'commit' })
    await time.pass(300)
    expect(rounds.at(-1)).toBe(FALLBACK_MS * 2 + 1300)
    await loop.close()
  })
  it('reaches a server over a connection that drops every few seconds, and one that comes back after days, within five minutes', async () => {
    await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), fc.integer({ min: 0, max: 3 * 86_400_000 }), async (randoms, outage) => {
      const time = virtualTime(() => randoms.next().value)
      let reached: number | null = null
      const loop = startLoop(() => {
        if (time.now() < outage) return Promise.resolve(failed)
        reached ??= time.now()
        return Promise.resolve(done)
      }, () => undefined, time)
      await time.pass(outage)
      await time.pass(LONGEST_BACKOFF_MS)
      expect(reached).not.toBeNull()
      await loop.close()
    }), { numRuns: 20 })
  })
  it('never runs two rounds at once, whatever it is told meanwhile', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ wait: fc.integer({ min: 0, max: 40_000 }), tell: fc.constantFrom('commit', 'news', 'asked') }), { maxLength: 40 }), async (told) => {
      const time = virtualTime(() => 0.3)
      let under = 0
      let most = 0
      const loop = startLoop(() => {
        most = Math.max(most, ++under)
        return new Promise((resolve) => time.after(2_000, () => {
          under--
          resolve(done)
        }))
      }, () => undefined, time)
      for (const { wait, tell } of told) {
        await time.pass(wait)
        loop.tell({ type: tell as 'commit' })
      }
      await time.pass(10_000)
      expect(most).toBe(1)
      void loop.close()
      await time.pass(5_000)
    }), { numRuns: 30 })
  })
  it('wakes with its computer and asks at once, however long it had meant to wait', async () => {
    const time = virtualTime(() => 0.999)
    const rounds: number[] = []
    let reachable = false
    const loop = startLoop(() => Promise.resolve(void rounds.push(time.now())).then(() => (reachable ? done : failed)), () => undefined, time)
    await time.pass(20 * 60_000)
    reachable = true
    time.sleep(8 * 3_600_000)
    const woke = time.now()
    await time.pass(16_000)
    expect(rounds.find((at) => at >= woke)).toBeLessThanOrEqual(woke + 15_000)
    await loop.close()
  })
  it('ends with its round, and begins none any more', async () => {
    const time = virtualTime(() => 0.5)
    let rounds = 0
    let end: (value: RoundEnd) => void = () => undefined
    const loop = startLoop(() => {
      rounds++
      return new Promise((resolve) => void (end = resolve))
    }, () => undefined, time)
    await time.pass(1)
    let closed = false
    const closing = loop.close().then(() => (closed = true))
    await time.pass(1_000)
    expect(closed).toBe(false)
    end(done)
    await closing
    loop.tell({ type: 'asked' })
    await time.pass(3_600_000)
    expect(rounds).toBe(1)
  })
})
