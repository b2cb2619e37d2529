/**
 * Moving a window of work (decisions P14, ui.md 4.2): whole days keep the time on the clock of the mission's zone, minutes are instants.
 * Pure, without the store: the page draws its ghost with it and the core writes with it.
 */
import { fromMs, MINUTE, shiftDays, toMs, type Instant } from '../../kernel/instants.ts'

export interface WorkWindow {
  readonly start_at: Instant
  readonly end_at: Instant
  /** When the person is expected; null: at the start. */
  readonly call_at: Instant | null
}
/** Days first, then minutes; both whole, of either sign. */
export interface Move {
  readonly days: number
  readonly minutes: number
}

const plus = (instant: Instant, ms: number): Instant => fromMs(toMs(instant) + ms)
const order = (a: Instant, b: Instant): number => Math.sign(toMs(a) - toMs(b))

/** One instant moved. No day: nothing is read on the clock, so that the second hour of a repeated one is not taken for the first. */
export const movedInstant = (instant: Instant, { days, minutes }: Move, zone: string): Instant =>
  plus(days === 0 ? instant : shiftDays(instant, days, zone), minutes * MINUTE)

/**
 * The window moved as one. Start, end and call keep each their time on the clock over days; what a change of clock would turn round (an
 * end before its start) keeps its distance to the start instead, so that a lawful window gives a lawful one.
 */
export function shifted({ start_at, end_at, call_at }: WorkWindow, move: Move, zone: string): WorkWindow {
  const start = movedInstant(start_at, move, zone)
  const beside = (instant: Instant): Instant => {
    const to = movedInstant(instant, move, zone)
    return order(to, start) === order(instant, start_at) ? to : plus(start, toMs(instant) - toMs(start_at))
  }
  return { start_at: start, end_at: beside(end_at), call_at: call_at && beside(call_at) }
}

/** Other ends for the window: the call keeps its distance to the start, and stays where it is when only the end moves. */
export function withEnds({ start_at, end_at, call_at }: WorkWindow, ends: { readonly start_at?: Instant | undefined; readonly end_at?: Instant | undefined }): WorkWindow {
  const start = ends.start_at ?? start_at
  return { start_at: start, end_at: ends.end_at ?? end_at, call_at: call_at && plus(start, toMs(call_at) - toMs(start_at)) }
}

/** One end moved by minutes, as a resize does; the caller keeps start before end. */
export const resized = (window: WorkWindow, edge: 'start' | 'end', minutes: number): WorkWindow =>
  withEnds(window, edge === 'start' ? { start_at: plus(window.start_at, minutes * MINUTE) } : { end_at: plus(window.end_at, minutes * MINUTE) })
