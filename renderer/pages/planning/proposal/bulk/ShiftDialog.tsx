import { useMemo, useState } from 'react'
import { TextField } from '../../../../components/Field.tsx'
import { parseDuration } from '../../../../components/time-entry.ts'
import { useT } from '../../../../i18n/index.ts'
import { commandsOf, ghostsOf, NOTHING_STANDS, withIntent } from '../proposal.ts'
import { movesOf } from '../proposal-words.ts'
import styles from './Bulk.module.css'
import { ChosenMoves } from './ChosenMoves.tsx'
import { GestureDialog } from './GestureDialog.tsx'
import type { StepProps } from './step.ts'

/** `-2h`, `+45`, `1h30` -> minutes of either sign; null when it is no duration. */
function minutesOf(text: string): number | null {
  const typed = text.trim().replace(/^−/, '-')
  if (typed === '') return 0
  const size = parseDuration(typed.replace(/^-/, ''))
  return size === null ? null : typed.startsWith('-') ? -size : size
}
const daysOf = (text: string): number | null => (text.trim() === '' ? 0 : /^[+-]?\d{1,4}$/.test(text.trim()) ? Number(text) : null)

/** Days keep the time on the clock, durations are added after: the same command as dragging the bars there. */
export function ShiftDialog({ plan, ids, onClose, onDone }: StepProps) {
  const t = useT()
  const [days, setDays] = useState('')
  const [time, setTime] = useState('')
  const [whole, minutes] = [daysOf(days), minutesOf(time)]
  const ghosts = useMemo(
    () => (whole === null || minutes === null ? [] : ghostsOf(plan, withIntent(plan, NOTHING_STANDS, { kind: 'move', ids, days: whole, minutes }))),
    [plan, ids, whole, minutes],
  )
  const commands = useMemo(() => commandsOf(plan, ghosts), [plan, ghosts])
  return (
    <GestureDialog
      title={t('assignment.shift_title', { count: ids.length })}
      action={t('assignment.shift')}
      done={t('proposal.applied', { count: ghosts.length })}
      plan={plan}
      commands={commands}
      onClose={onClose}
      onDone={onDone}
      preview={<ChosenMoves moves={movesOf(plan, ghosts)} />}
    >
      <div className={styles['two']}>
        <TextField label={t('assignment.shift_days')} hint={t('assignment.shift_days_hint')} name="bulk.days" inputMode="text" value={days} onChange={setDays} autoFocus error={whole === null ? t('issue.number') : undefined} />
        <TextField label={t('assignment.shift_time')} hint={t('assignment.shift_time_hint')} name="bulk.minutes" value={time} onChange={setTime} error={minutes === null ? t('proposal.duration_bad') : undefined} />
      </div>
    </GestureDialog>
  )
}
