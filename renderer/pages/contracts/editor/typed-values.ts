/** What people type into the fields of a contract, read. Pure. */
import { parseDuration } from '../../../components/time-entry.ts'

/** `8h`, `7h30`, `7:30`, `480 min`; a bare number is hours: people say "eight" of a day. Minutes; null when it is no length. */
export function minutesOf(text: string): number | null {
  const typed = text.trim().toLowerCase()
  const bare = /^(\d{1,2})(?:[.,](\d))?$/.exec(typed)
  if (bare) return Number(bare[1]) * 60 + Number(bare[2] ?? 0) * 6
  return parseDuration(typed.replace(/^(\d{1,3}):(\d{2})$/, '$1h$2'))
}

/** `7h30`, as the field shows it. */
export const lengthText = (minutes: number | null): string => (minutes === null ? '' : `${Math.floor(minutes / 60)}h${minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')}`)

/** A whole number, not negative; null when it is none. */
export const countOf = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null)

/** `2`, `1,5` to 1/10,000; null when it is no quantity above zero. */
export function quantityOf(text: string): number | null {
  const found = /^(\d{1,4})(?:[.,](\d{1,4}))?$/.exec(text.trim())
  const quantity = found ? Number(found[1]) * 10_000 + Number((found[2] ?? '').padEnd(4, '0')) : 0
  return quantity > 0 ? quantity : null
}
export const quantityText = (quantity: number): string => String(quantity / 10_000).replace('.', ',')

/** One a line, as lists are typed. */
export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
