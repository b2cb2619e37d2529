import { addDays, fromLocal, HOUR, isLocalDate, toLocal, toMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { parseClock } from '../../components/time-entry.ts'
import type { SheetDay } from './sheet-rows.ts'

/** A crew may be called this long before the mission begins without meaning tomorrow. */
const EARLY_HOURS = 4

/** `14h30`, `00:30+1` on the day of a sheet; without `+1`, a time well before the first call is the following day's. */
export function instantOnDay(text: string, day: SheetDay): Instant | null {
  const typed = parseClock(text)
  if (!typed || !isLocalDate(day.date)) return null
  const same = fromLocal(day.date, typed.time, day.zone)
  if (typed.days !== null) return fromLocal(addDays(day.date, typed.days), typed.time, day.zone)
  return toMs(same) < toMs(day.from) - EARLY_HOURS * HOUR ? fromLocal(addDays(day.date, 1), typed.time, day.zone) : same
}

/** `14:30`, `00:30+1`. */
export function clockOnDay(instant: Instant, day: SheetDay): string {
  const local = toLocal(instant, day.zone)
  const days = Math.round((Date.parse(local.date) - Date.parse(day.date)) / (24 * HOUR))
  return `${local.time}${days > 0 ? `+${days}` : days < 0 ? String(days) : ''}`
}
