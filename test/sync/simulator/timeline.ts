/** Virtual time: what is under way arrives in the order of its instants, whatever was sent first. Nothing waits for a real clock. */

interface Due {
  at: number
  order: number
  act: () => void
}

/** Lets every promise that can go on go on. All work of a history is done in one thread, without real input or output. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export interface Timeline {
  /** Milliseconds since 1970, by the simulated world's own clock. */
  now(): number
  after(ms: number, act: () => void): void
  sleep(ms: number): Promise<void>
  /** Everything due within that time happens. */
  pass(ms: number): Promise<void>
  /** Until nothing is under way. Throws after `most` events: a history that never ends is a fault. */
  drain(most: number): Promise<void>
}

export function createTimeline(start: number): Timeline {
  const due: Due[] = []
  let now = start
  let made = 0

  function next(until: number): Due | null {
    let best = -1
    for (let index = 0; index < due.length; index++) {
      const one = due[index]
      const known = due[best]
      if (one && one.at <= until && (!known || one.at < known.at || (one.at === known.at && one.order < known.order))) best = index
    }
    return best < 0 ? null : (due.splice(best, 1)[0] ?? null)
  }
  async function happen(one: Due): Promise<void> {
    now = Math.max(now, one.at)
    one.act()
    await settled()
  }
  function after(ms: number, act: () => void): void {
    due.push({ at: now + Math.max(0, ms), order: made++, act })
  }
  return {
    now: () => now,
    after,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    async pass(ms) {
      const until = now + ms
      await settled()
      for (let one = next(until); one; one = next(until)) await happen(one)
      now = until
    },
    async drain(most) {
      await settled()
      let events = 0
      for (let one = next(Infinity); one; one = next(Infinity)) {
        if (++events > most) throw new Error(`still under way after ${most} events`)
        await happen(one)
      }
    },
  }
}
