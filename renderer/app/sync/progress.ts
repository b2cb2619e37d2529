import { useEffect, useState } from 'react'
import { call } from '../client.ts'
import { syncProgress } from './operations.ts'
import type { Move } from './operations.ts'

const EVERY_MS = 400

/** How far the organization that this window connects, or brings here, has come; asked while it is `busy`. Null: not known. */
export function useProgress(busy: boolean): Move | null {
  const [move, setMove] = useState<Move | null>(null)
  useEffect(() => {
    if (!busy) return undefined
    let over = false
    const look = (): void => void call(syncProgress, {}).then(({ value }) => !over && setMove(value.move)).catch(() => undefined)
    const timer = setInterval(look, EVERY_MS)
    look()
    return () => {
      over = true
      clearInterval(timer)
      setMove(null)
    }
  }, [busy])
  return move
}
