import { create } from 'zustand'

/** What a person opened from the palette in an organization lately, newest first; forgotten with the person. */
export interface Visit {
  key: string
  label: string
  kind: string
  path: string
}

const KEPT = 6

interface Recent {
  org: string
  visits: readonly Visit[]
  note: (org: string, visit: Visit) => void
  forget: () => void
}

export const useRecent = create<Recent>()((set) => ({
  org: '',
  visits: [],
  note: (org, visit) => set((before) => ({ org, visits: [visit, ...(before.org === org ? before.visits : []).filter(({ key }) => key !== visit.key)].slice(0, KEPT) })),
  forget: () => set({ org: '', visits: [] }),
}))
