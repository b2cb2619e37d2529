import { Info, TriangleAlert, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../components/Button.tsx'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import { useNotice } from '../notice.ts'
import { PageBoundary } from '../PageBoundary.tsx'
import { usePreferences } from '../preferences.ts'
import { paths, useGo, usePlace } from '../routes.ts'
import { focusRegion, useShortcuts } from '../shortcuts.ts'
import { useStorageNews } from '../storage-news.ts'
import { useUndo } from '../undo.ts'
import { CommandPalette } from './CommandPalette.tsx'
import styles from './Shell.module.css'
import { Sidebar } from './Sidebar.tsx'
import { TopBar } from './TopBar.tsx'
import type { AppState } from '../host-operations.ts'

/** Everything around the page: top bar, strip, sidebar, palette, keys that hold everywhere. */
export function Shell({ state, closed, children }: { state: AppState; /** The organization's file cannot be used: no door leads anywhere. */ closed: boolean; children: ReactNode }) {
  const t = useT()
  const go = useGo()
  const { org, project } = usePlace()
  const wide = useWide()
  const rail = usePreferences((preferences) => preferences.rail) ?? !wide
  const setPreferences = usePreferences((preferences) => preferences.set)
  const [palette, setPalette] = useState(false)
  const undo = useUndo()
  const inProject = (path: (org: string, project: string) => string) => () => org && project && go(path(org, project))
  const inOrganization = (path: (org: string) => string) => () => org && go(path(org))
  useShortcuts({
    'mod+k': () => setPalette(true),
    'mod+b': () => setPreferences({ rail: !rail }),
    F6: () => focusRegion(1),
    'shift+F6': () => focusRegion(-1),
    'g v': inOrganization(paths.organization),
    'g m': inProject(paths.missions),
    'g p': inProject(paths.planning),
    'g s': inProject(paths.sheets),
    'g e': inOrganization(paths.people),
    'g l': inOrganization(paths.locations),
    'g a': inOrganization(paths.audit),
    '/': () => document.querySelector<HTMLElement>('[data-filter]')?.focus(),
    'mod+z': undo.undo,
    'mod+shift+z': undo.redo,
  })
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
      <TopBar state={state} closed={closed} onCommand={() => setPalette(true)} />
      <StatusStrip warnings={state.warnings} org={closed ? null : org} />
      <Sidebar closed={closed} rail={rail} onRail={() => setPreferences({ rail: !rail })} />
      <main id="main" className={styles['main']} tabIndex={-1} data-region="content">
        <PageBoundary>{children}</PageBoundary>
      </main>
      {!closed && <CommandPalette open={palette} onClose={() => setPalette(false)} />}
    </div>
  )
}

/** One line, only when something needs saying. */
function StatusStrip({ warnings, org }: { warnings: readonly unknown[]; org: string | null }) {
  const t = useT()
  const notice = useNotice()
  const { news, hear } = useStorageNews()
  const key = news && news.org === org ? `storage.${news.state}` : ''
  const said = notice.text ?? (isKey(key) ? t(key) : null)
  const warning = warnings.find((found) => typeof found === 'string')
  const text = said ?? (typeof warning === 'string' ? wordOf(t, 'warning', warning) : null)
  if (text === null) return null
  const calm = notice.text === null && said !== null && news?.state === 'ready'
  const Sign = calm ? Info : TriangleAlert
  return (
    <div className={`${styles['strip']} ${calm ? '' : styles['warning']}`} role="status">
      <Sign size={14} aria-hidden />
      <span className={styles['said']}>{text}</span>
      {said !== null && <Button kind="quiet" small iconOnly icon={X} label={t('action.close')} onClick={() => (notice.text === null ? hear(null) : notice.say(null))} />}
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
