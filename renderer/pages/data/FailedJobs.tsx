import { dropJob, listJobs, retryJob } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Data.module.css'

/** What this computer does by itself for the organization and could not: tried again by itself, then by hand. */
export function FailedJobs() {
  const t = useT()
  const asked = useAnswer(listJobs, {})
  const retry = useCommand(retryJob)
  const drop = useCommand(dropJob)
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={2} />
  const failed = asked.answer.value.items.filter((job) => job.error !== null && job.state !== 'done')
  if (failed.length === 0) return <p className={styles['muted']}>{t('data.jobs_none')}</p>
  return (
    <>
      <FormErrorSummary failure={retry.failure ?? drop.failure} />
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('data.jobs')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('data.job')}</th>
            <th scope="col">{t('data.job_state')}</th>
            <th scope="col">{t('data.job_error')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('action.retry')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {failed.map((job) => (
            <tr key={job.key}>
              <td>{wordOf(t, 'data.job', job.kind)}</td>
              <td>{job.state === 'dead' ? t('data.job_dead', { count: job.attempts }) : t('data.job_again', { count: job.attempts })}</td>
              <td>{job.error}</td>
              <td className={styles['end']}>
                {job.state === 'dead' && (
                  <span className={styles['actions']}>
                    <Button small label={t('action.retry')} onClick={() => void retry.run({ key: job.key })} />
                    <Button small kind="quiet" label={t('data.job_drop')} onClick={() => void drop.run({ key: job.key })} />
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
