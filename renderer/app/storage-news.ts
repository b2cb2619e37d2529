import { create } from 'zustand'

/** The last thing heard about an organization's file, until it is dismissed. */
export interface StorageNews {
  org: string
  /** `ready`: a backup took the file's place. Else what is wrong with it. */
  state: string
}

interface Heard {
  news: StorageNews | null
  hear: (news: StorageNews | null) => void
}

export const useStorageNews = create<Heard>()((set) => ({ news: null, hear: (news) => set({ news }) }))
