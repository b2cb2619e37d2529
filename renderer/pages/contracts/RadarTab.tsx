import { Link } from 'wouter'
import { z } from 'zod'
import { contractRadar } from '../../../shared/domain/contracts/queries.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { EmptyState, ErrorState, ForbiddenState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Contracts.module.css'
import { RadarLine, radarPath } from './radar-links.ts'

/** What the law asks of the employer and is not done, the most urgent first; each leads to where it is settled. */
export function RadarTab() {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const asked = useAnswer(contractRadar, { project_id: project.id })
  const lines = asked.answer ? z.array(RadarLine).parse(asked.answer.value.items) : null
  if (asked.failure) return <Unread asked={asked} />
  if (!lines) return <LoadingSkeleton />
  const when = (line: RadarLine): string => [format.day(line.due), line.due_at !== null && isInstant(line.due_at) ? format.timeOf(line.due_at, project.zone) : null].filter(Boolean).join(' ')
  const left = ({ days_left, late }: RadarLine): string => (late ? t('contracts.radar_late', { days: Math.max(0, -days_left) }) : t('contracts.radar_left', { days: days_left }))
  return (
    <>
      <div />
      <div />
      <div className={styles['body']} tabIndex={0} role="group" aria-label={t('contracts.tab.radar')} aria-busy={asked.stale}>
        <p className={mutedText}>{t('contracts.radar_about')}</p>
        {lines.length === 0 ? (
          <EmptyState text={t('contracts.radar_empty')} help="contracts" />
        ) : (
          <table className={styles['table']} aria-label={t('contracts.tab.radar')}>
            <thead>
              <tr>
                <th scope="col">{t('contracts.radar_severity')}</th>
                <th scope="col">{t('contracts.radar_due')}</th>
                <th scope="col">{t('contracts.radar_rule')}</th>
                <th scope="col">{t('contracts.radar_about_whom')}</th>
                <th scope="col">{t('contracts.radar_who')}</th>
                <th scope="col">{t('contracts.radar_settle')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => {
                const path = radarPath(line, project.org, project.id)
                const rule = wordOf(t, 'contracts.rule', line.rule)
                const whom = line.name ?? (line.subject.entity === 'licence' ? line.subject.id : project.name)
                return (
                  <tr key={`${line.rule} ${line.subject.id} ${line.month ?? ''}`}>
                    <td>
                      <ConflictBadge severity={line.severity} text={t(`contracts.severity.${line.severity}`)} />
                    </td>
                    <td>
                      {when(line)}
                      <br />
                      <span className={line.late ? styles['late'] : mutedText}>{left(line)}</span>
                      {line.estimated && <span className={mutedText}> {t('contracts.radar_estimated')}</span>}
                    </td>
                    <td>
                      <strong>{rule}</strong>
                      {line.month !== null && ` · ${line.month}`}
                      <br />
                      <span className={mutedText}>
                        {line.article}
                        {line.unsure && ` ${t('contracts.radar_unsure')}`}
                      </span>
                    </td>
                    <td>{whom}</td>
                    <td>{wordOf(t, 'role', line.who)}</td>
                    <td>
                      {path ? (
                        <Link href={path} aria-label={t('contracts.radar_open_of', { rule, whom })}>
                          {t('contracts.radar_open')}
                        </Link>
                      ) : (
                        '—'
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )}
      </div>
    </>
  )
}

/** A tab that could not be read: not for this person, or for another reason. */
export function Unread({ asked }: { asked: Pick<ReturnType<typeof useAnswer>, 'failure' | 'retry'> }) {
  const t = useT()
  const { failure, retry } = asked
  if (!failure) return null
  return (
    <>
      <div />
      <div />
      {failure.code === 'auth.forbidden' ? <ForbiddenState role={t('contracts.role')} failure={failure} /> : <ErrorState failure={failure} onRetry={retry} />}
    </>
  )
}
