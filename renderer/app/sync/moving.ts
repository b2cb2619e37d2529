import { create } from 'zustand'

/** The organization that joins or leaves a server now: its file is being replaced, on purpose, and its pages stay. */
const useMoving = create<{ org: string | null; turn: number }>()(() => ({ org: null, turn: 0 }))

/** What the host tells of the file comes beside the answer, at times after it. */
const LATE_MS = 3000

export const useIsMoving = (org: string | null): boolean => useMoving((moving) => moving.org !== null && moving.org === org)
export const isMoving = (org: string): boolean => useMoving.getState().org === org

/** Keeps the pages of the organization in their place while its file is replaced. */
export async function whileMoving<T>(org: string, move: () => Promise<T>): Promise<T> {
  const turn = useMoving.getState().turn + 1
  useMoving.setState({ org, turn })
  try {
    return await move()
  } finally {
    // Tried again meanwhile, it moves until that has ended.
    setTimeout(() => useMoving.setState((now) => (now.turn === turn ? { org: null } : {})), LATE_MS)
  }
}
