/**
 * How a number is sealed: AES-256-GCM under a key of its own, drawn from the organization's vault key and a salt (HKDF). The organization and
 * the kind are authenticated with it, the person is not: two records of one person are merged without the key.
 *
 * Cipher text is base64url of: format (1 byte, 1), salt (16), nonce (12), tag (16), text. Numbers are padded to 64 bytes: their length says
 * nothing.
 */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { VaultKind } from '../../../shared/domain/personal-data/model.ts'
import { box, BOX_BYTES, NONCE_BYTES, unbox } from '../../../shared/kernel/boxed.ts'
import type { Id } from '../../../shared/kernel/ids.ts'

const FORMAT = 1
const SALT = 16
const PADDED = 64
export const VAULT_KEY_BYTES = 32

interface Place {
  org: Id
  kind: VaultKind
}

const bound = ({ org, kind }: Place): string => `callboard vault ${org} ${kind}`
const keyOfItem = (key: Uint8Array, salt: Uint8Array, place: Place): Uint8Array => new Uint8Array(hkdfSync('sha256', key, salt, bound(place), VAULT_KEY_BYTES))

/**
 * `number`: at most 63 bytes. The same number sealed twice gives two texts that have nothing in common, but for the same `call`: asked again,
 * it is the same command.
 */
export function sealNumber(key: Uint8Array, place: Place, number: string, call?: string): string {
  const text = Buffer.from(number, 'utf8')
  if (text.byteLength >= PADDED) throw new Error('a number to seal is longer than its padding')
  const padded = Buffer.alloc(PADDED)
  text.copy(padded, 1)
  padded[0] = text.byteLength
  const drawn = call === undefined ? randomBytes(SALT + NONCE_BYTES) : createHmac('sha256', key).update(`${call} ${number}`).digest()
  const [salt, nonce] = [drawn.subarray(0, SALT), drawn.subarray(SALT, SALT + NONCE_BYTES)]
  return Buffer.concat([Buffer.of(FORMAT), salt, box(keyOfItem(key, salt, place), bound(place), nonce, padded)]).toString('base64url')
}

/** Null: sealed by another key, for another organization or kind, or touched since. */
export function openNumber(key: Uint8Array, place: Place, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.byteLength !== 1 + SALT + BOX_BYTES + PADDED || bytes[0] !== FORMAT) return null
  const padded = unbox(keyOfItem(key, bytes.subarray(1, 1 + SALT), place), bound(place), bytes.subarray(1 + SALT))
  return padded && padded.subarray(1, 1 + Number(padded[0])).toString('utf8')
}
