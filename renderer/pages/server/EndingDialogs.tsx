import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { whileMoving } from '../../app/sync/moving.ts'
import { syncLeave, syncSignOut } from '../../app/sync/operations.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'

/** Drops this person's token here; what is not sent stays, sealed, until they sign in again. */
export function SignOutDialog({ waiting, onClose }: { waiting: number; onClose: () => void }) {
  const t = useT()
  const out = useCommand(syncSignOut)
  return (
    <ConfirmDialog title={t('server.sign_out_title')} about={t('server.sign_out_about')} action={t('server.sign_out')} pending={out.pending} failure={out.failure} onClose={onClose} onConfirm={() => void out.run({}).then((done) => done && onClose())}>
      {waiting > 0 && <p>{t('server.sign_out_waiting', { count: waiting })}</p>}
    </ConfirmDialog>
  )
}

/** Takes a complete copy and follows the server no more; asked with the password of this computer. */
export function LeaveDialog({ waiting, onClose }: { waiting: number; onClose: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const org = useOrg() ?? ''
  const leave = useCommand(syncLeave)
  const [password, setPassword] = useState('')
  const send = async (): Promise<void> => {
    if (!(await whileMoving(org, () => leave.run({ password })))) return
    announce(t('server.left'))
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('server.leave_title')}
      onSubmit={() => void send()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="danger" label={leave.pending ? t('server.leaving') : t('server.leave')} disabled={leave.pending || password === ''} />
        </>
      }
    >
      <FormErrorSummary failure={leave.failure} />
      <p>{t('server.leave_about')}</p>
      <p>{t('server.leave_means')}</p>
      {waiting > 0 && <p>{t('server.leave_waiting', { count: waiting })}</p>}
      <TextField label={t('server.password_here')} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} error={textOf.field(leave.failure, 'password')} />
    </Dialog>
  )
}
