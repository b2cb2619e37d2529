import { useRef, useState } from 'react'
import { useCommand } from '../../app/queries.ts'
import { serverStuck } from '../../app/sync/operations.ts'
import type { Stuck } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Server.module.css'

/** Mails and work of the clock that the server gave up: tried again, or let be. */
export function StuckTab({ stuck }: { stuck: readonly Stuck[] }) {
  const t = useT()
  const since = useSince()
  const settle = useCommand(serverStuck)
  const [asked, setAsked] = useState<Stuck | null>(null)
  const [said, setSaid] = useState('')
  const status = useRef<HTMLParagraphElement>(null)
  const what = ({ kind, what: type }: Stuck): string => wordOf(t, kind === 'mail' ? 'messages.type' : 'server.timer', type)
  const decide = async ({ kind, key }: Stuck, decision: 'retry' | 'drop'): Promise<void> => {
    setSaid('')
    if (!(await settle.run({ kind, key, decision }))) return
    setSaid(t(decision === 'retry' ? 'server.stuck_retried' : 'server.stuck_dropped'))
    setAsked(null)
    // Its line goes, with the button that had the focus.
    requestAnimationFrame(() => status.current?.focus())
  }
  return (
    <>
      <p role="status" ref={status} tabIndex={-1} className={styles['said']}>{said}</p>
      {asked === null && <FormErrorSummary failure={settle.failure} />}
      {stuck.length === 0 ? (
        <EmptyState text={t('server.stuck_none')} />
      ) : (
        <>
          <p className={styles['muted']}>{t('server.stuck_about')}</p>
          <table className={styles['table']} aria-label={t('server.tab.stuck')}>
            <thead>
              <tr>
                <th scope="col">{t('server.stuck_kind')}</th>
                <th scope="col">{t('server.stuck_what')}</th>
                <th scope="col">{t('server.stuck_who')}</th>
                <th scope="col">{t('server.stuck_at')}</th>
                <th scope="col" className={styles['number']}>{t('server.stuck_attempts')}</th>
                <th scope="col">{t('server.stuck_error')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('server.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {stuck.map((one) => (
                <tr key={`${one.kind}:${one.key}`}>
                  <td>{t(`server.stuck_kind.${one.kind}`)}</td>
                  <td title={one.key}>{what(one)}</td>
                  <td>{one.who ?? '—'}</td>
                  <td>{since(one.at)}</td>
                  <td className={styles['number']}>{one.attempts}</td>
                  <td>{one.error ?? '—'}</td>
                  <td className={styles['end']}>
                    <Button small label={t('action.retry')} disabled={settle.pending} onClick={() => void decide(one, 'retry')} /> <Button small kind="quiet" label={t('server.stuck_drop')} onClick={() => setAsked(one)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {asked && (
        <ConfirmDialog
          danger
          title={t('server.stuck_drop_title', { what: what(asked) })}
          about={t(`server.stuck_drop_about.${asked.kind}`)}
          action={t('server.stuck_drop')}
          pending={settle.pending}
          failure={settle.failure}
          onClose={() => setAsked(null)}
          onConfirm={() => void decide(asked, 'drop')}
        />
      )}
    </>
  )
}
