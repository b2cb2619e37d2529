import { useState } from 'react'
import { dispatchAcceptances, proposeAssignments } from '../../../shared/domain/engagement/operations.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { ConcernedLines } from './ConcernedLines.tsx'
import { deadlineFor } from './deadline.ts'
import { DeadlineField, useDeadline } from './DeadlineField.tsx'
import { LeftOutLines } from './PeopleLines.tsx'
import type { PersonLine } from './PeopleLines.tsx'
import type { EngagedRow } from './rows.ts'
import { useRowsGesture } from './use-rows-gesture.ts'
import { momentWords, useSaying } from './words.ts'

interface AskDialogProps {
  rows: readonly EngagedRow[]
  /** Clocks of the deadline. */
  zone: string
  /** They were asked before. */
  again?: boolean
  onClose: () => void
  onDone: () => void
}

/** Asks people whether they come: who, on which terms, until when; told at once by who asks, or by Callboard when it can. */
export function AskDialog({ rows, zone, again = false, onClose, onDone }: AskDialogProps) {
  const t = useT()
  const saying = useSaying(zone)
  const gesture = useRowsGesture()
  const [now] = useState(() => Date.now())
  const [deadline, setDeadline] = useDeadline()
  const [tell, setTell] = useState(false)
  /** Asked already in this dialog: only telling is left. */
  const [asked, setAsked] = useState<readonly { readonly id: string; readonly assignment: string }[]>([])
  const refused = new Map(gesture.refused.map(({ id, why }) => [id, why]))
  // Who may still be asked is what the operation says of each row; the rest is what it refused. Of many, those asked already are let be.
  const mayAsk = (row: EngagedRow): boolean => proposeAssignments.possible?.(row) !== false && (rows.length === 1 || row.state !== 'proposed')
  const here = rows.filter((row) => mayAsk(row) && !refused.has(row.id) && asked.every(({ assignment }) => assignment !== row.id))
  const out: PersonLine[] = rows.flatMap((row) => {
    const why = refused.get(row.id) ?? (mayAsk(row) ? null : t('engagement.left_out_state', { state: wordOf(t, 'state.engagement', row.state) }))
    return why === null ? [] : [{ id: row.id, name: row.collaborator_name ?? '—', about: why }]
  })
  const untilOf = (row: EngagedRow) => (deadline === null ? null : deadlineFor(deadline, row, now))
  const sooner = here.filter((row) => untilOf(row) !== deadline).length
  const [one] = rows
  const single = rows.length === 1 ? one : undefined
  const submit = async (): Promise<void> => {
    if (deadline === null || gesture.pending || (here.length === 0 && asked.length === 0)) return
    const known = [...asked]
    if (here.length > 0) {
      const done = await gesture.run(
        proposeAssignments,
        here,
        (chunk) => ({ changes: chunk.map((row) => ({ id: row.id, version: row.version, deadline_at: deadlineFor(deadline, row, now) })) }),
        ({ ids, acceptance_ids }) => known.push(...acceptance_ids.map((id, at) => ({ id, assignment: ids[at] ?? '' }))),
      )
      setAsked(known)
      if (!done) return
    }
    if (tell && !(await gesture.run(dispatchAcceptances, known, (chunk) => ({ changes: chunk.map(({ id }) => ({ id })), channel: 'hand' as const }), () => undefined))) return
    announce(t(tell ? 'engagement.proposed_told' : 'engagement.proposed', { count: known.length }))
    onDone()
  }
  const action = again ? 'engagement.propose_again' : 'engagement.propose'
  return (
    <Dialog
      open
      wide={rows.length > 1}
      onClose={onClose}
      title={single ? t('engagement.propose_title', { name: single.collaborator_name ?? '' }) : t('engagement.propose_many', { count: rows.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t(action)} disabled={deadline === null || gesture.pending || (here.length === 0 && asked.length === 0)} />
        </>
      }
    >
      <FormErrorSummary failure={gesture.failure} />
      <div className={formStack}>
        <ConcernedLines single={single} rows={here} />
        <LeftOutLines lines={out} />
        {gesture.refused.length > 0 && <p role="alert">{t('engagement.refused_rows', { count: gesture.refused.length })}</p>}
        <DeadlineField
          zone={zone}
          value={deadline}
          onChange={(next) => {
            setDeadline(next)
            gesture.reset()
          }}
        />
        {single && deadline !== null && sooner > 0 && <p className={mutedText}>{t('engagement.deadline_own_call', { when: momentWords(saying, deadlineFor(deadline, single, now)) })}</p>}
        {!single && sooner > 0 && <p className={mutedText}>{t('engagement.deadline_call', { count: sooner })}</p>}
        <CheckField label={t('engagement.told_now', { count: rows.length, name: single?.collaborator_name ?? '' })} checked={tell} onChange={setTell} />
        {!tell && <p className={mutedText}>{t('engagement.told_later')}</p>}
      </div>
    </Dialog>
  )
}
