import { Check, Circle, LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { whileMoving } from '../../app/sync/moving.ts'
import { syncConnect } from '../../app/sync/operations.ts'
import type { Move } from '../../app/sync/operations.ts'
import { useProgress } from '../../app/sync/progress.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Server.module.css'

/** Gives the organization its server: address, code, a password there; then the steps of going up, as they are done. */
export function ConnectForm() {
  const t = useT()
  const textOf = useFailureText()
  const org = useOrg() ?? ''
  const connect = useCommand(syncConnect)
  const [url, setUrl] = useState('')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const move = useProgress(connect.pending)
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
        <GoingUp move={move} />
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

const STEPS = ['account', 'sending', 'checking', 'filling'] as const

/** The steps, the one under way with its rows; those before it are done. */
function GoingUp({ move }: { move: Move | null }) {
  const t = useT()
  const at = move ? STEPS.indexOf(move.step) : 0
  const bar = move?.step === 'sending' && move.of !== null && move.of > 0 ? { value: move.done, max: move.of } : {}
  const said = (step: (typeof STEPS)[number]): string => {
    const words = t(`server.step_${step}`)
    if (move === null || move.step !== step || move.done === 0) return words
    return move.of === null ? t('server.step_received', { step: words, done: move.done }) : t('server.step_rows', { step: words, done: move.done, of: move.of })
  }
  return (
    <div className={styles['part']}>
      {/* Said as the steps follow each other; the rows go by too fast to be said. */}
      <span className="visually-hidden" role="status">
        {t(`server.step_${STEPS[at] ?? 'account'}`)}
      </span>
      <ol className={styles['steps']} aria-label={t('server.connecting')}>
        {STEPS.map((step, index) => {
          const Sign = index < at ? Check : index === at ? LoaderCircle : Circle
          return (
            <li key={step} {...(index === at ? { 'aria-current': 'step' as const } : {})}>
              <Sign size={16} aria-hidden />
              {said(step)}
            </li>
          )
        })}
      </ol>
      <progress className={styles['progress']} aria-label={t('server.connecting')} {...bar} />
      <p className={styles['muted']}>{t('server.connecting_about')}</p>
    </div>
  )
}
