import { useId, useState } from 'react'
import { confirmAssignments } from '../../../shared/domain/engagement/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { CallFailure } from '../../app/client.ts'
import { Button } from '../../components/Button.tsx'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { textOf, useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { CheckField, TextArea } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { ConcernedLines } from './ConcernedLines.tsx'
import styles from './Engagement.module.css'
import { LeftOutLines } from './PeopleLines.tsx'
import type { PersonLine } from './PeopleLines.tsx'
import type { EngagedRow } from './rows.ts'
import { useRefusedWords, useRowsGesture } from './use-rows-gesture.ts'

const EMPTY: { override_reason: string | null; expected_resolution_at: string | null } = { override_reason: null, expected_resolution_at: null }

/**
 * Confirms who has accepted. What is missing comes with the refusal, row by row: it can be confirmed all the same with a reason and the day
 * by which it will be settled, which then hold for every row of this dialog.
 */
export function SignOffDialog({ rows, zone, onClose, onDone }: { rows: readonly EngagedRow[]; zone: string; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const gesture = useRowsGesture()
  const why = useRefusedWords()
  const needed = useId()
  const [one] = rows
  const single = rows.length === 1 ? one : undefined
  const draft = useDraft(EMPTY, single?.id ?? 'many', 'sign-off')
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())
  // Said now or not at all: words are kept, a signature is not.
  const [budget, setBudget] = useState(false)
  const [tried, setTried] = useState(false)
  const refused = new Map(gesture.refused.map(({ id, why }) => [id, why]))
  const may = (row: EngagedRow): boolean => confirmAssignments.possible?.(row) !== false
  const left = rows.filter((row) => may(row) && !done.has(row.id))
  const by = draft.get('expected_resolution_at')
  const [reason, until] = [textOf(draft.get('override_reason')).trim(), isInstant(by) ? by : null]
  const overriding = reason !== '' && until !== null
  // With a reason those that were refused are tried again; without, they stay out.
  const here = overriding ? left : left.filter((row) => !refused.has(row.id))
  // Only what a reason can pass over asks for one.
  const asksReason = gesture.details.some(({ field }) => field?.endsWith('override_reason') === true) || draft.get('override_reason') !== null
  const missing = gesture.failure && gesture.details.length > 0 ? gesture.details : []
  const out: PersonLine[] = rows.flatMap((row) => {
    const why = may(row) ? (overriding ? null : (refused.get(row.id) ?? null)) : t('engagement.left_out_state', { state: wordOf(t, 'state.engagement', row.state) })
    return why === null ? [] : [{ id: row.id, name: row.collaborator_name ?? '—', about: why }]
  })
  const half = asksReason && !overriding && (reason !== '' || until !== null)
  const submit = async (): Promise<void> => {
    setTried(true)
    if (!budget || half || here.length === 0 || gesture.pending) return
    const confirmed = new Set(done)
    const whole = await gesture.run(
      confirmAssignments,
      here,
      (chunk) => ({ changes: chunk.map(({ id }) => ({ id, budget: true as const, ...(overriding ? { override_reason: reason, expected_resolution_at: until } : {}) })) }),
      (_, chunk) => chunk.forEach(({ id }) => confirmed.add(id)),
    )
    setDone(confirmed)
    if (!whole) return
    draft.clear()
    announce(t('engagement.confirmed', { count: confirmed.size }))
    onDone()
  }
  return (
    <Dialog
      open
      wide={rows.length > 1}
      onClose={onClose}
      title={single ? t('engagement.confirm_title', { name: single.collaborator_name ?? '' }) : t('engagement.confirm_many', { count: rows.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t(overriding ? 'engagement.confirm_anyway' : 'engagement.confirm')} disabled={here.length === 0 || gesture.pending} />
        </>
      }
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={gesture.failure && missing.length > 0 ? new CallFailure(gesture.failure.code, gesture.failure.message) : gesture.failure} />
      <div className={formStack}>
        {missing.length > 0 && (
          <section className={styles['out']}>
            <h3>{t('engagement.confirm_missing')}</h3>
            <ul className={styles['people']}>
              {missing.map((detail, at) => (
                <li key={at}>{why(gesture.failure?.code ?? '', [detail])}</li>
              ))}
            </ul>
          </section>
        )}
        <ConcernedLines single={single} rows={here} />
        <LeftOutLines lines={out} />
        {refused.size > 0 && !overriding && <p role="alert">{t('engagement.refused_rows', { count: refused.size })}</p>}
        <p className={mutedText}>{t('engagement.confirm_about')}</p>
        <CheckField label={t('engagement.confirm_budget')} checked={budget} onChange={setBudget} />
        {tried && !budget && <p id={needed} role="alert">{t('engagement.confirm_budget_needed')}</p>}
        {asksReason && (
          <>
            <TextArea
              label={t('engagement.confirm_reason')}
              hint={t('form.reason_hint')}
              name="override_reason"
              maxLength={500}
              value={textOf(draft.get('override_reason'))}
              onChange={(text) => draft.set('override_reason', text === '' ? null : text)}
              error={tried && half && reason === '' ? t('issue.required') : undefined}
            />
            <DateTimeField
              label={t('engagement.confirm_by')}
              name="expected_resolution_at"
              zone={zone}
              value={until}
              onChange={(at) => draft.set('expected_resolution_at', at)}
              {...(tried && half && until === null ? { error: t('issue.required') } : {})}
            />
          </>
        )}
      </div>
    </Dialog>
  )
}
