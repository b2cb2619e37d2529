/** Passwords of the server's accounts, as argon2id beside the thread that answers; few at a time, since each takes 64 MiB. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { argon2idBeside, USUAL_COST, type Argon2Cost } from '../../shared/kernel/argon2id.ts'
import { refuse } from '../../shared/domain/errors.ts'

export interface Passwords {
  digest(password: string): Promise<string>
  /** `stored` null: the same work, and never right. */
  matches(password: string, stored: string | null): Promise<boolean>
}

const AT_ONCE = 2
/** Behind those that are being worked on; more are turned away rather than kept waiting for a minute. */
const WAITING = 64
const CHEAP_COST: Argon2Cost = { memory_kib: 64, passes: 1, lanes: 1 }

export function openPasswords({ cheap }: { cheap: boolean }): Passwords {
  const cost = cheap ? CHEAP_COST : USUAL_COST
  const waiting: (() => void)[] = []
  let working = 0
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (working >= AT_ONCE) {
      if (waiting.length >= WAITING) throw refuse('throttling.limited')
      await new Promise<void>((go) => waiting.push(go))
    } else working++
    try {
      return await work()
    } finally {
      // The place is handed over as it is, or given back.
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }
  const derive = (password: string, salt: Uint8Array, used: Argon2Cost): Promise<Uint8Array> => inTurn(() => argon2idBeside(password.normalize('NFKC'), salt, used, 32))
  const written = (used: Argon2Cost, salt: Uint8Array, key: Uint8Array): string =>
    ['argon2id', `m=${used.memory_kib},t=${used.passes},p=${used.lanes}`, Buffer.from(salt).toString('base64'), Buffer.from(key).toString('base64')].join('$')
  /** What is compared with where there is no account. */
  const nobody = written(cost, randomBytes(16), randomBytes(32))
  return {
    async digest(password) {
      const salt = randomBytes(16)
      return written(cost, salt, await derive(password, salt, cost))
    },
    async matches(password, stored) {
      const [scheme = '', how = '', salt = '', expected = ''] = (stored ?? nobody).split('$')
      const [, memory, passes, lanes] = /^m=(\d+),t=(\d+),p=(\d+)$/.exec(how) ?? []
      if (scheme !== 'argon2id' || memory === undefined) return false
      const key = Buffer.from(await derive(password, Buffer.from(salt, 'base64'), { memory_kib: Number(memory), passes: Number(passes), lanes: Number(lanes) }))
      const known = Buffer.from(expected, 'base64')
      return key.length === known.length && timingSafeEqual(key, known) && stored !== null
    },
  }
}
