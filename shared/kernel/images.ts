/** What an image says of itself in its first bytes. No decoding. */
export interface ImageHead {
  type: 'png' | 'jpeg'
  /** Pixels. */
  width: number
  height: number
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function pngHead(bytes: Uint8Array, view: DataView): ImageHead | null {
  // The header chunk comes first, 13 bytes, width then height (ISO/IEC 15948, 11.2.2).
  if (bytes.length < 33 || view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) return null
  return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** Frames that carry the size: SOF0 to SOF15 but the tables DHT, JPG, DAC (ITU T.81, table B.1). */
const carriesSize = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function jpegHead(bytes: Uint8Array, view: DataView): ImageHead | null {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    if (carriesSize(marker)) return { type: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** The size of a PNG or JPEG; null for anything else, also what only has its name or its first bytes. */
export function imageHead(bytes: Uint8Array): ImageHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = PNG.every((byte, index) => bytes[index] === byte) ? pngHead(bytes, view) : bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegHead(bytes, view) : null
  return head !== null && head.width > 0 && head.height > 0 ? head : null
}

/** Largest plan or logo: bytes and pixels on a side. A plan is drawn on paper and on a screen; more helps nobody. */
export const LARGEST_IMAGE_BYTES = 10 * 1024 * 1024
export const LARGEST_IMAGE_SIDE = 10_000
