/** Announces what has just arrived, on the desktop: the shell's own way there, a browser's where the person allowed it, else nothing. */
import { useEffect, useLayoutEffect, useRef } from 'react'
import { listNotifications } from '../../shared/domain/notifications/operations.ts'
import { useT } from '../i18n/index.ts'
import { call } from './client.ts'
import { takeDesktop } from './host-operations.ts'
import type { AppState } from './host-operations.ts'
import { usePreferences } from './preferences.ts'
import { useAnswer } from './queries.ts'
import { paths, useGo, useOrg } from './routes.ts'

/** Whether it was clicked. */
type Announce = (title: string, body: string) => Promise<boolean>

function byBrowser(title: string, body: string): Promise<boolean> {
  return new Promise((settle) => {
    const shown = new Notification(title, { body })
    shown.onclick = () => {
      window.focus()
      shown.close()
      settle(true)
    }
    shown.onclose = () => settle(false)
    shown.onerror = () => settle(false)
  })
}

/** Null: there is no way, or the person did not allow it. */
function announcer(): Announce | null {
  const bridge = window.callboard
  if (bridge) return bridge.notify ? (title, body) => bridge.notify?.(title, body) ?? Promise.resolve(false) : null
  return 'Notification' in window && Notification.permission === 'granted' ? byBrowser : null
}

/** There is a way, and it is allowed. */
export const mayDesktop = (): boolean => announcer() !== null

/** A browser asks the person; the shell needs not. Whether it is allowed then. */
export async function allowDesktop(): Promise<boolean> {
  if (window.callboard === undefined && 'Notification' in window && Notification.permission === 'default') await Notification.requestPermission()
  return mayDesktop()
}

export function useDesktopNotices(state: AppState, closed: boolean): void {
  const t = useT()
  const go = useGo()
  const org = useOrg()
  const language = usePreferences((preferences) => preferences.language)
  const wanted = org !== null && !closed && state.session !== null && state.see_as === null && state.preferences?.['desktop'] !== 'off'
  const told = useAnswer(listNotifications, wanted ? { limit: 1 } : null).answer?.value
  /** Another as soon as something came. */
  const news = wanted && told && told.unread > 0 ? `${told.unread} ${told.items[0]?.id ?? ''}` : null
  const latest = useRef({ t, go })
  useLayoutEffect(() => {
    latest.current = { t, go }
  })
  useEffect(() => {
    const announce = announcer()
    if (news === null || org === null || announce === null) return
    const show = async (title: string, body: string, path: string): Promise<void> => {
      if (await announce(title, body)) latest.current.go(path)
    }
    // What cannot be asked now is announced with the next one: it does not count as shown.
    void call(takeDesktop, { org, language }).then(
      ({ value: { items, more } }) => {
        for (const { id, title, body } of items) void show(title, body, `${paths.inbox(org)}?sel=${id}`)
        if (more > 0) void show(latest.current.t('inbox.title'), latest.current.t('inbox.desktop_more', { count: more }), paths.inbox(org))
      },
      () => undefined,
    )
  }, [news, org, language])
}
