import { useState } from 'react'
import type { ReactNode } from 'react'
import type { CallFailure } from '../app/client.ts'
import { useT } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { TextArea } from './Field.tsx'
import { FormErrorSummary } from './FormErrorSummary.tsx'

interface ConfirmDialogProps {
  title: string
  about?: string
  action: string
  danger?: boolean
  /** `required`: the action waits for a reason; `optional`: one may be given. */
  reason?: 'required' | 'optional' | undefined
  pending: boolean
  failure: CallFailure | null
  onConfirm: (reason: string) => void
  onClose: () => void
  /** Said after `about`: what is lost, what is concerned. */
  children?: ReactNode
}

/** Asked once, before what destroys or has consequences; the reason typed stays when the call is refused. */
export function ConfirmDialog({ title, about, action, danger, reason, pending, failure, onConfirm, onClose, children }: ConfirmDialogProps) {
  const t = useT()
  const [text, setText] = useState('')
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      onSubmit={() => onConfirm(text.trim())}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind={danger ? 'danger' : 'primary'} label={action} disabled={pending || (reason === 'required' && text.trim() === '')} />
        </>
      }
    >
      <FormErrorSummary failure={failure} />
      {about && <p>{about}</p>}
      {children}
      {reason && <TextArea label={t('form.reason')} hint={t('form.reason_hint')} name="reason" optional={reason === 'optional'} value={text} onChange={setText} />}
    </Dialog>
  )
}
