import { useEffect, useState } from 'react'
import { fromLocal, localDateOf, MINUTE, fromMs, offsetLabel, toLocal, toMs } from '../../shared/kernel/instants.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { hostZone, useFormat } from '../i18n/format.ts'
import { useT } from '../i18n/index.ts'
import { controlClass, Field } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import styles from './Field.module.css'
import { dayText, parseDay, parseShift, parseTime } from './time-entry.ts'

interface DayFieldProps extends FieldProps {
  /** `YYYY-MM-DD` or null. */
  value: string | null
  onChange: (day: string | null) => void
  /** Day from which a missing year is guessed. */
  reference?: string
}

/** Today on the clocks of a zone; of this computer when none is given. */
export const todayIn = (zone: string = hostZone()): string => localDateOf(fromMs(Date.now()), zone)

/** A day typed as `24/10`, `24 oct`, `sam`, `demain` or `2026-10-24`; what was understood is written out below. */
export function DayField({ value, onChange, reference = todayIn(), error, hint, ...field }: DayFieldProps) {
  const t = useT()
  const format = useFormat()
  const [typed, setTyped] = useState(value ? dayText(value) : '')
  useEffect(() => {
    setTyped((now) => (parseDay(now, reference, todayIn()) === value ? now : value ? dayText(value) : now))
  }, [value, reference])
  const bad = typed.trim() !== '' && parseDay(typed, reference, todayIn()) === null
  const shown = error ?? (bad ? t('issue.day') : undefined)
  return (
    <Field {...field} hint={value ? format.day(value) : (hint ?? t('form.day_hint'))} {...(shown ? { error: shown } : {})}>
      {(control) => (
        <input
          {...control}
          className={controlClass}
          value={typed}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value)
            onChange(parseDay(event.target.value, reference, todayIn()))
          }}
          onBlur={() => value && setTyped(dayText(value))}
        />
      )}
    </Field>
  )
}

interface DateTimeFieldProps extends FieldProps {
  value: Instant | null
  onChange: (instant: Instant | null) => void
  zone: string
  reference?: string
  /** What `+2h` is counted from (the start, for an end); missing: the value itself as it was. */
  base?: Instant | null
}

/**
 * A day and a time on the clocks of `zone`, or `+2h` after another. A repeated hour asks which of the two is meant; an hour that the
 * clocks skip moves forward and says so.
 */
export function DateTimeField({ value, onChange, zone, reference = todayIn(zone), base, label, hint, error, ...field }: DateTimeFieldProps) {
  const t = useT()
  const format = useFormat()
  const local = value ? toLocal(value, zone) : null
  const [day, setDay] = useState(local ? dayText(local.date) : '')
  const [time, setTime] = useState(local?.time ?? '')
  const [occurrence, setOccurrence] = useState<'first' | 'second'>('first')
  const [from, setFrom] = useState(value)
  const today = todayIn(zone)
  useEffect(() => {
    if (!value) return
    const now = toLocal(value, zone)
    if (value !== fromLocal(now.date, now.time, zone, 'first')) setOccurrence('second')
    setDay((typed) => (parseDay(typed, reference, todayIn(zone)) === now.date ? typed : dayText(now.date)))
    setTime((typed) => (parseShift(typed) !== null || skippedTo(parseDay(dayText(now.date), reference), parseTime(typed), zone) === now.time || parseTime(typed) === now.time ? typed : now.time))
  }, [value, zone, reference])

  const start = base ?? from
  const give = (dayTyped: string, timeTyped: string, which: 'first' | 'second'): void => {
    const shift = parseShift(timeTyped)
    if (shift !== null) {
      onChange(start ? fromMs(toMs(start) + shift * MINUTE) : null)
      return
    }
    const [date, clock] = [parseDay(dayTyped, reference, today), parseTime(timeTyped)]
    onChange(date && clock ? fromLocal(date, clock, zone, which) : null)
  }
  const [date, clock, shift] = [parseDay(day, reference, today), parseTime(time), parseShift(time)]
  const first = date && clock ? fromLocal(date, clock, zone, 'first') : null
  const second = date && clock ? fromLocal(date, clock, zone, 'second') : null
  const moved = skippedTo(date, clock, zone)
  const bad = (day.trim() !== '' && !date) || (time.trim() !== '' && !clock && (shift === null || !start))
  const shown = error ?? (bad ? t('issue.moment') : undefined)
  const understood = shift !== null && value ? `${format.dayOf(value, zone)} ${format.timeOf(value, zone)}` : date ? format.day(date) : null
  const notes = [understood, clock && moved ? t('form.skipped', { time: clock, moved }) : null, understood ? hint : (hint ?? t('form.moment_hint'))].filter(Boolean)
  return (
    <Field {...field} label={label} hint={notes.map(String).join(' · ')} {...(shown ? { error: shown } : {})}>
      {(control) => (
        <div className={styles['pair']}>
          <input
            {...control}
            className={controlClass}
            value={day}
            autoComplete="off"
            onChange={(event) => {
              setDay(event.target.value)
              give(event.target.value, time, occurrence)
            }}
            onBlur={() => date && setDay(dayText(date))}
          />
          <input
            className={controlClass}
            aria-label={`${label}, ${t('form.time')}`}
            value={time}
            autoComplete="off"
            onFocus={() => setFrom(value)}
            onChange={(event) => {
              setTime(event.target.value)
              give(day, event.target.value, occurrence)
            }}
            onBlur={() => {
              if (shift !== null && value) setTime(toLocal(value, zone).time)
              else if (clock) setTime(clock)
            }}
          />
          {first !== second ? (
            <select
              className={controlClass}
              aria-label={t('form.occurrence')}
              value={occurrence}
              onChange={(event) => {
                const which = event.target.value === 'second' ? 'second' : 'first'
                setOccurrence(which)
                give(day, time, which)
              }}
            >
              <option value="first">{first && t('form.first_time', { offset: format.offset(first, zone) })}</option>
              <option value="second">{second && t('form.second_time', { offset: format.offset(second, zone) })}</option>
            </select>
          ) : (
            <span className={styles['offset']}>{first ? offsetLabel(toLocal(first, zone).offset_minutes) : ''}</span>
          )}
        </div>
      )}
    </Field>
  )
}

/** What the clocks show instead of an hour that they skip that day; null when they do show it. */
function skippedTo(date: string | null, clock: string | null, zone: string): string | null {
  if (!date || !clock) return null
  const { time } = toLocal(fromLocal(date, clock, zone), zone)
  return time === clock ? null : time
}
