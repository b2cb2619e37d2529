import type { LocalDate } from '../../../kernel/instants.ts'

/**
 * Easter Sunday of the Gregorian calendar, by the anonymous algorithm of "Nature" (1876), as J. Meeus gives it in "Astronomical
 * Algorithms", chapter 8: whole numbers only, good for every year from 1583.
 */
export function easterSunday(year: number): LocalDate {
  const div = (value: number, by: number): number => Math.floor(value / by)
  const golden = year % 19
  const century = div(year, 100)
  const inCentury = year % 100
  const correction = div(century - div(century + 8, 25) + 1, 3)
  const moon = (19 * golden + century - div(century, 4) - correction + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * div(inCentury, 4) - moon - (inCentury % 4)) % 7
  const late = div(golden + 11 * moon + 22 * weekday, 451)
  const days = moon + weekday - 7 * late + 114
  return new Date(Date.UTC(year, div(days, 31) - 1, (days % 31) + 1)).toISOString().slice(0, 10) as LocalDate
}
