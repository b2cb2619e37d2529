/** Ticks of the axis in the wall clock of a zone: an hour that comes twice is there twice, one that is skipped is not there (ui 4.2). */
import { mondayOf } from '../../../../shared/domain/planning/working-time.ts'
import { DAY, HOUR, MINUTE, addDays, fromLocal, fromMs, localDateOf, offsetMinutes, toMs } from '../../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../../shared/kernel/instants.ts'
import type { ZoomLevel } from './timeline-props.ts'

export { mondayOf, weekNumber } from '../../../../shared/domain/planning/working-time.ts'

/** Clocks changed at `at`: offsets in minutes. */
export interface Transition {
  readonly at: number
  readonly before: number
  readonly after: number
}

/** Changes of the clocks after `from`, up to and with `to`: a scan by days, then bisection to the minute. */
export function transitionsIn(from: number, to: number, zone: string): Transition[] {
  const found: Transition[] = []
  for (let day = from; day < to; day += DAY) {
    const last = Math.min(to, day + DAY)
    const [before, after] = [offsetMinutes(day, zone), offsetMinutes(last, zone)]
    if (before === after) continue
    // Whole milliseconds: a window made of pixels has parts of them, between which no middle would be found.
    let [low, high] = [Math.floor(day), Math.ceil(last)]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (offsetMinutes(middle, zone) === before) low = middle
      else high = middle
    }
    found.push({ at: high, before, after })
  }
  return found
}

/** A local day, `end` excluded: 23, 24, 24.5 or 25 hours. */
export interface LocalDay {
  readonly date: LocalDate
  readonly at: number
  readonly end: number
}

const startOf = (date: LocalDate, zone: string): number => toMs(fromLocal(date, '00:00', zone))

/** Local days that share an instant with the window. */
export function daysIn(from: number, to: number, zone: string): LocalDay[] {
  const days: LocalDay[] = []
  for (let date = localDateOf(fromMs(from), zone); ; date = addDays(date, 1)) {
    const at = startOf(date, zone)
    if (at >= to) return days
    days.push({ date, at, end: startOf(addDays(date, 1), zone) })
  }
}

/** One time on the clock. */
export interface Tick {
  readonly at: number
  /** Minutes after midnight, as the clock shows them. */
  readonly minute: number
  /** Shown by the clock for the second time that day. */
  readonly repeated: boolean
}

/** Every instant of the window at which the clock shows a multiple of `step` minutes. */
export function clockTicks(from: number, to: number, zone: string, step: number): Tick[] {
  const changes = transitionsIn(from - DAY, to, zone)
  const ticks: Tick[] = []
  const edges = [-Infinity, ...changes.map(({ at }) => at)]
  edges.forEach((edge, index) => {
    const [begin, end] = [Math.max(from, edge), Math.min(to, edges[index + 1] ?? Infinity)]
    if (begin >= end) return
    const offset = offsetMinutes(begin, zone) * MINUTE
    const change = changes[index - 1]
    const again = change && change.after < change.before ? change.at + (change.before - change.after) * MINUTE : -Infinity
    const size = step * MINUTE
    for (let wall = Math.ceil((begin + offset) / size) * size; wall - offset < end; wall += size) {
      const at = wall - offset
      ticks.push({ at, minute: Math.floor((((wall % DAY) + DAY) % DAY) / MINUTE), repeated: at < again })
    }
  })
  return ticks
}

/** Fewest of 1, 2, 3, 6 or 12 steps that leave a label its 26 px (ui 4.1); every 24th when not even that is enough. */
export const LABEL_PX = 26
export const labelEvery = (stepPx: number, least: number = LABEL_PX): number => [1, 2, 3, 6, 12].find((every) => every * stepPx >= least) ?? 24

export interface AxisTicks {
  /** Spans of the upper line: days, weeks or months. `date`: their first day. */
  readonly majors: readonly LocalDay[]
  readonly minors: readonly Tick[]
  /** Days: what the lower line shows in weeks and months. */
  readonly days: readonly LocalDay[]
  /** Lines without a label. */
  readonly hairs: readonly number[]
}

function grouped(days: readonly LocalDay[], keyOf: (date: LocalDate) => string): LocalDay[] {
  const spans: LocalDay[] = []
  let last = ''
  for (const day of days) {
    const key = keyOf(day.date)
    const open = spans.at(-1)
    if (open && key === last) spans[spans.length - 1] = { ...open, end: day.end }
    else spans.push(day)
    last = key
  }
  return spans
}

/** What the axis shows of a window at a level. */
export function axisTicks(level: ZoomLevel, from: number, to: number, zone: string): AxisTicks {
  const days = daysIn(from, to, zone)
  if (level === 'hour' || level === 'day') return { majors: days, minors: clockTicks(from, to, zone, level === 'hour' ? 15 : 60), days, hairs: [] }
  if (level === 'month') return { majors: grouped(days, (date) => date.slice(0, 7)), minors: [], days, hairs: [] }
  return { majors: grouped(days, mondayOf), minors: [], days, hairs: clockTicks(from, to, zone, 360).flatMap(({ at, minute }) => (minute === 0 ? [] : [at])) }
}

/** Length of a local day in hours: 24, or 23, 23.5, 24.5, 25 on days when clocks change. */
export const hoursOf = (day: LocalDay): number => (day.end - day.at) / HOUR
