import { Button } from '../../components/Button.tsx'
import { CheckField } from '../../components/Field.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Import.module.css'
import type { StepProps } from './step-props.ts'

const SHOWN = 50

/** Rows of the file that speak of somebody named above: one person, or two of the same name. */
export function FileTwins({ preview, settings, onSettings }: StepProps) {
  const t = useT()
  if (!preview.mapping.includes('full_name') && !preview.mapping.includes('last_name')) return null
  const apart = new Set(settings.apart_rows ?? [])
  const twins = preview.rows.filter((row) => apart.has(row.index) || row.issues.some((issue) => issue.message_code === 'import.duplicate_row'))
  if (twins.length === 0) return null
  const set = (rows: readonly number[]): void => onSettings({ ...settings, apart_rows: [...rows] })
  return (
    <section className={styles['section']}>
      <h3>{t('import.twins')}</h3>
      <p className={mutedText}>{t('import.twins_about', { count: twins.length })}</p>
      {twins.length > 1 && (
        <div className={styles['actions']}>
          <Button small label={t('import.twins_merge_all')} onClick={() => set([])} />
          <Button small label={t('import.twins_keep_all')} onClick={() => set(twins.map((row) => row.index))} />
        </div>
      )}
      <ul className={styles['twins']}>
        {twins.slice(0, SHOWN).map((row) => (
          <li key={row.index}>
            <CheckField
              label={t('import.twin', { line: row.source_line, name: row.values['full_name'] || [row.values['first_name'], row.values['last_name']].filter(Boolean).join(' ') || (row.values['email'] ?? '') })}
              checked={apart.has(row.index)}
              onChange={(checked) => set(checked ? [...apart, row.index] : [...apart].filter((index) => index !== row.index))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
