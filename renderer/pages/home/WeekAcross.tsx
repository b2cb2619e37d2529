import { useState } from 'react'
import { Link } from 'wouter'
import { DAY, fromMs, localDateOf, toMs } from '../../../shared/kernel/instants.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { useProjects } from '../../app/projects.ts'
import { useList } from '../../app/queries.ts'
import { paths, useOrg } from '../../app/routes.ts'
import { MissionRow } from '../../app/rows.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Home.module.css'

const SHOWN = 20

/** Missions of the coming seven days in every project the person may read. */
export function useWeek() {
  // From the hour that began, so that the question is not another at each drawing.
  const [from] = useState(() => fromMs(Math.floor(Date.now() / 3_600_000) * 3_600_000))
  return useList(listMissions, { filter: { end_at: { gte: from }, start_at: { lt: fromMs(toMs(from) + 7 * DAY) } }, sort: ['start_at'], limit: SHOWN }, MissionRow)
}

export function WeekAcross() {
  const t = useT()
  const format = useFormat()
  const org = useOrg() ?? ''
  const projects = new Map(useProjects().map((row) => [row.id, row.name]))
  const list = useWeek()
  const days = new Map<string, MissionRow[]>()
  for (const row of list.items) {
    if (row.status === 'canceled') continue
    const day = localDateOf(row.start_at, row.zone)
    days.set(day, [...(days.get(day) ?? []), row])
  }
  return (
    <section className={styles['card']}>
      <h2>{t('home.week')}</h2>
      {days.size === 0 && !list.loading && <p className={styles['muted']}>{t('home.week_none')}</p>}
      <ul className={styles['days']}>
        {[...days].map(([day, rows]) => (
          <li key={day}>
            <span className={styles['day']}>{format.day(day)}</span>
            <ul>
              {rows.map((row) => (
                <li key={row.id} className={styles['line']}>
                  <span className={styles['hour']}>{format.timeOf(row.start_at, row.zone)}</span>
                  <Link className={styles['clip']} href={`${paths.missions(org, row.project_id)}?sel=${row.id}`}>
                    {row.day_code ? `${row.day_code} ${row.title}` : row.title}
                  </Link>
                  <span className={styles['muted']}>{projects.get(row.project_id) ?? ''}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {list.total > SHOWN && <p className={styles['muted']}>{t('home.week_more', { count: list.total - SHOWN })}</p>}
    </section>
  )
}
