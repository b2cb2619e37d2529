/** Passwords as argon2id (64 MiB, 3 passes); the stored text says the cost, so that it can grow later. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { argon2id, USUAL_COST } from '../../shared/kernel/argon2id.ts'

/** The least that OWASP advises: some 20 ms native, a quarter of a second in JavaScript. */
const PIN_COST = { memory_kib: 19_456, passes: 2, lanes: 1 }
const SALT_BYTES = 16
const KEY_BYTES = 32

const derive = (password: string, salt: Uint8Array, cost: typeof USUAL_COST): Uint8Array => argon2id(password.normalize('NFKC'), salt, cost, KEY_BYTES)

function digestOf(secret: string, used: typeof USUAL_COST): string {
  const salt = randomBytes(SALT_BYTES)
  return ['argon2id', `m=${used.memory_kib},t=${used.passes},p=${used.lanes}`, salt.toString('base64'), Buffer.from(derive(secret, salt, used)).toString('base64')].join('$')
}

export const hashPassword = (password: string): string => digestOf(password, USUAL_COST)
/** Cheaper than a password, so that a person changes place in a moment also where argon2id runs in JavaScript; tries are what guards it. */
export const hashPin = (pin: string): string => digestOf(pin, PIN_COST)

export function checkPassword(password: string, stored: string): boolean {
  const [scheme = '', cost = '', salt = '', expected = ''] = stored.split('$')
  const [, memory_kib, passes, lanes] = /^m=(\d+),t=(\d+),p=(\d+)$/.exec(cost) ?? []
  if (scheme !== 'argon2id' || memory_kib === undefined) return false
  const known = Buffer.from(expected, 'base64')
  const given = Buffer.from(derive(password, Buffer.from(salt, 'base64'), { memory_kib: Number(memory_kib), passes: Number(passes), lanes: Number(lanes) }))
  return known.length === given.length && timingSafeEqual(known, given)
}
