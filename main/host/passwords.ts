/** Passwords as argon2id (64 MiB, 3 passes), the same in every host; the stored text names the function. */
import * as crypto from 'node:crypto'
import { argon2id, USUAL_COST } from './argon2id.ts'

const SCHEME = 'argon2id'

function derive(scheme: string, password: string, salt: Uint8Array): Uint8Array {
  if (scheme !== SCHEME) throw new Error(`passwords are not stored as ${scheme}`)
  return argon2id(password.normalize('NFKC'), salt, USUAL_COST, 32)
}

export function hashPassword(password: string): string {
  const salt = crypto.randomBytes(16)
  return [SCHEME, salt.toString('base64'), Buffer.from(derive(SCHEME, password, salt)).toString('base64')].join('$')
}

export function checkPassword(password: string, stored: string): boolean {
  const [scheme = '', salt = '', expected = ''] = stored.split('$')
  const known = Buffer.from(expected, 'base64')
  const given = Buffer.from(derive(scheme, password, Buffer.from(salt, 'base64')))
  return known.length === given.length && crypto.timingSafeEqual(known, given)
}
