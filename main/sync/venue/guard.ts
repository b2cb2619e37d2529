/** What keeps strangers on the network from guessing, and anybody from flooding: by the address they come from. */
const FREE_TRIES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000
/** Requests at once, and a second. A guest asks every two seconds; one that brings days of work asks as fast as it is answered. */
const BURST = 120
const A_SECOND = 30
const ADDRESSES = 1_000

interface Known {
  failures: number
  until: number
  left: number
  at: number
}
export interface Guard {
  /** Ms to wait before anything is answered; 0: now. */
  request(address: string): number
  /** Ms to wait before a code may be tried; 0: now. */
  mayTry(address: string): number
  wrong(address: string): void
  right(address: string): void
}

/** `clock`: ms of a clock that is never set. */
export function openGuard(clock: () => number): Guard {
  const all = new Map<string, Known>()
  function of(address: string): Known {
    let known = all.get(address)
    if (!known) {
      // Whoever waits is not forgotten for a flood of others.
      if (all.size >= ADDRESSES) for (const [name, { until }] of all) if (until <= clock() && all.size >= ADDRESSES / 2) all.delete(name)
      all.set(address, (known = { failures: 0, until: 0, left: BURST, at: clock() }))
    }
    return known
  }
  return {
    request(address) {
      const known = of(address)
      const now = clock()
      known.left = Math.min(BURST, known.left + ((now - known.at) / 1000) * A_SECOND)
      known.at = now
      if (known.left < 1) return Math.ceil(((1 - known.left) / A_SECOND) * 1000)
      known.left -= 1
      return 0
    },
    mayTry: (address) => Math.max(0, Math.ceil(of(address).until - clock())),
    wrong(address) {
      const known = of(address)
      known.failures += 1
      if (known.failures >= FREE_TRIES) known.until = clock() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (known.failures - FREE_TRIES))
    },
    right: (address) => void all.delete(address),
  }
}
