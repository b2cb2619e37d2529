/** Times of one day carried to another: the clock says the same, whatever the clocks do in between. Pure. */
import { addDays, fromLocal, fromMs, isInstant, isLocalDate, toLocal, toMs } from '../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'

export interface DayMove {
  /** Whole days from the one sheet's date to the other's. */
  days: number
  from_zone: string
  to_zone: string
}

export const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** The same time on the clock, `days` later. An hour that the clocks skip moves on by what they skip; one that comes twice is the first. */
export function movedTime(at: Instant, { days, from_zone, to_zone }: DayMove): Instant {
  const local = toLocal(at, from_zone)
  if (days === 0 && from_zone === to_zone) return at
  return fromLocal(addDays(local.date, days), local.time, to_zone)
}

/** Start and end together: a window that the clocks would turn over keeps its length instead. */
export function movedWindow(start: Instant, end: Instant, move: DayMove): { start: Instant; end: Instant } {
  const [from, to] = [movedTime(start, move), movedTime(end, move)]
  return { start: from, end: to > from || end <= start ? to : fromMs(toMs(from) + toMs(end) - toMs(start)) }
}

const WINDOWS = [['start_at', 'end_at'], ['check_in_at', 'check_out_at']] as const

/** The body of a typed section with its times moved: fields named `at` or ending in `_at`, dates, and the rows inside. */
export function movedBody(body: Readonly<Record<string, unknown>>, move: DayMove): Record<string, unknown> {
  const moved: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(body)) {
    if (/(^|_)at$/.test(name) && isInstant(value)) moved[name] = movedTime(value, move)
    else if (name === 'date' && isLocalDate(value)) moved[name] = addDays(value, move.days)
    else if (Array.isArray(value)) moved[name] = value.map((item: unknown) => (isRecord(item) ? movedBody(item, move) : item))
    else moved[name] = value
  }
  for (const [first, last] of WINDOWS) {
    const [start, end] = [body[first], body[last]]
    if (isInstant(start) && isInstant(end)) moved[last] = movedWindow(start, end, move).end
  }
  return moved
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
