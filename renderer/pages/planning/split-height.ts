/** How high the linked table stands under the timeline, and whether it is there: kept on this computer. */
import { create } from 'zustand'

interface Split {
  open: boolean
  height: number
  set(change: Partial<Omit<Split, 'set'>>): void
}

const KEY = 'callboard.planning.split'
/** Bar, head and two rows: eight rows of the timeline stay in view above it on the smallest screen (ui 8, check 7). */
export const LEAST = 146
/** Four rows where there is room. */
const usual = (): number => (window.innerHeight < 800 ? LEAST : 218)

function stored(): { open: boolean; height: number } {
  try {
    const found: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '{}')
    const { open, height } = typeof found === 'object' && found !== null ? { open: undefined, height: undefined, ...found } : { open: undefined, height: undefined }
    return { open: open !== false, height: typeof height === 'number' && height >= LEAST ? height : usual() }
  } catch {
    return { open: true, height: usual() }
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
