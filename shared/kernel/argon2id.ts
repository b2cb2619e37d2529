/**
 * argon2id on every runtime: native where Node has it, in plain JavaScript in Electron, whose cryptography (BoringSSL) has none.
 * Both give the same bytes, so that what one host stored opens in another.
 */
import * as crypto from 'node:crypto'
import { argon2id as argon2idInJavaScript } from '@noble/hashes/argon2.js'

export interface Argon2Cost {
  memory_kib: number
  passes: number
  lanes: number
}

/** RFC 9106's profile for constrained memory: 0.15 s native, about a second in JavaScript. Call it where nothing waits to be drawn. */
export const USUAL_COST: Argon2Cost = { memory_kib: 65_536, passes: 3, lanes: 1 }

const isNative = 'argon2Sync' in crypto && typeof crypto.argon2Sync === 'function'

/** `length` bytes derived from a secret text. */
export function argon2id(secret: string, salt: Uint8Array, cost: Argon2Cost, length: number): Uint8Array {
  if (!isNative) return argon2idInJavaScript(secret, salt, { m: cost.memory_kib, t: cost.passes, p: cost.lanes, dkLen: length })
  return crypto.argon2Sync('argon2id', {
    message: secret,
    nonce: salt,
    memory: cost.memory_kib,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: length,
  })
}

/** The same beside the thread that answers, where many may ask at once. In JavaScript it is done in one piece. */
export function argon2idBeside(secret: string, salt: Uint8Array, cost: Argon2Cost, length: number): Promise<Uint8Array> {
  if (!isNative) return Promise.resolve(argon2id(secret, salt, cost, length))
  const parameters = { message: secret, nonce: salt, memory: cost.memory_kib, passes: cost.passes, parallelism: cost.lanes, tagLength: length }
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
