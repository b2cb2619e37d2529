import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { recover } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { EntryForm } from './EntryFrame.tsx'

export function RecoverForm() {
  const t = useT()
  const textOf = useFailureText()
  const enter = useCommand(recover, { org: null })
  const [email, setEmail] = useState('')
  const [key, setKey] = useState('')
  const [password, setPassword] = useState('')
  return (
    <EntryForm
      onSubmit={() => void enter.run({ email: email.trim(), key: key.trim(), password })}
      actions={<Button type="submit" kind="primary" label={t('recover.submit')} disabled={enter.pending} />}
    >
      <FormErrorSummary failure={enter.failure} />
      <TextField label={t('welcome.email')} name="email" type="email" autoComplete="username" autoFocus value={email} onChange={setEmail} error={textOf.field(enter.failure, 'email')} />
      <TextField label={t('recover.key')} hint={t('recover.key_hint')} name="key" autoComplete="off" spellCheck={false} value={key} onChange={setKey} error={textOf.field(enter.failure, 'key')} />
      <TextField label={t('me.new_password')} hint={t('welcome.password_hint')} name="password" type="password" autoComplete="new-password" value={password} onChange={setPassword} error={textOf.field(enter.failure, 'password')} />
    </EntryForm>
  )
}
