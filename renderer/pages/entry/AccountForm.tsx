import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { syncAdd } from '../../app/sync/operations.ts'
import { useProgress } from '../../app/sync/progress.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { EntryForm } from './EntryFrame.tsx'

/**
 * The account a person has at a server brings its organizations here, by its password or by a code that sets one. What this computer needs
 * besides (its own password, another e-mail) is asked for only once it is needed.
 */
export function AccountForm() {
  const t = useT()
  const textOf = useFailureText()
  const add = useCommand(syncAdd, { org: null })
  const [url, setUrl] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [here, setHere] = useState<string | null>(null)
  const [emailHere, setEmailHere] = useState<string | null>(null)
  const error = (field: string): string | undefined => textOf.field(add.failure, field)
  const asksEmail = emailHere !== null || add.failure?.code === 'sync.other_sign_in'
  const asksHere = here !== null || add.failure?.code === 'sync.other_password'
  const move = useProgress(add.pending)
  const send = async (): Promise<void> => {
    const done = await add.run({
      url: url.trim(), password, ...(email.trim() ? { email: email.trim() } : {}), ...(code.trim() ? { code: code.trim() } : {}), ...(here ? { password_here: here } : {}), ...(emailHere ? { email_here: emailHere.trim() } : {}),
    })
    if (!done) return
    const { brought, left } = done.value
    announce([t('server.account_brought', { count: brought.length }), ...(left.length > 0 ? [t('server.account_left', { count: left.length })] : [])].join(' '))
  }
  return (
    <EntryForm
      onSubmit={() => void send()}
      actions={<Button type="submit" kind="primary" label={add.pending ? t('server.account_coming') : t('server.account_do')} disabled={add.pending} />}
    >
      <FormErrorSummary failure={add.failure} />
      <TextField label={t('server.url')} hint={t('server.url_hint')} name="url" type="url" inputMode="url" autoComplete="off" spellCheck={false} autoFocus value={url} onChange={setUrl} error={error('url')} />
      <TextField label={t('welcome.email')} name="email" type="email" autoComplete="username" value={email} onChange={setEmail} error={error('email')} />
      <TextField label={t('server.password')} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} error={error('password')} />
      <TextField label={t('server.account_code')} hint={t('server.account_code_hint')} name="code" autoComplete="off" spellCheck={false} value={code} onChange={setCode} error={error('code')} />
      {asksEmail && <TextField label={t('server.account_email_here')} hint={t('server.account_email_here_hint')} name="email_here" type="email" autoComplete="off" value={emailHere ?? ''} onChange={setEmailHere} error={error('email_here')} />}
      {asksHere && <TextField label={t('server.password_here')} hint={t('server.account_here_hint')} name="password_here" type="password" autoComplete="off" value={here ?? ''} onChange={setHere} error={error('password_here')} />}
      {add.pending && <p>{t('server.coming', { done: move?.done ?? 0 })}</p>}
    </EntryForm>
  )
}
