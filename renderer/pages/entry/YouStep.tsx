import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { call, CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { appState, firstRun } from '../../app/host-operations.ts'
import type { AppState } from '../../app/host-operations.ts'
import { usePreferences } from '../../app/preferences.ts'
import { HOST_STATE } from '../../app/queries.ts'
import { makeRecoveryKey, setPin } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { missingFields } from '../missing.ts'
import styles from './Entry.module.css'
import { EntryForm } from './EntryFrame.tsx'
import { useEntered, useWelcome } from './welcome.ts'

const PIN_LENGTH = 6

/** The account of this computer: name, address, password, PIN. Made once; whoever comes back here finds it as it is. */
export function YouStep({ account, onBack }: { account: AppState['session']; onBack: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const client = useQueryClient()
  const { language, theme } = usePreferences()
  const { password, pin, busy, secret } = useWelcome()
  const [{ you, step }, set] = useEntered()
  const [failure, setFailure] = useState<CallFailure | null>(null)

  const submit = async (): Promise<void> => {
    if (account) return set({ step: 'organization' })
    const short = pin !== '' && pin.length !== PIN_LENGTH
    if (short) return setFailure(missingFields('pin'))
    setFailure(null)
    secret({ busy: true })
    try {
      await call(firstRun, { name: you.name.trim(), email: you.email.trim(), password, language, theme }, { id: crypto.randomUUID() })
      const made = await call(appState, {})
      set({ account: made.value.session?.user_id ?? null })
      if (pin !== '') await call(setPin, { password, pin }, { id: crypto.randomUUID() })
      const { key } = (await call(makeRecoveryKey, { password }, { id: crypto.randomUUID() })).value
      secret({ key, password: '', pin: '' })
      set({ step: 'key' })
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error
      setFailure(error)
    } finally {
      secret({ busy: false })
      await client.invalidateQueries({ queryKey: HOST_STATE })
    }
  }
  const actions = (
    <>
      <Button label={t('action.back')} onClick={onBack} />
      <Button type="submit" kind="primary" label={t('action.continue')} disabled={busy || step !== 'you'} />
    </>
  )
  if (account) {
    return (
      <EntryForm onSubmit={() => void submit()} actions={actions}>
        <p className={styles['settled']}>{t('welcome.you_made', { name: account.name, email: account.email })}</p>
      </EntryForm>
    )
  }
  return (
    <EntryForm onSubmit={() => void submit()} actions={actions}>
      <FormErrorSummary failure={failure} />
      <TextField label={t('welcome.name')} name="name" autoComplete="name" autoFocus value={you.name} onChange={(name) => set({ you: { ...you, name } })} error={textOf.field(failure, 'name')} />
      <TextField label={t('welcome.email')} hint={t('welcome.email_hint')} name="email" type="email" autoComplete="email" value={you.email} onChange={(email) => set({ you: { ...you, email } })} error={textOf.field(failure, 'email')} />
      <TextField label={t('welcome.password')} hint={t('welcome.password_long_hint')} name="password" type="password" autoComplete="new-password" value={password} onChange={(typed) => secret({ password: typed })} error={textOf.field(failure, 'password')} />
      <TextField
        label={t('me.pin')} optional hint={t('welcome.pin_hint')} name="pin" type="password" inputMode="numeric" maxLength={PIN_LENGTH} autoComplete="off" value={pin}
        onChange={(typed) => secret({ pin: typed.replace(/\D/g, '').slice(0, PIN_LENGTH) })}
        error={failure?.details.some(({ field }) => field === 'pin') ? t('welcome.pin_short') : undefined}
      />
    </EntryForm>
  )
}
