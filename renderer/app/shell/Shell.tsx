import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import { useDesktopNotices } from '../desktop-notices.ts'
import type { AppState } from '../host-operations.ts'
import { PageBoundary } from '../PageBoundary.tsx'
import { readPagesWhenIdle } from '../page-chunks.ts'
import { usePreferences } from '../preferences.ts'
import { usePlace } from '../routes.ts'
import { useSyncOnFocus } from '../sync/on-focus.ts'
import { CommandPalette } from './CommandPalette.tsx'
import { DemoAgain } from './DemoAgain.tsx'
import { usePageFocus } from './page-focus.ts'
import { useShellActions } from './shell-actions.ts'
import type { DemoDate } from './shell-actions.ts'
import styles from './Shell.module.css'
import { ShortcutList } from './ShortcutList.tsx'
import { Sidebar } from './Sidebar.tsx'
import { StatusStrip } from './StatusStrip.tsx'
import { TopBar } from './TopBar.tsx'

/** Everything around the page: top bar, strip, sidebar, palette, keys that hold everywhere. */
export function Shell({ state, closed, children }: { state: AppState; /** The organization's file cannot be used: no door leads anywhere. */ closed: boolean; children: ReactNode }) {
  const t = useT()
  const { org } = usePlace()
  const wide = useWide()
  const rail = usePreferences((preferences) => preferences.rail) ?? !wide
  const setPreferences = usePreferences((preferences) => preferences.set)
  const [shown, setShown] = useState<'palette' | 'shortcuts' | null>(null)
  const [demoDate, setDemoDate] = useState<DemoDate | null>(null)
  const onRail = (): void => setPreferences({ rail: !rail })
  useShellActions({ state, closed, onPalette: () => setShown('palette'), onShortcuts: () => setShown('shortcuts'), onRail, onDemoAgain: setDemoDate })
  usePageFocus()
  useSyncOnFocus(closed)
  useDesktopNotices(state, closed)
  useEffect(readPagesWhenIdle, [])
  return (
    <div className={`${styles['shell']} ${rail ? styles['rail'] : ''}`}>
      <a
        className={styles['skip']}
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {t('app.skip')}
      </a>
      <TopBar state={state} closed={closed} onCommand={() => setShown('palette')} />
      <StatusStrip state={state} org={closed ? null : org} />
      <Sidebar closed={closed} rail={rail} onRail={onRail} onShortcuts={() => setShown('shortcuts')} />
      <main id="main" className={styles['main']} tabIndex={-1} data-region="content">
        <PageBoundary>{children}</PageBoundary>
      </main>
      {!closed && <CommandPalette open={shown === 'palette'} onClose={() => setShown(null)} />}
      {demoDate && <DemoAgain date={demoDate} onClose={() => setDemoDate(null)} />}
      <ShortcutList open={shown === 'shortcuts'} onClose={() => setShown(null)} />
    </div>
  )
}

const WIDE = '(min-width: 1400px)'

function useWide(): boolean {
  const [wide, setWide] = useState(() => window.matchMedia(WIDE).matches)
  useEffect(() => {
    const query = window.matchMedia(WIDE)
    const follow = (): void => setWide(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return wide
}
