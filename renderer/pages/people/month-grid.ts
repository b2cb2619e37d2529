/** The month calendar as pure dates: six weeks from a Monday. */
import { addDays, fromLocal, localDateOf } from '../../../shared/kernel/instants.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'

const WEEK = 7
const WEEKS = 6
const MONDAY = 1

/** 0 is Sunday. */
const weekdayOf = (day: LocalDate): number => new Date(`${day}T12:00:00Z`).getUTCDay()

/** The days shown with the month of `day`, from the Monday on or before its first. */
export function gridOf(day: LocalDate): LocalDate[] {
  const first = addDays(day, 1 - Number(day.slice(8)))
  const back = (weekdayOf(first) - MONDAY + WEEK) % WEEK
  return Array.from({ length: WEEK * WEEKS }, (_, at) => addDays(first, at - back))
}

/** The same day of another month, or its last one: 31 October goes to 30 November. */
export function sameDayIn(day: LocalDate, months: number): LocalDate {
  const date = new Date(`${day.slice(0, 8)}01T12:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0)
  const last = date.toISOString().slice(0, 10)
  const wanted = `${last.slice(0, 8)}${day.slice(8)}`
  return (wanted > last ? last : wanted) as LocalDate
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -WEEK, ArrowDown: WEEK }

/** Where a key leads from a day; null: the key is not the calendar's. */
export function dayAfterKey(day: LocalDate, key: string): LocalDate | null {
  const step = steps[key]
  if (step !== undefined) return addDays(day, step)
  if (key === 'PageUp' || key === 'PageDown') return sameDayIn(day, key === 'PageUp' ? -1 : 1)
  const weekday = (weekdayOf(day) - MONDAY + WEEK) % WEEK
  if (key === 'Home') return addDays(day, -weekday)
  return key === 'End' ? addDays(day, WEEK - 1 - weekday) : null
}

/** Whole days, both included, on the clocks of the zone. */
export function wholeDays(one: LocalDate, other: LocalDate, zone: string): { start_at: Instant; end_at: Instant } {
  const [from, to] = one <= other ? [one, other] : [other, one]
  return { start_at: fromLocal(from, '00:00', zone), end_at: fromLocal(addDays(to, 1), '00:00', zone) }
}

/** Whether anything of the window lies on the day; a window that ends at midnight is not of the next day. */
export const onDay = (window: { start_at: string; end_at: string }, day: LocalDate, zone: string): boolean =>
  window.start_at < fromLocal(addDays(day, 1), '00:00', zone) && window.end_at > fromLocal(day, '00:00', zone)

export const dayOf = (instant: Instant, zone: string): LocalDate => localDateOf(instant, zone)
