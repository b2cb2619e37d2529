import { z } from 'zod'
import { call } from '../../app/client.ts'
import type { Declared } from '../../app/client.ts'
import { bytesFromBase64 } from '../../app/files.ts'

const Piece = z.object({ content_base64: z.string(), next_offset: z.number().nullable() })
type Piece = z.infer<typeof Piece>

const reading = (name: string): Declared<{ id: string; offset: number }, Piece> => ({ name, input: z.object({ id: z.string(), offset: z.number() }), output: Piece })
const readAttachment = reading('attachment.read')
const readPaper = reading('paperwork.read')
const readContractFile = reading('contract.read_file')

/** All bytes of an attached file, read piece by piece; rejects with a CallFailure. */
export const bytesOfAttachment = (org: string, id: string): Promise<Uint8Array> => bytesOf(readAttachment, org, id)
/** The same of one version of a document of an engagement. */
export const bytesOfPaper = (org: string, version: string): Promise<Uint8Array> => bytesOf(readPaper, org, version)
/** The same of a file kept with a contract. */
export const bytesOfContractFile = (org: string, document: string): Promise<Uint8Array> => bytesOf(readContractFile, org, document)

/** Digest of bytes, in hexadecimal digits. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function bytesOf(operation: typeof readAttachment, org: string, id: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let offset: number | null = 0
  while (offset !== null) {
    const piece: Piece = (await call(operation, { id, offset }, { org })).value
    pieces.push(bytesFromBase64(piece.content_base64))
    offset = piece.next_offset
  }
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
