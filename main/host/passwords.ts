/** Passwords as argon2id (64 MiB, 3 passes); the stored text says the cost, so that it can grow later. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { argon2id, USUAL_COST } from './argon2id.ts'

const SALT_BYTES = 16
const KEY_BYTES = 32

const derive = (password: string, salt: Uint8Array, cost: typeof USUAL_COST): Uint8Array => argon2id(password.normalize('NFKC'), salt, cost, KEY_BYTES)

export function hashPassword(password: string): string {
  const salt = randomBytes(SALT_BYTES)
  const { memory_kib, passes, lanes } = USUAL_COST
  return ['argon2id', `m=${memory_kib},t=${passes},p=${lanes}`, salt.toString('base64'), Buffer.from(derive(password, salt, USUAL_COST)).toString('base64')].join('$')
}

export function checkPassword(password: string, stored: string): boolean {
  const [scheme = '', cost = '', salt = '', expected = ''] = stored.split('$')
  const [, memory_kib, passes, lanes] = /^m=(\d+),t=(\d+),p=(\d+)$/.exec(cost) ?? []
  if (scheme !== 'argon2id' || memory_kib === undefined) return false
  const known = Buffer.from(expected, 'base64')
  const given = Buffer.from(derive(password, Buffer.from(salt, 'base64'), { memory_kib: Number(memory_kib), passes: Number(passes), lanes: Number(lanes) }))
  return known.length === given.length && timingSafeEqual(known, given)
}
