/** Lanes of bars in one row: by start, then longer first; the first lane that is free; ends that touch share a lane (ui 4.2). */

export interface Interval {
  readonly start: number
  readonly end: number
}
export interface Laned<T> {
  readonly item: T
  readonly lane: number
}

/** Lanes drawn before a row says how many more there are. */
export const LANE_CAP = 4

const byStart = (one: Interval, other: Interval): number => one.start - other.start || other.end - one.end

/** In the order of their starts. Lanes are counted from 0. */
export function laned<T extends Interval>(items: readonly T[]): Laned<T>[] {
  const ends: number[] = []
  return items.toSorted(byStart).map((item) => {
    const free = ends.findIndex((end) => end <= item.start)
    const lane = free === -1 ? ends.length : free
    ends[lane] = item.end
    return { item, lane }
  })
}

export const lanesUsed = (bars: readonly Laned<unknown>[]): number => bars.reduce((most, { lane }) => Math.max(most, lane + 1), 0)

/** What is drawn of a row, and how many bars are not. */
export function capped<T>(bars: readonly Laned<T>[], cap: number = LANE_CAP): { readonly shown: readonly Laned<T>[]; readonly hidden: number } {
  if (lanesUsed(bars) <= cap) return { shown: bars, hidden: 0 }
  const shown = bars.filter(({ lane }) => lane < cap)
  return { shown, hidden: bars.length - shown.length }
}
