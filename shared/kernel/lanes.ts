/**
 * Bars that overlap go under each other: each takes the first lane that is free, in the order of their beginnings, the longer first.
 * Ends that touch share a lane.
 */
export interface Placed<T> {
  /** Lanes used. */
  count: number
  laneOf: (item: T) => number
}

export function firstFit<T>(items: readonly T[], spanOf: (item: T) => { start: number; end: number }): Placed<T> {
  const order = items.map((item) => ({ item, ...spanOf(item) })).sort((a, b) => a.start - b.start || b.end - a.end)
  const ends: number[] = []
  const lanes = new Map<T, number>()
  for (const { item, start, end } of order) {
    const free = ends.findIndex((last) => last <= start)
    const lane = free === -1 ? ends.length : free
    ends[lane] = end
    lanes.set(item, lane)
  }
  return { count: ends.length, laneOf: (item) => lanes.get(item) ?? 0 }
}
