import { useState } from 'react'
import type { ReactNode } from 'react'
import { mostDates } from '../../../../shared/domain/templates/operations.ts'
import { addDays, isLocalDate } from '../../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../../shared/kernel/instants.ts'
import { CheckField, TextField } from '../../../components/Field.tsx'
import { formTwo } from '../../../components/FormLayout.ts'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import { weekdayOf, weekdays, weeklyDates } from './weekly-dates.ts'
import styles from './Series.module.css'

export interface Dates {
  first: string
  last: string
  /** Null: the weekday of the first. */
  days: ReadonlySet<number> | null
}

/** The dates of a form, and its fields: from, until, on which days of the week. */
export function useDates(start: LocalDate | ''): { dates: LocalDate[]; fields: ReactNode; problem: string | null } {
  const t = useT()
  const format = useFormat()
  const [{ first, last, days }, set] = useState<Dates>({ first: start, last: '', days: null })
  const chosen = days ?? new Set(isLocalDate(first) ? [weekdayOf(first)] : [])
  const dates = weeklyDates(first, last, chosen, mostDates)
  const problem = dates.length === 0 ? t('series.no_date') : dates.length > mostDates ? t('series.too_many', { most: mostDates }) : null
  const names = weekdays.map((day) => ({ day, name: format.weekday(addDays('2024-01-01' as LocalDate, day - 1)) }))
  const fields = (
    <>
      <div className={formTwo}>
        <TextField type="date" label={t('series.first')} name="first" required autoFocus value={first} onChange={(value) => set((before) => ({ ...before, first: value }))} />
        <TextField type="date" label={t('series.last')} name="last" optional min={first} value={last} onChange={(value) => set((before) => ({ ...before, last: value }))} />
      </div>
      {last !== '' && (
        <fieldset className={styles['days']}>
          <legend>{t('series.days')}</legend>
          {names.map(({ day, name }) => (
            <CheckField
              key={day}
              label={name}
              checked={chosen.has(day)}
              onChange={(now) => set((before) => ({ ...before, days: new Set(weekdays.filter((one) => (one === day ? now : chosen.has(one)))) }))}
            />
          ))}
        </fieldset>
      )}
      <p className={styles['count']} role="status">
        {problem ?? `${t('series.count', { count: dates.length })}${dates.length > 0 ? ` · ${dates.slice(0, 6).map((date) => format.day(date)).join(', ')}${dates.length > 6 ? '…' : ''}` : ''}`}
      </p>
    </>
  )
  return { dates, fields, problem }
}
