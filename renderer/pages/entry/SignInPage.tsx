import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { signIn } from '../../app/host-operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { EntryForm, EntryFrame } from './EntryFrame.tsx'

export function SignInPage() {
  const t = useT()
  const textOf = useFailureText()
  const enter = useCommand(signIn, { org: null })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  return (
    <EntryFrame title={t('sign_in.title')} about={t('sign_in.about')}>
      <EntryForm
        onSubmit={() => void enter.run({ email: email.trim(), password })}
        actions={<Button type="submit" kind="primary" label={t('sign_in.submit')} disabled={enter.pending} />}
      >
        <FormErrorSummary failure={enter.failure} />
        <TextField label={t('welcome.email')} name="email" type="email" autoComplete="username" autoFocus value={email} onChange={setEmail} error={textOf.field(enter.failure, 'email')} />
        <TextField label={t('welcome.password')} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} error={textOf.field(enter.failure, 'password')} />
      </EntryForm>
    </EntryFrame>
  )
}
