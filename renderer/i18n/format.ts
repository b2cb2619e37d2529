import { useMemo } from 'react'
import { offsetLabel, toLocal, toMs } from '../../shared/kernel/instants.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { usePreferences } from '../app/preferences.ts'
import type { Language } from '../app/preferences.ts'

const locales: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' }

export interface Format {
  /** `sam. 24 oct. 2026` from `2026-10-24`. */
  day(date: string): string
  /** `sam. 24 – dim. 25 oct. 2026` from two dates, both included. */
  days(first: string, last: string): string
  /** `24 oct.` from `2026-10-24`. */
  shortDay(date: string): string
  /** `sam. 24 oct.` of the instant in the zone. */
  dayOf(instant: Instant, zone: string): string
  /** `14:30` in the zone. */
  timeOf(instant: Instant, zone: string): string
  /** `24 oct. 2026 14:30:05` in the zone of this computer, with its offset: for logs. */
  moment(instant: Instant): string
  /** `7 h 30` / `7 h 30 min`. */
  duration(from: Instant, to: Instant): string
  /** The same, of a number of minutes. */
  minutes(count: number): string
  /** `lundi` from a date. */
  weekday(date: string): string
  offset(instant: Instant, zone: string): string
  number(value: number): string
  /** `formatAmount` in this language. */
  amount(minor: number, currency: string | null): string
  /** `1,4 Mo` from bytes, in thousands of thousands. */
  size(bytes: number): string
  compare(one: string, other: string): number
}

export const hostZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** `210,00 €` from minor units, with the digits its currency has; without a currency, the number alone. */
export function formatAmount(minor: number, currency: string | null, language: Language): string {
  const money = new Intl.NumberFormat(locales[language], currency === null ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { style: 'currency', currency })
  return money.format(minor / 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2))
}

export function formatOf(language: Language): Format {
  const locale = locales[language]
  const day = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const week = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' })
  const short = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' })
  const number = new Intl.NumberFormat(locale)
  const kilobytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte' })
  const megabytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  const gigabytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 })
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'long' })
  const span = (minutes: number): string => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
    if (hours === 0) return `${rest} min`
    const padded = String(rest).padStart(2, '0')
    return language === 'fr' ? `${hours} h ${padded}` : `${hours} h${rest ? ` ${padded} min` : ''}`
  }
  const dated = (formatter: Intl.DateTimeFormat, date: string): string =>
    formatter.formatToParts(Date.parse(`${date}T12:00:00Z`)).filter((part) => part.type !== 'literal').map((part) => part.value).join(' ')
  return {
    day: (date) => dated(day, date),
    days: (first, last) => day.formatRange(Date.parse(`${first}T12:00:00Z`), Date.parse(`${last}T12:00:00Z`)).replaceAll(',', ''),
    shortDay: (date) => dated(short, date),
    dayOf: (instant, zone) => dated(week, toLocal(instant, zone).date),
    timeOf: (instant, zone) => toLocal(instant, zone).time,
    moment: (instant) => {
      const local = toLocal(instant, hostZone())
      return `${dated(day, local.date)} ${local.time}:${instant.slice(17, 19)} ${offsetLabel(local.offset_minutes)}`
    },
    duration: (from, to) => span(Math.round((toMs(to) - toMs(from)) / 60_000)),
    minutes: span,
    weekday: (date) => weekday.format(Date.parse(`${date}T12:00:00Z`)),
    offset: (instant, zone) => offsetLabel(toLocal(instant, zone).offset_minutes),
    number: (value) => number.format(value),
    amount: (minor, currency) => formatAmount(minor, currency, language),
    size: (bytes) => (bytes < 1_000_000 ? kilobytes.format(Math.max(1, Math.round(bytes / 1000))) : bytes < 1_000_000_000 ? megabytes.format(bytes / 1_000_000) : gigabytes.format(bytes / 1_000_000_000)),
    compare: collator.compare,
  }
}

export function useFormat(): Format {
  const language = usePreferences((state) => state.language)
  return useMemo(() => formatOf(language), [language])
}
