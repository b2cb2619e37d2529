import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { join } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { EntryForm } from './EntryFrame.tsx'

/** The code of an invitation, and the sign-in it makes on this computer. */
export function JoinForm() {
  const t = useT()
  const textOf = useFailureText()
  const enter = useCommand(join, { org: null })
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  return (
    <EntryForm
      onSubmit={() => void enter.run({ code: code.trim(), name: name.trim(), email: email.trim(), password })}
      actions={<Button type="submit" kind="primary" label={t('join.submit')} disabled={enter.pending} />}
    >
      <FormErrorSummary failure={enter.failure} />
      <TextField label={t('join.code')} hint={t('join.code_hint')} name="code" autoComplete="off" spellCheck={false} autoFocus value={code} onChange={setCode} error={textOf.field(enter.failure, 'code')} />
      <TextField label={t('welcome.name')} name="name" autoComplete="name" value={name} onChange={setName} error={textOf.field(enter.failure, 'name')} />
      <TextField label={t('welcome.email')} hint={t('join.email_hint')} name="email" type="email" autoComplete="email" value={email} onChange={setEmail} error={textOf.field(enter.failure, 'email')} />
      <TextField label={t('welcome.password')} hint={t('welcome.password_hint')} name="password" type="password" autoComplete="new-password" value={password} onChange={setPassword} error={textOf.field(enter.failure, 'password')} />
    </EntryForm>
  )
}
