import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { mutedText } from '../../components/RowList.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { fieldsOfKind } from './fields.ts'
import styles from './Import.module.css'

/** One line a source column: what it holds, the field suggested or chosen. */
export function ImportColumns({ preview, kind, onMapping }: { preview: ImportPreviewAnswer; kind: string; onMapping: (mapping: (string | null)[]) => void }) {
  const t = useT()
  const choose = (column: number, field: string): void => onMapping(preview.columns.map((_, at) => (at === column ? field || null : (preview.mapping[at] ?? null))))
  return (
    <section className={styles['section']}>
      <h2>{t('import.mapping')}</h2>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('import.mapping')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.samples')}</th>
              <th scope="col">{t('import.field')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map((column) => (
              <tr key={column.column}>
                <td>{column.header || `#${column.column + 1}`}</td>
                <td className={mutedText}>{column.samples.slice(0, 3).join(' · ')}</td>
                <td>
                  {column.refused ? (
                    t('import.refused')
                  ) : (
                    <>
                      <select aria-label={`${t('import.field')} : ${column.header || column.column + 1}`} value={preview.mapping[column.column] ?? ''} onChange={(event) => choose(column.column, event.target.value)}>
                        <option value="">{t('import.column_ignored')}</option>
                        {(fieldsOfKind[kind] ?? []).map((field) => (
                          <option key={field} value={field}>
                            {wordOf(t, 'import.field', field)}
                          </option>
                        ))}
                      </select>{' '}
                      {preview.mapping[column.column] === column.field && <span className={mutedText}>{t(`import.confidence.${column.confidence}`)}</span>}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
