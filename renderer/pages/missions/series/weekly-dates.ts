import { addDays, isLocalDate } from '../../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../../shared/kernel/instants.ts'

/** Monday 1 to Sunday 7. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export const weekdayOf = (date: LocalDate): number => ((new Date(`${date}T00:00:00.000Z`).getUTCDay() + 6) % 7) + 1

/** Dates of these weekdays from the first to the last, both included; without a last, the first alone. At most `most` and one more, so that too many shows. */
export function weeklyDates(first: string, last: string, days: ReadonlySet<number>, most: number): LocalDate[] {
  if (!isLocalDate(first)) return []
  if (!isLocalDate(last)) return [first]
  const dates: LocalDate[] = []
  for (let date = first; date <= last && dates.length <= most; date = addDays(date, 1)) if (days.has(weekdayOf(date))) dates.push(date)
  return dates
}
