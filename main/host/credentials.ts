/**
 * Proving who one is: passwords, PINs, recovery keys. One try at a time for each person, so that tries sent together wait for each other
 * and for the delay that each one earns. A PIN is short: it only opens again what the password opened lately, and not after ten wrong ones.
 */
import { randomBytes } from 'node:crypto'
import { emailKey, type User } from './app-file.ts'
import { CLOCK_TOLERANCE } from './clock-watch.ts'
import type { Hosting } from './hosting.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import type { Standing } from './standing.ts'
import { openStrangers } from './strangers.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { codeAlphabet, normalCode } from '../../shared/domain/organization/invitation-code.ts'
import { DAY, fromMs, toMs, type Instant } from '../../shared/kernel/instants.ts'
import type { Refusal } from '../../shared/kernel/result.ts'

const FREE_TRIES = 3
const MAX_WAIT_MS = 15 * 60_000
const PIN_TRIES = 5
const PIN_FIRST_WAIT_MS = 30_000
/** Wrong PINs after which only the password opens. */
export const PIN_SPENT = 10
export const PIN_DAYS = 14

/** Whether a wait is still on. One that is longer than any wait there is was counted by a clock that was ahead, and has been put right. */
function isWaiting(retry_at: string | null, now: Instant): retry_at is string {
  const left = retry_at === null ? 0 : Date.parse(retry_at) - toMs(now)
  return left > 0 && left <= MAX_WAIT_MS
}

/** Milliseconds to wait after so many wrong PINs in a row. */
export const pinWaitMs = (failures: number): number => (failures < PIN_TRIES ? 0 : Math.min(MAX_WAIT_MS, PIN_FIRST_WAIT_MS * 2 ** (failures - PIN_TRIES)))

/** Whether the person's PIN opens now, given the right digits and once any wait is over. The password of a time to come opened nothing. */
export function pinOpens(user: User, now: Instant): boolean {
  if (user.pin === null || user.must_change || user.pin_failures >= PIN_SPENT || user.opened_at === null) return false
  const since = toMs(now) - Date.parse(user.opened_at)
  return since >= -CLOCK_TOLERANCE && since < PIN_DAYS * DAY
}

/** `K7QM2-…`: groups of letters and digits without look-alikes, drawn evenly. */
export function drawCode(groups: number, length: number): string {
  const letters: string[] = []
  while (letters.length < groups * length) for (const byte of randomBytes(32)) if (byte < 29 * 8) letters.push(codeAlphabet[byte % 29] ?? '')
  return normalCode(letters.slice(0, groups * length).join(''), length)
}
const RECOVERY_GROUP = 5
/** Wrong tries are answered at the end of a step of this many milliseconds: what is written for some and not for others does not show. */
const STEP_MS = 250

const endOfStep = (began: number): Promise<void> => new Promise((resume) => setTimeout(resume, STEP_MS - ((performance.now() - began) % STEP_MS)))

let ofNobody: string | null = null
/** What a password is compared with where there is none; made once. */
const decoy = (): string => (ofNobody ??= hashPassword(randomBytes(16).toString('hex')))

export const drawRecoveryKey = (): string => drawCode(5, RECOVERY_GROUP)

export interface Credentials {
  /** The user of this e-mail and password: `auth.failed`, or `auth.delayed` with `retry_at`. */
  byPassword(email: string, password: string): Promise<User>
  /** `auth.pin_failed` with the tries left, `auth.delayed` with `retry_at`, or `auth.pin_unusable` (only the password opens). */
  byPin(id: string, pin: string): Promise<User>
  byRecoveryKey(email: string, key: string): Promise<User>
}

export function openCredentials({ app, turns, journal, now }: Hosting, { record }: Standing): Credentials {
  const strangers = openStrangers(app.engine)
  // Not at the first unknown e-mail, which would take longer than others.
  decoy()
  async function wrong(email: string, user: User | null, failures: number): Promise<Refusal> {
    const wait = failures <= FREE_TRIES ? 0 : Math.min(MAX_WAIT_MS, 1000 * 2 ** (failures - FREE_TRIES))
    const tries = { failures, retry_at: wait === 0 ? null : fromMs(toMs(now()) + wait) }
    journal.write('warn', 'sign_in.failed', { user: user?.id ?? null, failures })
    if (user) {
      await app.noteUser(user.id, tries)
      await record(user.id, 'security.sign_in.failed')
    } else await strangers.note(email, tries, now())
    return refuse('auth.failed')
  }
  async function proven(email: string, stored: (user: User) => string | null, given: string): Promise<User> {
    const user = await app.userByEmail(email)
    const { failures, retry_at } = user ?? (await strangers.of(email))
    if (isWaiting(retry_at, now())) throw refuse('auth.delayed', detail(null, 'retry_at', null, retry_at))
    const began = performance.now()
    const secret = user ? stored(user) || null : null
    // The same work whether or not there is somebody, and something to compare with.
    const right = checkPassword(given, secret ?? decoy())
    if (!user || secret === null || !right) {
      const refusal = await wrong(email, user, failures + 1)
      await endOfStep(began)
      throw refusal
    }
    await app.noteUser(user.id, { failures: 0, retry_at: null })
    return user
  }
  async function pinTry(id: string, pin: string): Promise<User> {
    const user = await app.userById(id)
    if (!user?.pin || !pinOpens(user, now())) throw refuse('auth.pin_unusable')
    if (isWaiting(user.pin_retry_at, now())) throw refuse('auth.delayed', detail('pin', 'retry_at', null, user.pin_retry_at))
    if (!checkPassword(pin, user.pin)) {
      const pin_failures = user.pin_failures + 1
      const wait = pinWaitMs(pin_failures)
      const pin_retry_at = wait === 0 ? null : fromMs(toMs(now()) + wait)
      await app.noteUser(user.id, { pin_failures, pin_retry_at })
      journal.write('warn', 'pin.failed', { user: user.id, failures: pin_failures })
      await record(user.id, 'security.unlock.failed')
      if (pin_failures >= PIN_SPENT) throw refuse('auth.pin_unusable')
      throw refuse('auth.pin_failed', detail('pin', 'tries_left', null, String(PIN_SPENT - pin_failures)), ...(pin_retry_at ? [detail('pin', 'retry_at', null, pin_retry_at)] : []))
    }
    const forgiven = { pin_failures: 0, pin_retry_at: null }
    await app.noteUser(user.id, forgiven)
    return { ...user, ...forgiven }
  }
  return {
    byPassword: (email, password) => turns.take(`sign-in ${emailKey(email)}`, () => proven(emailKey(email), (user) => user.password, password)),
    byRecoveryKey: (email, key) => turns.take(`sign-in ${emailKey(email)}`, () => proven(emailKey(email), (user) => user.recovery, normalCode(key, RECOVERY_GROUP))),
    byPin: (id, pin) => turns.take(`pin ${id}`, () => pinTry(id, pin)),
  }
}
