/**
 * The key of the vault as people keep it on paper: twelve groups of five letters and digits without look-alikes. It holds which key it is (one
 * byte), the key (32), one byte that tells another organization's key and two that tell a slip of the pen.
 */
import { createHash } from 'node:crypto'
import { codeAlphabet, normalCode } from '../../../shared/domain/organization/invitation-code.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { VAULT_KEY_BYTES } from './cipher.ts'
import type { VaultKey } from './vault-keys.ts'

const GROUP = 5
const LETTERS = 60
const BASE = BigInt(codeAlphabet.length)
const BYTES = 1 + VAULT_KEY_BYTES + 3

/** The last two tell a slip of the pen anywhere, in the one before too. */
function marksOf(org: Id, body: Uint8Array): Buffer {
  const owner = createHash('sha256').update(`callboard vault sheet ${org}`).update(body).digest().subarray(0, 1)
  return Buffer.concat([owner, createHash('sha256').update('callboard vault sheet').update(body).update(owner).digest().subarray(0, 2)])
}

/** `round` from 1 to 255. */
export function sayKey(org: Id, { round, key }: VaultKey): string {
  const body = Buffer.concat([Buffer.of(round), key])
  let number = BigInt(`0x${Buffer.concat([body, marksOf(org, body)]).toString('hex')}`)
  let letters = ''
  for (let at = 0; at < LETTERS; at++) {
    letters = `${codeAlphabet[Number(number % BASE)] ?? ''}${letters}`
    number /= BASE
  }
  return normalCode(letters, GROUP)
}

/** `mistyped`: a letter is wrong or missing. `other`: well typed, and of another organization. */
export function readKey(org: Id, typed: string): VaultKey | 'mistyped' | 'other' {
  const letters = normalCode(typed, GROUP).replaceAll('-', '')
  if (letters.length !== LETTERS) return 'mistyped'
  let number = 0n
  for (const letter of letters) {
    const digit = codeAlphabet.indexOf(letter)
    if (digit < 0) return 'mistyped'
    number = number * BASE + BigInt(digit)
  }
  const hex = number.toString(16).padStart(BYTES * 2, '0')
  if (hex.length !== BYTES * 2) return 'mistyped'
  const bytes = Buffer.from(hex, 'hex')
  const body = bytes.subarray(0, BYTES - 3)
  const [round = 0] = body
  const slip = createHash('sha256').update('callboard vault sheet').update(bytes.subarray(0, BYTES - 2)).digest().subarray(0, 2)
  if (round === 0 || !slip.equals(bytes.subarray(BYTES - 2))) return 'mistyped'
  return marksOf(org, body).equals(bytes.subarray(BYTES - 3)) ? { round, key: Uint8Array.from(body.subarray(1)) } : 'other'
}
