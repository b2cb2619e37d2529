import { useState } from 'react'
import { Link } from 'wouter'
import { greatCircle } from '../../../shared/kernel/geography.ts'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { useList } from '../../app/queries.ts'
import { paths, useOrg, usePlace } from '../../app/routes.ts'
import { LocationRow, MissionRow } from '../../app/rows.ts'
import { locations } from '../../../shared/domain/locations/operations.ts'
import { PanelSection } from '../../components/SidePanel.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Plan.module.css'

const SHOWN = 8
const NEAR = 12

/** Missions to come at the place, in the projects that the person may read. */
export function useMissionsHere(place: string) {
  const { project } = usePlace()
  const [now] = useState(() => new Date().toISOString())
  return useList(listMissions, { ...(project ? { project_id: project } : {}), filter: { location_id: place, end_at: { gte: now }, status: ['draft', 'planned', 'in_progress'] }, sort: ['start_at'], limit: SHOWN }, MissionRow)
}

export function MissionsHere({ place }: { place: string }) {
  const t = useT()
  const format = useFormat()
  const org = useOrg() ?? ''
  const list = useMissionsHere(place)
  return (
    <PanelSection title={t('location.missions')}>
      {list.items.length === 0 && !list.loading && <p className={styles['muted']}>{t('location.missions_none')}</p>}
      <ul className={styles['lines']}>
        {list.items.map((row) => (
          <li key={row.id} className={styles['line']}>
            <Link href={`${paths.missions(org, row.project_id)}?sel=${row.id}`}>{row.day_code ? `${row.day_code} ${row.title}` : row.title}</Link>
            <span className={styles['figure']}>{`${format.dayOf(row.start_at, row.zone)} ${format.timeOf(row.start_at, row.zone)}`}</span>
          </li>
        ))}
      </ul>
      {list.total > SHOWN && <p className={styles['muted']}>{t('location.missions_more', { count: list.total - SHOWN })}</p>}
    </PanelSection>
  )
}

/** Former names stay findable: printed sheets carry them. */
export function FormerNames({ history }: { history: LocationRow['label_history'] }) {
  const t = useT()
  const format = useFormat()
  if (history.length === 0) return null
  return (
    <PanelSection title={t('location.history')}>
      <ul className={styles['lines']}>
        {history.map(({ name, until }) => (
          <li key={until}>{t('location.history_until', { name, day: format.day(localDateOf(until, hostZone())) })}</li>
        ))}
      </ul>
    </PanelSection>
  )
}

/** From this place to the nearest others that have coordinates. */
export function Distances({ place }: { place: LocationRow }) {
  const t = useT()
  const format = useFormat()
  const list = useList(locations.list, place.latitude === null ? null : { filter: { status: 'active' }, sort: ['name'], limit: 200 }, LocationRow)
  if (place.latitude === null || place.longitude === null) return null
  const from = { latitude: place.latitude, longitude: place.longitude }
  const near = list.items
    .flatMap((row) => (row.id === place.id || row.latitude === null || row.longitude === null ? [] : [{ row, metres: greatCircle(from, { latitude: row.latitude, longitude: row.longitude }) }]))
    .sort((one, other) => one.metres - other.metres)
    .slice(0, NEAR)
  if (near.length === 0) return null
  return (
    <PanelSection title={`${t('location.distances')} · ${t('location.distances_note')}`}>
      <ul className={styles['lines']}>
        {near.map(({ row, metres }) => (
          <li key={row.id} className={styles['line']}>
            <Link href={`?sel=${row.id}`}>{row.name}</Link>
            <span className={styles['figure']}>{metres < 1000 ? t('location.m', { m: format.number(Math.round(metres / 10) * 10) }) : t('location.km', { km: format.number(Math.round(metres / 100) / 10) })}</span>
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}
