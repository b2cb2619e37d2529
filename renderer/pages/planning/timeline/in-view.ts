/** What of the plan is mounted: rows in view and some around, bars within half a screen of time on either side: with 10,000 bars under 1,500 elements. */
import type { Interval } from './lanes.ts'

/** Up to so many rows, all are mounted. */
export const ALL_ROWS = 40
export const ROWS_AROUND = 3

/** First index whose value is more than `wanted` in an ascending list. */
export function firstAbove(ascending: readonly number[], wanted: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? Infinity) > wanted) high = middle
    else low = middle + 1
  }
  return low
}

/** `tops`: prefix sums of heights, with the total as last. Rows `first` to `end` (excluded) are mounted. */
export function rowsInView(tops: readonly number[], scrollTop: number, height: number): { readonly first: number; readonly end: number } {
  const count = Math.max(0, tops.length - 1)
  if (count <= ALL_ROWS) return { first: 0, end: count }
  const seen = Math.max(0, firstAbove(tops, scrollTop) - 1)
  const after = firstAbove(tops, scrollTop + height - 1)
  return { first: Math.max(0, Math.min(seen, count) - ROWS_AROUND), end: Math.min(count, after + ROWS_AROUND) }
}

/** Of a row sorted by start, what shares an instant with the window; a bar of no length counts where it stands. `kept`: stays whatever the window. */
export function barsInView<T extends Interval>(bars: readonly T[], from: number, to: number, kept?: (bar: T) => boolean): readonly T[] {
  return bars.filter((bar) => (bar.start < to && (bar.end > from || bar.start >= from)) || kept?.(bar) === true)
}

export interface Mounted {
  /** ms: mounted from and to. */
  readonly from: number
  readonly to: number
  /** px, by steps. */
  readonly top: number
}

/**
 * The window to mount, by steps of a quarter of a screen: while a scroll stays within a step nothing changes, and there is always half a
 * screen mounted on either side. Half: a month of 10,000 bars would pass 1,500 elements with a whole one. `left` in px from the origin.
 */
export function mountedPixels(left: number, width: number): { readonly from: number; readonly to: number } {
  const step = Math.max(1, width / 4)
  const from = Math.floor(left / step) * step
  return { from: from - width / 2, to: from + width * 1.5 + step }
}
