import { useState } from 'react'
import { cancelAssignments, removeAssignments, shiftAssignments } from '../../../shared/domain/planning/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { parseDuration } from '../../components/time-entry.ts'
import { useT } from '../../i18n/index.ts'
import { ReplaceDialog } from './ReplaceDialog.tsx'

export type BulkStep = 'cancel' | 'replace' | 'shift' | 'remove'

/** Actions on the selection: each one command, each one undo. */
export function AssignmentBulk({ selected, can, step: asking, onStep: setAsking, onDone }: { selected: ReadonlySet<string>; can: ReadonlySet<string>; step: BulkStep | null; onStep: (step: BulkStep | null) => void; onDone: () => void }) {
  const t = useT()
  const cancel = useCommand(cancelAssignments)
  const remove = useCommand(removeAssignments)
  const ids = [...selected].slice(0, 500)
  const finish = (done: unknown): void => {
    if (!done) return
    setAsking(null)
    onDone()
  }
  return (
    <>
      {can.has('assignment.shift') && <Button small label={t('assignment.shift')} keys="D" onClick={() => setAsking('shift')} />}
      {can.has('assignment.reassign') && <Button small label={t('assignment.replace')} keys="R" onClick={() => setAsking('replace')} />}
      {can.has('assignment.cancel') && <Button small label={t('assignment.cancel_many')} keys="S" onClick={() => setAsking('cancel')} />}
      {can.has('assignment.remove') && <Button small kind="quiet" label={t('action.remove')} onClick={() => setAsking('remove')} />}
      {asking === 'replace' && can.has('assignment.reassign') && <ReplaceDialog ids={ids} onClose={() => setAsking(null)} onDone={finish} />}
      {asking === 'cancel' && can.has('assignment.cancel') && (
        <ConfirmDialog
          title={t('assignment.cancel_many_title', { count: ids.length })}
          action={t('assignment.cancel_many')}
          reason="optional"
          pending={cancel.pending}
          failure={cancel.failure}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => void cancel.run({ ids, ...(reason ? { reason } : {}) }).then(finish)}
        />
      )}
      {asking === 'remove' && (
        <ConfirmDialog
          danger
          title={t('assignment.remove_many_title', { count: ids.length })}
          action={t('action.remove')}
          pending={remove.pending}
          failure={remove.failure}
          onClose={() => setAsking(null)}
          onConfirm={() => void remove.run({ ids }).then(finish)}
        />
      )}
      {asking === 'shift' && can.has('assignment.shift') && <ShiftDialog ids={ids} onClose={() => setAsking(null)} onDone={finish} />}
    </>
  )
}

function ShiftDialog({ ids, onClose, onDone }: { ids: readonly string[]; onClose: () => void; onDone: (done: unknown) => void }) {
  const t = useT()
  const shift = useCommand(shiftAssignments)
  const [days, setDays] = useState('')
  const [time, setTime] = useState('')
  const sign = time.trim().startsWith('-') ? -1 : 1
  const duration = time.trim() === '' ? 0 : parseDuration(time.trim().replace(/^-/, ''))
  const whole = days.trim() === '' ? 0 : Number(days)
  const bad = duration === null || !Number.isInteger(whole) || (duration === 0 && whole === 0)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('assignment.shift_title', { count: ids.length })}
      onSubmit={() => {
        if (!bad) void shift.run({ ids: [...ids], days: whole, minutes: sign * duration }).then(onDone)
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('assignment.shift')} disabled={bad || shift.pending} />
        </>
      }
    >
      <FormErrorSummary failure={shift.failure} />
      <TextField label={t('assignment.shift_days')} hint={t('assignment.shift_days_hint')} inputMode="numeric" value={days} onChange={setDays} autoFocus />
      <TextField label={t('assignment.shift_time')} hint={t('assignment.shift_time_hint')} value={time} onChange={setTime} />
    </Dialog>
  )
}
