/**
 * When what failed is tried again, and when a partner that fails is left alone for a while. Pure: clock and chance are given.
 */
export const FIRST_DELAY_MS = 5_000
export const LONGEST_DELAY_MS = 5 * 60_000

/** Delay before the next attempt, `attempts` having failed: doubles from 5 s to 5 min, less up to a fifth at random (in [0, 1)). */
export const delayAfter = (attempts: number, random: number): number =>
  Math.round(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1)) * (1 - random / 5))

/**
 * A breaker before one partner (a mail server, a storage). `closed`: calls pass. `open`: none does, until `until`. `trying`: one call passes to find out; how it
 * ends closes the breaker or opens it again.
 */
export interface Breaker {
  mode: 'closed' | 'open' | 'trying'
  /** Of the last calls that ended, oldest first: whether they failed. */
  recent: readonly boolean[]
  /** Failures in a row. */
  row: number
  /** `open`: when one may try; `trying`: when the one that tries is given up for lost. ms; 0: never. */
  until: number
}

const WINDOW = 20
const ROW = 5
const SHORTEST_REST_MS = 30_000
const LONGEST_REST_MS = 60_000
/** One that tries and never says how it ended (killed, hung) keeps nobody out for longer. */
const TRYING_MS = 60_000

export const closedBreaker: Breaker = { mode: 'closed', recent: [], row: 0, until: 0 }

const opened = (now: number, random: number): Breaker => ({ mode: 'open', recent: [], row: 0, until: now + SHORTEST_REST_MS + Math.round(random * (LONGEST_REST_MS - SHORTEST_REST_MS)) })

/** Whether a call may be made now, and the breaker after that question: who was told yes is expected to say how it ended. */
export function passing(breaker: Breaker, now: number): { passes: boolean; breaker: Breaker } {
  if (breaker.mode === 'closed') return { passes: true, breaker }
  if (now < breaker.until) return { passes: false, breaker }
  return { passes: true, breaker: { ...breaker, mode: 'trying', until: now + TRYING_MS } }
}

/** A call ended: opens after five failures in a row, or when half of the last twenty failed; closes when the one that tried went well. */
export function ended(breaker: Breaker, failed: boolean, now: number, random: number): Breaker {
  if (breaker.mode === 'trying') return failed ? opened(now, random) : closedBreaker
  // Begun before it opened: says nothing newer.
  if (breaker.mode === 'open') return breaker
  const recent = [...breaker.recent, failed].slice(-WINDOW)
  const row = failed ? breaker.row + 1 : 0
  const isHalf = recent.length === WINDOW && recent.filter(Boolean).length * 2 >= WINDOW
  return row >= ROW || isHalf ? opened(now, random) : { mode: 'closed', recent, row, until: 0 }
}
