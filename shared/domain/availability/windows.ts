/** Windows of time as sets, and weekly hours on the clocks of a place. Pure; texts of instants sort as times. */
import { addDays, fromLocal, type Instant, type LocalDate } from '../../kernel/instants.ts'

export interface Window {
  readonly start_at: Instant
  /** Exclusive. */
  readonly end_at: Instant
}

const byStart = (one: Window, other: Window): number => (one.start_at < other.start_at ? -1 : one.start_at > other.start_at ? 1 : one.end_at < other.end_at ? -1 : 1)

/** The same time in the fewest windows, in order: those that overlap or touch become one, empty ones are gone. */
export function joined(windows: readonly Window[]): Window[] {
  const found: Window[] = []
  for (const { start_at, end_at } of windows.filter((one) => one.start_at < one.end_at).sort(byStart)) {
    const last = found.at(-1)
    if (last && start_at <= last.end_at) found[found.length - 1] = { start_at: last.start_at, end_at: end_at > last.end_at ? end_at : last.end_at }
    else found.push({ start_at, end_at })
  }
  return found
}

/** What is left of a window beside others, in order. */
export function without(window: Window, others: readonly Window[]): Window[] {
  const left: Window[] = []
  let from = window.start_at
  for (const { start_at, end_at } of joined(others)) {
    if (end_at <= from || start_at >= window.end_at) continue
    if (start_at > from) left.push({ start_at: from, end_at: start_at })
    from = end_at
  }
  if (from < window.end_at) left.push({ start_at: from, end_at: window.end_at })
  return left
}

export const overlaps = (one: Window, other: Window): boolean => one.start_at < other.end_at && one.end_at > other.start_at

export interface WeeklyHours {
  /** 1 is Monday, 7 Sunday (ISO 8601). */
  readonly weekdays: readonly number[]
  /** `HH:MM` on the clocks of the zone; an end not after the beginning is the next day's, 00:00 to 00:00 a whole day. */
  readonly from_time: string
  readonly to_time: string
  /** First and last day, both included. */
  readonly from: LocalDate
  readonly to: LocalDate
}

const WEEK = 7
const weekdayOf = (day: LocalDate): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + WEEK - 1) % WEEK + 1

/**
 * Every such day's hours between two dates, as the clocks of the zone show them: the same time on the wall in summer and in winter. A time
 * that the clocks leap over is the moment after the leap; hours that the leap swallows whole are no window. At most `cap` are made.
 */
export function weeklyWindows({ weekdays, from_time, to_time, from, to }: WeeklyHours, zone: string, cap: number): Window[] {
  const found: Window[] = []
  for (let day = from; day <= to && found.length < cap; day = addDays(day, 1)) {
    if (!weekdays.includes(weekdayOf(day))) continue
    const window = { start_at: fromLocal(day, from_time, zone), end_at: fromLocal(to_time > from_time ? day : addDays(day, 1), to_time, zone) }
    if (window.start_at < window.end_at) found.push(window)
  }
  return joined(found)
}
