import { Link } from 'wouter'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { useProject } from '../../app/context.tsx'
import { paths } from '../../app/routes.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { Card } from './Card.tsx'
import { instantOf, nameOfMission, withinWeek, type Coming } from './coming.ts'
import styles from './Overview.module.css'

/** Missions of the coming seven days, by the day at their place. */
export function WeekCard({ missions, now }: { missions: readonly Coming[]; now: string }) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const near = withinWeek(missions, now) ? missions : []
  const days = new Map<string, Coming[]>()
  for (const one of near) {
    const start = instantOf(one.start_at)
    if (start === null) continue
    const day = localDateOf(start, one.zone)
    days.set(day, [...(days.get(day) ?? []), one])
  }
  return (
    <Card title={t('overview.week')}>
      {days.size === 0 && <p className={styles['muted']}>{t('overview.week_none')}</p>}
      <ul className={styles['days']}>
        {[...days].map(([day, on]) => (
          <li key={day}>
            <span className={styles['day']}>{format.day(day)}</span>
            <ul>
              {on.map((one) => {
                const start = instantOf(one.start_at)
                return (
                  <li key={one.id} className={styles['line']}>
                    <span className={styles['hour']}>{start && format.timeOf(start, one.zone)}</span>
                    <Link className={styles['clip']} href={`${paths.missions(project.org, project.id)}?sel=${one.id}`}>
                      {nameOfMission(one)}
                    </Link>
                    <span className={styles['figures']}>{one.coverage.needed > 0 ? `${one.coverage.filled}/${one.coverage.needed}` : ''}</span>
                  </li>
                )
              })}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  )
}
