import { CalendarRange, DatabaseBackup, FileText, Flag, FolderKanban, Import, MapPin, PanelLeft, ShieldCheck, Users } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Link } from 'wouter'
import { useT } from '../../i18n/index.ts'
import type { Key } from '../../i18n/index.ts'
import { useKeeper } from '../keeper.ts'
import { paths, usePlace } from '../routes.ts'
import type { Place } from '../routes.ts'
import styles from './Shell.module.css'

export interface Door {
  page: string
  label: Key
  icon: LucideIcon
  path: string
}

/** Doors that lead somewhere from where one is, for who may use them. */
export function doorsFrom({ org, project }: Place, keeper: boolean): { project: Door[]; organization: Door[] } {
  if (!org) return { project: [], organization: [] }
  return {
    project: project
      ? [
          { page: 'missions', label: 'nav.missions', icon: Flag, path: paths.missions(org, project) },
          { page: 'planning', label: 'nav.planning', icon: CalendarRange, path: paths.planning(org, project) },
          { page: 'sheets', label: 'nav.sheets', icon: FileText, path: paths.sheets(org, project) },
          { page: 'import', label: 'nav.import', icon: Import, path: paths.import(org, project) },
        ]
      : [],
    organization: [
      { page: '', label: 'nav.projects', icon: FolderKanban, path: paths.organization(org) },
      { page: 'directory', label: 'nav.people', icon: Users, path: paths.people(org) },
      { page: 'locations', label: 'nav.locations', icon: MapPin, path: paths.locations(org) },
      { page: 'audit', label: 'nav.audit', icon: ShieldCheck, path: paths.audit(org) },
      ...(keeper ? [{ page: 'data', label: 'nav.data' as const, icon: DatabaseBackup, path: paths.data(org) }] : []),
    ],
  }
}

export function Sidebar({ closed, rail, onRail }: { closed: boolean; rail: boolean; onRail: () => void }) {
  const t = useT()
  const place = usePlace()
  const keeper = useKeeper(closed)
  const doors = doorsFrom(closed ? { ...place, org: null } : place, keeper)
  return (
    <nav className={styles['nav']} data-region="nav" aria-label={t('nav.label')}>
      {doors.project.length > 0 && <Doors title={t('nav.project')} doors={doors.project} current={place.page} rail={rail} />}
      {doors.organization.length > 0 && <Doors title={t('nav.organization')} doors={doors.organization} current={place.project ? null : place.page} rail={rail} />}
      <div className={styles['foot']}>
        <button type="button" className={styles['fold']} onClick={onRail} aria-expanded={!rail} title={rail ? t('nav.rail') : undefined}>
          <PanelLeft size={16} strokeWidth={1.75} aria-hidden />
          <span>{t('nav.rail')}</span>
        </button>
      </div>
    </nav>
  )
}

function Doors({ title, doors, current, rail }: { title: string; doors: readonly Door[]; current: string | null; rail: boolean }) {
  const t = useT()
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {doors.map(({ page, label, icon: Icon, path }) => (
          <li key={page}>
            <Link href={path} className={styles['item']} aria-current={page === current ? 'page' : undefined} title={rail ? t(label) : undefined}>
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              <span>{t(label)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
