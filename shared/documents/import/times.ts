import type { Instant, LocalDate } from '../../kernel/instants.ts'
import { MINUTE, addDays, fromLocal, fromMs, isLocalDate, toLocal, toMs } from '../../kernel/instants.ts'
import { fold } from '../../kernel/text.ts'
import type { DateOptions } from './dates.ts'
import { parseDate, splitDateTime } from './dates.ts'

/** A time on the clock, `HH:MM`, and how many days after the date of its row (a shoot's `25:30`, `01h00 (+1)`). */
export interface ClockTime {
  time: string
  days: 0 | 1
}

const two = (value: number): string => String(value).padStart(2, '0')

function clock(hours: number, minutes: number, days: 0 | 1): ClockTime | null {
  if (minutes > 59) return null
  if (hours > 23) return hours < 30 && days === 0 ? { time: `${two(hours - 24)}:${two(minutes)}`, days: 1 } : null
  return { time: `${two(hours)}:${two(minutes)}`, days }
}

/** Reads `14h30`, `14h`, `1430`, `14:30`, `14:30:00`, `2:30pm`, `2 p.m.`, `midi`, `24:00`, `25:30`, `01:00 +1`; null otherwise. */
export function parseTime(text: string): ClockTime | null {
  const folded = fold(text)
  const nextDay = /\s*\(?\s*(?:\+\s*1\s*(?:j|d|jour|day)?|j\s*\+\s*1|d\s*\+\s*1|next day|lendemain)\s*\)?$/.exec(folded)
  const days = nextDay ? 1 : 0
  const bare = (nextDay ? folded.slice(0, nextDay.index) : folded).trim()
  if (bare === 'midi' || bare === 'noon') return clock(12, 0, days)
  if (bare === 'minuit' || bare === 'midnight') return clock(0, 0, days)
  const half = /^(\d{1,2})(?:\s*[:h.]\s*(\d{2}))?(?::\d{2})?\s*([ap])\.?\s*m\.?$/.exec(bare)
  if (half) {
    const hours = Number(half[1])
    if (hours < 1 || hours > 12) return null
    return clock((hours % 12) + (half[3] === 'p' ? 12 : 0), Number(half[2] ?? '0'), days)
  }
  const whole = /^(\d{1,2})\s*(?:h|:|heures?\s?)\s*(\d{2})?(?:\s*(?:min|mn|m))?(?::\d{2}(?:\.\d+)?)?$/.exec(bare)
  if (whole) return bare.includes(':') && whole[2] === undefined ? null : clock(Number(whole[1]), Number(whole[2] ?? '0'), days)
  const joined = /^(\d{1,2})(\d{2})$/.exec(bare)
  return joined ? clock(Number(joined[1]), Number(joined[2]), days) : null
}

/** What the clocks of a zone do to a local time: it never was (`gap`: moved forward) or was twice (`repeat`: the first is taken). */
export type ClockNote = 'gap' | 'repeat' | null

export interface PlacedInstant {
  instant: Instant
  note: ClockNote
}

/** The instant of a date and time in a zone, with what the clock change did to it. */
export function placeInstant(date: LocalDate, time: string, zone: string): PlacedInstant {
  const instant = fromLocal(date, time, zone)
  const back = toLocal(instant, zone)
  if (back.date !== date || back.time !== time.slice(0, 5)) return { instant, note: 'gap' }
  return { instant, note: fromLocal(date, time, zone, 'second') === instant ? null : 'repeat' }
}

const ISO_OFFSET = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})$/i

/** An instant written with its offset (`2026-01-31T09:30:00+01:00`, `...Z`), null otherwise or where no such day or hour is. */
export function parseInstant(text: string): Instant | null {
  const found = ISO_OFFSET.exec(text.trim())
  if (!found) return null
  const [, date = '', hours = '', minutes = '', seconds = '00', fraction = '', offset = 'Z'] = found
  if (!isLocalDate(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const wall = Date.parse(`${date}T${hours}:${minutes}:${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
  if (/^z$/i.test(offset)) return fromMs(wall)
  const size = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '') || '0')
  return size > 18 * 60 ? null : fromMs(wall - (offset.startsWith('-') ? -size : size) * MINUTE)
}

/** A moment as a cell may say it: an instant, a date with a time, a date alone, a time alone. */
export type Moment =
  | { kind: 'instant'; instant: Instant }
  | { kind: 'date_time'; date: LocalDate; clock: ClockTime; without_year: boolean }
  | { kind: 'date'; date: LocalDate; without_year: boolean }
  | { kind: 'time'; clock: ClockTime }
  | { kind: 'unreadable'; issue: 'unreadable' | 'no_such_day' | 'year_missing' }

export function parseMoment(text: string, options: DateOptions): Moment {
  const instant = parseInstant(text)
  if (instant) return { kind: 'instant', instant }
  const both = splitDateTime(text)
  if (both) {
    const date = parseDate(both.date, options)
    const clock = parseTime(both.time)
    if (date.ok && clock) return { kind: 'date_time', date: date.date, clock, without_year: date.without_year }
    if (clock && !date.ok && date.issue !== 'unreadable') return { kind: 'unreadable', issue: date.issue }
  }
  const alone = parseTime(text)
  if (alone) return { kind: 'time', clock: alone }
  const date = parseDate(text, options)
  return date.ok ? { kind: 'date', date: date.date, without_year: date.without_year } : { kind: 'unreadable', issue: date.issue }
}

/** The instant of a clock time on a date, its next day included. */
export const placeClock = (date: LocalDate, clock: ClockTime, zone: string): PlacedInstant =>
  placeInstant(clock.days === 1 ? addDays(date, 1) : date, clock.time, zone)

export const minutesBetween = (from: Instant, to: Instant): number => Math.round((toMs(to) - toMs(from)) / MINUTE)
