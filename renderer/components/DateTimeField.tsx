import { useEffect, useState } from 'react'
import { fromLocal, offsetLabel, toLocal } from '../../shared/kernel/instants.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { useFormat } from '../i18n/format.ts'
import { useT } from '../i18n/index.ts'
import { controlClass, Field } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import styles from './Field.module.css'
import { dayText, parseDay, parseTime } from './time-entry.ts'

interface DayFieldProps extends FieldProps {
  /** `YYYY-MM-DD` or null. */
  value: string | null
  onChange: (day: string | null) => void
  /** Day from which a missing year is guessed. */
  reference?: string
}

export const todayUtc = (): string => new Date().toISOString().slice(0, 10)

/** A day typed as `24/10`, `24 oct` or `2026-10-24`; what was understood is written out below. */
export function DayField({ value, onChange, reference = todayUtc(), error, hint, ...field }: DayFieldProps) {
  const t = useT()
  const format = useFormat()
  const [typed, setTyped] = useState(value ? dayText(value) : '')
  useEffect(() => {
    setTyped((now) => (parseDay(now, reference) === value ? now : value ? dayText(value) : now))
  }, [value, reference])
  const bad = typed.trim() !== '' && parseDay(typed, reference) === null
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
            onChange(parseDay(event.target.value, reference))
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
}

/** A day and a time on the clocks of `zone`; a repeated hour asks which of the two is meant. */
export function DateTimeField({ value, onChange, zone, reference = todayUtc(), label, hint, error, ...field }: DateTimeFieldProps) {
  const t = useT()
  const format = useFormat()
  const local = value ? toLocal(value, zone) : null
  const [day, setDay] = useState(local ? dayText(local.date) : '')
  const [time, setTime] = useState(local?.time ?? '')
  const [occurrence, setOccurrence] = useState<'first' | 'second'>('first')
  useEffect(() => {
    if (!value) return
    const now = toLocal(value, zone)
    setDay((typed) => (parseDay(typed, reference) === now.date ? typed : dayText(now.date)))
    setTime((typed) => (parseTime(typed) === now.time ? typed : now.time))
  }, [value, zone, reference])

  const give = (dayTyped: string, timeTyped: string, which: 'first' | 'second'): void => {
    const [date, clock] = [parseDay(dayTyped, reference), parseTime(timeTyped)]
    onChange(date && clock ? fromLocal(date, clock, zone, which) : null)
  }
  const [date, clock] = [parseDay(day, reference), parseTime(time)]
  const first = date && clock ? fromLocal(date, clock, zone, 'first') : null
  const second = date && clock ? fromLocal(date, clock, zone, 'second') : null
  const bad = (day.trim() !== '' && !date) || (time.trim() !== '' && !clock)
  const shown = error ?? (bad ? t('issue.moment') : undefined)
  return (
    <Field {...field} label={label} hint={date ? `${format.day(date)}${hint ? ` · ${String(hint)}` : ''}` : (hint ?? t('form.moment_hint'))} {...(shown ? { error: shown } : {})}>
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
            onChange={(event) => {
              setTime(event.target.value)
              give(day, event.target.value, occurrence)
            }}
            onBlur={() => clock && setTime(clock)}
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
              <option value="first">{first && `1 (${format.offset(first, zone)})`}</option>
              <option value="second">{second && `2 (${format.offset(second, zone)})`}</option>
            </select>
          ) : (
            <span className={styles['offset']}>{first ? offsetLabel(toLocal(first, zone).offset_minutes) : ''}</span>
          )}
        </div>
      )}
    </Field>
  )
}
