import { RotateCcw, Sunrise, Sunset } from 'lucide-react'
import { memo } from 'react'
import { MINUTE } from '../../../../shared/kernel/instants.ts'
import { useFormat } from '../../../i18n/format.ts'
import { useT, wordOf } from '../../../i18n/index.ts'
import type { Plan } from '../plan.ts'
import styles from './Axis.module.css'
import type { Sun } from './backgrounds.ts'
import { changeBand } from './backgrounds.ts'
import { timeOf } from './drawing.ts'
import { useAxisWords } from './axis-words.ts'
import { xOf } from './scale.ts'
import type { Scale } from './scale.ts'
import { daysIn, hoursOf, labelEvery } from './ticks.ts'
import type { AxisTicks, Transition } from './ticks.ts'
import type { ZoomLevel } from './timeline-props.ts'

export interface AxisProps {
  readonly level: ZoomLevel
  readonly scale: Scale
  readonly zone: string
  readonly ticks: AxisTicks
  readonly changes: readonly Transition[]
  readonly sun: readonly Sun[]
  readonly holidays: Plan['holidays']
  readonly now: number
}

/** px that the pill of now hides on either side of its middle. */
const PILL = 26
/** px that the short label of a day may take before the chip of its change of clocks. */
const LABEL = 124

/** The two lines of the axis: days and hours, weeks and days, or months and days. */
export const Axis = memo(function Axis({ level, scale, zone, ticks, changes, sun, holidays, now }: AxisProps) {
  const t = useT()
  const format = useFormat()
  const words = useAxisWords()
  const x = (ms: number): number => Math.round(xOf(scale, ms) * 2) / 2
  const clock = level === 'hour' || level === 'day'
  const nowX = x(now)
  const hidden = (left: number): boolean => Math.abs(left + 8 - nowX) < PILL
  const pxPerDay = scale.pxPerMs * 86_400_000
  const holidayOn = (date: string): string | null => {
    const found = holidays.find(({ kind, first, last }) => kind === 'public' && first <= date && date <= last)
    return found ? wordOf(t, 'holiday', found.name) : null
  }
  const stepPx = scale.pxPerMs * (level === 'hour' ? 15 : 60) * MINUTE
  const every = clock ? labelEvery(stepPx, level === 'hour' ? 34 : 26) : labelEvery(pxPerDay, level === 'week' ? 44 : 26)
  const [windowFrom, windowTo] = [ticks.days[0]?.at ?? 0, ticks.days.at(-1)?.end ?? 0]
  return (
    <>
      <div className={styles['line']}>
        {ticks.majors.map((span) => (
          <span key={span.date} className={styles['major']} style={{ left: x(span.at), width: x(span.end) - x(span.at) }}>
            <span className={styles['majorText']}>
              <b>{words.major(level, span.date, x(span.end) - x(span.at) > 420 && !changes.some(({ at }) => at >= span.at && at < span.end))}</b>
              {clock && holidayOn(span.date) !== null && <span className={styles['public']}>{holidayOn(span.date)}</span>}
            </span>
          </span>
        ))}
        {clock && sun.map(({ at, kind }) => (
          <span key={`${kind}${at}`} className={styles['sun']} style={{ left: x(at) }} title={t(kind === 'rise' ? 'timeline.sunrise' : 'timeline.sunset')}>
            {kind === 'rise' ? <Sunrise size={13} strokeWidth={1.5} aria-hidden /> : <Sunset size={13} strokeWidth={1.5} aria-hidden />}
            {timeOf(format, at, zone)}
          </span>
        ))}
        {level !== 'month' && changes.map((change) => {
          const day = daysIn(change.at - 1, change.at + 1, zone).find(({ at, end }) => at <= change.at && change.at < end)
          const wall = (offset: number): string => new Date(change.at + offset * MINUTE).toISOString().slice(11, 16)
          return (
            <span key={change.at} className={styles['chip']} style={{ left: Math.max(x(change.at) + 10, day ? x(day.at) + LABEL : 0) }}>
              <RotateCcw size={11} strokeWidth={2} aria-hidden />
              {t('timeline.clocks', { before: wall(change.before), after: wall(change.after), hours: words.hours(day ? hoursOf(day) : 24) })}
            </span>
          )
        })}
        {holidays.flatMap(({ kind, name, first, last }) => {
          if (kind !== 'school') return []
          const [begin, end] = [Math.max(windowFrom, words.startOf(first, zone)), Math.min(windowTo, words.endOf(last, zone))]
          return begin < end ? [<i key={`${name}${first}`} className={styles['school']} style={{ left: x(begin), width: x(end) - x(begin) }} title={wordOf(t, 'holiday', name)} />] : []
        })}
      </div>
      <div className={styles['line']}>
        {clock && changes.map((change) => {
          const { start, end } = changeBand(change)
          return <i key={change.at} className={`${styles['repeat']} ${end === start ? styles['seam'] : ''}`} style={{ left: x(start), width: x(end) - x(start) }} />
        })}
        {clock
          ? ticks.minors.map(({ at, minute, repeated }) => {
              const index = level === 'hour' ? minute / 15 : minute / 60
              if (index % every !== 0 || hidden(x(at))) return null
              const form = repeated ? styles['second'] : minute === 0 ? styles['first'] : ''
              return (
                <span key={at} className={`${styles['minor']} ${form}`} style={{ left: x(at) }}>
                  {words.clock(level, minute)}
                </span>
              )
            })
          : ticks.days.map(({ date, at }) => {
              const holiday = holidayOn(date)
              if ((words.dayOfMonth(date) - 1) % every !== 0 || hidden(x(at))) return null
              return (
                <span key={date} className={`${styles['minor']} ${words.isMonday(date) ? styles['first'] : words.isWeekend(date) ? styles['weekend'] : ''}`} style={{ left: x(at) }} title={holiday ?? undefined}>
                  {words.minor(level, date, pxPerDay)}
                  {holiday !== null && ' ★'}
                </span>
              )
            })}
        <span className={styles['now']} style={{ left: nowX }}>{timeOf(format, now, zone)}</span>
      </div>
    </>
  )
})
