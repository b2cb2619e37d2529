import type { Language } from '../../domain/runsheets/snapshot.ts'
import { NBSP } from '../../domain/runsheets/formats.ts'
import type { LocalDate } from '../../kernel/instants.ts'

const part = (date: LocalDate, language: Language, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { ...options, timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`))

/** `1er octobre 2026`, without what the other end of a span says already. */
function dayText(date: LocalDate, language: Language, upTo: 'day' | 'month' | 'year'): string {
  const number = Number(date.slice(8))
  const day = language === 'fr' && number === 1 ? '1er' : String(number)
  return [day, ...(upTo === 'day' ? [] : [part(date, language, { month: 'long' })]), ...(upTo === 'year' ? [date.slice(0, 4)] : [])].join(NBSP)
}

/** Days from and to, both included, either open: `du 24 au 26 octobre 2026`, `le 24 octobre 2026`, `à partir du 24 octobre 2026`. */
export function spanOfDays(from: LocalDate | null, to: LocalDate | null, language: Language): string {
  const fr = language === 'fr'
  if (from !== null && to !== null) {
    const last = dayText(to, language, 'year')
    if (from === to) return fr ? `le ${last}` : `on ${last}`
    const first = dayText(from, language, from.slice(0, 4) !== to.slice(0, 4) ? 'year' : from.slice(0, 7) !== to.slice(0, 7) ? 'month' : 'day')
    return fr ? `du ${first} au ${last}` : `from ${first} to ${last}`
  }
  if (from !== null) return fr ? `à partir du ${dayText(from, language, 'year')}` : `from ${dayText(from, language, 'year')} on`
  if (to !== null) return fr ? `jusqu’au ${dayText(to, language, 'year')}` : `until ${dayText(to, language, 'year')}`
  return fr ? 'tous les jours' : 'all days'
}
