/** The months that a project touches. Pure. */
import { addDays, localDateOf } from '../../../shared/kernel/instants.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'

/** At most so many: five years. */
const MOST = 60

/** `2026-10`, from the first day of a project to its last, on the clocks of its place; `also`, which the address names, is among them. */
export function monthsOf(start: Instant, end: Instant, zone: string, also: string | null = null): string[] {
  const last = localDateOf(end, zone).slice(0, 7)
  const found = new Set(also === null ? [] : [also])
  let month = localDateOf(start, zone).slice(0, 7)
  for (let count = 0; month <= last && count < MOST; count++) {
    found.add(month)
    month = addDays(`${month}-01` as LocalDate, 31).slice(0, 7)
  }
  return [...found].sort()
}

/** `octobre 2026`, `October 2026`. */
export const monthWords = (month: string, language: string): string => new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-15T12:00:00Z`))
