import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { z } from 'zod'
import { fromLocal, addDays, isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'
import { personTimeline } from '../../../shared/domain/people/calendar-operations.ts'
import { removeAvailability } from '../../../shared/domain/people/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { todayIn } from '../../components/DateTimeField.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText, RowList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { BlockForm } from './BlockForm.tsx'
import styles from './Calendar.module.css'
import { dayAfterKey, gridOf, onDay, sameDayIn, wholeDays } from './month-grid.ts'

const instant = z.custom<Instant>(isInstant)
const Timeline = z.object({
  blocks: z.array(z.object({ id: z.string(), kind: z.string(), project_id: z.string().nullable(), zone: z.string(), reason: z.string().nullable(), start_at: instant, end_at: instant })),
  assignments: z.array(z.object({ id: z.string(), title: z.string().nullable(), day_code: z.string().nullable(), project_name: z.string().nullable(), start_at: instant, end_at: instant, zone: z.string(), state: z.string() })),
  busy: z.array(z.object({ start_at: instant, end_at: instant, firm: z.boolean() })),
})
const NOTHING: z.infer<typeof Timeline> = { blocks: [], assignments: [], busy: [] }

/** A month of one person: arrows move, Enter begins and ends a block, dragging does the same. Nothing is saved before it is shown. */
export function AvailabilityCalendar({ person, mayWrite }: { person: string; mayWrite: boolean }) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  const zone = useCatalogue().organization?.default_zone ?? 'Europe/Paris'
  const today = todayIn(zone) as LocalDate
  const [day, setDay] = useState<LocalDate>(today)
  const [anchor, setAnchor] = useState<LocalDate | null>(null)
  const [asked, setAsked] = useState<{ start_at: Instant; end_at: Instant } | null>(null)
  const dragging = useRef(false)
  const grid = useRef<HTMLDivElement>(null)
  const take = useCommand(removeAvailability)
  const days = gridOf(day)
  const [first, last] = [days[0] ?? day, days.at(-1) ?? day]
  const answer = useAnswer(personTimeline, { id: person, from: fromLocal(first, '00:00', zone), to: fromLocal(addDays(last, 1), '00:00', zone) }).answer
  const { blocks, assignments, busy } = answer ? Timeline.parse(answer.value) : NOTHING
  const [from, to] = anchor === null ? [day, day] : anchor <= day ? [anchor, day] : [day, anchor]

  const focus = (next: LocalDate): void => {
    setDay(next)
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus())
  }
  const finish = (one: LocalDate, other: LocalDate): void => {
    setAnchor(null)
    setAsked(wholeDays(one, other, zone))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = dayAfterKey(day, event.key)
    if (next) {
      if (event.shiftKey && mayWrite && anchor === null) setAnchor(day)
      focus(next)
    } else if ((event.key === 'Enter' || event.key === ' ') && mayWrite) {
      if (anchor === null) setAnchor(day)
      else finish(anchor, day)
    } else if (event.key === 'Escape' && anchor !== null) setAnchor(null)
    else return
    event.preventDefault()
  }
  const marksOf = (one: LocalDate): { kind: string | null; work: number; busy: number; words: string } => {
    const its = blocks.filter((block) => onDay(block, one, zone))
    const kind = its.find((block) => block.kind === 'unavailable')?.kind ?? its[0]?.kind ?? null
    const work = assignments.filter((row) => onDay(row, one, zone))
    const elsewhere = busy.filter((row) => onDay(row, one, zone)).length
    const words = [kind && t(kind === 'available' ? 'person.available' : 'person.unavailable'), ...work.map((row) => row.day_code ?? row.title), elsewhere > 0 && t('person.busy')].filter(Boolean).join(', ')
    return { kind, work: work.length, busy: elsewhere, words }
  }
  const shownBlocks = blocks.filter((block) => days.some((one) => one.startsWith(day.slice(0, 7)) && onDay(block, one, zone)))
  const wordsOf = (block: (typeof blocks)[number]): string =>
    `${t(block.kind === 'available' ? 'person.available' : 'person.unavailable')} · ${format.dayOf(block.start_at, block.zone)} ${format.timeOf(block.start_at, block.zone)} → ${format.dayOf(block.end_at, block.zone)} ${format.timeOf(block.end_at, block.zone)}${block.project_id ? ` · ${t('person.one_project')}` : ''}${block.reason ? ` · ${block.reason}` : ''}`
  const monthName = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(Date.parse(`${day}T12:00:00Z`))
  const weekday = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: 'UTC', weekday: 'narrow' })
  return (
    <div className={styles['calendar']}>
      <FormErrorSummary failure={take.failure} />
      <div className={styles['head']}>
        <Button kind="quiet" small iconOnly icon={ChevronLeft} label={t('person.month_before')} onClick={() => setDay(sameDayIn(day, -1))} />
        <strong aria-live="polite">{monthName}</strong>
        <Button kind="quiet" small iconOnly icon={ChevronRight} label={t('person.month_after')} onClick={() => setDay(sameDayIn(day, 1))} />
        <Button kind="quiet" small label={t('person.today')} onClick={() => focus(today)} />
      </div>
      <div ref={grid} className={styles['grid']} role="grid" aria-label={`${t('person.availability')} · ${monthName}`} onKeyDown={onKeyDown} onPointerLeave={() => (dragging.current = false)}>
        <div role="row" className={styles['row']}>
          {days.slice(0, 7).map((one) => (
            <span key={one} role="columnheader" className={styles['weekday']}>
              {weekday.format(Date.parse(`${one}T12:00:00Z`))}
            </span>
          ))}
        </div>
        {Array.from({ length: 6 }, (_, week) => (
          <div key={week} role="row" className={styles['row']}>
            {days.slice(week * 7, week * 7 + 7).map((one) => {
              const marks = marksOf(one)
              const chosen = anchor !== null && one >= from && one <= to
              return (
                <span key={one} role="gridcell" aria-selected={chosen || one === day}>
                  <button
                    type="button"
                    data-day={one}
                    tabIndex={one === day ? 0 : -1}
                    className={styles['day']}
                    data-kind={marks.kind ?? undefined}
                    data-other={one.slice(0, 7) !== day.slice(0, 7) || undefined}
                    data-today={one === today || undefined}
                    data-chosen={chosen || undefined}
                    aria-label={[format.day(one), marks.words].filter(Boolean).join(' · ')}
                    title={marks.words || undefined}
                    onFocus={() => setDay(one)}
                    onPointerDown={() => {
                      setDay(one)
                      if (!mayWrite) return
                      dragging.current = true
                      setAnchor(one)
                    }}
                    onPointerEnter={() => dragging.current && setDay(one)}
                    onPointerUp={() => {
                      if (!dragging.current || anchor === null) return
                      dragging.current = false
                      finish(anchor, one)
                    }}
                  >
                    {Number(one.slice(8))}
                    {(marks.work > 0 || marks.busy > 0) && <span className={marks.work > 0 ? styles['work'] : styles['busy']} aria-hidden />}
                  </button>
                </span>
              )
            })}
          </div>
        ))}
      </div>
      <p className={styles['legend']} aria-hidden>
        <span data-kind="available">{t('person.available')}</span>
        <span data-kind="unavailable">{t('person.unavailable')}</span>
        <span data-kind="work">{t('person.works')}</span>
        <span data-kind="busy">{t('person.busy')}</span>
      </p>
      {mayWrite && !asked && <p className={mutedText}>{anchor === null ? t('person.calendar_hint') : t('person.calendar_range')}</p>}
      {asked && <BlockForm key={`${asked.start_at}/${asked.end_at}`} person={person} zone={zone} first={asked} onDone={() => setAsked(null)} />}
      <RowList
        none={t('person.availability_none_month')}
        removeLabel={t('action.remove')}
        rows={shownBlocks.map((block) => ({ id: block.id, name: wordsOf(block), content: wordsOf(block) }))}
        onRemove={mayWrite ? (id) => void take.run({ id }) : undefined}
      />
    </div>
  )
}
