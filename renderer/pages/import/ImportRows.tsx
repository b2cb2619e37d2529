import { useMemo } from 'react'
import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Import.module.css'

/** Problems by cause, then the rows with what was read of them. */
export function ImportRows({ preview }: { preview: ImportPreviewAnswer }) {
  const t = useT()
  const messages = useMemo(() => new Map(preview.groups.map((group) => [group.message_code, group.message])), [preview.groups])
  const fields = useMemo(() => [...new Set(preview.rows.flatMap((row) => Object.keys(row.values)))], [preview.rows])
  return (
    <>
      {preview.groups.length > 0 && (
        <section className={styles['section']}>
          <h2>{t('import.groups')}</h2>
          <ul className={styles['section']}>
            {preview.groups.map((group) => (
              <li key={`${group.message_code} ${group.field ?? ''}`}>
                <ConflictBadge severity={group.severity === 'error' ? 'severe' : 'warning'} text={t('import.group_count', { count: group.count })} /> {group.message}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles['section']}>
        <h2>{t('import.preview')}</h2>
        <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('import.preview')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('import.line')}</th>
                <th scope="col">{t('import.state')}</th>
                {fields.map((field) => (
                  <th key={field} scope="col">
                    {wordOf(t, 'import.field', field)}
                  </th>
                ))}
                <th scope="col">{t('import.problem')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row) => (
                <tr key={row.index} className={row.state === 'rejected' ? styles['rejected'] : undefined}>
                  <td>{row.source_line}</td>
                  <td>{t(`import.state.${row.state}`)}</td>
                  {fields.map((field) => (
                    <td key={field}>{row.values[field]}</td>
                  ))}
                  <td>{row.issues.map((issue) => [messages.get(issue.message_code) ?? issue.issue, issue.found && `« ${issue.found} »`].filter(Boolean).join(' ')).join(' · ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  )
}
