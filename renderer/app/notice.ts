import { create } from 'zustand'

/** One sentence in the status strip for what has no form of its own: a refused undo, a finished import. */
interface Notice {
  text: string | null
  say: (text: string | null) => void
}

export const useNotice = create<Notice>()((set) => ({ text: null, say: (text) => set({ text }) }))
