/** How high the linked table stands under the timeline, and whether it is there: kept on this computer. */
import { create } from 'zustand'

interface Split {
  open: boolean
  height: number
  set(change: Partial<Omit<Split, 'set'>>): void
}

const KEY = 'callboard.planning.split'
/** Bar, head and three rows (ui 4.1). */
export const LEAST = 182
const USUAL = 218

function stored(): { open: boolean; height: number } {
  try {
    const found: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '{}')
    const { open, height } = typeof found === 'object' && found !== null ? { open: undefined, height: undefined, ...found } : { open: undefined, height: undefined }
    return { open: open !== false, height: typeof height === 'number' && height >= LEAST ? height : USUAL }
  } catch {
    return { open: true, height: USUAL }
  }
}

export const useSplit = create<Split>()((set, get) => ({
  ...stored(),
  set: (change) => {
    set(change)
    const { open, height } = get()
    window.localStorage.setItem(KEY, JSON.stringify({ open, height }))
  },
}))
