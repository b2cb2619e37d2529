import { useMemo } from 'react'
import { addDays, fromLocal, isLocalDate, toMs } from '../../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../../shared/kernel/instants.ts'
import { usePreferences } from '../../../app/preferences.ts'
import { useT } from '../../../i18n/index.ts'
import { mondayOf, weekNumber } from './ticks.ts'
import type { ZoomLevel } from './timeline-props.ts'

const two = (value: number): string => String(value).padStart(2, '0')
const weekday = (date: string): number => new Date(`${date}T00:00:00.000Z`).getUTCDay()

/** Labels of the axis in the language of the screens. */
export function useAxisWords() {
  const t = useT()
  const language = usePreferences((state) => state.language)
  return useMemo(() => {
    const formatter = (options: Intl.DateTimeFormatOptions): ((date: string) => string) => {
      const made = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: 'UTC', ...options })
      return (date) => made.format(Date.parse(`${date}T12:00:00Z`))
    }
    const long = formatter({ weekday: 'long', day: 'numeric', month: 'long' })
    const short = formatter({ weekday: 'short', day: 'numeric', month: 'long' })
    const tight = formatter({ weekday: 'short', day: 'numeric' })
    const week = formatter({ day: 'numeric', month: 'short' })
    const month = formatter({ month: 'long', year: 'numeric' })
    const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
    const major = (level: ZoomLevel, date: LocalDate, roomy: boolean): string => {
      if (level === 'month') return capital(month(date))
      if (level === 'week') return `${t('timeline.week', { number: weekNumber(date) })} · ${week(date)} ${date.slice(0, 4)}`
      return capital(roomy ? long(date) : short(date))
    }
    return {
      major,
      minor: (level: ZoomLevel, date: LocalDate, pxPerDay: number): string => {
        if (level === 'week' && pxPerDay >= 60) return tight(date)
        const number = String(Number(date.slice(8)))
        return level === 'month' && date === mondayOf(date) && pxPerDay >= 44 ? `${number} · ${t('timeline.week_short', { number: weekNumber(date) })}` : number
      },
      clock: (level: ZoomLevel, minute: number): string => (level === 'hour' ? `${two(Math.floor(minute / 60))}:${two(minute % 60)}` : two(Math.floor(minute / 60))),
      /** `25 h`, `24 h 30`. */
      hours: (hours: number): string => `${Math.floor(hours)} h${hours % 1 === 0 ? '' : ` ${two(Math.round((hours % 1) * 60))}`}`,
      dayOfMonth: (date: string): number => Number(date.slice(8)),
      isMonday: (date: string): boolean => weekday(date) === 1,
      isWeekend: (date: string): boolean => weekday(date) % 6 === 0,
      startOf: (date: string, zone: string): number => toMs(fromLocal(date, '00:00', zone)),
      endOf: (date: string, zone: string): number => (isLocalDate(date) ? toMs(fromLocal(addDays(date, 1), '00:00', zone)) : 0),
    }
  }, [t, language])
}
