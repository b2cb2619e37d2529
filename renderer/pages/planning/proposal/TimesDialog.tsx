import { useState } from 'react'
import { fromMs, toMs } from '../../../../shared/kernel/instants.ts'
import type { Instant } from '../../../../shared/kernel/instants.ts'
import { Button } from '../../../components/Button.tsx'
import { DateTimeField } from '../../../components/DateTimeField.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import type { PlanBar } from '../plan.ts'
import type { Ghost, Intent } from './intent.ts'
import styles from './ProposalBar.module.css'
import { SHORTEST } from './proposal.ts'

interface TimesDialogProps {
  readonly bar: PlanBar
  /** Where the bar would be, when a proposal stands on it already. */
  readonly ghost?: Ghost | undefined
  readonly onIntent: (intent: Intent) => void
  readonly onClose: () => void
}

/** Exact start and end, typed: it becomes the same proposal as a drag, and nothing is written before it is applied. */
export function TimesDialog({ bar, ghost, onIntent, onClose }: TimesDialogProps) {
  const t = useT()
  const format = useFormat()
  const { zone } = bar.mission
  const [start, setStart] = useState<Instant | null>(fromMs(ghost?.start ?? bar.start))
  const [end, setEnd] = useState<Instant | null>(fromMs(ghost?.end ?? bar.end))
  const reversed = start !== null && end !== null && toMs(end) <= toMs(start)
  const short = start !== null && end !== null && !reversed && toMs(end) - toMs(start) < SHORTEST
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('proposal.times_title', { name: bar.person.name, mission: bar.mission.title })}
      onSubmit={() => {
        if (start === null || end === null || reversed) return
        onIntent({ kind: 'set', id: bar.id, start: toMs(start), end: toMs(end) })
        onClose()
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('proposal.times_do')} disabled={start === null || end === null || reversed} />
        </>
      }
    >
      <DateTimeField label={t('assignment.start')} name="times.start_at" zone={zone} value={start} onChange={setStart} reference={dayOf(bar.start)} />
      <DateTimeField label={t('assignment.end')} name="times.end_at" zone={zone} value={end} onChange={setEnd} reference={dayOf(bar.start)} base={start} error={reversed ? t('proposal.times_reversed') : undefined} />
      <p className={styles['muted']}>
        {start !== null && end !== null && !reversed ? t('proposal.times_length', { duration: format.duration(start, end), zone }) : t('proposal.times_zone', { zone })}
        {short && ` ${t('proposal.times_short')}`}
      </p>
    </Dialog>
  )
}

/** The year that a day typed without one belongs to. */
const dayOf = (ms: number): string => fromMs(ms).slice(0, 10)
