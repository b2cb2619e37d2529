import { describe, expect, it } from 'vitest'
import { sunTimes } from '../../../shared/domain/locations/sun.ts'
import { fromLocal, toMs } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'

/** Public almanac values (rounded to the minute) for the cities; La Rochelle after the feuille de service of the design. */
const TABLE: [city: string, latitude: number, longitude: number, zone: string, date: string, rise: string | null, set: string | null][] = [
  ['La Rochelle', 46.1558, -1.1532, 'Europe/Paris', '2026-10-24', '08:33', '19:03'],
  ['La Rochelle', 46.1558, -1.1532, 'Europe/Paris', '2026-10-25', '07:34', '18:01'],
  ['Paris', 48.8566, 2.3522, 'Europe/Paris', '2026-06-21', '05:47', '21:58'],
  ['Paris', 48.8566, 2.3522, 'Europe/Paris', '2026-12-21', '08:41', '16:56'],
  ['Tromsø', 69.6492, 18.9553, 'Europe/Oslo', '2026-06-21', null, null],
  ['Tromsø', 69.6492, 18.9553, 'Europe/Oslo', '2026-12-21', null, null],
  ['Sydney', -33.8688, 151.2093, 'Australia/Sydney', '2026-01-01', '05:48', '20:10'],
  ['Sydney', -33.8688, 151.2093, 'Australia/Sydney', '2026-06-01', '06:52', '16:55'],
]

describe('sunrise and sunset without a network', () => {
  it.each(TABLE)(
    'in %s (%d, %d, %s) on %s agrees with the tables within two minutes',
    (_city, latitude, longitude, zone, date, rise, set) => {
      const sun = sunTimes(latitude, longitude, date as LocalDate, zone)
      for (const [found, expected] of [
        [sun.rise_at, rise],
        [sun.set_at, set],
      ] as const) {
        if (expected === null || found === null) expect(found).toBe(expected)
        else expect(Math.abs(toMs(found) - toMs(fromLocal(date, expected, zone)))).toBeLessThanOrEqual(120_000)
      }
    },
  )

  it('answers for the date on the local clocks, on both sides of the date line', () => {
    for (const [longitude, zone] of [
      [-157.4, 'Pacific/Kiritimati'],
      [-176.2, 'Pacific/Auckland'],
      [-150, 'Pacific/Honolulu'],
    ] as const) {
      const sun = sunTimes(0, longitude, '2026-03-20' as LocalDate, zone)
      expect(sun.rise_at).not.toBeNull()
      expect(toMs(sun.rise_at ?? fromLocal('2026-03-20', '00:00', zone))).toBeGreaterThanOrEqual(
        toMs(fromLocal('2026-03-20', '00:00', zone)),
      )
      expect(toMs(sun.rise_at ?? fromLocal('2026-03-20', '00:00', zone))).toBeLessThan(toMs(fromLocal('2026-03-21', '00:00', zone)))
    }
  })
})
