import { parseWindow } from '../../components/time-entry.ts'
import type { EntryWindow } from '../../components/time-entry.ts'

export interface QuickEntry {
  window: EntryWindow | null
  /** What follows the hours; empty: nothing does. */
  title: string
}

/** `24/10 14-23:30 Montage`: the longest beginning that is a day and its hours, then a title. */
export function parseEntry(text: string, reference: string): QuickEntry {
  const words = text.trim().split(/\s+/)
  for (let count = words.length; count > 1; count--) {
    const window = parseWindow(words.slice(0, count).join(' '), reference)
    if (window) return { window, title: words.slice(count).join(' ') }
  }
  return { window: null, title: '' }
}
