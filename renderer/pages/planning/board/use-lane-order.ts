import { useCallback, useState } from 'react'
import type { LaneSet } from './lanes.ts'

type Kept = Readonly<Record<string, readonly string[]>>

const isOrder = (found: unknown): found is Kept =>
  typeof found === 'object' && found !== null && Object.values(found).every((ids) => Array.isArray(ids) && ids.every((id) => typeof id === 'string'))

function stored(key: string): Kept {
  try {
    const found: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
    return isOrder(found) ? found : {}
  } catch {
    return {}
  }
}

/** The order a person gave to the cards of each lane: theirs, on this computer (decision P1). */
export function useLaneOrder(project: string, set: LaneSet): { kept: Kept; put: (lane: string, ids: readonly string[] | null) => void } {
  const key = `callboard.board.${project}.${set}`
  const [state, setState] = useState(() => ({ key, kept: stored(key) }))
  if (state.key !== key) setState({ key, kept: stored(key) })
  const put = useCallback(
    (lane: string, ids: readonly string[] | null) => {
      const kept = Object.fromEntries([...Object.entries(stored(key)).filter(([name]) => name !== lane), ...(ids ? [[lane, ids] as const] : [])])
      window.localStorage.setItem(key, JSON.stringify(kept))
      setState({ key, kept })
    },
    [key],
  )
  return { kept: state.key === key ? state.kept : {}, put }
}
