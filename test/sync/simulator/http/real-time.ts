/** Time where others' processes are: what is said to pass on the computers passes on their clocks, and a small part of it for everybody. */
import type { Site } from '../site.ts'

/** Of a second on the computers' clocks, this is really waited. */
const SHARE = 1 / 20
const LONGEST_MS = 120

/** Rounds end by themselves or by the time their line waits; longer is a round that never ends. */
const PATIENCE_MS = 60_000

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** `start`: what the computers' clocks show at first, ms since 1970. `busy`: whether anything is under way. */
export function createRealTime(start: number, busy: () => boolean): Site['timeline'] {
  let ahead = 0
  const began = performance.now()
  return {
    now: () => Math.floor(start + ahead + performance.now() - began),
    async pass(ms) {
      ahead += ms
      await wait(Math.min(ms * SHARE, LONGEST_MS))
    },
    async drain() {
      const until = performance.now() + PATIENCE_MS
      // What was begun is seen by the next turn.
      await wait(1)
      while (busy()) {
        if (performance.now() > until) throw new Error(`still under way after ${PATIENCE_MS} ms`)
        await wait(2)
      }
    },
  }
}
