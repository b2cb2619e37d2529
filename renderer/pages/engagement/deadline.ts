/** Until when somebody may answer, as a person chooses it: a number of hours from now, or a day and a time. */
import { fromMs, HOUR, MINUTE, toMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

export const presetHours = ['24', '48', '72'] as const
/** One of the presets, or a moment of its own. */
export const deadlineChoices = [...presetHours, 'date'] as const
export type DeadlineChoice = (typeof deadlineChoices)[number]

/** So many hours from now, on a whole minute: what is said is what is kept. */
export const deadlineIn = (hours: number, now: number): Instant => fromMs(Math.ceil((now + hours * HOUR) / MINUTE) * MINUTE)

/** When a person is expected. */
export const callOf = ({ call_at, start_at }: { call_at: Instant | null; start_at: Instant }): Instant => call_at ?? start_at

/** The chosen moment, or the call where that comes first: nobody is asked whether they come once they should be there. A call that is over binds nothing. */
export function deadlineFor(chosen: Instant, row: { call_at: Instant | null; start_at: Instant }, now: number): Instant {
  const call = callOf(row)
  return toMs(call) > now && call < chosen ? call : chosen
}

export interface TimeLeft {
  /** The deadline is behind. */
  over: boolean
  days: number
  hours: number
  minutes: number
}

/** How far a deadline is, ahead or behind, to the minute; the last minute that has begun counts. */
export function timeLeft(deadline: Instant, now: number): TimeLeft {
  const away = toMs(deadline) - now
  const minutes = away > 0 ? Math.ceil(away / MINUTE) : Math.floor(-away / MINUTE)
  return { over: away <= 0, days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 }
}
