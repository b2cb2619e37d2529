import { useState } from 'react'
import type { z } from 'zod'
import { importCalendar, mostCalendarText, previewCalendar } from '../../../shared/domain/availability/operations.ts'
import { addDays, isInstant, isLocalDate } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { ChangePreview } from '../../components/BeforeAfter.tsx'
import { Button } from '../../components/Button.tsx'
import { DayField, todayIn } from '../../components/DateTimeField.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField, controlClass, Field, Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText, plainList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Availability.module.css'

const YEAR = 365
const PROBLEMS_SHOWN = 8

type Event = z.infer<typeof previewCalendar.output>['events'][number]
const WRITTEN: ReadonlySet<string> = new Set(['new', 'update', 'remove'])

/** May be taken or left; the others say nothing of the person. */
const isChoice = ({ decision }: Event): boolean => WRITTEN.has(decision) || decision === 'skip'

/** Older programs write the letters of their own country. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A person's calendar file becomes availability: each event is shown with what becomes of it, titles stay in the file. */
export function ImportCalendarDialog({ person, name, zone, onClose }: { person: string; name: string; zone: string; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  const bring = useCommand(importCalendar)
  const today = todayIn(zone) as LocalDate
  const [text, setText] = useState<string | null>(null)
  const [isTooLarge, setTooLarge] = useState(false)
  const [kind, setKind] = useState<'available' | 'unavailable'>('unavailable')
  const [from, setFrom] = useState<string | null>(today)
  const [to, setTo] = useState<string | null>(addDays(today, YEAR))
  const [skip, setSkip] = useState<readonly string[]>([])
  const [isRemoving, setRemoving] = useState(false)
  const [reason, setReason] = useState('')
  const input = text !== null && isLocalDate(from) && isLocalDate(to) && from <= to ? { collaborator_id: person, text, kind, from, to, skip: [...skip], remove_missing: isRemoving } : null
  const asked = useAnswer(previewCalendar, input && { ...input, language })
  const seen = input ? asked.answer?.value : undefined
  const ready = input !== null && seen !== undefined && !asked.stale && seen.writes > 0 && !bring.pending
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setTooLarge(file.size > mostCalendarText)
    setSkip([])
    setText(file.size > mostCalendarText ? null : await textOf(file))
  }
  const submit = async (): Promise<void> => {
    if (!ready || !input || !seen) return
    const done = await bring.run({ ...input, digest: seen.digest, ...(reason.trim() ? { reason: reason.trim() } : {}) })
    if (!done) return
    announce(t('availability.imported'))
    onClose()
  }
  const count = (decision: string): number => seen?.counts[decision] ?? 0
  const counted = seen ? Object.entries(seen.counts).filter(([, many]) => many > 0) : []
  const hours = (event: Event): string => {
    if (!isInstant(event.start_at) || !isInstant(event.end_at)) return ''
    return event.all_day ? format.dayOf(event.start_at, event.zone) : `${format.dayOf(event.start_at, event.zone)} ${format.timeOf(event.start_at, event.zone)}–${format.timeOf(event.end_at, event.zone)}`
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('availability.import_title', { name })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('availability.import_save', { count: count('new') + count('update') + count('remove') })} disabled={!ready} />
        </>
      }
    >
      <FormErrorSummary failure={bring.failure ?? (input ? asked.failure : null)} />
      <div className={formStack}>
        <p className={mutedText}>{t('availability.import_about')}</p>
        <Field label={t('availability.file')} error={isTooLarge ? t('availability.file_too_large') : undefined}>
          {(control) => <input {...control} className={controlClass} type="file" accept=".ics,text/calendar" onChange={(event) => void choose(event.target.files?.[0])} />}
        </Field>
        <div className={formTwo}>
          <DayField label={t('availability.first_day')} value={from} onChange={setFrom} />
          <DayField label={t('availability.last_day')} value={to} {...(from ? { reference: from } : {})} onChange={setTo} />
          <Select label={t('availability.events_say')} value={kind} onChange={(value) => setKind(value === 'available' ? 'available' : 'unavailable')} choices={[{ value: 'unavailable', label: t('person.unavailable') }, { value: 'available', label: t('person.available') }]} />
          <TextField label={t('availability.reason')} hint={t('availability.reason_about')} optional maxLength={300} value={reason} onChange={setReason} />
        </div>
        <CheckField label={t('availability.remove_missing')} checked={isRemoving} onChange={setRemoving} />
      </div>
      <ChangePreview stale={asked.loading || asked.stale}>
        {!seen ? (
          <p className={mutedText}>{t('availability.import_hint')}</p>
        ) : (
          <>
            <p>{counted.length === 0 ? t('availability.import_none') : counted.map(([decision, many]) => t('availability.counted', { many, what: decisionWords(t, decision) })).join(' · ')}</p>
            {seen.problems.length > 0 && (
              <ul className={plainList}>
                {seen.problems.slice(0, PROBLEMS_SHOWN).map((problem) => (
                  <li key={`${problem.line} ${problem.message}`} className={styles['warn']}>
                    {t('availability.problem_line', { line: problem.line })} {problem.message}
                  </li>
                ))}
                {seen.problems.length > PROBLEMS_SHOWN && <li>{t('availability.more_problems', { count: seen.problems.length - PROBLEMS_SHOWN })}</li>}
              </ul>
            )}
            <ul className={styles['events']}>
              {seen.events.map((event) => (
                <li key={event.external_id}>
                  <label>
                    <input
                      type="checkbox"
                      checked={isChoice(event) && !skip.includes(event.external_id)}
                      disabled={!isChoice(event)}
                      onChange={(change) => setSkip(change.target.checked ? skip.filter((one) => one !== event.external_id) : [...skip, event.external_id])}
                    />
                    <span>{hours(event)}</span>
                    <span className={styles['text']}>{event.title || t('availability.untitled')}</span>
                    <span className={mutedText}>
                      {decisionWords(t, event.decision)}
                      {event.replaces > 0 && ` · ${t('availability.replaces', { count: event.replaces })}`}
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </>
        )}
      </ChangePreview>
    </Dialog>
  )
}

function decisionWords(t: ReturnType<typeof useT>, decision: string): string {
  const known = ['new', 'update', 'unchanged', 'remove', 'skip', 'transparent', 'canceled', 'outside', 'no_length', 'covered'] as const
  const found = known.find((one) => one === decision)
  return found ? t(`availability.decision.${found}`) : decision
}
