/**
 * The code on a printed sheet: which sheet, which version, which content, signed by the computer that printed it. Letters and digits that a
 * QR code holds in its densest text (and a scanner types), so that its modules stay large enough for a photocopy.
 *
 * `CB1:` and base 32 of 92 bytes: sheet 16, version 2, content 6, key 4, signature 64.
 */
import { sha256 } from '../../kernel/hashing.ts'
import { isId, type Id } from '../../kernel/id-form.ts'

export interface PrintClaim {
  sheet_id: Id
  number: number
  /** Twelve digits, without spaces. */
  content: string
}
export interface PrintCode extends PrintClaim {
  /** First eight digits of the digest of the signing key. */
  key: string
  /** Ed25519, base64. */
  signature: string
}

/** What is signed: the organization too, which the paper does not name. */
export const signedText = (org: Id, { sheet_id, number, content }: PrintClaim): string => `callboard print 1\n${org}\n${sheet_id}\n${number}\n${content}`
export const keyMark = (public_key: string): string => sha256(public_key).slice(0, 8)
/** As the footer has it, without its spaces. */
export const bareHash = (content_hash: string): string => content_hash.replace(/[^0-9a-f]/g, '')

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const PREFIX = 'CB1:'
const BYTES = 16 + 2 + 6 + 4 + 64
const CHARACTERS = Math.ceil((BYTES * 8) / 5)

function toLetters(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += LETTERS[(held >> (bits - 5)) & 31] ?? ''
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + (LETTERS[(held << (5 - bits)) & 31] ?? '')
}

/** Null: other characters, or bits left over that nobody wrote. */
function toBytes(text: string): Uint8Array | null {
  const bytes = []
  let held = 0
  let bits = 0
  for (const letter of text) {
    const value = LETTERS.indexOf(letter)
    if (value < 0) return null
    held = (held << 5) | value
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push(held >> bits)
    held &= (1 << bits) - 1
  }
  return held === 0 ? Uint8Array.from(bytes) : null
}

export function writePrintCode({ sheet_id, number, content, key, signature }: PrintCode): string {
  const bytes = Buffer.concat([Buffer.from(sheet_id.replaceAll('-', ''), 'hex'), Buffer.from([number >> 8, number & 255]), Buffer.from(content, 'hex'), Buffer.from(key, 'hex'), Buffer.from(signature, 'base64')])
  if (bytes.length !== BYTES) throw new Error(`a print code of ${bytes.length} bytes`)
  return PREFIX + toLetters(bytes)
}

/** Somewhere in what was read or pasted; small letters and spaces of a scanner do not matter. Null: none. */
export function readPrintCode(text: string): PrintCode | null {
  const found = new RegExp(`CB1:?([A-Z2-7]{${CHARACTERS}})(?![A-Z2-7])`).exec(text.toUpperCase().replace(/\s+/g, ''))
  const bytes = found?.[1] === undefined ? null : toBytes(found[1])
  if (!bytes) return null
  const hex = (from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('hex')
  const sheet_id = hex(0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  if (!isId(sheet_id)) return null
  return { sheet_id, number: ((bytes[16] ?? 0) << 8) | (bytes[17] ?? 0), content: hex(18, 24), key: hex(24, 28), signature: Buffer.from(bytes.subarray(28)).toString('base64') }
}

/** `v3 · 9f3c a71e 04bd` of a footer, typed: the version when it was typed too. Null: none. */
export function readFooter(text: string): { number: number | null; content: string } | null {
  const found = /(?:v\s*(\d{1,4})\b[^0-9a-f]*)?([0-9a-f]{4}[\s-]?[0-9a-f]{4}[\s-]?[0-9a-f]{4})(?![0-9a-f])/i.exec(text.trim())
  return found?.[2] === undefined ? null : { number: found[1] === undefined ? null : Number(found[1]), content: found[2].toLowerCase().replace(/[\s-]/g, '') }
}
