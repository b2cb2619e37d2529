import { Keyboard, PanelLeft } from 'lucide-react'
import { Link } from 'wouter'
import { useT } from '../../i18n/index.ts'
import { useReadsContracts } from '../contract-reader.ts'
import { useReadsCosts } from '../cost-reader.ts'
import { useHandled } from '../handled.ts'
import { useKeeper } from '../keeper.ts'
import { usePlace } from '../routes.ts'
import { useSyncStatus } from '../sync/status.ts'
import { hasBlock, SyncBlock } from '../sync/SyncBlock.tsx'
import type { Door } from './doors.ts'
import { doorsFrom } from './doors.ts'
import { NextDeadline } from './NextDeadline.tsx'
import styles from './Shell.module.css'

interface SidebarProps {
  closed: boolean
  rail: boolean
  onRail: () => void
  onShortcuts: () => void
}

export function Sidebar({ closed, rail, onRail, onShortcuts }: SidebarProps) {
  const t = useT()
  const place = usePlace()
  const doors = doorsFrom(closed ? { ...place, org: null } : place, { keeper: useKeeper(closed), costs: useReadsCosts(closed ? null : place.project), contracts: useReadsContracts(closed ? null : place.project) })
  const { project, organization } = useHandled(closed)
  return (
    <nav className={styles['nav']} data-region="nav" aria-label={t('nav.label')}>
      {doors.project.length > 0 && <DoorGroup title={t('nav.project')} doors={doors.project} current={place.page} rail={rail} counts={{ overview: project }} />}
      {doors.organization.length > 0 && <DoorGroup title={t('nav.organization')} doors={doors.organization} current={place.project ? null : place.page} rail={rail} counts={{ inbox: organization }} />}
      <div className={styles['foot']}>
        {!rail && !closed && <Card />}
        {!closed && (
          <button type="button" className={styles['fold']} onClick={onShortcuts} title={rail ? t('shortcuts.title') : undefined}>
            <Keyboard size={16} strokeWidth={1.75} aria-hidden />
            <span>{t('shortcuts.title')}</span>
            <kbd className={styles['key']} aria-hidden>
              ?
            </kbd>
          </button>
        )}
        <button type="button" className={styles['fold']} onClick={onRail} aria-expanded={!rail} title={rail ? t('nav.rail') : undefined}>
          <PanelLeft size={16} strokeWidth={1.75} aria-hidden />
          <span>{t('nav.rail')}</span>
        </button>
      </div>
    </nav>
  )
}

/** One card: what of the exchange waits for the person, else the next deadline. */
function Card() {
  const status = useSyncStatus()
  return hasBlock(status) ? <SyncBlock status={status} /> : <NextDeadline />
}

interface DoorGroupProps {
  title: string
  doors: readonly Door[]
  current: string | null
  rail: boolean
  /** Only where an action waits. */
  counts: Readonly<Record<string, number>>
}

function DoorGroup({ title, doors, current, rail, counts }: DoorGroupProps) {
  const t = useT()
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {doors.map(({ page, label, icon: Icon, path }) => {
          const count = counts[page] ?? 0
          return (
            <li key={page}>
              <Link href={path} className={styles['item']} aria-current={page === current ? 'page' : undefined} title={rail ? t(label) : undefined}>
                <Icon size={16} strokeWidth={1.75} aria-hidden />
                <span>{t(label)}</span>
                {count > 0 && (
                  <b className={styles['waiting']}>
                    {count}
                    <i className="visually-hidden">{t('nav.waiting', { count })}</i>
                  </b>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
