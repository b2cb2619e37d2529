import { CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { getAssignment } from '../../../shared/domain/planning/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useAnswer } from '../../app/queries.ts'
import { useSyncMarks } from '../../app/sync/marks.ts'
import { Button } from '../../components/Button.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { hostZone } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { AskDialog } from '../engagement/AskDialog.tsx'
import { EngagedRow } from '../engagement/rows.ts'
import type { AcceptanceRow } from '../engagement/rows.ts'
import { askingOf } from '../engagement/standing.ts'
import type { Asking } from '../engagement/standing.ts'
import { useAcceptances } from '../engagement/use-acceptances.ts'
import { standingWords, useSaying } from '../engagement/words.ts'
import styles from './Inbox.module.css'
import { QuestionPart } from './QuestionPart.tsx'
import { ChangedFrom, Late, Quotes, Terms, TimeLeft } from './terms.tsx'
import { Unsent } from './Unsent.tsx'

interface WorkProps {
  project: string
  assignment: string
  /** The asking that the notification tells of; null: whichever waits, or was last. */
  acceptance: string | null
  /** The reader’s own work, or somebody’s whom they ask. */
  own: boolean
  onAnswered: () => void
}

/** The assignment that an item is about, as it stands now: read with its askings, answered or asked again from here. */
export function WorkPart({ project, assignment, acceptance, own, onAnswered }: WorkProps) {
  const work = useAnswer(getAssignment, { id: assignment }, { keep: false })
  const asked = useAcceptances(project, [assignment])
  const unsent = useSyncMarks().unsent
  const failure = work.failure ?? asked.failure
  if (failure) return <ErrorState failure={failure} onRetry={work.failure ? work.retry : asked.retry} />
  const row = work.answer ? EngagedRow.safeParse(work.answer.value) : null
  if (!work.answer || !row?.success || asked.rows === null) return <LoadingSkeleton rows={3} />
  const rows = asked.rows.filter((one) => one.assignment_id === assignment)
  const asking = askingOf(rows)
  const told = rows.find(({ id }) => id === acceptance) ?? null
  const part = { row: row.data, can: work.answer.can, asking, told, zone: row.data.mission_zone ?? hostZone() }
  return (
    <>
      <Unsent by={unsent.get(assignment) ?? rows.map(({ id }) => unsent.get(id)).find((name) => name !== undefined)} about />
      {own ? <QuestionPart {...part} onAnswered={onAnswered} /> : <AnswerPart {...part} />}
    </>
  )
}

/** What became of a question, for who asked it: the answer with its conditions, a late one with its instant, and asking again. */
function AnswerPart({ row, can, asking, told, zone }: { row: EngagedRow; can: ReadonlySet<string>; asking: Asking; told: AcceptanceRow | null; zone: string }) {
  const t = useT()
  const saying = useSaying(zone)
  const [open, setOpen] = useState(false)
  const { draft, pending, current, late } = asking
  const shown = pending ?? told ?? current ?? draft
  const mayAsk = can.has('assignment.propose') && pending === null && draft === null
  useActions(mayAsk ? [{ id: 'inbox.propose', label: t('engagement.propose_again'), keys: '3', run: () => setOpen(true) }] : [])
  return (
    <>
      {shown && <Terms offer={shown} zone={zone} />}
      <ChangedFrom row={row} asking={asking} zone={zone} />
      <p className={styles['lead']}>
        {standingWords(saying, row, asking, row.collaborator_name ?? '')} {pending && <TimeLeft until={pending.deadline_at} zone={zone} />}
      </p>
      {shown && <Quotes of={shown} />}
      {late && <Late of={late} zone={zone} />}
      {mayAsk && (
        <div className={styles['row']}>
          <Button icon={CalendarClock} label={t('engagement.propose_again')} keys="3" onClick={() => setOpen(true)} />
        </div>
      )}
      {open && <AskDialog rows={[row]} zone={zone} again onClose={() => setOpen(false)} onDone={() => setOpen(false)} />}
    </>
  )
}
