import { useState } from 'react'
import { useCommand } from '../../app/queries.ts'
import { serverAside } from '../../app/sync/operations.ts'
import type { Aside } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Server.module.css'

type Decision = 'take_over' | 'close'

/** What shut-out computers handed over: done again under one's own name, or closed and kept in the log. */
export function AsideTab({ aside }: { aside: readonly Aside[] }) {
  const t = useT()
  const since = useSince()
  const decide = useCommand(serverAside)
  const [asked, setAsked] = useState<{ one: Aside; decision: Decision } | null>(null)
  const [said, setSaid] = useState('')
  const confirm = async (): Promise<void> => {
    if (!asked) return
    const answer = await decide.run({ id: asked.one.id, decision: asked.decision })
    if (!answer) return
    const { applied, kept, known } = answer.value
    setSaid(asked.decision === 'close' ? t('server.aside_closed') : t('server.aside_taken', { applied, kept, known }))
    setAsked(null)
  }
  return (
    <>
      <p role="status" className={styles['said']}>{said}</p>
      {aside.length === 0 ? (
        <EmptyState text={t('server.aside_none')} />
      ) : (
        <>
          <p className={styles['muted']}>{t('server.aside_about')}</p>
          <table className={styles['table']} aria-label={t('server.tab.aside')}>
            <thead>
              <tr>
                <th scope="col">{t('members.name')}</th>
                <th scope="col">{t('server.device')}</th>
                <th scope="col">{t('server.received')}</th>
                <th scope="col" className={styles['number']}>{t('server.changes')}</th>
                <th scope="col">{t('form.reason')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('server.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {aside.map((one) => (
                <tr key={one.id}>
                  <td>{one.name}</td>
                  <td title={one.device}>{one.device_name ?? one.device}</td>
                  <td>{since(one.received_at)}</td>
                  <td className={styles['number']}>{one.commands}</td>
                  <td>{wordOf(t, 'server.aside_reason', one.reason)}</td>
                  <td className={styles['end']}>
                    <Button small label={t('server.take_over')} onClick={() => setAsked({ one, decision: 'take_over' })} /> <Button small kind="quiet" label={t('server.close_aside')} onClick={() => setAsked({ one, decision: 'close' })} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {asked && (
        <ConfirmDialog
          danger={asked.decision === 'close'}
          title={t(asked.decision === 'close' ? 'server.close_aside_title' : 'server.take_over_title', { count: asked.one.commands, name: asked.one.name })}
          about={t(asked.decision === 'close' ? 'server.close_aside_about' : 'server.take_over_about', { count: asked.one.commands, name: asked.one.name })}
          action={t(asked.decision === 'close' ? 'server.close_aside' : 'server.take_over')}
          pending={decide.pending}
          failure={decide.failure}
          onClose={() => setAsked(null)}
          onConfirm={() => void confirm()}
        />
      )}
    </>
  )
}
