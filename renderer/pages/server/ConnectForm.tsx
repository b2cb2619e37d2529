import { Check, Circle, LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import type { SyncStatus } from '../../../shared/domain/sync/states.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { whileMoving } from '../../app/sync/moving.ts'
import { syncConnect } from '../../app/sync/operations.ts'
import { useStatusSoon } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Server.module.css'

/** Gives the organization its server: address, code, a password there; then the steps of going up, as they are done. */
export function ConnectForm({ status }: { status: SyncStatus }) {
  const t = useT()
  const textOf = useFailureText()
  const org = useOrg() ?? ''
  const connect = useCommand(syncConnect)
  const [url, setUrl] = useState('')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  useStatusSoon(connect.pending)
  const send = async (): Promise<void> => {
    if (await whileMoving(org, () => connect.run({ url: url.trim(), code: code.trim(), password }))) announce(t('server.connected_said'))
  }
  const error = (name: string): string | undefined => textOf.field(connect.failure, name)
  return (
    <form
      className={styles['form']}
      aria-label={t('server.connect')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h3>{t('server.connect')}</h3>
      <FormErrorSummary failure={connect.failure} />
      {connect.failure && <p className={styles['note']}>{t('server.connect_safe')}</p>}
      <TextField label={t('server.url')} hint={t('server.url_hint')} name="url" type="url" inputMode="url" autoComplete="off" spellCheck={false} value={url} disabled={connect.pending} onChange={setUrl} error={error('url')} />
      <TextField label={t('server.code')} hint={t('server.code_hint')} name="code" autoComplete="off" spellCheck={false} value={code} disabled={connect.pending} onChange={setCode} error={error('code')} />
      <TextField label={t('server.password')} hint={t('server.password_hint')} name="password" type="password" autoComplete="new-password" value={password} disabled={connect.pending} onChange={setPassword} error={error('password')} />
      {connect.pending ? (
        <GoingUp sending={status.sending} />
      ) : (
        <>
          <p className={styles['muted']}>{t('server.connect_about')}</p>
          <div className={styles['actions']}>
            <Button type="submit" kind="primary" label={connect.failure ? t('server.connect_again') : t('server.connect_do')} disabled={url.trim() === '' || code.trim() === '' || password === ''} />
          </div>
        </>
      )}
    </form>
  )
}

/** Which of the steps is under way follows from what has gone up, where that is told: some of it, all of it. */
function GoingUp({ sending }: { sending: SyncStatus['sending'] }) {
  const t = useT()
  const at = sending === null ? null : sending.done < sending.of ? 1 : 2
  const steps = [t('server.step_account'), sending ? t('server.step_sending_of', { done: sending.done, of: sending.of }) : t('server.step_sending'), t('server.step_checking')]
  return (
    <div className={styles['part']} role="status">
      <ol className={styles['steps']} aria-label={t('server.connecting')}>
        {steps.map((step, index) => {
          const Sign = at === null || index > at ? Circle : index < at ? Check : LoaderCircle
          return (
            <li key={index} {...(index === at ? { 'aria-current': 'step' as const } : {})}>
              <Sign size={16} aria-hidden />
              {step}
            </li>
          )
        })}
      </ol>
      <progress className={styles['progress']} aria-label={t('server.connecting')} {...(sending && sending.of > 0 ? { value: sending.done, max: sending.of } : {})} />
      <p className={styles['muted']}>{t('server.connecting_about')}</p>
    </div>
  )
}
