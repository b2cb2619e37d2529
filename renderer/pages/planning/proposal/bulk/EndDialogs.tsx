import { useMemo, useState } from 'react'
import { TextField } from '../../../../components/Field.tsx'
import { useT } from '../../../../i18n/index.ts'
import { inChunks } from '../proposal.ts'
import { GestureDialog } from './GestureDialog.tsx'
import type { StepProps } from './step.ts'

/** Cancels what is planned; who was asked or has said yes leaves by the steps of their engagement. */
export function CancelDialog({ plan, ids, onClose, onDone }: StepProps) {
  const t = useT()
  const [reason, setReason] = useState('')
  const words = reason.trim()
  const commands = useMemo(() => inChunks(ids).map((chunk) => ({ operation: 'assignment.cancel', input: { ids: chunk, ...(words ? { reason: words } : {}) } })), [ids, words])
  return (
    <GestureDialog title={t('assignment.cancel_many_title', { count: ids.length })} action={t('assignment.cancel_many')} done={t('proposal.canceled_many', { count: ids.length })} plan={plan} commands={commands} onClose={onClose} onDone={onDone}>
      <TextField label={t('form.reason')} optional name="bulk.cancel_reason" maxLength={300} value={reason} onChange={setReason} autoFocus />
    </GestureDialog>
  )
}

/** Takes away what was entered by mistake. */
export function RemoveDialog({ plan, ids, onClose, onDone }: StepProps) {
  const t = useT()
  const commands = useMemo(() => inChunks(ids).map((chunk) => ({ operation: 'assignment.remove', input: { ids: chunk } })), [ids])
  return (
    <GestureDialog danger title={t('assignment.remove_many_title', { count: ids.length })} action={t('action.remove')} done={t('proposal.removed_many', { count: ids.length })} plan={plan} commands={commands} onClose={onClose} onDone={onDone}>
      <p>{t('proposal.remove_about')}</p>
    </GestureDialog>
  )
}
