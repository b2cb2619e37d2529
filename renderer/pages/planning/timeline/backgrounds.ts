/** What lies behind the bars: night, the hour that comes twice, what is over (ui 4.2). */
import { sunTimes } from '../../../../shared/domain/locations/sun.ts'
import { MINUTE } from '../../../../shared/kernel/instants.ts'
import type { Interval } from './lanes.ts'
import type { LocalDay, Transition } from './ticks.ts'

export interface Place {
  readonly latitude: number
  readonly longitude: number
}
export interface Sun {
  readonly at: number
  readonly kind: 'rise' | 'set'
}

/** Sunrises and sunsets of these local days, in order. */
export function sunOf(days: readonly LocalDay[], place: Place, zone: string): Sun[] {
  return days.flatMap(({ date }) => {
    const { rise_at, set_at } = sunTimes(place.latitude, place.longitude, date, zone)
    const found: Sun[] = []
    if (rise_at !== null) found.push({ at: Date.parse(rise_at), kind: 'rise' })
    if (set_at !== null) found.push({ at: Date.parse(set_at), kind: 'set' })
    return found
  }).sort((one, other) => one.at - other.at)
}

/** From each sunset to the sunrise after it, within the window; none where the sun neither rises nor sets. */
export function nights(sun: readonly Sun[], from: number, to: number): Interval[] {
  const found: Interval[] = []
  let start = sun[0]?.kind === 'rise' ? from : null
  for (const { at, kind } of sun) {
    if (kind === 'set') start ??= at
    else if (start !== null) {
      found.push({ start, end: at })
      start = null
    }
  }
  if (start !== null) found.push({ start, end: to })
  return found.flatMap(({ start: begin, end }) => (end > from && begin < to ? [{ start: Math.max(from, begin), end: Math.min(to, end) }] : []))
}

/** Where the clock shows times for the second time; of no length where times are skipped. */
export const changeBand = ({ at, before, after }: Transition): Interval => ({ start: at, end: at + Math.max(0, before - after) * MINUTE })

/** The part of a window that is over; null: none. */
export const past = (from: number, to: number, now: number): Interval | null => (now > from ? { start: from, end: Math.min(to, now) } : null)
