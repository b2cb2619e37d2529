/** Bytes sealed with AES-256-GCM, as they lie: nonce (12), tag (16), text. `bound`: what is authenticated with them and does not lie there. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

export const NONCE_BYTES = 12
const TAG_BYTES = 16
/** What a box adds to its contents. */
export const BOX_BYTES = NONCE_BYTES + TAG_BYTES

/** `key`: 32 bytes. A nonce seals once under one key. */
export function box(key: Uint8Array, bound: string, nonce: Uint8Array, contents: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(bound))
  const text = Buffer.concat([cipher.update(contents), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** Null: another key, bound to something else, or touched since. */
export function unbox(key: Uint8Array, bound: string, boxed: Uint8Array): Buffer | null {
  if (boxed.byteLength < BOX_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, boxed.subarray(0, NONCE_BYTES))
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(boxed.subarray(NONCE_BYTES, BOX_BYTES))
  try {
    return Buffer.concat([decipher.update(boxed.subarray(BOX_BYTES)), decipher.final()])
  } catch {
    return null
  }
}
