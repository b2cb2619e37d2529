import { create } from 'zustand'

/** The organization that joins or leaves a server now: its file is being replaced, on purpose, and its pages stay. */
const useMoving = create<{ org: string | null }>()(() => ({ org: null }))

/** What the host tells of the file comes beside the answer, at times after it. */
const LATE_MS = 3000

export const useIsMoving = (org: string | null): boolean => useMoving((moving) => moving.org !== null && moving.org === org)
export const isMoving = (org: string): boolean => useMoving.getState().org === org

/** Keeps the pages of the organization in their place while its file is replaced. */
export async function whileMoving<T>(org: string, move: () => Promise<T>): Promise<T> {
  useMoving.setState({ org })
  try {
    return await move()
  } finally {
    setTimeout(() => useMoving.setState(({ org: now }) => ({ org: now === org ? null : now })), LATE_MS)
  }
}
