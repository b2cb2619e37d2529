/** The clock of a run of show: when each line begins, from the lines themselves. Pure; nothing here is stored. */
import { fromMs, MINUTE, offsetMinutes, toMs, type Instant } from '../../kernel/instants.ts'

export interface TimedLine {
  /** On the clock; null: follows the line before by that line's duration. */
  at: Instant | null
  duration_seconds: number | null
}

/** What the clocks of a zone show at an instant. */
export interface Clock {
  /** `2026-10-24` */
  date: string
  /** `HH:MM:SS`, 24 h. */
  time: string
  offset_minutes: number
}

export interface LineTime {
  starts_at: Instant
  ends_at: Instant
  clock: Clock
  /** Of a line with its own time: seconds since the line before ended, negative when it had not ended. null: first line, or a line that follows. */
  gap_seconds: number | null
}

export interface RunningTimes {
  lines: LineTime[]
  /** Sum of the durations given. */
  running_seconds: number
  /** From the first start to the last end, as it passes on a watch. */
  span_seconds: number
  ends_at: Instant | null
}

const SECOND = 1000

export function clockOf(instant: Instant, zone: string): Clock {
  const ms = toMs(instant)
  const offset_minutes = offsetMinutes(ms, zone)
  const text = fromMs(ms + offset_minutes * MINUTE)
  return { date: text.slice(0, 10), time: text.slice(11, 19), offset_minutes }
}

/**
 * Lines in order; the first one without a time begins at `start`. Durations are real seconds: over a change of the clocks a line of an
 * hour still lasts an hour, and what the clocks show follows from the zone.
 */
export function runningTimes(lines: readonly TimedLine[], start: Instant, zone: string): RunningTimes {
  const timed: LineTime[] = []
  let [cursor, first, last, running_seconds] = [toMs(start), Infinity, -Infinity, 0]
  for (const [index, { at, duration_seconds }] of lines.entries()) {
    const from = at === null ? cursor : toMs(at)
    const to = from + (duration_seconds ?? 0) * SECOND
    const gap_seconds = at === null || index === 0 ? null : Math.round((from - cursor) / SECOND)
    timed.push({ starts_at: fromMs(from), ends_at: fromMs(to), clock: clockOf(fromMs(from), zone), gap_seconds })
    cursor = to
    first = Math.min(first, from)
    last = Math.max(last, to)
    running_seconds += duration_seconds ?? 0
  }
  return { lines: timed, running_seconds, span_seconds: timed.length === 0 ? 0 : Math.round((last - first) / SECOND), ends_at: timed.length === 0 ? null : fromMs(last) }
}
