import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { firstRun } from '../../app/host-operations.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { EntryForm } from './EntryFrame.tsx'

export function YouStep({ onBack, onDone }: { onBack: () => void; onDone: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const { language, theme } = usePreferences()
  const create = useCommand(firstRun, { org: null })
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = async (): Promise<void> => {
    if (await create.run({ name: name.trim(), email: email.trim(), password, language, theme })) onDone()
  }
  return (
    <EntryForm
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onBack} />
          <Button type="submit" kind="primary" label={t('action.continue')} disabled={create.pending} />
        </>
      }
    >
      <FormErrorSummary failure={create.failure} />
      <TextField label={t('welcome.name')} name="name" autoComplete="name" autoFocus value={name} onChange={setName} error={textOf.field(create.failure, 'name')} />
      <TextField label={t('welcome.email')} name="email" type="email" autoComplete="email" value={email} onChange={setEmail} error={textOf.field(create.failure, 'email')} />
      <TextField label={t('welcome.password')} hint={t('welcome.password_hint')} name="password" type="password" autoComplete="new-password" value={password} onChange={setPassword} error={textOf.field(create.failure, 'password')} />
    </EntryForm>
  )
}
