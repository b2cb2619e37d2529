import { MINUTE, offsetLabel, toLocal, toMs } from '../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'
import type { Language } from './snapshot.ts'

/** How dates, clocks and durations are written on documents (ui 3.4): 24 h, `sam. 24 oct. 2026`, `7 h 30`, next day `+1`. */

/** No-break space, and the narrow one French puts before `; : ! ?` and inside « ». */
export const NBSP = '\u00a0'
export const NNBSP = '\u202f'

const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' }
const cache = new Map<string, Intl.DateTimeFormat>()
function partsOf(date: LocalDate, language: Language, style: 'short' | 'long'): Record<string, string> {
  const key = `${language}${style}`
  let formatter = cache.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(LOCALES[language], {
      timeZone: 'UTC',
      weekday: style,
      day: 'numeric',
      month: style,
      year: 'numeric',
    })
    cache.set(key, formatter)
  }
  const parts: Record<string, string> = {}
  for (const part of formatter.formatToParts(Date.parse(`${date}T00:00:00.000Z`))) parts[part.type] = part.value
  // CLDR writes `Sept` in British English; the field writes three letters.
  if (language === 'en' && style === 'short') parts['month'] = (parts['month'] ?? '').slice(0, 3)
  return parts
}
const day = (parts: Record<string, string>, language: Language): string =>
  language === 'fr' && parts['day'] === '1' ? '1er' : (parts['day'] ?? '')

/** `samedi 24 octobre 2026`, `Saturday 24 October 2026`. */
export function longDate(date: LocalDate, language: Language): string {
  const parts = partsOf(date, language, 'long')
  return `${parts['weekday']} ${day(parts, language)}${NBSP}${parts['month']} ${parts['year']}`
}
/** `dimanche 25 octobre`. */
export function longDay(date: LocalDate, language: Language): string {
  const parts = partsOf(date, language, 'long')
  return `${parts['weekday']} ${day(parts, language)}${NBSP}${parts['month']}`
}
/** `sam. 24 oct. 2026`, `Sat 24 Oct 2026`. */
export function shortDate(date: LocalDate, language: Language): string {
  const parts = partsOf(date, language, 'short')
  return `${parts['weekday']}${NBSP}${day(parts, language)}${NBSP}${parts['month']}${NBSP}${parts['year']}`
}
/** `24 oct.`, `24 Oct`. */
export function shortDay(date: LocalDate, language: Language): string {
  const parts = partsOf(date, language, 'short')
  return `${day(parts, language)}${NBSP}${parts['month']}`
}
/** `dim.`, `Sun`; long: `dimanche`, `Sunday`. */
export const weekday = (date: LocalDate, language: Language, style: 'short' | 'long' = 'short'): string =>
  partsOf(date, language, style)['weekday'] ?? ''

/** `19:45`, on the clocks of the zone. */
export const clock = (at: Instant, zone: string): string => toLocal(at, zone).time
/** `UTC+2`. */
export const offsetOf = (at: Instant, zone: string): string => offsetLabel(toLocal(at, zone).offset_minutes)
/** Whole days from the sheet's date to the local date of the instant: 1 prints as `+1`. */
export function dayMark(at: Instant, zone: string, date: LocalDate): number {
  return Math.round((Date.parse(`${toLocal(at, zone).date}T00:00:00.000Z`) - Date.parse(`${date}T00:00:00.000Z`)) / 86_400_000)
}
/** `23 oct. 18:40`. */
export const dayAndClock = (at: Instant, zone: string, language: Language): string => {
  const local = toLocal(at, zone)
  return `${shortDay(local.date, language)} ${local.time}`
}

/** Length in elapsed time, whatever the clocks do: `1 h`, `2 h 30`, `45 min`; in English `2 h 30 min`. */
export function duration(minutes: number, language: Language): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest}${NBSP}min`
  if (rest === 0) return `${hours}${NBSP}h`
  const padded = String(rest).padStart(2, '0')
  return language === 'fr' ? `${hours}${NBSP}h${NBSP}${padded}` : `${hours}${NBSP}h${NBSP}${padded}${NBSP}min`
}
export const minutesBetween = (start: Instant, end: Instant): number => Math.round((toMs(end) - toMs(start)) / MINUTE)

/** `Secours :` with the narrow space in French, `Aid:` in English. */
export const colon = (language: Language): string => (language === 'fr' ? `${NNBSP}: ` : ': ')

/**
 * Keeps together in typed text what a line must not part: numbers and units, `2 × 19 t`, a last single letter (`entrée E`). French also
 * gets its narrow no-break spaces (before `; : ! ?`, inside « ») and typographic apostrophes. No other character changes.
 */
export function typeset(text: string, language: Language): string {
  const kept = text
    .replace(/ × /g, `${NBSP}×${NBSP}`)
    .replace(/(\d) (?=(?:h|min|t|m|mm|cm|km|kg|kW|kVA|V|A|%|°|€)(?![\p{L}\d]))/gu, `$1${NBSP}`)
    .replace(/(?<=\p{L}) (?=\p{Lu}(?![\p{L}\d’'.]))/gu, NBSP)
  if (language !== 'fr') return kept
  return kept
    .replace(/(\p{L})'(?=\p{L})/gu, '$1’')
    .replace(/[ \u00a0]([;!?»])/g, `${NNBSP}$1`)
    .replace(/[ \u00a0]:(?=\s|$)/g, `${NNBSP}:`)
    .replace(/«[ \u00a0]/g, `«${NNBSP}`)
}

/** Length of a scene: 11 eighths are `1 3/8`; whole pages have no fraction. */
export function eighths(count: number): string {
  const pages = Math.floor(count / 8)
  const rest = count % 8
  if (rest === 0) return String(pages)
  return `${pages === 0 ? '' : `${pages}${NBSP}`}${rest}/8`
}
