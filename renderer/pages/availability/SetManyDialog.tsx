import { useState } from 'react'
import { mostPeople, previewMany, setMany } from '../../../shared/domain/availability/operations.ts'
import { isInstant, isLocalDate } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { useProjects } from '../../app/projects.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { ChangePreview } from '../../components/BeforeAfter.tsx'
import { Button } from '../../components/Button.tsx'
import { DateTimeField, DayField } from '../../components/DateTimeField.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { parseTime } from '../../components/time-entry.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Availability.module.css'
import { Replaced } from './IntentPanel.tsx'

type Kind = 'available' | 'unavailable' | 'none'
const KINDS = ['unavailable', 'available', 'none'] as const
const TITLES = { available: 'availability.say_available', unavailable: 'availability.say_unavailable', none: 'availability.say_none' } as const
const WEEK = [1, 2, 3, 4, 5, 6, 7]
/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5, 12)
const SHOWN = 6

/** When one or more people can or cannot: between two moments, or every week between two days. What it replaces is said before (decision A30). */
export function SetManyDialog({ people, zone, onClose, onDone }: { people: readonly string[]; zone: string; onClose: () => void; onDone?: () => void }) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  const projects = useProjects()
  const save = useCommand(setMany)
  const [kind, setKind] = useState<Kind>('unavailable')
  const [weekly, setWeekly] = useState(false)
  const [start, setStart] = useState<Instant | null>(null)
  const [end, setEnd] = useState<Instant | null>(null)
  const [weekdays, setWeekdays] = useState<readonly number[]>([])
  const [fromTime, setFromTime] = useState('09:00')
  const [toTime, setToTime] = useState('18:00')
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [project, setProject] = useState('')
  const [reason, setReason] = useState('')
  const dayName = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: 'UTC', weekday: 'short' })
  const [opens, closes] = [parseTime(fromTime), parseTime(toTime)]
  const hours = weekdays.length > 0 && opens && closes && isLocalDate(from) && isLocalDate(to) && from <= to ? { weekdays: [...weekdays], from_time: opens, to_time: closes, from, to } : null
  const when = weekly ? hours && { weekly: hours } : start !== null && end !== null && start < end ? { windows: [{ start_at: start, end_at: end }] } : null
  const tooMany = people.length > mostPeople
  const input = when && !tooMany ? { collaborator_ids: [...people], when, kind, zone, project_id: project === '' ? null : project } : null
  const asked = useAnswer(previewMany, input)
  const seen = input ? asked.answer?.value : undefined
  const ready = input !== null && seen !== undefined && !asked.stale && !seen.too_many && seen.rows > 0 && !save.pending
  const submit = async (): Promise<void> => {
    if (!ready || !input || !(await save.run({ ...input, ...(reason.trim() && kind !== 'none' ? { reason: reason.trim() } : {}) }))) return
    announce(t('person.saved'))
    onDone?.()
    onClose()
  }
  const touched = (seen?.people ?? []).filter(({ blocks, work }) => blocks.length > 0 || work > 0)
  const moment = (at: string): string => (isInstant(at) ? `${format.dayOf(at, zone)} ${format.timeOf(at, zone)}` : '')
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('availability.many_title', { count: people.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('action.save')} disabled={!ready} />
        </>
      }
    >
      <FormErrorSummary failure={save.failure ?? (input ? asked.failure : null)} />
      <div className={formStack}>
        <div className={formTwo}>
          <Select label={t('person.kind')} value={kind} onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'unavailable')} choices={KINDS.map((value) => ({ value, label: t(TITLES[value]) }))} />
          <Select label={t('availability.when')} value={weekly ? 'weekly' : 'once'} onChange={(value) => setWeekly(value === 'weekly')} choices={[{ value: 'once', label: t('availability.when_once') }, { value: 'weekly', label: t('availability.when_weekly') }]} />
        </div>
        {weekly ? (
          <>
            <fieldset className={styles['weekdays']}>
              <legend>{t('availability.weekdays')}</legend>
              {WEEK.map((one) => (
                <label key={one}>
                  <input type="checkbox" checked={weekdays.includes(one)} onChange={(event) => setWeekdays(event.target.checked ? [...weekdays, one].sort() : weekdays.filter((other) => other !== one))} />
                  {dayName.format(MONDAY + (one - 1) * 86_400_000)}
                </label>
              ))}
            </fieldset>
            <div className={formTwo}>
              <TextField label={t('availability.from_time')} value={fromTime} onChange={setFromTime} error={opens ? undefined : t('issue.moment')} />
              <TextField label={t('availability.to_time')} hint={opens && closes && closes <= opens ? t('availability.next_day') : undefined} value={toTime} onChange={setToTime} error={closes ? undefined : t('issue.moment')} />
              <DayField label={t('availability.first_day')} value={from} onChange={setFrom} />
              <DayField label={t('availability.last_day')} value={to} {...(from ? { reference: from } : {})} onChange={setTo} />
            </div>
          </>
        ) : (
          <div className={formTwo}>
            <DateTimeField label={t('person.from')} value={start} onChange={setStart} zone={zone} />
            <DateTimeField label={t('person.to')} value={end} base={start} onChange={setEnd} zone={zone} />
          </div>
        )}
        <div className={formTwo}>
          <Select label={t('person.scope')} value={project} onChange={setProject} choices={[{ value: '', label: t('person.scope_all') }, ...projects.map((row) => ({ value: row.id, label: row.name }))]} />
          {kind !== 'none' && <TextField label={t('person.availability_reason')} optional maxLength={300} value={reason} onChange={setReason} />}
        </div>
      </div>
      <ChangePreview stale={asked.loading || asked.stale}>
        {tooMany ? (
          <p>{t('availability.too_many_people', { most: mostPeople })}</p>
        ) : !seen ? (
          <p className={mutedText}>{t('availability.many_hint')}</p>
        ) : (
          <>
            <p>{seen.too_many ? t('availability.too_many_rows') : t('availability.many_counts', { people: people.length, windows: seen.windows.length, first: moment(seen.windows[0]?.start_at ?? '') })}</p>
            {touched.length === 0 && <p className={mutedText}>{t('availability.nothing_under')}</p>}
            {touched.slice(0, SHOWN).map((one) => (
              <div key={one.id} className={styles['touched']}>
                <strong>{one.name}</strong>
                {one.work > 0 && <p className={styles['warn']}>{t('person.preview_work', { count: one.work })}</p>}
                {one.blocks.length > 0 && <Replaced blocks={one.blocks} />}
              </div>
            ))}
            {touched.length > SHOWN && <p className={mutedText}>{t('availability.together_more', { count: touched.length - SHOWN })}</p>}
          </>
        )}
      </ChangePreview>
    </Dialog>
  )
}
