/** What a day of one person's calendar says, in order: pure, words are the page's. */
import { DAY, fromLocal, addDays, toMs } from '../../../shared/kernel/instants.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'
import type { PersonTime } from './person-time.ts'

export type LineKind = 'available' | 'unavailable' | 'work' | 'busy' | 'asked'
export interface DayLine {
  readonly key: string
  readonly kind: LineKind
  /** Name of the work; empty where there is none to tell. */
  readonly name: string
  /** The part of the day it takes; null at an end: from the day before, into the next. */
  readonly from: Instant | null
  readonly to: Instant | null
  /** Holds in one project only. */
  readonly scoped: boolean
  readonly reason: string | null
  /** Work nobody said yes to yet. */
  readonly tentative: boolean
}

interface Window {
  readonly start_at: Instant
  readonly end_at: Instant
}

const ORDER: Readonly<Record<LineKind, number>> = { unavailable: 0, work: 1, busy: 2, asked: 3, available: 4 }

/** Lines of a day on the clocks of the zone: what keeps the person first, in the order of hours. */
export function linesOf(day: LocalDate, zone: string, time: PersonTime): DayLine[] {
  const [start, end] = [fromLocal(day, '00:00', zone), fromLocal(addDays(day, 1), '00:00', zone)]
  const on = ({ start_at, end_at }: Window): boolean => start_at < end && end_at > start
  const line = (kind: LineKind, key: string, window: Window, more: Partial<DayLine> = {}): DayLine => ({
    key, kind, name: '', scoped: false, reason: null, tentative: false, from: window.start_at > start ? window.start_at : null, to: window.end_at < end ? window.end_at : null, ...more,
  })
  return [
    ...time.blocks.filter(on).map((one) => line(one.kind, one.id, one, { scoped: one.project_id !== null, reason: one.reason })),
    ...time.work.filter(on).map((one) => line('work', one.id, one, { name: one.name, tentative: one.tentative })),
    ...time.busy.filter(on).map((one, index) => line('busy', `busy ${index}`, one, { tentative: !one.firm })),
    ...time.asked.filter(on).map((one, index) => line('asked', `asked ${index}`, one)),
  ].sort((one, other) => ORDER[one.kind] - ORDER[other.kind] || (one.from ?? '').localeCompare(other.from ?? ''))
}

/** Whole days that a window covers, at least one. */
export const daysOf = ({ start_at, end_at }: Window): number => Math.max(1, Math.round((toMs(end_at) - toMs(start_at)) / DAY))
