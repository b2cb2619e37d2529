/** Lanes of a row as they are drawn. */
import type { Laned } from '../../../../shared/kernel/lanes.ts'

export { laned } from '../../../../shared/kernel/lanes.ts'
export type { Interval, Laned } from '../../../../shared/kernel/lanes.ts'

/** Lanes drawn before a row says how many more there are. */
export const LANE_CAP = 4

export const lanesUsed = (bars: readonly Laned<unknown>[]): number => bars.reduce((most, { lane }) => Math.max(most, lane + 1), 0)

/** What is drawn of a row, and how many bars are not. */
export function capped<T>(bars: readonly Laned<T>[], cap: number = LANE_CAP): { readonly shown: readonly Laned<T>[]; readonly hidden: number } {
  if (lanesUsed(bars) <= cap) return { shown: bars, hidden: 0 }
  const shown = bars.filter(({ lane }) => lane < cap)
  return { shown, hidden: bars.length - shown.length }
}
