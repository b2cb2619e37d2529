/**
 * Working days of one person (decision A12): a working day belongs to the local date of its first start; rest runs from the last end
 * to the next start; unpaid breaks are not work. Overlapping windows are worked once.
 */
import { addDays, DAY, fromMs, localDateOf, MINUTE } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { bySpan, lengthOf, unionOf } from './sweep.ts'
import type { Span } from './sweep.ts'

export interface Shift extends Span {
  readonly zone: string
  readonly mission_id: string | null
  readonly unpaid_break_minutes: number
}

export interface WorkingDay<S extends Shift> {
  /** Local date of the first start, in the zone of that shift. */
  readonly date: LocalDate
  readonly zone: string
  readonly start: number
  end: number
  readonly shifts: S[]
}

export interface DayBoundary {
  /** A shift that starts on another date, at most this long after the last end, continues the day. */
  continuation_minutes: number
  /** A gap this long is a whole daily rest: what follows is another day, even on the same date. */
  rest_minutes: number
}

/** Shifts gathered in working days, both in order. `boundary` says where a day ends, as the rule in force for the next shift has it. */
export function workingDays<S extends Shift>(shifts: readonly S[], boundary: (next: S, date: LocalDate) => DayBoundary): WorkingDay<S>[] {
  const days: WorkingDay<S>[] = []
  let day: WorkingDay<S> | undefined
  for (const shift of [...shifts].sort(bySpan)) {
    if (day !== undefined && continues(day, shift, boundary)) {
      day.shifts.push(shift)
      day.end = Math.max(day.end, shift.end)
    } else {
      const date = localDateOf(fromMs(shift.start), shift.zone)
      day = { date, zone: shift.zone, start: shift.start, end: shift.end, shifts: [shift] }
      days.push(day)
    }
  }
  return days
}

function continues<S extends Shift>(day: WorkingDay<S>, next: S, boundary: (next: S, date: LocalDate) => DayBoundary): boolean {
  const gap = next.start - day.end
  if (gap <= 0) return true
  const { continuation_minutes, rest_minutes } = boundary(next, day.date)
  if (gap >= rest_minutes * MINUTE) return false
  return gap <= continuation_minutes * MINUTE || localDateOf(fromMs(next.start), day.zone) === day.date
}

/**
 * Worked time in milliseconds: the windows once, less the unpaid breaks. Two overlapping shifts of one mission share their meals:
 * the longest break of each such stretch counts.
 */
export function workedMs(shifts: readonly Shift[]): number {
  const byMission = new Map<string, Shift[]>()
  for (const shift of shifts) {
    if (shift.unpaid_break_minutes <= 0) continue
    const key = shift.mission_id ?? `alone:${shift.id}`
    const list = byMission.get(key)
    if (list) list.push(shift)
    else byMission.set(key, [shift])
  }
  let breaks = 0
  for (const list of byMission.values()) {
    let end = -Infinity
    let longest = 0
    for (const shift of list.sort(bySpan)) {
      if (shift.start >= end) {
        breaks += longest
        longest = 0
      }
      longest = Math.max(longest, shift.unpaid_break_minutes)
      end = Math.max(end, shift.end)
    }
    breaks += longest
  }
  return Math.max(0, lengthOf(shifts) - breaks * MINUTE)
}

/**
 * The longest break known in a working day, in milliseconds: the unpaid minutes of a window, or the time between two stretches of work.
 * null: none was entered, which is not the same as none taken.
 */
export function longestBreakMs(shifts: readonly Shift[]): number | null {
  let longest: number | null = null
  for (const { unpaid_break_minutes } of shifts) if (unpaid_break_minutes > 0) longest = Math.max(longest ?? 0, unpaid_break_minutes * MINUTE)
  if (shifts.length > 1) {
    let from: number | null = null
    for (const { start, end } of unionOf(shifts)) {
      if (from !== null) longest = Math.max(longest ?? 0, start - from)
      from = end
    }
  }
  return longest
}

/** The Monday of the ISO week of a date. */
export const mondayOf = (date: LocalDate): LocalDate => addDays(date, -((new Date(`${date}T00:00:00.000Z`).getUTCDay() + 6) % 7))

/** ISO 8601 week number: week 1 holds the first Thursday of the year. */
export function weekNumber(date: LocalDate): number {
  const thursday = addDays(mondayOf(date), 3)
  return 1 + Math.floor((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / (7 * DAY))
}
