export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type TextEncoding = (typeof TEXT_ENCODINGS)[number]

export interface DecodedText {
  /** Without byte order mark, line ends as `\n`. */
  text: string
  encoding: TextEncoding
  had_bom: boolean
}

const decode = (bytes: Uint8Array, encoding: TextEncoding): string => new TextDecoder(encoding).decode(bytes)
const lineEnds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)

/** UTF-16 without a mark: western text has a zero byte in every second place. */
function silentUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length - (bytes.length % 2), 4096)
  if (length < 4) return null
  let even = 0
  let odd = 0
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++
    if (bytes[index + 1] === 0) odd++
  }
  const pairs = length / 2
  if (odd > pairs * 0.4 && even < pairs * 0.1) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.1) return 'utf-16be'
  return null
}

/** The bytes read as someone says they are written; what does not fit becomes the replacement character. */
export const decodeAs = (bytes: Uint8Array, encoding: TextEncoding): DecodedText => ({ text: lineEnds(decode(bytes, encoding)), encoding, had_bom: false })

/** Reads bytes as UTF-8, UTF-16 or, where the bytes are no valid UTF-8, Windows-1252 (which can read any bytes). */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { text: lineEnds(decode(bytes.subarray(3), 'utf-8')), encoding: 'utf-8', had_bom: true }
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: lineEnds(decode(bytes, 'utf-16le')), encoding: 'utf-16le', had_bom: true }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: lineEnds(decode(bytes, 'utf-16be')), encoding: 'utf-16be', had_bom: true }
  const silent = silentUtf16(bytes)
  if (silent) return { text: lineEnds(decode(bytes, silent)), encoding: silent, had_bom: false }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text: lineEnds(text), encoding: 'utf-8', had_bom: false }
  } catch {
    return { text: lineEnds(decode(bytes, 'windows-1252')), encoding: 'windows-1252', had_bom: false }
  }
}
