import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The bundled Inter (OFL, version 4.0 beta 7 as Debian ships it): Regular, SemiBold, Bold as whole OpenType files. The web fonts of the
 * interface are cut into scripts, and none of the cuts has the arrow of the changes list.
 */
export type FontFamilies = Record<string, { normal: Uint8Array; bold: Uint8Array }>

const folder = new URL('../fonts/', import.meta.url)
let families: FontFamilies | null = null

/** `Inter` (400, bold 700) and `InterSemi` (600, bold 700). Read once. */
export function fontFamilies(): FontFamilies {
  if (families) return families
  // As a path: inside a packaged app only paths are looked up in its archive.
  const read = (name: string): Uint8Array => readFileSync(fileURLToPath(new URL(name, folder)))
  const bold = read('Inter-Bold.otf')
  families = {
    Inter: { normal: read('Inter-Regular.otf'), bold },
    InterSemi: { normal: read('Inter-SemiBold.otf'), bold },
  }
  return families
}
