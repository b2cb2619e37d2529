import { Download } from 'lucide-react'
import { useState } from 'react'
import type { SyncStatus } from '../../../shared/domain/sync/states.ts'
import { saveFile } from '../../app/files.ts'
import { appState } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { syncExport } from '../sync/host-operations.ts'
import styles from './Server.module.css'

/** Everybody's of this computer. */
export const unsentHere = ({ mine, others }: SyncStatus): number => mine.waiting + others.reduce((sum, { waiting }) => sum + waiting, 0)

/** Before something here is taken away (rule 22a): what is not sent, by whom, what becomes of it, and a sealed file of it to carry elsewhere. */
export function UnsentHere({ status, becomes }: { status: SyncStatus; becomes?: string }) {
  const t = useT()
  const carry = useCommand(syncExport)
  const [kept, setKept] = useState('')
  const me = useAnswer(appState, {}, { org: null }).answer?.value.session
  const count = unsentHere(status)
  if (count === 0) return null
  const lines = [{ key: 'me', name: t('server.you', { name: me?.name ?? '' }), waiting: status.mine.waiting }, ...status.others.map(({ user_id: key, name, waiting }) => ({ key, name, waiting }))]
  const save = async (): Promise<void> => {
    const answer = await carry.run({})
    if (!answer) return
    const { name, text, commands } = answer.value
    await saveFile(name, new TextEncoder().encode(text), 'application/json')
    setKept(t('server.unsent_exported', { commands, name }))
  }
  return (
    <section className={styles['warn']} aria-label={t('server.unsent_title', { count })}>
      <strong>{t('server.unsent_title', { count })}</strong>
      <ul className={styles['plain']}>
        {lines.filter(({ waiting }) => waiting > 0).map(({ key, name, waiting }) => (
          <li key={key}>{t('server.unsent_of', { name, count: waiting })}</li>
        ))}
      </ul>
      {becomes && <p>{becomes}</p>}
      <p>{t('server.unsent_about')}</p>
      <FormErrorSummary failure={carry.failure} />
      <div className={styles['actions']}>
        <Button small icon={Download} label={t('server.unsent_export')} disabled={carry.pending} onClick={() => void save()} />
        <span role="status">{kept}</span>
      </div>
    </section>
  )
}
