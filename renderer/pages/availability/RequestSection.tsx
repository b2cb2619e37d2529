import { useState } from 'react'
import { answerRequest, answers, listRequests, noteNoAnswer, previewMany, withdrawRequest } from '../../../shared/domain/availability/operations.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { useAnswer, useCommand, useList } from '../../app/queries.ts'
import { PersonRow } from '../../app/rows.ts'
import { paths, useOrg } from '../../app/routes.ts'
import { Link } from 'wouter'
import { collaborators } from '../../../shared/domain/people/operations.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Availability.module.css'
import { Replaced } from './IntentPanel.tsx'
import { RequestRow } from './person-time.ts'

/** Others of the same gesture that are named. */
const OTHERS_SHOWN = 8

/** Questions asked of one person: each with its windows, its answer, and the way to answer for those who may. */
export function RequestSection({ requests, plans, now }: { requests: readonly RequestRow[]; plans: boolean; now: number }) {
  const t = useT()
  return (
    <section className={styles['requests']} aria-labelledby="requests-title">
      <h2 id="requests-title">{t('availability.requests', { count: requests.length })}</h2>
      {requests.length === 0 ? (
        <p className={mutedText}>{t('availability.requests_none')}</p>
      ) : (
        <ul className={styles['cards']}>
          {requests.map((request) => (
            <RequestCard key={request.id} request={request} plans={plans} isLate={request.state === 'asked' && request.deadline_at !== null && request.deadline_at <= fromMs(now)} />
          ))}
        </ul>
      )}
    </section>
  )
}

function RequestCard({ request, plans, isLate }: { request: RequestRow; plans: boolean; isLate: boolean }) {
  const t = useT()
  const format = useFormat()
  const give = useCommand(answerRequest)
  const silent = useCommand(noteNoAnswer)
  const take = useCommand(withdrawRequest)
  const [correcting, setCorrecting] = useState(false)
  const [note, setNote] = useState('')
  const { state, zone } = request
  const waits = state === 'asked' || state === 'no_answer'
  const pending = give.pending || silent.pending || take.pending
  const answer = async (to: (typeof answers)[number]): Promise<void> => {
    if (!(await give.run({ id: request.id, state: to, ...(note.trim() ? { note: note.trim() } : {}) }))) return
    setCorrecting(false)
    setNote('')
    announce(t('availability.answered'))
  }
  return (
    <li className={styles['card']} data-state={state}>
      <p className={styles['state']}>
        <strong>{t(isLate ? 'availability.state.late' : `availability.state.${state}`)}</strong>
        {request.deadline_at && waits && <span className={mutedText}> · {t('availability.until', { moment: `${format.dayOf(request.deadline_at, zone)} ${format.timeOf(request.deadline_at, zone)}` })}</span>}
      </p>
      <ul className={styles['windows']}>
        {request.windows.map((window) => (
          <li key={window.start_at}>
            {format.dayOf(window.start_at, zone)} {format.timeOf(window.start_at, zone)} → {format.dayOf(window.end_at, zone)} {format.timeOf(window.end_at, zone)}
          </li>
        ))}
      </ul>
      {request.message && <blockquote className={styles['message']}>{request.message}</blockquote>}
      {request.answer_note && <p>{request.answer_note}</p>}
      <FormErrorSummary failure={give.failure ?? silent.failure ?? take.failure} />
      {waits || correcting ? (
        <>
          <TextField label={t('availability.note')} optional maxLength={500} value={note} onChange={setNote} />
          <p className={mutedText}>{t('availability.answer_about')}</p>
          <Underneath request={request} />
          <div className={styles['buttons']}>
            {answers.map((to) => (
              <Button key={to} small kind={to === 'free' ? 'primary' : 'secondary'} label={t(`availability.say.${to}`)} disabled={pending} onClick={() => void answer(to)} />
            ))}
            {correcting && <Button small kind="quiet" label={t('action.cancel')} onClick={() => setCorrecting(false)} />}
          </div>
        </>
      ) : (
        <Button small kind="quiet" label={t('availability.correct')} onClick={() => setCorrecting(true)} />
      )}
      {plans && waits && (
        <div className={styles['buttons']}>
          {isLate && <Button small label={t('availability.note_silence')} disabled={pending} onClick={() => void silent.run({ id: request.id })} />}
          <Button small kind="quiet" label={t('availability.withdraw')} disabled={pending} onClick={() => void take.run({ id: request.id })} />
        </div>
      )}
      {plans && <AskedTogether request={request} />}
    </li>
  )
}

/** What an answer would write over, read before it is given: blocks of these hours, and work on them. */
function Underneath({ request: { collaborator_id, windows, zone } }: { request: RequestRow }) {
  const t = useT()
  const asked = { collaborator_ids: [collaborator_id], when: { windows: windows.map(({ start_at, end_at }) => ({ start_at, end_at })) }, kind: 'available' as const, zone, project_id: null }
  const seen = useAnswer(previewMany, asked, { keep: false }).answer?.value.people[0]
  return (
    <div role="status">
      {seen && seen.blocks.length > 0 && <Replaced blocks={seen.blocks} />}
      {seen && seen.work > 0 && <p className={styles['warn']}>{t('person.preview_work', { count: seen.work })}</p>}
    </div>
  )
}

/** Who else was asked in the same gesture, and what they said. */
function AskedTogether({ request }: { request: RequestRow }) {
  const t = useT()
  const org = useOrg() ?? ''
  const all = useList(listRequests, { filter: { created_at: request.created_at }, limit: 200 }, RequestRow).items
  const others = all.filter((row) => row.id !== request.id)
  const shown = others.slice(0, OTHERS_SHOWN)
  const names = useList(collaborators.list, shown.length > 0 ? { filter: { id: shown.map((row) => row.collaborator_id) }, limit: 50 } : null, PersonRow).items
  if (others.length === 0) return null
  return (
    <p className={styles['together']}>
      {t('availability.together')}{' '}
      {shown.map((row, index) => (
        <span key={row.id}>
          {index > 0 && ', '}
          <Link href={paths.availability(org, row.collaborator_id)}>{names.find((one) => one.id === row.collaborator_id)?.display_name ?? '…'}</Link> ({t(`availability.state.${row.state}`)})
        </span>
      ))}
      {others.length > OTHERS_SHOWN && ` ${t('availability.together_more', { count: others.length - OTHERS_SHOWN })}`}
    </p>
  )
}
