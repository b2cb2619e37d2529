import type { z } from 'zod'
import type { undoGroup } from '../../../shared/domain/audit/operations.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Import.module.css'

export type Undone = z.infer<typeof undoGroup.output>

/** What an undone import left: rows that somebody changed since, by name. */
export function KeptRows({ undone }: { undone: Undone }) {
  const t = useT()
  const named = undone.kept.filter(({ title }) => title !== null)
  return (
    <div className={styles['notice']} role="status">
      <p>{t('import.undone')}</p>
      {undone.kept.length > 0 && (
        <>
          <p>{t('import.kept', { count: named.length || undone.kept.length })}</p>
          <ul>
            {named.slice(0, 50).map((row) => (
              <li key={`${row.entity} ${row.id}`}>
                {row.title} · {wordOf(t, 'import.kept', row.why)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
