import { Download } from 'lucide-react'
import { useState } from 'react'
import { payCsv, payMonth } from '../../../shared/domain/contracts/queries.ts'
import { languages } from '../../../shared/domain/organization/model.ts'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { call, CallFailure, UNEXPECTED } from '../../app/client.ts'
import { useProject } from '../../app/context.tsx'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { EmptyState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Contracts.module.css'
import { monthsOf, monthWords } from './months.ts'
import { Unread } from './RadarTab.tsx'

type Language = (typeof languages)[number]
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** The pay variables of a month: what the file holds, what is left out of it and why, then the file itself. */
export function PayTab() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const project = useProject()
  const month = MONTH.test(url.get('month')) ? url.get('month') : localDateOf(project.start_at, project.zone).slice(0, 7)
  const spoken = usePreferences((state) => state.language)
  const [language, setLanguage] = useState<Language | ''>('')
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const asked = useAnswer(payMonth, { project_id: project.id, month, language: spoken })
  const shown = asked.answer?.value
  const download = async (): Promise<void> => {
    setSaving(true)
    setFailure(null)
    try {
      const { value } = await call(payCsv, { project_id: project.id, month, ...(language ? { language } : {}) }, { org: project.org })
      await saveFile(value.file_name, bytesFromBase64(value.base64), value.media_type)
      announce(t('contracts.pay_saved', { name: value.file_name }))
    } catch (error) {
      setFailure(error instanceof CallFailure ? error : new CallFailure(UNEXPECTED, String(error)))
    } finally {
      setSaving(false)
    }
  }
  if (asked.failure) return <Unread asked={asked} />
  return (
    <>
      <div className={styles['choices']}>
        <Select
          label={t('contracts.pay_month')}
          name="month"
          value={month}
          onChange={(text) => url.set({ month: text }, 'push')}
          choices={monthsOf(project.start_at, project.end_at, project.zone, month).map((one) => ({ value: one, label: monthWords(one, spoken) }))}
        />
        <Select
          label={t('contracts.pay_language')}
          name="language"
          value={language}
          onChange={(text) => setLanguage(languages.find((one) => one === text) ?? '')}
          choices={[{ value: '', label: t('contracts.language_project') }, ...languages.map((one) => ({ value: one, label: t(`language.${one}`) }))]}
        />
        <Button kind="primary" icon={Download} label={t('contracts.pay_download')} disabled={saving || !shown || shown.rows.length === 0} onClick={() => void download()} />
      </div>
      <div>
        <FormErrorSummary failure={failure} />
        {shown && shown.unsigned.length > 0 && <ReadOnlyStrip note text={t('contracts.pay_unsigned', { count: shown.unsigned.length, references: shown.unsigned.join(', ') })} />}
        {shown && shown.reversed.length > 0 && <ReadOnlyStrip note text={t('contracts.pay_reversed', { count: shown.reversed.length, days: shown.reversed.map(({ date }) => format.day(date)).join(', ') })} />}
      </div>
      {!shown ? (
        <LoadingSkeleton />
      ) : (
        <div className={styles['body']} tabIndex={0} role="group" aria-label={t('contracts.tab.pay')} aria-busy={asked.stale}>
          <p className={mutedText}>{t('contracts.pay_about')}</p>
          {shown.rows.length === 0 ? (
            <EmptyState text={t('contracts.pay_empty')} help="contracts" />
          ) : (
            <table className={styles['table']} aria-label={t('contracts.tab.pay')}>
              <thead>
                <tr>
                  <th scope="col">{t('contracts.person')}</th>
                  <th scope="col">{t('contracts.reference')}</th>
                  <th scope="col">{t('contracts.function')}</th>
                  <th scope="col" className={styles['number']}>{t('contracts.pay_days')}</th>
                  <th scope="col" className={styles['number']}>{t('contracts.pay_hours')}</th>
                  <th scope="col" className={styles['number']}>{t('contracts.pay_cachets')}</th>
                  <th scope="col" className={styles['number']}>{t('contracts.gross')}</th>
                  <th scope="col">{t('contracts.pay_source')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.rows.map((row, at) => (
                  <tr key={at}>
                    <td>
                      <strong>{row.name}</strong>
                    </td>
                    <td>{row.reference}</td>
                    <td>{row.function_title ?? '—'}</td>
                    <td className={styles['number']}>{format.number(row.days)}</td>
                    <td className={styles['number']}>{format.minutes(row.minutes)}</td>
                    <td className={styles['number']}>{row.cachets > 0 ? format.number(row.cachets) : ''}</td>
                    <td className={styles['number']}>{row.gross_minor === null ? '—' : format.amount(row.gross_minor, row.currency)}</td>
                    <td>{row.hours_source}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </>
  )
}
