import { useEffect } from 'react'
import { call } from '../client.ts'
import { useOrg } from '../routes.ts'
import { syncNow } from './operations.ts'
import { useSyncStatus } from './status.ts'

/** A window that is only passed by asks nothing. */
const STAYS_MS = 300
/** Going back and forth between windows asks once. */
const APART_MS = 5_000

/** A window that comes to the front asks what others did meanwhile (sync.md, the device's loop). Nothing is asked where there is no server, nor said: the pill tells. */
export function useSyncOnFocus(closed: boolean): void {
  const org = useOrg()
  const status = useSyncStatus(!closed)
  const follows = status !== null && status.server !== null && status.phase !== 'revoked'
  useEffect(() => {
    if (!org || !follows) return undefined
    let waits: ReturnType<typeof setTimeout> | undefined
    let asked = Number.NEGATIVE_INFINITY
    const stays = (): void => {
      if (document.visibilityState !== 'visible') return
      asked = performance.now()
      void call(syncNow, {}, { org }).catch(() => undefined)
    }
    const came = (): void => {
      clearTimeout(waits)
      if (document.visibilityState === 'visible' && performance.now() - asked >= APART_MS) waits = setTimeout(stays, STAYS_MS)
    }
    window.addEventListener('focus', came)
    document.addEventListener('visibilitychange', came)
    return () => {
      clearTimeout(waits)
      window.removeEventListener('focus', came)
      document.removeEventListener('visibilitychange', came)
    }
  }, [org, follows])
}
