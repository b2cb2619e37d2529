/** Carries out what the machine says: one timer, one round at a time. */
import { startedLoop, step, type LoopEvent, type LoopState } from './loop-machine.ts'

export type RoundEnd = Extract<LoopEvent, { type: 'done' | 'failed' | 'stuck' }>

export interface LoopOutside {
  /** ms; goes on while the computer sleeps. */
  now(): number
  /** In [0, 1). */
  random(): number
  /** Calls back once after so many ms; answers what calls it off. */
  after(ms: number, work: () => void): () => void
}

export interface Loop {
  tell(event: Exclude<LoopEvent, RoundEnd | { type: 'timer' | 'close' }>): void
  state(): LoopState
  /** When the next round to end has ended. */
  settled(): Promise<void>
  /** Waits for the round under way; what takes long in it must be told to end by whoever closes. */
  close(): Promise<void>
}

/** Longer timers would miss that the computer slept. */
const LONGEST_TIMER_MS = 15_000

export const systemOutside: LoopOutside = {
  now: Date.now,
  random: Math.random,
  after(ms, work) {
    const timer = setTimeout(work, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** `round` never rejects: whatever happens in it is one of its ends. */
export function startLoop(round: () => Promise<RoundEnd>, changed: () => void, outside: LoopOutside = systemOutside): Loop {
  let state = startedLoop(outside.now())
  let cancel: () => void = () => undefined
  let running: Promise<void> = Promise.resolve()
  let waiting: (() => void)[] = []

  function arm(): void {
    cancel()
    if (state.due_at === null) return
    cancel = outside.after(Math.min(LONGEST_TIMER_MS, Math.max(0, state.due_at - outside.now())), () => take({ type: 'timer' }))
  }
  function take(event: LoopEvent): void {
    const before = state
    state = step(state, event, { now: outside.now(), random: outside.random() })
    arm()
    if (state.mode === 'exchanging' && before.mode !== 'exchanging')
      running = round().then((end) => {
        take(end)
        const those = waiting
        waiting = []
        for (const told of those) told()
      })
    if (state.mode !== before.mode) changed()
  }
  arm()
  return {
    tell: take,
    state: () => state,
    settled: () => new Promise((resolve) => void (state.mode === 'closed' ? resolve() : waiting.push(resolve))),
    async close() {
      take({ type: 'close' })
      cancel()
      await running
      for (const told of waiting.splice(0)) told()
    },
  }
}
