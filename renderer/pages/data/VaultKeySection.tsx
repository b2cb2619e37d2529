import { useState } from 'react'
import { useCatalogue } from '../../app/catalogue.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { todayIn } from '../../components/DateTimeField.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { SecretOnce } from '../../components/SecretOnce.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { enterVaultKey, printVaultKey, vaultKeyState } from '../people/numbers-operations.ts'
import styles from './Data.module.css'

/** The key of numbers and identity papers, on a sheet: no backup has it. */
export function VaultKeySection() {
  const t = useT()
  const asked = useAnswer(vaultKeyState, {})
  if (asked.failure?.code === 'auth.forbidden') return <p className={styles['muted']}>{t('vaultkey.forbidden')}</p>
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={2} />
  const { at_server, needed } = asked.answer.value
  if (at_server) return <p className={styles['muted']}>{t('vaultkey.at_server')}</p>
  return (
    <>
      <p className={styles['muted']}>{t('vaultkey.about')}</p>
      {needed && <p role="status">{t('vaultkey.needed')}</p>}
      {needed ? <EnterKey onEntered={asked.retry} /> : <PrintKey />}
    </>
  )
}

function PrintKey() {
  const t = useT()
  const format = useFormat()
  const { organization } = useCatalogue()
  const print = useCommand(printVaultKey)
  const [password, setPassword] = useState('')
  const [key, setKey] = useState<string | null>(null)
  const submit = async (): Promise<void> => {
    const made = await print.run({ password })
    if (!made) return
    setPassword('')
    setKey(made.value.key)
  }
  return (
    <form
      className={styles['section']}
      noValidate
      aria-label={t('vaultkey.print')}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FormErrorSummary failure={print.failure} />
      <TextField label={t('me.present_password')} name="vault_password" type="password" autoComplete="current-password" value={password} onChange={setPassword} />
      <div className={styles['actions']}>
        <Button type="submit" label={t('vaultkey.print')} disabled={print.pending || password === ''} />
      </div>
      {key && <SecretOnce title={t('vaultkey.sheet', { name: organization?.name ?? '' })} about={t('vaultkey.sheet_about', { day: format.day(todayIn()) })} secret={key} onClose={() => setKey(null)} />}
    </form>
  )
}

function EnterKey({ onEntered }: { onEntered: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const enter = useCommand(enterVaultKey)
  const [typed, setTyped] = useState('')
  const submit = async (): Promise<void> => {
    if (!(await enter.run({ key: typed }))) return
    announce(t('vaultkey.entered'))
    onEntered()
  }
  return (
    <form
      className={styles['section']}
      noValidate
      aria-label={t('vaultkey.enter')}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FormErrorSummary failure={enter.failure} />
      <TextField label={t('vaultkey.key')} hint={t('vaultkey.key_hint')} name="vault_key" value={typed} onChange={setTyped} error={textOf.field(enter.failure, 'key')} autoComplete="off" spellCheck={false} maxLength={200} />
      <div className={styles['actions']}>
        <Button type="submit" kind="primary" label={t('vaultkey.enter')} disabled={enter.pending || typed.trim() === ''} />
      </div>
    </form>
  )
}
