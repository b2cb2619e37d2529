import { Check, MessageSquareText, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { acceptOwn } from '../../../shared/domain/engagement/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { AnswerDialog, answersOf } from '../engagement/AnswerDialog.tsx'
import type { Answer } from '../engagement/AnswerDialog.tsx'
import type { AcceptanceRow, EngagedRow } from '../engagement/rows.ts'
import type { Asking } from '../engagement/standing.ts'
import { acceptanceWords, momentWords, useSaying } from '../engagement/words.ts'
import styles from './Inbox.module.css'
import { ChangedFrom, Late, Quotes, Terms, TimeLeft } from './terms.tsx'

interface QuestionProps {
  row: EngagedRow
  can: ReadonlySet<string>
  asking: Asking
  /** The asking that the notification tells of; null: whichever waits. */
  told: AcceptanceRow | null
  zone: string
  onAnswered: () => void
}

/** A question to the reader: on which terms, until when, what they answered, and 1, 2, 3 to answer. */
export function QuestionPart({ row, can, asking, told, zone, onAnswered }: QuestionProps) {
  const t = useT()
  const saying = useSaying(zone)
  const waiting = asking.pending ?? asking.draft
  const shown = waiting ?? told ?? asking.current
  const ended = shown !== null && shown !== waiting ? acceptanceWords(saying, shown) : null
  return (
    <>
      {shown && <Terms offer={shown} zone={zone} />}
      <ChangedFrom row={row} asking={asking} zone={zone} />
      {waiting && (
        <p className={styles['lead']}>
          {t('engagement.own_about', { when: momentWords(saying, waiting.deadline_at) })} <TimeLeft until={waiting.deadline_at} zone={zone} />
        </p>
      )}
      {ended && <p className={styles['lead']}>{ended}</p>}
      {shown && !waiting && <Quotes of={shown} />}
      {asking.late && <Late of={asking.late} zone={zone} own />}
      <Answers key={waiting?.id ?? row.state} row={row} can={can} waiting={waiting} onAnswered={onAnswered} />
    </>
  )
}

const KEYS: Readonly<Record<Answer, string | null>> = { yes: '1', no: '2', conditions: '3', withdraw: null }
const ICONS = { yes: Check, no: X, conditions: MessageSquareText, withdraw: Undo2 } as const
const LABELS = { yes: 'engagement.own.accept', no: 'engagement.own.decline', conditions: 'engagement.own.conditions', withdraw: 'engagement.own.withdraw' } as const
const IN_ROW: readonly Answer[] = ['yes', 'no', 'conditions', 'withdraw']

/** A plain yes is one gesture; what takes words is asked for in a dialog, which keeps them. */
function Answers({ row, can, waiting, onAnswered }: Pick<QuestionProps, 'row' | 'can' | 'onAnswered'> & { waiting: AcceptanceRow | null }) {
  const t = useT()
  const accept = useCommand(acceptOwn)
  const [open, setOpen] = useState<Answer | null>(null)
  const may = answersOf(can, waiting, true)
  const offered = IN_ROW.filter((answer) => may.includes(answer))
  const done = (): void => {
    setOpen(null)
    onAnswered()
  }
  const give = async (answer: Answer): Promise<void> => {
    // A team says how many come.
    if (answer !== 'yes' || waiting === null || row.quantity > 1) return setOpen(answer)
    const { start_at, end_at, role } = waiting.terms
    onAnswered()
    if (await accept.run({ id: row.id, acceptance_id: waiting.id, told: { start_at, end_at, role } })) announce(t('engagement.answered'))
  }
  useActions(offered.flatMap((answer) => {
    const keys = KEYS[answer]
    return keys === null ? [] : [{ id: `inbox.${answer}`, label: t(LABELS[answer]), keys, run: () => void give(answer), ...(accept.pending ? { off: t('engagement.answer_save') } : {}) }]
  }))
  if (offered.length === 0) return null
  return (
    <section className={styles['answers']} aria-label={t('engagement.own')}>
      <FormErrorSummary failure={accept.failure} />
      <div className={styles['row']}>
        {offered.map((answer) => (
          <Button
            key={answer}
            kind={answer === 'yes' ? 'primary' : answer === 'withdraw' ? 'quiet' : 'secondary'}
            icon={ICONS[answer]}
            label={t(LABELS[answer])}
            {...(KEYS[answer] === null ? {} : { keys: KEYS[answer] })}
            disabled={accept.pending}
            onClick={() => void give(answer)}
          />
        ))}
      </div>
      {open && <AnswerDialog row={row} open={waiting} offered={[open]} first={open} own name={row.collaborator_name ?? ''} onClose={() => setOpen(null)} onDone={done} />}
    </section>
  )
}
