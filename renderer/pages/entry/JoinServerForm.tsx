import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { syncJoin } from '../../app/sync/operations.ts'
import { useProgress } from '../../app/sync/progress.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { EntryForm } from './EntryFrame.tsx'

/** The address of a server and the code of an invitation to one of its organizations; the same password opens this computer. */
export function JoinServerForm() {
  const t = useT()
  const textOf = useFailureText()
  const enter = useCommand(syncJoin, { org: null })
  const [url, setUrl] = useState('')
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const move = useProgress(enter.pending)
  const [emailHere, setEmailHere] = useState<string | null>(null)
  const asksEmail = emailHere !== null || enter.failure?.code === 'sync.other_sign_in'
  const error = (field: string): string | undefined => textOf.field(enter.failure, field)
  return (
    <EntryForm
      onSubmit={() => void enter.run({ url: url.trim(), code: code.trim(), name: name.trim(), email: email.trim(), password, ...(emailHere ? { email_here: emailHere.trim() } : {}) })}
      actions={<Button type="submit" kind="primary" label={enter.pending ? t('server.joining') : t('server.join_do')} disabled={enter.pending} />}
    >
      <FormErrorSummary failure={enter.failure} />
      <TextField label={t('server.url')} hint={t('server.url_hint')} name="url" type="url" inputMode="url" autoComplete="off" spellCheck={false} autoFocus value={url} onChange={setUrl} error={error('url')} />
      <TextField label={t('join.code')} name="code" autoComplete="off" spellCheck={false} value={code} onChange={setCode} error={error('code')} />
      <TextField label={t('welcome.name')} name="name" autoComplete="name" value={name} onChange={setName} error={error('name')} />
      <TextField label={t('welcome.email')} hint={t('join.email_hint')} name="email" type="email" autoComplete="email" value={email} onChange={setEmail} error={error('email')} />
      <TextField label={t('server.join_password')} hint={t('server.join_password_hint')} name="password" type="password" autoComplete="new-password" value={password} onChange={setPassword} error={error('password')} />
      {asksEmail && <TextField label={t('server.account_email_here')} hint={t('server.account_email_here_hint')} name="email_here" type="email" autoComplete="off" value={emailHere ?? ''} onChange={setEmailHere} error={error('email_here')} />}
      <p>{enter.pending ? t('server.coming', { done: move?.done ?? 0 }) : t('server.join_about')}</p>
    </EntryForm>
  )
}
