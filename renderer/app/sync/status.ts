import { useCallback, useEffect, useState } from 'react'
import { create } from 'zustand'
import type { SyncPhase, SyncStatus } from '../../../shared/domain/sync/states.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { toLocal, fromMs } from '../../../shared/kernel/instants.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { useAnswer } from '../queries.ts'
import { useOrg } from '../routes.ts'
import { syncStatus } from './operations.ts'
import type { BackOnline, Since } from './pill-face.ts'

/** How the exchange with the server of the open organization stands; null: not known (yet, or this host tells nothing of it). */
export function useSyncStatus(asked = true): SyncStatus | null {
  const org = useOrg()
  return useAnswer(syncStatus, org && asked ? {} : null, { keep: false }).answer?.value ?? null
}

/** Phases in which nothing reaches the server now. */
const AWAY: ReadonlySet<SyncPhase> = new Set(['offline', 'retrying', 'needs_sign_in', 'server_older', 'app_older', 'server_full', 'recovering', 'storage', 'brake'])

/** What acts outside the organization leaves only later: there is a server, and nothing reaches it now. */
export function useLeavesLater(): boolean {
  const status = useSyncStatus()
  return status !== null && status.server !== null && AWAY.has(status.phase)
}

/** Serving others here, or being served, is something this computer can do for this person. */
export function useMayVenue(): boolean {
  const status = useSyncStatus()
  return status !== null && (status.venue !== null || status.can.some((one) => one.startsWith('venue.')))
}

/** The time when the instant is of today, otherwise what `ofOtherDay` makes of both: in the zone of this computer. */
function useSinceBy(ofOtherDay: (day: string, time: string) => string): Since {
  const format = useFormat()
  return useCallback(
    (instant: Instant) => {
      const zone = hostZone()
      const time = format.timeOf(instant, zone)
      return toLocal(instant, zone).date === toLocal(fromMs(Date.now()), zone).date ? time : ofOtherDay(format.dayOf(instant, zone), time)
    },
    [format, ofOtherDay],
  )
}
const dayAndTime = (day: string, time: string): string => `${day} ${time}`
const dayAlone = (day: string): string => day

export const useSince = (): Since => useSinceBy(dayAndTime)
/** Where there is little room. */
export const useSinceDay = (): Since => useSinceBy(dayAlone)

const SECOND = 1000

/** The clock, each second while it is looked at; it stands still otherwise. */
export function useSecond(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!ticking) return undefined
    const timer = setInterval(() => setNow(Date.now()), SECOND)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}

interface Line {
  org: string | null
  /** While there is no network: how much waits. */
  waits: number | null
  back: BackOnline | null
  heard: (org: string, status: SyncStatus) => 'gone' | 'back' | null
  dismiss: () => void
}

const OFF: ReadonlySet<SyncPhase> = new Set(['offline', 'retrying'])
const ON: ReadonlySet<SyncPhase> = new Set(['synced', 'sending', 'waiting', 'refused'])

/** Whether the network went and came back, as the statuses of one organization follow each other. */
export const useLine = create<Line>()((set, get) => ({
  org: null,
  waits: null,
  back: null,
  heard: (org, status) => {
    const before = get().org === org ? get() : { waits: null, back: null }
    if (OFF.has(status.phase)) {
      set({ org, waits: Math.max(before.waits ?? 0, status.mine.waiting), back: null })
      return before.waits === null && status.phase === 'offline' ? 'gone' : null
    }
    if (!ON.has(status.phase)) {
      set({ org, waits: before.waits, back: before.back })
      return null
    }
    set({ org, waits: null, back: before.waits === null ? before.back : { at: status.last_contact_at ?? status.since, waited: before.waits } })
    return before.waits === null ? null : 'back'
  },
  dismiss: () => set({ back: null }),
}))

/** Follows the network and says once, politely, that it went and that it came back. */
export function useFollowedLine(status: SyncStatus | null): void {
  const t = useT()
  const since = useSince()
  const org = useOrg()
  useEffect(() => {
    if (!status || !org) return
    const change = useLine.getState().heard(org, status)
    if (change === 'gone') announce(t('pill.said_offline', { at: since(status.since) }))
    if (change === 'back') announce(t('pill.said_back', { count: status.mine.conflicts }))
  }, [status, org, t, since])
}
