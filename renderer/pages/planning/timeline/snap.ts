/** Steps of a move: 5, 15, 30 minutes, or whole days that keep the time on the clock (ui 4.1). */
import { DAY, MINUTE } from '../../../../shared/kernel/instants.ts'
import type { ZoomLevel } from './timeline-props.ts'

const minutes: Readonly<Record<Exclude<ZoomLevel, 'month'>, number>> = { hour: 5, day: 15, week: 30 }

/** A move made of whole days on the clock and minutes that are instants. */
export interface Step {
  readonly days: number
  readonly minutes: number
}
export const STILL: Step = { days: 0, minutes: 0 }

/** One step of the level, forwards. */
export const snapOf = (level: ZoomLevel): Step => (level === 'month' ? { days: 1, minutes: 0 } : { days: 0, minutes: minutes[level] })

/** The larger step: an hour, or a week where a step is a day. */
export const leapOf = (level: ZoomLevel): Step => (level === 'month' ? { days: 7, minutes: 0 } : { days: 0, minutes: 60 })

/** The nearest whole number of steps to `ms`. Halves go away from zero, so that both ways feel alike. */
export function snapped(ms: number, level: ZoomLevel): Step {
  const step = snapOf(level)
  const size = step.days * DAY + step.minutes * MINUTE
  const count = Math.sign(ms) * Math.round(Math.abs(ms) / size)
  return times(step, count)
}

/** For an end of a bar: instants, in the level's step; a whole day of 24 h in months. */
export const snappedMinutes = (ms: number, level: ZoomLevel): number => {
  const { days, minutes: rest } = snapped(ms, level)
  return days * 24 * 60 + rest
}

export const times = (step: Step, count: number): Step => ({ days: step.days * count || 0, minutes: step.minutes * count || 0 })
export const plus = (one: Step, other: Step): Step => ({ days: one.days + other.days, minutes: one.minutes + other.minutes })
export const sameStep = (one: Step, other: Step): boolean => one.days === other.days && one.minutes === other.minutes
