import { useState } from 'react'
import type { SyncStatus } from '../../../shared/domain/sync/states.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { whileMoving } from '../../app/sync/moving.ts'
import { syncLeave, syncRemove, syncSignOut } from '../../app/sync/operations.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { unsentHere, UnsentHere } from './UnsentHere.tsx'

interface EndingProps {
  status: SyncStatus
  onClose: () => void
}

/** Drops this person's token here; what is not sent stays, sealed, until they sign in again. */
export function SignOutDialog({ status, onClose }: EndingProps) {
  const t = useT()
  const out = useCommand(syncSignOut)
  return (
    <ConfirmDialog title={t('server.sign_out_title')} about={t('server.sign_out_about')} action={t('server.sign_out')} pending={out.pending} failure={out.failure} onClose={onClose} onConfirm={() => void out.run({}).then((done) => done && onClose())}>
      <UnsentHere status={status} becomes={t('server.sign_out_waiting', { count: unsentHere(status) })} />
    </ConfirmDialog>
  )
}

/** Takes a complete copy and follows the server no more; asked with the password of this computer. */
export function LeaveDialog({ status, onClose }: EndingProps) {
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
      <UnsentHere status={status} becomes={t('server.leave_waiting', { count: unsentHere(status) })} />
      <TextField label={t('server.password_here')} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} error={textOf.field(leave.failure, 'password')} />
    </Dialog>
  )
}

/** Erases what is here of the organization; what is not sent is given up only by who was told of it and says so. */
export function RemoveDialog({ status, onClose }: EndingProps) {
  const t = useT()
  const textOf = useFailureText()
  const org = useOrg() ?? ''
  const remove = useCommand(syncRemove)
  const [password, setPassword] = useState('')
  const count = unsentHere(status)
  /** How many the person gave up: of others than were told, nothing is said. */
  const [given, setGiven] = useState(0)
  const send = async (): Promise<void> => {
    if (await whileMoving(org, () => remove.run({ password, given_up: given }))) announce(t('server.removed'))
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('server.remove_title')}
      onSubmit={() => void send()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="danger" label={t('server.remove')} disabled={remove.pending || password === '' || (count > 0 && given !== count)} />
        </>
      }
    >
      <FormErrorSummary failure={remove.failure} />
      <p>{t('server.remove_about')}</p>
      <p>{t('server.remove_everybody')}</p>
      <UnsentHere status={status} />
      {count > 0 && <CheckField label={t('server.remove_give_up', { count })} checked={given === count} onChange={(chosen) => setGiven(chosen ? count : 0)} />}
      <TextField label={t('server.password_here')} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} error={textOf.field(remove.failure, 'password')} />
    </Dialog>
  )
}
