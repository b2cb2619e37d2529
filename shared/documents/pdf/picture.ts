import { inflateSync } from 'node:zlib'
import { imageHead } from '../../kernel/images.ts'
import type { ImageHead } from '../../kernel/images.ts'

/** Samples of a pixel by the colour type of a PNG (ISO/IEC 15948, table 11.1). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** The compressed data of a PNG up to its end chunk; null when it is cut short. */
function pngData(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (name === 'IEND') return Buffer.concat(parts)
    if (at + 12 + length > bytes.length) return null
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return null
}

function pngIsWhole(given: Uint8Array, head: ImageHead): boolean {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  const data = pngData(bytes)
  const samples = SAMPLES[bytes[25] ?? -1]
  if (data === null || samples === undefined) return false
  const line = 1 + Math.ceil((head.width * samples * (bytes[24] ?? 8)) / 8)
  const interlaced = bytes[28] === 1
  try {
    // Passes of an interlaced picture each begin their lines anew: less than twice what is counted here.
    const { length } = inflateSync(data, { maxOutputLength: 2 * line * head.height + 1024 })
    return interlaced || length >= line * head.height
  } catch {
    return false
  }
}

/**
 * The size of a picture that the printer can draw; null for anything that is no PNG or JPEG, and for a damaged PNG: its pixels are read
 * while the pages are written, where a fault could no longer be answered.
 */
export function drawablePicture(bytes: Uint8Array): ImageHead | null {
  const head = imageHead(bytes)
  return head === null || (head.type === 'png' && !pngIsWhole(bytes, head)) ? null : head
}
