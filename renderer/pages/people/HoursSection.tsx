import { useState } from 'react'
import type { CSSProperties } from 'react'
import type { z } from 'zod'
import { workingTimeOf } from '../../../shared/domain/planning/working-time-operations.ts'
import { isLocalDate } from '../../../shared/kernel/instants.ts'
import { minutesText } from '../../app/conflict-words.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer } from '../../app/queries.ts'
import { DayField, todayIn } from '../../components/DateTimeField.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Hours.module.css'

type Hours = z.infer<typeof workingTimeOf.output>
type Week = Hours['weeks'][number]

/** `507 h`, `62 h 30`, `0 h`: what is counted in hours stays in hours. */
const hoursText = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : minutes < 60 ? `0 h ${String(minutes).padStart(2, '0')}` : minutesText(minutes))
const hoursOr = (minutes: number | null): string => (minutes === null ? '—' : hoursText(minutes))

/** Weeks, rest, the average over twelve weeks and the 507 h of a person, around a date: information, never a decision. */
export function HoursSection({ person }: { person: string }) {
  const t = useT()
  const [day, setDay] = useState<string | null>(todayIn())
  const on = isLocalDate(day) ? day : null
  const asked = useAnswer(workingTimeOf, on === null ? null : { collaborator_id: person, on })
  if (asked.failure?.code === 'auth.forbidden') return <p className={mutedText}>{t('person.hours_closed')}</p>
  return (
    <div className={styles['hours']}>
      <DayField label={t('person.hours_date')} name="hours_on" value={day} onChange={setDay} />
      {asked.failure ? <ErrorState failure={asked.failure} onRetry={asked.retry} /> : asked.answer ? <Shown hours={asked.answer.value} /> : <LoadingSkeleton />}
      <p className={mutedText}>{t('person.hours_about')}</p>
    </div>
  )
}

function Shown({ hours }: { hours: Hours }) {
  const t = useT()
  const format = useFormat()
  const { weeks, average, week_rule, short_calls } = hours
  const breaks = weeks.reduce((sum, week) => sum + week.breaks_unknown, 0)
  const scale = Math.max(week_rule?.warning_minutes ?? 0, ...weeks.map((week) => week.worked_minutes), 1)
  return (
    <>
      <Year hours={hours} />
      {average && (
        <p>
          {t('person.hours_average', { weeks: average.weeks, average: hoursText(average.average_minutes), asked: hoursText(average.rule.warning_minutes), unknown: average.weeks_unknown })}{' '}
          {average.level !== null && <strong>{t('person.hours_over')}</strong>} <Source rule={average.rule} />
        </p>
      )}
      {weeks.every((week) => week.days === 0) ? (
        <p className={mutedText}>{t('person.hours_none')}</p>
      ) : (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('person.hours_week')}</th>
              <th scope="col">{t('person.hours_worked')}</th>
              <th scope="col">{t('person.hours_days')}</th>
              <th scope="col">{t('person.hours_longest')}</th>
              <th scope="col">{t('person.hours_rest')}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <WeekRow key={week.monday} week={week} on={hours.on} scale={scale} limit={week_rule?.warning_minutes ?? null} />
            ))}
          </tbody>
        </table>
      )}
      {week_rule && <Source rule={week_rule} />}
      {short_calls.map(({ date, minutes, rule }) => (
        <p key={`${date} ${minutes}`}>
          {t('person.hours_short', { day: format.day(date), found: hoursText(minutes), asked: hoursText(rule.warning_minutes) })} <Source rule={rule} />
        </p>
      ))}
      {breaks > 0 && <p className={mutedText}>{t('person.hours_breaks', { count: breaks })}</p>}
    </>
  )
}

function Source({ rule }: { rule: NonNullable<Hours['week_rule']> }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  return <span className={mutedText}>{[[rule.title[language], rule.article].filter(Boolean).join(', '), rule.pack_title[language], rule.unsure ? t('conflict.unsure') : ''].filter(Boolean).join(' · ')}</span>
}

function WeekRow({ week, on, scale, limit }: { week: Week; on: string; scale: number; limit: number | null }) {
  const t = useT()
  const format = useFormat()
  const last = new Date(Date.parse(`${week.monday}T12:00:00Z`) + 6 * 86_400_000).toISOString().slice(0, 10)
  const when = on < week.monday ? t('person.hours_coming') : on <= last ? t('person.hours_current') : null
  const style: CSSProperties & Record<`--${string}`, string> = { '--worked': `${(week.worked_minutes / scale) * 100}%`, '--limit': limit === null ? '100%' : `${(limit / scale) * 100}%` }
  return (
    <tr data-current={on >= week.monday && on <= last ? 'true' : undefined}>
      <th scope="row">
        {format.shortDay(week.monday)}
        {when && <span className={mutedText}> {when}</span>}
      </th>
      <td>
        <span className={styles['worked']}>
          <span className={styles['bar']} style={style} data-level={week.level ?? undefined} aria-hidden />
          {week.days === 0 ? '—' : hoursText(week.worked_minutes)}
        </span>
        {week.level !== null && <span className={styles['over']}>{t('person.hours_over')}</span>}
      </td>
      <td className={styles['number']}>{week.days === 0 ? '—' : week.days}</td>
      <td className={styles['number']}>{hoursOr(week.longest_day_minutes)}</td>
      <td className={styles['number']}>{hoursOr(week.shortest_rest_minutes)}</td>
    </tr>
  )
}

function Year({ hours: { year } }: { hours: Hours }) {
  const t = useT()
  const format = useFormat()
  if (year === null) return null
  const left = year.option_minutes > 0 || year.option_cachets > 0 || year.other_minutes > 0
  return (
    <section className={styles['year']} aria-labelledby="hours-year">
      <h4 id="hours-year">{t('person.hours_year_title')}</h4>
      <p>
        <strong>{t('person.hours_year', { counted: hoursText(year.counted_minutes), threshold: hoursText(year.threshold_minutes) })}</strong>{' '}
        {t('person.hours_year_detail', { from: format.day(year.from), to: format.day(year.to), hours: hoursText(year.work_minutes), cachets: year.cachets, cachet_hours: hoursText(year.cachet_minutes) })}
      </p>
      {left && <p className={mutedText}>{t('person.hours_options', { hours: hoursText(year.option_minutes), cachets: year.option_cachets, other: hoursText(year.other_minutes) })}</p>}
      <p className={mutedText} lang="fr">
        {year.source}
      </p>
    </section>
  )
}
