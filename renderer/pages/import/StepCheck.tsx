import { X } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { HelpLink } from '../../components/HelpLink.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import { CauseRow } from './CauseRow.tsx'
import { ImportGrid } from './ImportGrid.tsx'
import styles from './Import.module.css'
import { NewPlaces } from './NewPlaces.tsx'
import type { StepProps } from './step-props.ts'

/** Errors by cause, corrected once for all their rows; then the table itself, cell by cell. */
export function StepCheck(props: StepProps) {
  const t = useT()
  const { preview } = props
  const errors = preview.groups.filter((group) => group.severity === 'error')
  const warnings = preview.groups.filter((group) => group.severity === 'warning')
  return (
    <>
      <p className={preview.counts.rejected > 0 ? styles['alert'] : styles['good']} role="status">
        {preview.counts.rejected > 0 ? t('import.rejected_now', { count: preview.counts.rejected }) : t('import.rejected_none', { count: preview.counts.accepted })}
      </p>
      {preview.counts.rejected > 0 && <HelpLink about="refused_rows" />}
      <Corrections {...props} />
      {errors.length > 0 && (
        <section className={styles['section']}>
          <h3>{t('import.errors')}</h3>
          <ul className={styles['causes']}>
            {errors.map((group) => (
              <CauseRow key={`${group.message_code} ${group.field ?? ''}`} group={group} {...props} />
            ))}
          </ul>
        </section>
      )}
      {warnings.length > 0 && (
        <details className={styles['section']} open={errors.length === 0}>
          <summary>
            <h3>{t('import.warnings', { count: preview.counts.warnings })}</h3>
          </summary>
          <ul className={styles['causes']}>
            {warnings.map((group) => (
              <CauseRow key={`${group.message_code} ${group.field ?? ''}`} group={group} {...props} />
            ))}
          </ul>
        </details>
      )}
      <NewPlaces {...props} />
      <ImportGrid {...props} />
    </>
  )
}

/** What was corrected so far, each of which can be taken back. */
function Corrections({ preview, settings, onSettings }: StepProps) {
  const t = useT()
  const { replacements = [], edits = [] } = settings
  if (replacements.length + edits.length === 0) return null
  return (
    <details className={styles['section']}>
      <summary>{t('import.corrections', { count: replacements.length + edits.length })}</summary>
      <ul className={styles['twins']}>
        {replacements.map((one, index) => (
          <li key={`r${index}`} className={styles['groupLine']}>
            <span>
              {preview.header[one.column]} · {t('import.quoted', { text: one.found })} → {t('import.quoted', { text: one.value })}
            </span>
            <Button small kind="quiet" iconOnly icon={X} label={t('import.correction_remove', { found: one.found })} onClick={() => onSettings({ ...settings, replacements: replacements.filter((_, at) => at !== index) })} />
          </li>
        ))}
        {edits.map((one, index) => (
          <li key={`e${index}`} className={styles['groupLine']}>
            <span>
              {preview.header[one.column]}, <span className={mutedText}>{t('import.at_row', { row: one.row + 1 })}</span> → {t('import.quoted', { text: one.value })}
            </span>
            <Button small kind="quiet" iconOnly icon={X} label={t('import.correction_remove', { found: one.value })} onClick={() => onSettings({ ...settings, edits: edits.filter((_, at) => at !== index) })} />
          </li>
        ))}
      </ul>
    </details>
  )
}
