import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField, TextField } from '../../components/Field.tsx'
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
  const [coded, setCoded] = useState(false)
  const [code, setCode] = useState('')
  const send = async (): Promise<void> => {
    if (!(await enter.run({ password, ...(coded ? { code: code.trim() } : {}) }))) return
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
          <Button type="submit" kind="primary" label={t('server.sign_in')} disabled={enter.pending || password === '' || (coded && code.trim() === '')} />
        </>
      }
    >
      <FormErrorSummary failure={enter.failure} />
      <p>{t('server.sign_in_about', { server })}</p>
      <CheckField label={t('server.have_code')} checked={coded} onChange={setCoded} />
      {coded && <TextField label={t('server.code')} hint={t('server.sign_in_code_hint')} name="code" autoComplete="off" spellCheck={false} value={code} onChange={setCode} error={textOf.field(enter.failure, 'code')} />}
      <TextField label={t('server.password')} name="password" type="password" autoComplete={coded ? 'new-password' : 'current-password'} autoFocus value={password} onChange={setPassword} error={textOf.field(enter.failure, 'password')} />
    </Dialog>
  )
}
