/**
 * How an identity paper is sealed: as a number is (cipher.ts), AES-256-GCM under a key of its own drawn from the organization's vault key and a
 * salt (HKDF), bound to the organization and its kind. Its name and type lie inside, with its pages.
 *
 * The file is: format (1 byte, 2), salt (16), nonce (12), tag (16), text. The text is: length of the head and of the pages (4 bytes each), head
 * (JSON), pages; filled up with zeros to whole pieces of 4 KiB.
 */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { PaperKind } from '../../../shared/domain/personal-data/model.ts'
import { box, BOX_BYTES, NONCE_BYTES, unbox } from '../../../shared/kernel/boxed.ts'
import { imageHead } from '../../../shared/kernel/images.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { VAULT_KEY_BYTES } from './cipher.ts'

const FORMAT = 2
const SALT = 16
const LENGTHS = 8
const PIECE = 4096
/** Of the clear file. One call carries it, in memory. */
export const MAX_PAPER_BYTES = 8 * 1024 * 1024

interface Place {
  org: Id
  kind: PaperKind
}
const types = ['application/pdf', 'image/jpeg', 'image/png'] as const
export type PaperType = (typeof types)[number]
export interface Paper {
  name: string
  type: PaperType
  bytes: Uint8Array
}

const Head = z.object({ name: z.string(), type: z.enum(types) })
const bound = ({ org, kind }: Place): string => `callboard vault ${org} paper ${kind}`
const keyOf = (key: Uint8Array, salt: Uint8Array, place: Place): Uint8Array => new Uint8Array(hkdfSync('sha256', key, salt, bound(place), VAULT_KEY_BYTES))

/** What the bytes are, whatever they are called; null: nothing that can be shown. */
export function paperTypeOf(bytes: Uint8Array): PaperType | null {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return 'application/pdf'
  if (imageHead(bytes) === null) return null
  return bytes[0] === 0xff ? 'image/jpeg' : 'image/png'
}

/** The same paper sealed twice gives two files that have nothing in common, but for the same `call`: asked again, it is the same command. */
export function sealPaper(key: Uint8Array, place: Place, { name, type, bytes }: Paper, call?: string): Buffer {
  const head = Buffer.from(JSON.stringify({ name, type }), 'utf8')
  const text = Buffer.alloc(Math.ceil((LENGTHS + head.byteLength + bytes.byteLength) / PIECE) * PIECE)
  text.writeUInt32BE(head.byteLength, 0)
  text.writeUInt32BE(bytes.byteLength, 4)
  head.copy(text, LENGTHS)
  text.set(bytes, LENGTHS + head.byteLength)
  const drawn = call === undefined ? randomBytes(SALT + NONCE_BYTES) : createHmac('sha256', key).update(`${call} paper ${createHash('sha256').update(text).digest('hex')}`).digest()
  const [salt, nonce] = [drawn.subarray(0, SALT), drawn.subarray(SALT, SALT + NONCE_BYTES)]
  return Buffer.concat([Buffer.of(FORMAT), salt, box(keyOf(key, salt, place), bound(place), nonce, text)])
}

/** Null: sealed by another key, for another organization or kind, or touched since. */
export function openPaper(key: Uint8Array, place: Place, sealed: Uint8Array): Paper | null {
  if (sealed.byteLength < 1 + SALT + BOX_BYTES + LENGTHS || sealed[0] !== FORMAT) return null
  const text = unbox(keyOf(key, sealed.subarray(1, 1 + SALT), place), bound(place), sealed.subarray(1 + SALT))
  if (!text) return null
  const [head, pages] = [text.readUInt32BE(0), text.readUInt32BE(4)]
  const { name, type } = Head.parse(JSON.parse(text.subarray(LENGTHS, LENGTHS + head).toString('utf8')))
  return { name, type, bytes: text.subarray(LENGTHS + head, LENGTHS + head + pages) }
}
