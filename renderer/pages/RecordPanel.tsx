import type { ReactNode } from 'react'
import type { CallFailure } from '../app/client.ts'
import type { Asked } from '../app/queries.ts'
import { Button } from '../components/Button.tsx'
import { DraftLine } from '../components/DraftLine.tsx'
import { FormErrorSummary } from '../components/FormErrorSummary.tsx'
import { SidePanel } from '../components/SidePanel.tsx'
import { ErrorState, LoadingSkeleton } from '../components/States.tsx'
import { useT } from '../i18n/index.ts'

/** The panel of a record that is still being read, or could not be. */
export function PendingPanel({ asked, record, onClose }: { asked: Pick<Asked<unknown>, 'failure' | 'retry'>; record: string; onClose: () => void }): ReactNode {
  const t = useT()
  return (
    <SidePanel title={asked.failure ? t('error.title') : '…'} record={record} onClose={onClose}>
      {asked.failure ? <ErrorState failure={asked.failure} onRetry={asked.retry} /> : <LoadingSkeleton rows={6} />}
    </SidePanel>
  )
}

/** The panel in which a record is made: its fields, what was refused, Create and Cancel, by button, Enter or Ctrl+Enter. */
export function NewRecordPanel({ title, making, onSave, onClose, draft, children }: {
  title: string
  making: { pending: boolean; failure: CallFailure | null }
  onSave: () => Promise<void>
  onClose: () => void
  /** Given: says when it was typed earlier and never saved. */
  draft?: { resumed: boolean; clear: () => void }
  children: ReactNode
}): ReactNode {
  const t = useT()
  return (
    <SidePanel
      title={title}
      record="new"
      onClose={onClose}
      onApply={() => void onSave()}
      footer={
        <>
          <Button kind="primary" label={t('action.create')} keys="Ctrl ⏎" disabled={making.pending} onClick={() => void onSave()} />
          <Button label={t('action.cancel')} onClick={onClose} />
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void onSave()
        }}
      >
        {draft && <DraftLine draft={draft} />}
        <FormErrorSummary failure={making.failure} />
        {children}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </SidePanel>
  )
}
