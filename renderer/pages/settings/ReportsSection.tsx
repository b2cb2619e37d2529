import { useState } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { saveFile } from '../../app/files.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { listReports, removeReport } from '../../app/watching.ts'
import type { Report } from '../../app/watching.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

const textOf = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`

/** Errors and crashes kept on this computer: read whole, then copied or saved to be sent by hand, or deleted. */
export function ReportsSection() {
  const t = useT()
  const format = useFormat()
  const asked = useAnswer(listReports, {}, { org: null })
  const remove = useCommand(removeReport, { org: null })
  const [open, setOpen] = useState<string | null>(null)
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={4} />
  const { items } = asked.answer.value
  const shown = items.find((report) => report.id === open)
  const moment = (at: string): string => (isInstant(at) ? format.moment(at) : at)
  return (
    <>
      <SectionHead title={t('settings.section.reports')} about={t('reports.about')} />
      <FormErrorSummary failure={remove.failure} />
      {items.length === 0 ? (
        <EmptyState text={t('reports.empty')} />
      ) : (
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('settings.section.reports')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('reports.when')}</th>
              <th scope="col">{t('reports.where')}</th>
              <th scope="col">{t('reports.what')}</th>
              <th scope="col" className={styles['number']}>
                {t('reports.count')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('reports.read')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((report) => (
              <tr key={report.id} aria-selected={report.id === open}>
                <td>{moment(report.last_at)}</td>
                <td>{wordOf(t, 'reports.where', report.where)}</td>
                <td>
                  {report.name}. {report.message}
                </td>
                <td className={styles['number']}>{format.number(report.count)}</td>
                <td className={styles['end']}>
                  <Button small label={report.id === open ? t('action.close') : t('reports.read')} aria-expanded={report.id === open} aria-label={`${t('reports.read')} ${moment(report.last_at)}`} onClick={() => setOpen(report.id === open ? null : report.id)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown && (
        <section className={styles['part']} aria-label={t('reports.whole')}>
          <h3>{t('reports.whole')}</h3>
          <p className={styles['muted']}>{t('reports.redacted')}</p>
          <pre className={styles['code']} tabIndex={0}>
            {textOf(shown)}
          </pre>
          <div className={styles['actions']}>
            <Button
              label={t('reports.copy')}
              onClick={() => {
                void navigator.clipboard.writeText(textOf(shown)).then(() => announce(t('reports.copied')))
              }}
            />
            <Button label={t('reports.save')} onClick={() => void saveFile(`callboard-report-${shown.id}.json`, new TextEncoder().encode(textOf(shown)), 'application/json')} />
            <Button kind="quiet" label={t('reports.delete')} disabled={remove.pending} onClick={() => void remove.run({ id: shown.id }).then((done) => done && setOpen(null))} />
          </div>
        </section>
      )}
    </>
  )
}
