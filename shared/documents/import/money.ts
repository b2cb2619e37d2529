import type { Money } from '../../kernel/money.ts'
import { fold } from '../../kernel/text.ts'

export type RateUnit = 'hourly' | 'daily' | 'cachet' | 'flat'

export interface RateReading extends Money {
  /** Null where the cell does not say. */
  unit: RateUnit | null
  /** `1,234` may be thousands or decimals: read as thousands, to be looked at. */
  ambiguous: boolean
}

const SYMBOLS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  '¥': 'JPY',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  chf: 'CHF',
  usd: 'USD',
  gbp: 'GBP',
  cad: 'CAD',
  jpy: 'JPY',
}

const UNITS: readonly (readonly [RegExp, RateUnit])[] = [
  [/(?:\/|\bpar|\bper|\ba)\s*(?:h|heures?|hours?|hr)\b|\b(?:horaire|hourly)\b/, 'hourly'],
  [/(?:\/|\bpar|\bper|\ba)\s*(?:j|jours?|d|days?)\b|\b(?:journalier|journaliere|daily)\b/, 'daily'],
  [/(?:\/|\bpar|\bper)?\s*\bcachets?\b/, 'cachet'],
  [/\b(?:forfait|forfaitaire|flat|fixe|lump sum)\b/, 'flat'],
]

/** Decimals of a currency (EUR 2, JPY 0). */
function exponentOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/**
 * Reads `1 234,56 €`, `1.234,56`, `1,234.56`, `250.00`, `EUR 250`, `250 €/jour`, `-12,50`. Works on figures as text: no floating
 * point. Null where it is no amount, or has more decimals than its currency.
 */
export function parseRate(text: string, defaultCurrency: string): RateReading | null {
  let rest = fold(text).replace(/[\u00a0\u202f\u2009']/g, ' ')
  let unit: RateUnit | null = null
  for (const [pattern, found] of UNITS) {
    if (pattern.test(rest)) {
      unit = found
      rest = rest.replace(pattern, ' ')
      break
    }
  }
  let currency = defaultCurrency
  const symbol = /[€$£¥]|\b(?:eur|euros?|chf|usd|gbp|cad|jpy)\b/.exec(
    rest.replace(/(\d)([a-z])/g, '$1 $2').replace(/([a-z])(\d)/g, '$1 $2'),
  )
  if (symbol) {
    currency = SYMBOLS[symbol[0]] ?? defaultCurrency
    rest = rest.replace(symbol[0], ' ')
  }
  rest = rest.replace(/\b(?:ht|ttc|brut|net|gross)\b/g, ' ').trim()
  const sign = /^-|^\(.*\)$/.test(rest) ? -1 : 1
  const figures = rest
    .replace(/^[-+(]\s*|\)$/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const split = splitDecimals(figures)
  if (!split) return null
  const exponent = exponentOf(currency)
  const decimals = split.decimals.replace(/0+$/, '')
  if (decimals.length > exponent) return null
  const minor = Number(`${split.whole}${decimals.padEnd(exponent, '0')}`)
  if (!Number.isSafeInteger(minor)) return null
  return { amount_minor: minor === 0 ? 0 : sign * minor, currency, unit, ambiguous: split.ambiguous }
}

function splitDecimals(figures: string): { whole: string; decimals: string; ambiguous: boolean } | null {
  if (!/^\d[\d .,]*$/.test(figures)) return null
  const comma = figures.lastIndexOf(',')
  const point = figures.lastIndexOf('.')
  const groups = (text: string, mark: RegExp): string | null => {
    const parts = text.split(mark)
    if (parts.length === 1) return text
    return parts.every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part)) ? parts.join('') : null
  }
  if (comma !== -1 && point !== -1) {
    const at = Math.max(comma, point)
    const whole = groups(figures.slice(0, at), comma > point ? /[. ]/ : /[, ]/)
    const decimals = figures.slice(at + 1)
    return whole === null || !/^\d+$/.test(decimals) ? null : { whole, decimals, ambiguous: false }
  }
  const mark = comma !== -1 ? ',' : point !== -1 ? '.' : null
  if (mark === null) {
    const whole = groups(figures, / /)
    return whole === null ? null : { whole, decimals: '', ambiguous: false }
  }
  const parts = figures.split(mark)
  if (parts.length > 2) {
    const whole = groups(figures, mark === ',' ? /,/ : /\./)
    return whole === null ? null : { whole, decimals: '', ambiguous: false }
  }
  const whole = groups(parts[0] ?? '', / /)
  const decimals = parts[1] ?? ''
  if (whole === null || !/^\d*$/.test(decimals)) return null
  // Three figures after a lone mark: no currency in use here has three decimals, so these are thousands.
  if (decimals.length === 3 && whole.length <= 3 && whole !== '0') return { whole: `${whole}${decimals}`, decimals: '', ambiguous: true }
  return { whole, decimals, ambiguous: false }
}
