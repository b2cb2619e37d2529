import { Check, ChevronLeft, ChevronRight, CircleHelp, Eraser, Minus, SlidersHorizontal } from 'lucide-react'
import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { usePreferences } from '../../app/preferences.ts'
import { Button } from '../../components/Button.tsx'
import { todayIn } from '../../components/DateTimeField.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { dayAfterKey, gridOf, sameDayIn } from '../people/month-grid.ts'
import styles from './Availability.module.css'
import { linesOf, type DayLine } from './day-lines.ts'
import type { PersonTime } from './person-time.ts'

export type Intent = 'available' | 'unavailable' | 'none' | 'details'
export interface DayRange {
  readonly first: LocalDate
  readonly last: LocalDate
}

/** Lines drawn in a day; the others are counted, and spoken. */
const DRAWN = 3
const INTENT_KEYS: Readonly<Record<string, Intent>> = { u: 'unavailable', a: 'available', delete: 'none', backspace: 'none', enter: 'details' }

interface PersonCalendarProps {
  time: PersonTime
  zone: string
  day: LocalDate
  /** Where the chosen days began; null: one day. */
  anchor: LocalDate | null
  mayWrite: boolean
  onDay: (day: LocalDate, anchor: LocalDate | null) => void
  onIntent: (intent: Intent) => void
}

export const rangeOf = (day: LocalDate, anchor: LocalDate | null): DayRange => (anchor === null || anchor === day ? { first: day, last: day } : anchor < day ? { first: anchor, last: day } : { first: day, last: anchor })

/** A month of one person, said in words and forms: arrows move, Shift extends, U, A, Delete and Enter say what the chosen days are. */
export function PersonCalendar({ time, zone, day, anchor, mayWrite, onDay, onIntent }: PersonCalendarProps) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  const grid = useRef<HTMLDivElement>(null)
  const dragging = useRef(false)
  const days = gridOf(day)
  const today = todayIn(zone)
  const { first, last } = rangeOf(day, anchor)
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  const at = (one: LocalDate): number => Date.parse(`${one}T12:00:00Z`)
  const monthName = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(at(day))
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' })

  const focus = (next: LocalDate, from: LocalDate | null): void => {
    onDay(next, from)
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus())
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = dayAfterKey(day, event.key)
    const intent = INTENT_KEYS[event.key.toLowerCase()]
    if (next) focus(next, event.shiftKey && mayWrite ? (anchor ?? day) : null)
    else if (intent && mayWrite && !event.repeat) onIntent(intent)
    else if (event.key === 'Escape' && anchor !== null) focus(day, null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const hours = ({ from, to }: DayLine): string => (from === null && to === null ? '' : from === null ? `→ ${to === null ? '' : format.timeOf(to, zone)}` : to === null ? `${format.timeOf(from, zone)} →` : `${format.timeOf(from, zone)}–${format.timeOf(to, zone)}`)
  const label = (line: DayLine): string => {
    if (line.kind === 'work') return line.name || t('person.works')
    return t(line.kind === 'available' ? 'person.available' : line.kind === 'unavailable' ? 'person.unavailable' : line.kind === 'busy' ? 'person.busy' : 'availability.asked')
  }
  const shown = (line: DayLine): string => (line.kind === 'work' ? [hours(line), label(line)] : [label(line), hours(line)]).filter(Boolean).join(' ')
  const beside = (line: DayLine): string => [line.scoped && t('person.one_project'), line.tentative && t('availability.tentative'), line.reason].filter(Boolean).join(' ')
  const spoken = (line: DayLine): string => `${shown(line)} ${beside(line)}`.trim()
  const press = (one: LocalDate, event: PointerEvent): void => {
    if (event.button !== 0) return
    dragging.current = mayWrite
    onDay(one, event.shiftKey && mayWrite ? (anchor ?? day) : null)
  }
  return (
    <section className={styles['calendar']} aria-label={t('person.availability')}>
      <div className={styles['toolbar']}>
        <Button kind="quiet" small iconOnly icon={ChevronLeft} label={t('person.month_before')} onClick={() => onDay(sameDayIn(day, -1), null)} />
        <strong className={styles['month']} aria-live="polite">
          {monthName}
        </strong>
        <Button kind="quiet" small iconOnly icon={ChevronRight} label={t('person.month_after')} onClick={() => onDay(sameDayIn(day, 1), null)} />
        <Button kind="quiet" small label={t('person.today')} onClick={() => focus(today as LocalDate, null)} />
        <span className={styles['gap']} />
        {mayWrite && (
          <>
            <Button small icon={Minus} label={t('person.unavailable')} keys="U" onClick={() => onIntent('unavailable')} />
            <Button small icon={Check} label={t('person.available')} keys="A" onClick={() => onIntent('available')} />
            <Button small icon={Eraser} label={t('availability.clear')} keys={t('availability.key_delete')} onClick={() => onIntent('none')} />
            <Button small icon={SlidersHorizontal} label={t('availability.details')} keys="⏎" onClick={() => onIntent('details')} />
          </>
        )}
      </div>
      <div ref={grid} className={styles['grid']} role="grid" aria-label={`${t('person.availability')} · ${monthName}`} aria-multiselectable={mayWrite} onKeyDown={onKeyDown} onPointerUp={() => (dragging.current = false)} onPointerLeave={() => (dragging.current = false)}>
        <div role="row" className={styles['row']}>
          {days.slice(0, 7).map((one) => (
            <span key={one} role="columnheader" className={styles['weekday']}>
              {weekday.format(at(one))}
            </span>
          ))}
        </div>
        {Array.from({ length: 6 }, (_, week) => (
          <div key={week} role="row" className={styles['row']}>
            {days.slice(week * 7, week * 7 + 7).map((one) => {
              const lines = linesOf(one, zone, time)
              const chosen = one >= first && one <= last
              const drawn = lines.length > DRAWN ? DRAWN - 1 : DRAWN
              return (
                <span key={one} role="gridcell" aria-selected={chosen}>
                  <button
                    type="button"
                    data-day={one}
                    tabIndex={one === day ? 0 : -1}
                    className={styles['day']}
                    data-off={lines.some((line) => line.kind === 'unavailable' && line.from === null && line.to === null && !line.scoped) || undefined}
                    data-other={one.slice(0, 7) !== day.slice(0, 7) || undefined}
                    data-roomy={lines.length < DRAWN || undefined}
                    data-today={one === today || undefined}
                    data-chosen={(chosen && anchor !== null) || undefined}
                    aria-current={one === today ? 'date' : undefined}
                    title={lines.map(spoken).join('\n') || undefined}
                    onPointerDown={(event) => press(one, event)}
                    onPointerEnter={() => dragging.current && one !== day && onDay(one, anchor ?? day)}
                    onFocus={() => one !== day && !dragging.current && onDay(one, null)}
                  >
                    <span className="visually-hidden">{format.day(one)}</span>
                    <span className={styles['number']} aria-hidden>
                      {Number(one.slice(8))}
                    </span>
                    {lines.slice(0, drawn).map((line) => (
                      <span key={line.key} className={styles['line']} data-kind={line.kind} data-tentative={line.tentative || undefined}>
                        {line.kind === 'available' && <Check size={11} aria-hidden />}
                        {line.kind === 'unavailable' && <Minus size={11} aria-hidden />}
                        {line.kind === 'asked' && <CircleHelp size={11} aria-hidden />}
                        <span className={styles['text']}>{shown(line)}</span>
                        <span className="visually-hidden">{` ${beside(line)} `}</span>
                      </span>
                    ))}
                    {lines.length > drawn && (
                      <span className={styles['more']} aria-hidden>
                        {t('availability.more_lines', { count: lines.length - drawn })}
                      </span>
                    )}
                    {lines.length > drawn && <span className="visually-hidden">{lines.slice(drawn).map(spoken).join(' · ')}</span>}
                  </button>
                </span>
              )
            })}
          </div>
        ))}
      </div>
      <p className={styles['hint']}>{t(mayWrite ? 'availability.keys' : 'availability.keys_read')}</p>
    </section>
  )
}
