import { isInstant } from '../../../shared/kernel/instants.ts'
import { useAnswer } from '../../app/queries.ts'
import { useSince } from '../../app/sync/status.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { syncLog } from './host-operations.ts'
import styles from './Sync.module.css'

/** What cut an exchange short, in the words of the state it leads to, where its own word differs. */
const phaseOf: Readonly<Record<string, string>> = { busy: 'retrying', server: 'retrying', token: 'needs_sign_in' }

/** The last exchanges of this computer, newest first. */
export function LastExchanges() {
  const t = useT()
  const since = useSince()
  const items = useAnswer(syncLog, {}).answer?.value.items ?? []
  if (items.length === 0) return null
  return (
    <section aria-labelledby="sync-log">
      <h2 id="sync-log">{t('sync.log')}</h2>
      <ul className={styles['log']}>
        {items.slice(0, 20).map((one, index) => (
          <li key={`${one.at} ${index}`}>
            <span>{isInstant(one.at) ? since(one.at) : one.at}</span>
            <span>{one.problem ? t('sync.log_problem', { problem: wordOf(t, 'sync.phase', phaseOf[one.problem] ?? one.problem) }) : t('sync.log_line', { sent: one.sent })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
