import type { Console } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { EmptyState } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Server.module.css'

/** Kept commands that nobody decided yet, by person: only they decide, or an administrator who takes them over. */
export function ConflictsTab({ conflicts }: { conflicts: Console['conflicts'] }) {
  const t = useT()
  const since = useSince()
  const open = conflicts.filter((one) => one.open > 0)
  if (open.length === 0) return <EmptyState text={t('server.conflicts_none')} />
  return (
    <>
      <p className={styles['muted']}>{t('server.conflicts_about')}</p>
      <table className={styles['table']} aria-label={t('server.tab.conflicts')}>
        <thead>
          <tr>
            <th scope="col">{t('members.name')}</th>
            <th scope="col" className={styles['number']}>{t('server.open')}</th>
            <th scope="col">{t('server.oldest')}</th>
          </tr>
        </thead>
        <tbody>
          {open.map((one) => (
            <tr key={one.user_id}>
              <td>{one.name}</td>
              <td className={styles['number']}>{one.open}</td>
              <td>{one.oldest_at ? since(one.oldest_at) : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
