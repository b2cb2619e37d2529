import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { useFailureText } from '../failure-text.ts'
import { useCommand } from '../queries.ts'
import { syncSignIn } from './operations.ts'

/** The person's password at the server, asked when their session there ended; work goes on meanwhile. */
export function SignInAgain({ server, onClose }: { server: string; onClose: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const enter = useCommand(syncSignIn)
  const [password, setPassword] = useState('')
  const send = async (): Promise<void> => {
    if (!(await enter.run({ password }))) return
    announce(t('server.signed_in'))
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('server.sign_in_title')}
      onSubmit={() => void send()}
      actions={
        <>
          <Button label={t('server.later')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('server.sign_in')} disabled={enter.pending || password === ''} />
        </>
      }
    >
      <FormErrorSummary failure={enter.failure} />
      <p>{t('server.sign_in_about', { server })}</p>
      <TextField label={t('server.password')} name="password" type="password" autoComplete="current-password" autoFocus value={password} onChange={setPassword} error={textOf.field(enter.failure, 'password')} />
    </Dialog>
  )
}
