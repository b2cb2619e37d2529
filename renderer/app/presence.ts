import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../i18n/index.ts'
import { useActions } from './actions.ts'
import { call } from './client.ts'
import { appState, setPreference } from './host-operations.ts'
import type { AppState } from './host-operations.ts'
import { useNotice } from './notice.ts'
import { HOST_STATE, queryClient } from './queries.ts'
import { useRecent } from './recent.ts'
import { flushDrafts } from '../components/draft-keeping.ts'
import { lock, setAmounts } from './session-operations.ts'
import { useStorageNews } from './storage-news.ts'

/** Where a locked window is: nothing of the address it comes from. */
export const LOCK_PATH = '/lock'
const DEFAULT_MINUTES = 10
const LOOK_EVERY_MS = 10_000
const ACTIVE_KEY = 'callboard.active'
const PATH_PAUSE_MS = 500

/** The address this tab was at, and whose it was. */
let left: { user: string; path: string } | null = null
let held = 0

/** Until the answer is called, the window does not lock by itself (a print preview, a long writing). */
export function keepOpen(): () => void {
  held++
  return () => {
    held--
  }
}

async function refreshState(): Promise<void> {
  queryClient.setQueryData(HOST_STATE, await call(appState, {}))
}

/** Locks this window; what it showed is out of the page before anything else is asked. */
export async function lockNow(): Promise<void> {
  if (window.location.pathname.startsWith('/o/')) await keepPath(window.location.pathname + window.location.search)
  // A locked window may keep nothing more.
  await flushDrafts()
  await call(lock, {})
  await refreshState()
}

export async function toggleAmounts(state: AppState): Promise<void> {
  const amounts = state.amounts === 'hidden' ? 'shown' : 'hidden'
  await call(setAmounts, { amounts })
  await call(setPreference, { name: 'amounts', value: amounts })
  await refreshState()
}

const keepPath = (path: string): Promise<unknown> => call(setPreference, { name: 'last_path', value: path }).catch(() => undefined)

/** Everything of a person that is not on the page: answers, notices, news of files. */
function forget(): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => !(queryKey[0] === HOST_STATE[0] && queryKey[1] === HOST_STATE[1]) })
  queryClient.getMutationCache().clear()
  useNotice.setState({ text: null })
  useRecent.getState().forget()
  useStorageNews.setState({ news: null })
}

/** Forgets one person when another, or nobody, is there; brings each back to where they were. */
export function usePresence(state: AppState | undefined): void {
  const [path, go] = useLocation()
  const user = state?.session?.user_id ?? null
  const before = useRef<{ user: string | null; seen: string } | null>(null)
  const seen = state ? [state.amounts, state.see_as?.role, state.see_as?.project_id, state.open].join() : ''
  useEffect(() => {
    if (!state) return
    const was = before.current
    before.current = { user, seen }
    if (was && was.user !== user) forget()
    // Other columns and rows: what was answered before is not what would be answered now.
    else if (was && was.seen !== seen) void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== HOST_STATE[0] })
    const here = window.location.pathname + window.location.search
    if (was?.user && was.user !== user && here.startsWith('/o/')) left = { user: was.user, path: here }
    if (state.locked && path !== LOCK_PATH) go(LOCK_PATH, { replace: true })
    else if (!state.session && was?.user && path !== '/') go('/', { replace: true })
    else if (state.session && was?.user && was.user !== user) go(placeOf(state), { replace: true })
    else if (state.session && path === LOCK_PATH) go(placeOf(state), { replace: true })
  }, [state, user, seen, path, go])

  // Kept a moment after the last move, for the next time and the next window.
  useEffect(() => {
    if (!user || !path.startsWith('/o/')) return undefined
    const timer = setTimeout(() => void keepPath(window.location.pathname + window.location.search), PATH_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [user, path])
}

/** Their own last address when it is still theirs; else the first page. */
function placeOf(state: AppState): string {
  const user = state.session?.user_id
  const path = left && left.user === user ? left.path : state.preferences?.['last_path']
  return typeof path === 'string' && state.organizations.some(({ id }) => path === `/o/${id}` || path.startsWith(`/o/${id}/`)) ? path : '/'
}

/** Ctrl+Shift+L and Ctrl+Shift+H, and the lock that comes by itself when nobody touches the computer. */
export function useGuard(state: AppState): void {
  const t = useT()
  useActions([
    { id: 'lock', label: t('lock.now'), keys: 'mod+shift+l', group: 'app', run: () => void lockNow().catch(() => undefined) },
    { id: 'amounts', label: t('amounts.toggle'), keys: 'mod+shift+h', group: 'app', run: () => void toggleAmounts(state).catch(() => undefined) },
  ])
  const wanted = Number(state.preferences?.['auto_lock_minutes'] ?? DEFAULT_MINUTES)
  const minutes = Number.isFinite(wanted) ? wanted : DEFAULT_MINUTES
  useEffect(() => {
    if (minutes <= 0) return undefined
    // Shared by the tabs of one browser: whoever works in one keeps the others open.
    let noted = 0
    const idle = (): number => Date.now() - Number(window.localStorage.getItem(ACTIVE_KEY) ?? 0)
    const note = (): void => {
      const at = Date.now()
      if (at - noted < 1000) return
      // The first move after a sleep comes before the timer that slept too.
      if (noted > 0) look()
      noted = at
      window.localStorage.setItem(ACTIVE_KEY, String(at))
    }
    const look = (): void => {
      if (held === 0 && idle() >= minutes * 60_000) void lockNow().catch(() => undefined)
    }
    note()
    const release: (() => void)[] = []
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
    for (const name of events) window.addEventListener(name, note, { passive: true, capture: true })
    const printing = (): void => void release.push(keepOpen())
    const printed = (): void => {
      release.pop()?.()
      note()
    }
    window.addEventListener('beforeprint', printing)
    window.addEventListener('afterprint', printed)
    document.addEventListener('visibilitychange', look)
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      for (const done of release) done()
      for (const name of events) window.removeEventListener(name, note, { capture: true })
      window.removeEventListener('beforeprint', printing)
      window.removeEventListener('afterprint', printed)
      document.removeEventListener('visibilitychange', look)
    }
  }, [minutes])
}
