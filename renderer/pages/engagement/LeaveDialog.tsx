import { useState } from 'react'
import { leavingOf } from '../../../shared/domain/engagement/leaving-ways.ts'
import { cancelAssignments } from '../../../shared/domain/planning/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { textOf, useDraft } from '../../components/draft.ts'
import { Select, TextArea } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import type { EngagedRow } from './rows.ts'

const EMPTY: { cause: string | null; reason: string | null } = { cause: null, reason: null }

/** Cancels an assignment, with the cause that its state asks for. */
export function LeaveDialog({ row, name, onClose, onDone }: { row: EngagedRow; name: string; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const cancel = useCommand(cancelAssignments)
  const draft = useDraft(EMPTY, row.id, 'leave')
  const { causes, words } = leavingOf(row.state)
  const [only] = causes
  const cause = causes.length === 1 ? only : causes.find((one) => one === draft.get('cause'))
  const [tried, setTried] = useState(false)
  const reason = textOf(draft.get('reason')).trim()
  const lacking = { cause: causes.length > 1 && cause === undefined, reason: words === 'required' && reason === '' }
  const submit = async (): Promise<void> => {
    setTried(true)
    if (lacking.cause || lacking.reason || cancel.pending) return
    if (!(await cancel.run({ ids: [row.id], ...(cause ? { cause } : {}), ...(reason ? { reason } : {}) }))) return
    draft.clear()
    announce(t('proposal.canceled_many', { count: 1 }))
    onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('assignment.cancel_title', { name })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('assignment.cancel')} disabled={cancel.pending} />
        </>
      }
    >
      <FormErrorSummary failure={cancel.failure} />
      <div className={formStack}>
        {causes.length > 1 && (
          <Select
            label={t('engagement.cancel_reason')}
            name="cause"
            value={cause ?? ''}
            onChange={(value) => draft.set('cause', value || null)}
            choices={[{ value: '', label: t('engagement.cancel_choose') }, ...causes.map((value) => ({ value, label: wordOf(t, 'engagement.cancel_reason', value) }))]}
            error={tried && lacking.cause ? t('issue.required') : undefined}
          />
        )}
        {causes.length === 1 && only && <p>{wordOf(t, 'engagement.cancel_reason', only)}. {t('engagement.cancel_about')}</p>}
        <TextArea
          label={t(causes.length > 0 ? 'engagement.cancel_words' : 'form.reason')}
          hint={t('form.reason_hint')}
          name="reason"
          maxLength={500}
          optional={words === 'optional'}
          value={textOf(draft.get('reason'))}
          onChange={(text) => draft.set('reason', text === '' ? null : text)}
          error={tried && lacking.reason ? t('issue.required') : undefined}
        />
      </div>
    </Dialog>
  )
}
