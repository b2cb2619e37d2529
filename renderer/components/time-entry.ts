/** What people type for times and days. Pure: texts in, texts out; zones and instants are the caller's. */

/** `14h30`, `14:30`, `14.30`, `1430`, `930`, `14h`, `9`, `2:30pm`, `2 pm` -> `HH:MM`; null when it is not a time of day. */
export function parseTime(text: string): string | null {
  const typed = text.trim().toLowerCase().replace(/\s+/g, '')
  const found = /^(\d{1,2})(?:[h:.](\d{2})?)?(am|pm|a|p)?$/.exec(typed) ?? /^(\d{1,2})(\d{2})(am|pm|a|p)?$/.exec(typed)
  if (!found) return null
  let hours = Number(found[1])
  const minutes = Number(found[2] ?? 0)
  const half = found[3]?.[0]
  if (half) {
    if (hours < 1 || hours > 12) return null
    hours = (hours % 12) + (half === 'p' ? 12 : 0)
  }
  return hours < 24 && minutes < 60 ? clock(hours * 60 + minutes) : null
}

/** `+2h` said of a moment: minutes after it; null when it is no such thing. */
export const parseShift = (text: string): number | null => (/^\s*\+/.test(text) ? parseDuration(text) : null)

/** `+2h`, `+45`, `+1h30`, `+30min` -> minutes; null when it is not a duration. */
export function parseDuration(text: string): number | null {
  const typed = text.trim().toLowerCase().replace(/\s+/g, '').replace(/^\+/, '')
  const found = /^(?:(\d{1,3})h)?(\d{1,3})?(?:m|min|mn)?$/.exec(typed)
  if (!found || (!found[1] && !found[2])) return null
  return Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0)
}

const NEAR: Readonly<Record<string, number>> = {
  'aujourd hui': 0, auj: 0, today: 0, demain: 1, tomorrow: 1, tmr: 1, 'apres-demain': 2, 'apres demain': 2, hier: -1, yesterday: -1,
}
/** From Sunday, as the calendar counts them; in both languages, whole and cut short. */
const WEEKDAYS: readonly (readonly string[])[] = [
  ['dim', 'dimanche', 'sun', 'sunday'], ['lun', 'lundi', 'mon', 'monday'], ['mar', 'mardi', 'tue', 'tuesday'], ['mer', 'mercredi', 'wed', 'wednesday'],
  ['jeu', 'jeudi', 'thu', 'thursday'], ['ven', 'vendredi', 'fri', 'friday'], ['sam', 'samedi', 'sat', 'saturday'],
]
const daysAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const MONTHS: Readonly<Record<string, number>> = {
  jan: 1, feb: 2, fev: 2, mar: 3, apr: 4, avr: 4, may: 5, mai: 5, jun: 6, juin: 6, jul: 7, juil: 7, aug: 8, aou: 8, sep: 9, oct: 10, nov: 11, dec: 12,
}

/**
 * `24/10`, `24/10/2026`, `24.10.26`, `2026-10-24`, `24 oct`, `24 octobre 2026`, `sam`, `demain`, `+1` (from `reference`) -> `YYYY-MM-DD`.
 * Days come first in both languages. Without a year: the one nearest after `reference` (`YYYY-MM-DD`); a day of the week is the next one
 * from `reference`, itself included; `demain` is counted from `today`.
 */
export function parseDay(text: string, reference: string, today: string = reference): string | null {
  const typed = fold(text.trim())
  const near = NEAR[typed.replace(/[’']/g, ' ')]
  if (near !== undefined) return daysAfter(today, near)
  const weekday = WEEKDAYS.findIndex((names) => names.some((name) => typed.replace(/\.$/, '') === name || (typed.length > 3 && name.length > 3 && name.startsWith(typed))))
  if (weekday >= 0) return daysAfter(reference, (weekday - new Date(`${reference}T00:00:00Z`).getUTCDay() + 7) % 7)
  if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) return exists(typed) ? typed : null
  const relative = /^\+(\d{1,3})$/.exec(typed)
  if (relative) return daysAfter(reference, Number(relative[1]))
  const numbers = /^(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{2}|\d{4}))?$/.exec(typed)
  if (numbers) return dayOf(Number(numbers[1]), Number(numbers[2]), numbers[3], reference)
  const words = /^(?:[a-z]+\.? )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+)\.?(?: (\d{4}))?$/.exec(typed)
  if (!words) return null
  const month = MONTHS[words[2]?.slice(0, 4) ?? ''] ?? MONTHS[words[2]?.slice(0, 3) ?? '']
  return month ? dayOf(Number(words[1]), month, words[3], reference) : null
}

export interface EntryWindow {
  day: string
  start: string
  end: string
  /** The end is on the following day. */
  overnight: boolean
}

/** `24/10 14-23:30`, `24 oct 14h30 - 2h`, `24/10 9h–18h`: one line for a day and its hours; an end at or before the start is the next day's. */
export function parseWindow(text: string, reference: string): EntryWindow | null {
  const found = /^(.+?)\s+([\dh:.]+\s*(?:am|pm)?)\s*(?:-|–|—|à|to|>|→)\s*([\dh:.]+\s*(?:am|pm)?)$/i.exec(text.trim())
  if (!found) return null
  const [day, start, end] = [parseDay(found[1] ?? '', reference), parseTime(found[2] ?? ''), parseTime(found[3] ?? '')]
  return day && start && end ? { day, start, end, overnight: end <= start } : null
}

/** `2026-10-24` -> `24/10/2026`, what the day fields show. */
export const dayText = (day: string): string => day.split('-').reverse().join('/')

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ')
const exists = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day
}

function dayOf(day: number, month: number, year: string | undefined, reference: string): string | null {
  const written = (chosen: number): string => `${chosen}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (year) {
    const whole = year.length === 2 ? 2000 + Number(year) : Number(year)
    return exists(written(whole)) ? written(whole) : null
  }
  const from = Number(reference.slice(0, 4))
  return [from, from + 1, from + 2, from + 3, from + 4].map(written).find((candidate) => exists(candidate) && candidate >= reference) ?? null
}

/** `00:30+1`, `0h30 +1` -> time and days after; without `+n` the day is left to the caller (null). */
export function parseClock(text: string): { time: string; days: number | null } | null {
  const found = /^(.*?)\s*(?:\+\s*(\d))?$/.exec(text.trim())
  const time = parseTime(found?.[1] ?? '')
  return time ? { time, days: found?.[2] === undefined ? null : Number(found[2]) } : null
}
