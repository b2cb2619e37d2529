/**
 * Lanes of bars: by start, then longer first; the first lane that is free; ends that touch share a lane (ui 4.2). Lanes are counted from 0.
 */
export interface Interval {
  readonly start: number
  readonly end: number
}
export interface Laned<T> {
  readonly item: T
  readonly lane: number
}

const byStart = (one: Interval, other: Interval): number => one.start - other.start || other.end - one.end

/** In the order of their starts. */
export function laned<T extends Interval>(items: readonly T[]): Laned<T>[] {
  const ends: number[] = []
  return items.toSorted(byStart).map((item) => {
    const free = ends.findIndex((end) => end <= item.start)
    const lane = free === -1 ? ends.length : free
    ends[lane] = item.end
    return { item, lane }
  })
}

export interface Placed<T> {
  /** Lanes used. */
  count: number
  laneOf: (item: T) => number
}

/** The same for what has its interval otherwise than as numbers. */
export function firstFit<T>(items: readonly T[], spanOf: (item: T) => Interval): Placed<T> {
  const lanes = new Map(laned(items.map((of) => ({ of, ...spanOf(of) }))).map(({ item, lane }) => [item.of, lane]))
  return { count: [...lanes.values()].reduce((most, lane) => Math.max(most, lane + 1), 0), laneOf: (item) => lanes.get(item) ?? 0 }
}
