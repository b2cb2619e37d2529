/**
 * Instants are UTC texts with milliseconds, `2027-06-18T16:00:00.000Z`: they sort as text.
 * Local times exist only beside an IANA zone. Durations are whole milliseconds or minutes, named so.
 */
export type Instant = string & { readonly __brand: 'Instant' }
/** A calendar date, `2027-06-18`, always beside a zone. */
export type LocalDate = string & { readonly __brand: 'LocalDate' }

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

export const isInstant = (text: unknown): text is Instant =>
  typeof text === 'string' && INSTANT.test(text) && new Date(text).toJSON() === text
export const isLocalDate = (text: unknown): text is LocalDate =>
  typeof text === 'string' && DATE.test(text) && new Date(`${text}T00:00:00.000Z`).toJSON()?.slice(0, 10) === text

/** Years on which one may plan: those that clocks of places, sums of days and texts of instants hold without surprise. */
export const isPlannableDate = (date: LocalDate): boolean => date >= '1900-01-01' && date < '3000-01-01'

export const toMs = (instant: Instant): number => Date.parse(instant)
export const fromMs = (ms: number): Instant => new Date(ms).toISOString() as Instant

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', second: '2-digit',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

export function isZone(zone: unknown): zone is string {
  if (typeof zone !== 'string' || zone === '' || /^[+-]/.test(zone)) return false
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}

const offsets = new Map<string, Map<number, number>>()

/** Offset of the zone from UTC at that instant, in minutes (Paris in summer: 120). */
export function offsetMinutes(ms: number, zone: string): number {
  if (zone === 'UTC') return 0
  // Zones change on whole quarter hours at most: one look-up per quarter is exact.
  const quarter = Math.floor(ms / (15 * MINUTE))
  let cache = offsets.get(zone)
  if (!cache) offsets.set(zone, (cache = new Map()))
  const known = cache.get(quarter)
  if (known !== undefined) return known
  const at = quarter * 15 * MINUTE
  const parts: Record<string, number> = {}
  for (const part of formatterOf(zone).formatToParts(at)) if (part.type !== 'literal') parts[part.type] = Number(part.value)
  const local = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1, parts['hour'] ?? 0, parts['minute'] ?? 0, parts['second'] ?? 0)
  const minutes = Math.round((local - at) / MINUTE)
  if (cache.size > 50_000) cache.clear()
  cache.set(quarter, minutes)
  return minutes
}

export interface LocalTime {
  date: LocalDate
  /** `HH:MM`, 24 h. */
  time: string
  offset_minutes: number
}

export function toLocal(instant: Instant, zone: string): LocalTime {
  const ms = toMs(instant)
  const offset = offsetMinutes(ms, zone)
  const text = new Date(ms + offset * MINUTE).toISOString()
  return { date: text.slice(0, 10) as LocalDate, time: text.slice(11, 16), offset_minutes: offset }
}

export const localDateOf = (instant: Instant, zone: string): LocalDate => toLocal(instant, zone).date

/**
 * The instant at which the clocks of `zone` show `date` `time`. A repeated hour gives the first occurrence (or the second, when
 * asked); a time in a gap moves forward by the length of the gap.
 */
export function fromLocal(date: string, time: string, zone: string, occurrence: 'first' | 'second' = 'first'): Instant {
  const wall = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}.000Z`)
  const before = offsetMinutes(wall - DAY, zone)
  const after = offsetMinutes(wall + DAY, zone)
  const candidates = [...new Set([before, after])]
    .map((offset) => wall - offset * MINUTE)
    .filter((ms) => ms + offsetMinutes(ms, zone) * MINUTE === wall)
    .sort((a, b) => a - b)
  const chosen = occurrence === 'first' ? candidates[0] : candidates.at(-1)
  return fromMs(chosen ?? wall - before * MINUTE)
}

/** `UTC+2`, `UTC-3:30`, `UTC`. */
export function offsetLabel(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const rest = size % 60
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

/** Moves a calendar date by whole days. */
export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10) as LocalDate

/** Moves an instant by whole days of its zone, keeping the time on the clock (a day may last 23 or 25 hours). */
export function shiftDays(instant: Instant, days: number, zone: string): Instant {
  const local = toLocal(instant, zone)
  const seconds = instant.slice(17, 23)
  const moved = fromLocal(addDays(local.date, days), local.time, zone)
  return `${moved.slice(0, 17)}${seconds}Z` as Instant
}
