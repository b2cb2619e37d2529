import { Link } from 'wouter'
import { useProject } from '../../app/context.tsx'
import { paths } from '../../app/routes.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { Card } from './Card.tsx'
import { CoverageBar, CoverageWords } from './Coverage.tsx'
import { instantOf, nameOfMission, type Coming } from './coming.ts'
import styles from './Overview.module.css'

/** The mission one works on or goes to next: when, where, who, and whether its sheet is out. */
export function NextMission({ missions, now }: { missions: readonly Coming[]; now: string }) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const [next] = missions
  const [call, end, from] = [instantOf(next?.call_at), instantOf(next?.end_at), instantOf(now)]
  if (!next || !call || !end || !from) return <Card title={t('overview.next')}>{<p className={styles['muted']}>{t('overview.none')}</p>}</Card>
  const [rise, set] = [instantOf(next.sun?.rise_at), instantOf(next.sun?.set_at)]
  const today = localDateOf(call, next.zone) === localDateOf(from, next.zone)
  const title = next.start_at <= now ? t('overview.now') : today ? t('overview.today') : t('overview.next')
  const sheet = next.sheet === null ? t('overview.sheet_none') : next.sheet.published === null ? t('overview.sheet_draft') : t('overview.sheet_published', { number: next.sheet.published })
  return (
    <Card title={title}>
      <div className={styles['next']}>
        <div className={styles['when']}>
          <span className={styles['muted']}>{t('overview.call')}</span>
          <span className={styles['time']}>{format.timeOf(call, next.zone)}</span>
          <span>
            {format.dayOf(call, next.zone)} <span className={styles['muted']}>{format.offset(call, next.zone)}</span>
          </span>
        </div>
        <div className={styles['about']}>
          <h3>
            <Link href={`${paths.missions(project.org, project.id)}?sel=${next.id}`}>{nameOfMission(next)}</Link>
          </h3>
          <dl className={styles['facts']}>
            <div>
              <dt>{t('overview.place')}</dt>
              <dd>
                {next.location ? (
                  <>
                    {next.location.name}
                    {next.location.address && <span className={styles['muted']}> {next.location.address.replaceAll('\n', ', ')}</span>}
                  </>
                ) : (
                  t('overview.no_place')
                )}
              </dd>
            </div>
            <div>
              <dt>{t('overview.end')}</dt>
              <dd>{`${format.dayOf(end, next.zone)} ${format.timeOf(end, next.zone)}`}</dd>
            </div>
            {rise && set && (
              <div>
                <dt>{t('overview.sun')}</dt>
                <dd>{t('overview.sun_times', { rise: format.timeOf(rise, next.zone), set: format.timeOf(set, next.zone) })}</dd>
              </div>
            )}
            <div>
              <dt>{t('overview.sheet')}</dt>
              <dd>{next.sheet ? <Link href={paths.sheet(project.org, project.id, next.sheet.id)}>{sheet}</Link> : sheet}</dd>
            </div>
          </dl>
        </div>
        <div className={styles['heads']}>
          <span>{t('overview.people', { count: next.people })}</span>
          {next.coverage.needed > 0 && (
            <>
              <CoverageBar coverage={next.coverage} />
              <CoverageWords coverage={next.coverage} />
            </>
          )}
        </div>
      </div>
    </Card>
  )
}
