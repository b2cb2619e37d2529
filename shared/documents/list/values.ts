import { NBSP, clock, dayMark, offsetOf, shortDate, shortDay, typeset } from '../../domain/runsheets/formats.ts'
import type { Language } from '../../domain/runsheets/snapshot.ts'
import { toLocal } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import { tablesOf } from './content.ts'
import type { Cell, ListContent, TableSection } from './content.ts'

/** How cells are written on paper. */

const locale = (language: Language): string => (language === 'fr' ? 'fr-FR' : 'en-GB')

export function amount(minor: number, currency: string, language: Language): string {
  const formatter = new Intl.NumberFormat(locale(language), { style: 'currency', currency })
  return formatter.format(minor / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2))
}

export const isTime = (cell: Cell | undefined): cell is { at: never; zone: string; of: never } => typeof cell === 'object' && cell !== null && 'at' in cell

/** Telephone numbers do not break. */
export const phoneText = (phone: string): string => phone.replace(/ (?=\d)/g, NBSP)

export interface Clocks {
  /** `heures Europe/Paris (UTC+2)`; null when the document shows no time. */
  note: { zone: string; offset: string | null } | null
  /** Every time says its own offset. */
  mixed: boolean
}

/** Which zone and offset the head may say once for all times; when there are several, every time says its own. */
export function clocksOf(content: ListContent): Clocks {
  const zones = new Set<string>()
  const offsets = new Set<string>()
  for (const table of tablesOf(content))
    for (const group of table.groups)
      for (const row of group.rows)
        for (const cell of Object.values(row.cells))
          if (isTime(cell)) {
            zones.add(cell.zone)
            offsets.add(offsetOf(cell.at, cell.zone))
          }
  const [zone] = zones
  const [offset] = offsets
  if (zone === undefined || offset === undefined) return { note: null, mixed: false }
  return zones.size > 1 ? { note: null, mixed: true } : { note: { zone, offset: offsets.size === 1 ? offset : null }, mixed: offsets.size > 1 }
}

/** `24 oct. 2026 13:30`, on the clocks of the zone. */
export const momentText = (at: Instant, zone: string, language: Language): string => {
  const { date } = toLocal(at, zone)
  return `${shortDay(date, language)}${NBSP}${date.slice(0, 4)} ${clock(at, zone)}`
}

export interface TimeParts {
  text: string
  /** `+1`, or empty. */
  day: string
  /** `UTC+1`, or empty when the head says it. */
  offset: string
}

export function timeParts(cell: Extract<Cell, { zone: string }>, kind: string, language: Language, mixed: boolean): TimeParts {
  const local = toLocal(cell.at, cell.zone)
  const time = clock(cell.at, cell.zone)
  const mark = cell.of === null ? 0 : dayMark(cell.at, cell.zone, cell.of)
  const text = kind === 'date' ? shortDate(local.date, language) : kind === 'moment' ? momentText(cell.at, cell.zone, language) : time
  const day = kind === 'moment' || kind === 'date' || mark === 0 ? '' : `${mark > 0 ? '+' : '−'}${Math.abs(mark)}`
  return { text, day, offset: mixed && kind !== 'date' ? offsetOf(cell.at, cell.zone) : '' }
}

/** The cell as one text, for tables in files and for screen readers. */
export function plainText(cell: Cell | undefined, kind: string, language: Language): string {
  if (cell === undefined || cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'string') return kind === 'phone' ? cell : typeset(cell, language)
  if ('state' in cell) return cell.state
  if ('date' in cell) return shortDate(cell.date, language)
  if ('minor' in cell) return amount(cell.minor, cell.currency, language)
  return timeParts(cell, kind, language, true).text
}

export const hasTimes = (table: TableSection): boolean => table.groups.some((group) => group.rows.some((row) => Object.values(row.cells).some((cell) => isTime(cell))))
