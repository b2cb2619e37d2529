import { useRef } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { acknowledgeReadiness, acknowledgeReadinessFor, listReadiness, requestReadiness } from '../../../shared/domain/readiness/operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText, plainList } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'

/** Who has acknowledged the mission and who has not; one's own acknowledgement. */
export function Readiness({ mission, mayAsk }: { mission: string; mayAsk: boolean }) {
  const t = useT()
  const format = useFormat()
  const asked = useAnswer(listReadiness, { mission_id: mission })
  const request = useCommand(requestReadiness)
  const own = useCommand(acknowledgeReadiness)
  const other = useCommand(acknowledgeReadinessFor)
  const list = useRef<HTMLUListElement>(null)
  /** The button goes with what it asked: the list takes its focus, so that the keyboard goes on from there. */
  const said = (done: unknown, text: string): void => {
    if (!done) return
    announce(text)
    list.current?.focus()
  }
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer || asked.stale) return <LoadingSkeleton rows={2} />
  const { items, asked: count, acknowledged } = asked.answer.value
  const shown = items.filter(({ id }) => mayAsk || id !== null)
  if (shown.length === 0) return <p className={mutedText}>{t(mayAsk ? 'messages.ready_nobody' : 'messages.ready_none')}</p>
  const moment = (at: string | null): string => (at !== null && isInstant(at) ? format.moment(at) : '')
  const all = count > 0 && acknowledged === count && items.length === count
  return (
    <>
      {count > 0 && mayAsk && <p role="status">{t('messages.ready_count', { acknowledged, count })}</p>}
      <ul ref={list} tabIndex={-1} className={plainList}>
        {shown.map(({ id, collaborator_id, name, is_own, asked_at, acknowledged_at, source }) => (
          <li key={collaborator_id}>
            {name}{' '}
            <span className={mutedText}>
              {acknowledged_at !== null ? t(source === 'hand' ? 'messages.ready_by_hand' : 'messages.ready_yes', { at: moment(acknowledged_at) }) : asked_at === null ? t('messages.ready_not_asked') : t('messages.ready_waits', { at: moment(asked_at) })}
            </span>{' '}
            {id !== null && acknowledged_at === null && is_own && <Button small kind="primary" label={t('messages.ready_acknowledge')} disabled={own.pending} onClick={() => void own.run({ id }).then((done) => said(done, t('messages.ready_acknowledge')))} />}
            {id !== null && acknowledged_at === null && !is_own && mayAsk && <Button small label={t('messages.ready_said')} aria-label={t('messages.ready_said_of', { name })} disabled={other.pending} onClick={() => void other.run({ id }).then((done) => said(done, t('messages.ready_said_of', { name })))} />}
          </li>
        ))}
      </ul>
      <FormErrorSummary failure={request.failure ?? own.failure ?? other.failure} />
      {mayAsk && (
        <div>
          <Button small label={t(all ? 'messages.ready_ask_all' : count > 0 ? 'messages.ready_ask_again' : 'messages.ready_ask')} disabled={request.pending} onClick={() => void request.run({ mission_id: mission, ...(all ? { everyone: true } : {}) })} />
        </div>
      )}
    </>
  )
}
