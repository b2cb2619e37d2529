/**
 * The latest time this computer was seen to have. A PIN counts in days, and a clock that is set back would give some more: then no PIN
 * opens before its person says the password again. A clock set forward only shortens.
 */
import type { AppFile } from './app-file.ts'
import type { Journal } from './journal.ts'
import { MINUTE, toMs, type Instant } from '../../shared/kernel/instants.ts'

/** Clocks that the network corrects go back by seconds; what is left to a person is not worth setting a clock for. */
export const CLOCK_TOLERANCE = 5 * MINUTE
/** How old the kept time may be: what a computer that is switched off and set back can win. */
const KEPT_EVERY = MINUTE
/** Settings of the computer itself are kept beside those of people. */
const DEVICE = 'device'
const NAME = 'clock_seen'

export interface ClockWatch {
  /** Before anything is answered: keeps the time, and asks for passwords again when it went back. */
  look(): Promise<void>
  stop(): Promise<void>
}

export async function openClockWatch({ app, journal, now }: { app: AppFile; journal: Journal; now: () => Instant }): Promise<ClockWatch> {
  const kept = await app.setting(DEVICE, NAME)
  let latest = typeof kept === 'string' ? Date.parse(kept) : 0
  let writing: Promise<unknown> = Promise.resolve()
  const keep = (at: Instant): Promise<void> => app.setSetting(DEVICE, NAME, at)
  async function look(): Promise<void> {
    const at = now()
    const ms = toMs(at)
    if (ms < latest - CLOCK_TOLERANCE) {
      journal.write('warn', 'clock.set_back', { by_s: Math.round((latest - ms) / 1000) })
      // First what opens nothing any more, then the time: cut between the two, the next look does both again.
      await app.closePins()
      latest = ms
      await keep(at)
    } else if (ms >= latest + KEPT_EVERY) {
      latest = ms
      await keep(at)
    }
  }
  /** One after another: the second of two calls that come together waits until the first has closed what it must. */
  function next(): Promise<void> {
    const mine = writing.then(look)
    writing = mine.catch((error: unknown) => journal.write('error', 'clock.unkept', { why: error instanceof Error ? error.message : String(error) }))
    return mine
  }
  await next().catch(() => undefined)
  const timer = setInterval(() => void next().catch(() => undefined), KEPT_EVERY)
  timer.unref()
  return {
    // A file that cannot be written says so where somebody signs in; reading goes on.
    look: () => next().catch(() => undefined),
    async stop() {
      clearInterval(timer)
      await writing
    },
  }
}
