import { useState } from 'react'
import { acceptByVoice, acceptFor, acceptOwn, declineFor, declineOwn, withdrawFor, withdrawOwn } from '../../../shared/domain/engagement/operations.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { textOf, useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Engagement.module.css'
import type { AcceptanceRow, EngagedRow } from './rows.ts'

export const answers = ['yes', 'conditions', 'no', 'withdraw'] as const
export type Answer = (typeof answers)[number]

/** What may be answered now, by what the person may do and what is open. Only production answers a question nobody asked. */
export function answersOf(can: ReadonlySet<string>, open: AcceptanceRow | null, own: boolean): readonly Answer[] {
  const of = own ? '' : '_for'
  const asked = open !== null
  const yes = asked ? can.has(`assignment.accept${of}`) : !own && can.has('assignment.accept_by_voice')
  return [...(yes ? (['yes', 'conditions'] as const) : []), ...(asked && can.has(`assignment.decline${of}`) ? (['no'] as const) : []), ...(can.has(`assignment.withdraw${of}`) ? (['withdraw'] as const) : [])]
}

interface Typed {
  answer: Answer
  source: 'hand' | 'paper'
  conditions: string | null
  words: string | null
  accepted: string | null
  refused: string | null
  reason: string | null
}
const typed = (answer: Answer, slip: string | null): Typed => ({ answer, source: slip === null ? 'hand' : 'paper', conditions: null, words: null, accepted: null, refused: null, reason: slip })

const countOf = (text: string | null): number | undefined => (text !== null && /^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined)
const given = (text: string | null): string | undefined => text?.trim() || undefined

interface AnswerDialogProps {
  row: EngagedRow
  /** What is answered; null: nothing was asked, or a yes is taken back. */
  open: AcceptanceRow | null
  offered: readonly Answer[]
  first: Answer
  /** One's own answer, or somebody's that is entered for them. */
  own: boolean
  name: string
  /** Code of the slip that it is read from. */
  slip?: string
  onClose: () => void
  onDone: () => void
}

/** An answer: a yes, with conditions or not, a no, a yes taken back. What is typed is kept until it is recorded, whatever is refused. */
export function AnswerDialog({ row, open, offered, first, own, name, slip, onClose, onDone }: AnswerDialogProps) {
  const t = useT()
  const textOfFailure = useFailureText()
  const draft = useDraft(typed(first, slip === undefined ? null : t('engagement.slip_reason', { code: slip })), `${row.id}${own ? ':own' : ''}${slip ?? ''}`, 'answer')
  const [tried, setTried] = useState(false)
  const commands = {
    accept: useCommand(acceptOwn), decline: useCommand(declineOwn), withdraw: useCommand(withdrawOwn), acceptFor: useCommand(acceptFor), acceptByVoice: useCommand(acceptByVoice), declineFor: useCommand(declineFor), withdrawFor: useCommand(withdrawFor),
  }
  const answer = offered.includes(draft.get('answer')) ? draft.get('answer') : first
  const failure = Object.values(commands).find((one) => one.failure)?.failure ?? null
  const pending = Object.values(commands).some((one) => one.pending)
  const [words, conditions, reason] = [given(draft.get('words')), given(draft.get('conditions')), given(draft.get('reason'))]
  const isYes = answer === 'yes' || answer === 'conditions'
  const team = row.quantity > 1 && isYes
  const lacking = { conditions: answer === 'conditions' && conditions === undefined, reason: !own && reason === undefined }
  const wrong = (name: 'accepted' | 'refused'): boolean => draft.get(name) !== null && countOf(draft.get(name)) === undefined
  const send = (): Promise<unknown> => {
    const [accepted, refused] = [countOf(draft.get('accepted')), countOf(draft.get('refused'))]
    const said = {
      id: row.id, ...(words ? { words } : {}),
      ...(answer === 'conditions' && conditions ? { conditions } : {}),
      ...(team && accepted !== undefined ? { accepted } : {}), ...(team && refused !== undefined ? { refused } : {}),
    }
    const told = open ? { told: { start_at: open.terms.start_at, end_at: open.terms.end_at, role: open.terms.role } } : {}
    const entered = { source: draft.get('source'), reason: reason ?? '' }
    const { accept, decline, withdraw } = own ? commands : { accept: null, decline: null, withdraw: null }
    if (answer === 'withdraw') return withdraw ? withdraw.run({ id: row.id, ...(words ? { words } : {}) }) : commands.withdrawFor.run({ id: row.id, ...(words ? { words } : {}), ...entered })
    if (isYes) {
      if (accept) return open ? accept.run({ ...said, acceptance_id: open.id, ...told }) : Promise.resolve(null)
      return open ? commands.acceptFor.run({ ...said, acceptance_id: open.id, ...told, ...entered }) : commands.acceptByVoice.run({ ...said, ...entered })
    }
    if (!open) return Promise.resolve(null)
    const no = { id: row.id, acceptance_id: open.id, ...(words ? { words } : {}) }
    return decline ? decline.run(no) : commands.declineFor.run({ ...no, ...entered })
  }
  const submit = async (): Promise<void> => {
    setTried(true)
    if (pending || lacking.conditions || lacking.reason || wrong('accepted') || wrong('refused')) return
    for (const one of Object.values(commands)) one.reset()
    if ((await send()) === null) return
    draft.clear()
    announce(t('engagement.answered'))
    onDone()
  }
  const area = (field: 'conditions' | 'words' | 'reason') => ({
    name: field,
    value: textOf(draft.get(field)),
    onChange: (text: string) => draft.set(field, text === '' ? null : text),
    error: textOfFailure.field(failure, field),
  })
  const count = (field: 'accepted' | 'refused') => ({ ...area('words'), name: field, inputMode: 'numeric' as const, value: textOf(draft.get(field)), onChange: (text: string) => draft.set(field, text === '' ? null : text) })
  const missing = tried ? t('issue.required') : undefined
  const title = own && answer !== 'yes' ? t(`engagement.own_title.${answer === 'no' ? 'decline' : answer}`) : own ? t('engagement.own') : t('engagement.answer_for_title', { name })
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('engagement.answer_save')} disabled={pending} />
        </>
      }
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={failure} />
      <div className={formStack}>
        {offered.length > 1 && (
          <div className={styles['choice']}>
            <span aria-hidden>{t('engagement.answer')}</span>
            <Segmented label={t('engagement.answer')} value={answer} onChange={(next) => draft.set('answer', next)} choices={offered.map((value) => ({ value, label: t(`engagement.answer.${value}`) }))} />
          </div>
        )}
        {!open && isYes && <p className={mutedText}>{t('engagement.answer_without')}</p>}
        {!own && (
          <Select
            label={t('engagement.answer_source')}
            name="source"
            value={draft.get('source')}
            onChange={(value) => draft.set('source', value === 'paper' ? 'paper' : 'hand')}
            choices={(['hand', 'paper'] as const).map((value) => ({ value, label: t(`engagement.source_choice.${value}`) }))}
          />
        )}
        {answer === 'conditions' && <TextArea {...area('conditions')} label={t('engagement.answer_conditions')} hint={t('engagement.answer_words_hint')} maxLength={2000} error={area('conditions').error ?? (lacking.conditions ? missing : undefined)} />}
        {team && (
          <div className={formTwo}>
            <TextField {...count('accepted')} label={t('engagement.answer_accepted')} optional error={textOfFailure.field(failure, 'accepted') ?? (wrong('accepted') ? t('issue.number') : undefined)} />
            <TextField {...count('refused')} label={t('engagement.answer_refused')} optional error={textOfFailure.field(failure, 'refused') ?? (wrong('refused') ? t('issue.number') : undefined)} />
          </div>
        )}
        <TextArea {...area('words')} label={t(own ? 'engagement.own_words' : 'engagement.answer_words')} hint={t('engagement.answer_words_hint')} optional maxLength={2000} />
        {!own && <TextArea {...area('reason')} label={t('engagement.answer_reason')} hint={t('engagement.answer_reason_hint')} maxLength={500} error={area('reason').error ?? (lacking.reason ? missing : undefined)} />}
      </div>
    </Dialog>
  )
}
