import { getTimes } from 'suncalc'
import { MINUTE, addDays, fromLocal, fromMs, localDateOf } from '../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'

export interface SunTimes {
  /** Null when the sun does not rise on that local date (polar day or night). */
  rise_at: Instant | null
  set_at: Instant | null
}

/**
 * Sunrise and sunset on a local date, computed offline (upper limb at the horizon, standard refraction, sea level), rounded to the
 * minute; published tables agree within two. `latitude` and `longitude` in degrees, WGS 84.
 */
export function sunTimes(latitude: number, longitude: number, date: LocalDate, zone: string): SunTimes {
  // suncalc answers for the solar day of an instant, which may be another date on the clocks (Pacific zones): look at both neighbours.
  const days = [addDays(date, -1), date, addDays(date, 1)].map((day) =>
    getTimes(new Date(fromLocal(day, '12:00', zone)), latitude, longitude),
  )
  const onDate = (pick: (times: ReturnType<typeof getTimes>) => Date | null): Instant | null => {
    for (const times of days) {
      const found = pick(times)
      if (found === null || Number.isNaN(found.getTime())) continue
      const instant = fromMs(Math.round(found.getTime() / MINUTE) * MINUTE)
      if (localDateOf(instant, zone) === date) return instant
    }
    return null
  }
  return { rise_at: onDate((times) => times.sunrise), set_at: onDate((times) => times.sunset) }
}
