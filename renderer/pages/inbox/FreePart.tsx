import { Check, CircleHelp, X } from 'lucide-react'
import { answerRequest, answers, listRequests } from '../../../shared/domain/availability/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { orNull, textOf, useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { RequestRow } from '../availability/person-time.ts'
import styles from './Inbox.module.css'

type FreeAnswer = (typeof answers)[number]
const KEYS: Readonly<Record<FreeAnswer, string>> = { free: '1', not_free: '2', maybe: '3' }
const ICONS = { free: Check, not_free: X, maybe: CircleHelp } as const
const NOTHING: { note: string | null } = { note: null }

/** “Are you free?” to the reader: its hours, its message, and 1, 2, 3 to answer. */
export function FreePart({ person, request }: { person: string; request: string }) {
  const asked = useList(listRequests, { filter: { collaborator_id: person }, sort: ['-created_at'], limit: 200 }, RequestRow)
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  const row = asked.items.find(({ id }) => id === request)
  return row ? <Free row={row} /> : asked.loading ? <LoadingSkeleton rows={2} /> : null
}

function Free({ row }: { row: RequestRow }) {
  const t = useT()
  const format = useFormat()
  const give = useCommand(answerRequest)
  const draft = useDraft(NOTHING, row.id, 'availability-note')
  const answer = async (state: FreeAnswer): Promise<void> => {
    const note = draft.get('note')?.trim()
    if (!(await give.run({ id: row.id, state, ...(note ? { note } : {}) }))) return
    draft.clear()
    announce(t('availability.answered'))
  }
  useActions(answers.map((state) => ({ id: `inbox.${state}`, label: t(`availability.say.${state}`), keys: KEYS[state], run: () => void answer(state), ...(give.pending ? { off: t('engagement.answer_save') } : {}) })))
  return (
    <section className={styles['answers']} aria-label={t('engagement.own')}>
      <ul className={styles['windows']}>
        {row.windows.map(({ start_at, end_at }) => (
          <li key={start_at}>
            {format.dayOf(start_at, row.zone)} {format.timeOf(start_at, row.zone)} → {format.dayOf(end_at, row.zone)} {format.timeOf(end_at, row.zone)}
          </li>
        ))}
      </ul>
      {row.message && (
        <figure className={styles['quote']}>
          <blockquote>{row.message}</blockquote>
        </figure>
      )}
      <FormErrorSummary failure={give.failure} />
      <DraftLine draft={draft} />
      <TextField label={t('engagement.own_words')} optional maxLength={500} value={textOf(draft.get('note'))} onChange={(text) => draft.set('note', orNull(text))} />
      <p className={styles['why']}>{t('availability.answer_about')}</p>
      <div className={styles['row']}>
        {answers.map((state) => (
          <Button key={state} kind={state === 'free' ? 'primary' : 'secondary'} icon={ICONS[state]} label={t(`availability.say.${state}`)} keys={KEYS[state]} disabled={give.pending} onClick={() => void answer(state)} />
        ))}
      </div>
    </section>
  )
}
