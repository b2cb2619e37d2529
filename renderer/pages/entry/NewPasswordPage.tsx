import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { signOut } from '../../app/host-operations.ts'
import { useCommand } from '../../app/queries.ts'
import { setPassword } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { EntryForm, EntryFrame } from './EntryFrame.tsx'

/** After a password somebody else gave: nothing is shown until the person has one of their own. */
export function NewPasswordPage() {
  const t = useT()
  const textOf = useFailureText()
  const change = useCommand(setPassword, { org: null })
  const leave = useCommand(signOut, { org: null })
  const [given, setGiven] = useState('')
  const [chosen, setChosen] = useState('')
  return (
    <EntryFrame title={t('must_change.title')} about={t('must_change.about')}>
      <EntryForm
        onSubmit={() => void change.run({ password: given, new_password: chosen })}
        actions={
          <>
            <Button label={t('user.sign_out')} onClick={() => void leave.run({})} />
            <Button type="submit" kind="primary" label={t('action.continue')} disabled={change.pending} />
          </>
        }
      >
        <FormErrorSummary failure={change.failure} />
        <TextField label={t('must_change.given')} name="password" type="password" autoComplete="current-password" autoFocus value={given} onChange={setGiven} error={textOf.field(change.failure, 'password')} />
        <TextField label={t('me.new_password')} hint={t('welcome.password_hint')} name="new_password" type="password" autoComplete="new-password" value={chosen} onChange={setChosen} error={textOf.field(change.failure, 'new_password')} />
      </EntryForm>
    </EntryFrame>
  )
}
