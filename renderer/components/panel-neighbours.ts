import { createContext, useContext } from 'react'

/** Where the record of the panel stands in the list beside it. */
export interface Neighbours {
  record: string
  /** Place in the whole list, from 1; null: it is not among the rows shown. */
  at: number | null
  total: number
  previous: (() => void) | null
  next: (() => void) | null
}

const Context = createContext<Neighbours | null>(null)
export const PanelNeighbours = Context.Provider

export function useNeighbours(record: string): Neighbours | null {
  const found = useContext(Context)
  return found?.record === record ? found : null
}
