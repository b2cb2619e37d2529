import type { Instant, LocalDate } from '../../kernel/instants.ts'
import { HOUR, addDays, fromLocal, isZone, toLocal, toMs } from '../../kernel/instants.ts'
import type { DateOptions } from './dates.ts'
import { dateHead, parseDate } from './dates.ts'
import type { ImportField } from './fields.ts'
import type { RowIssueCode } from './preview-types.ts'
import type { ClockNote, ClockTime, Moment } from './times.ts'
import { parseMoment, parseTime, placeClock } from './times.ts'
import { ianaZoneOf } from './windows-zones.ts'

export type Report = (
  code: RowIssueCode,
  field: ImportField | null,
  severity: 'error' | 'warning',
  found: string,
  expected?: string,
) => void

export interface RowWindow {
  starts_at: Instant
  ends_at: Instant
  zone: string
  all_day: boolean
}

export interface WindowCells {
  date: string
  start: string
  end: string
  end_date: string
  zone: string
}

/** A window longer than this is let in with a warning: most often a wrong date. */
const LONG = 18 * HOUR

export function readZone(cell: string, fallback: string, report: Report): string | null {
  if (cell.trim() === '') return fallback
  const zone = ianaZoneOf(cell)
  if (zone && isZone(zone)) return zone
  report('import.zone_unknown', 'zone', 'error', cell, 'Europe/Paris')
  return null
}

function reportMoment(moment: Extract<Moment, { kind: 'unreadable' }>, field: ImportField, found: string, report: Report): null {
  const code: RowIssueCode =
    moment.issue === 'no_such_day'
      ? 'import.no_such_day'
      : moment.issue === 'year_missing'
        ? 'import.year_missing'
        : 'import.date_unreadable'
  report(code, field, 'error', found, field === 'date' || field === 'end_date' ? '24/10/2026' : '24/10/2026 14h30')
  return null
}

/** A date cell: undefined where blank, null where unreadable (reported). */
function dateOf(cell: string, field: 'date' | 'end_date', options: DateOptions, report: Report): LocalDate | null | undefined {
  if (cell.trim() === '') return undefined
  const reading = parseDate(dateHead(cell), options)
  if (reading.ok) return reading.date
  // A date column may hold instants.
  const moment = parseMoment(cell, options)
  if (moment.kind === 'instant') return undefined
  return reportMoment({ kind: 'unreadable', issue: reading.issue }, field, cell, report)
}

function noteClock(note: ClockNote, field: ImportField, found: string, report: Report): void {
  if (note) report(note === 'gap' ? 'import.clock_gap' : 'import.clock_repeat', field, 'warning', found)
}

interface Start {
  at: Instant
  date: LocalDate
  clock: ClockTime | null
}

function readStart(cells: WindowCells, zone: string, options: DateOptions, report: Report): Start | null {
  const dated = dateOf(cells.date, 'date', options, report)
  if (dated === null) return null
  // `24/10/2026 14h30` in the date column, with no column for the start.
  const cell = cells.start.trim() === '' ? cells.date : cells.start
  const field: ImportField = cells.start.trim() === '' ? 'date' : 'start'
  if (cell.trim() === '') {
    report('import.start_missing', 'start', 'error', '', '24/10/2026 14h30')
    return null
  }
  const moment = parseMoment(cell, options)
  switch (moment.kind) {
    case 'unreadable':
      return reportMoment(moment, field, cell, report)
    case 'instant': {
      const local = toLocal(moment.instant, zone)
      return { at: moment.instant, date: local.date, clock: { time: local.time, days: 0 } }
    }
    case 'date':
      return { at: fromLocal(moment.date, '00:00', zone), date: moment.date, clock: null }
    case 'date_time':
    case 'time': {
      const date = moment.kind === 'date_time' ? moment.date : dated
      if (date === undefined) {
        report('import.date_missing', 'date', 'error', cell, '24/10/2026')
        return null
      }
      const placed = placeClock(date, moment.clock, zone)
      noteClock(placed.note, field, cell, report)
      return { at: placed.instant, date: toLocal(placed.instant, zone).date, clock: moment.clock }
    }
  }
}

function readEnd(cells: WindowCells, start: Start, zone: string, options: DateOptions, report: Report): Instant | null {
  const endDate = dateOf(cells.end_date, 'end_date', options, report)
  if (endDate === null) return null
  const cell = cells.end.trim()
  if (cell === '') {
    if (start.clock === null) return fromLocal(addDays(endDate ?? start.date, 1), '00:00', zone)
    const both = endDate === undefined ? null : parseMoment(cells.end_date, options)
    if (both?.kind === 'date_time') return placeClock(both.date, both.clock, zone).instant
    if (both?.kind === 'instant') return both.instant
    report('import.end_missing', 'end', 'error', '', '23h30')
    return null
  }
  const moment = parseMoment(cell, options)
  switch (moment.kind) {
    case 'unreadable':
      return reportMoment(moment, 'end', cell, report)
    case 'instant':
      return moment.instant
    case 'date':
      if (start.clock === null) return fromLocal(addDays(moment.date, 1), '00:00', zone)
      report('import.time_missing', 'end', 'error', cell, '23h30')
      return null
    case 'date_time': {
      const placed = placeClock(moment.date, moment.clock, zone)
      noteClock(placed.note, 'end', cell, report)
      return placed.instant
    }
    case 'time': {
      let placed = placeClock(endDate ?? start.date, moment.clock, zone)
      // `20:00` to `02:00`, no date for the end: it ends the next day.
      const earlier = start.clock !== null && moment.clock.days === 0 && moment.clock.time < toLocal(start.at, zone).time
      if (endDate === undefined && earlier) placed = placeClock(addDays(start.date, 1), moment.clock, zone)
      noteClock(placed.note, 'end', cell, report)
      return placed.instant
    }
  }
}

export const saysWindow = (cells: WindowCells): boolean =>
  [cells.date, cells.start, cells.end, cells.end_date].some((cell) => cell.trim() !== '')

/** `14h-18h30` in one cell is a start and an end. */
function splitRange(cells: WindowCells): WindowCells {
  if (cells.end.trim() !== '') return cells
  const range = /^(.*?\S)\s*(?:[-–—→>]+|\sà\s|\sto\s)\s*(\S.*)$/i.exec(cells.start.trim())
  const [start, end] = [range?.[1] ?? '', range?.[2] ?? '']
  return parseTime(start) && parseTime(end) ? { ...cells, start, end } : cells
}

/** The window that a row's cells describe; null when refused, the reason being reported. */
export function readWindow(given: WindowCells, projectZone: string, options: DateOptions, report: Report): RowWindow | null {
  const cells = splitRange(given)
  const zone = readZone(cells.zone, projectZone, report)
  if (zone === null) return null
  const start = readStart(cells, zone, options, report)
  if (!start) return null
  const end = readEnd(cells, start, zone, options, report)
  if (!end) return null
  if (!checkWindow(start.at, end, cells.end || cells.end_date, report)) return null
  if (start.clock === null) report('import.whole_day', 'start', 'warning', cells.start || cells.date)
  else if (toMs(end) - toMs(start.at) > LONG) report('import.window_long', 'end', 'warning', cells.end || cells.end_date)
  return { starts_at: start.at, ends_at: end, zone, all_day: start.clock === null }
}

/** Refuses windows without length and windows that end before they begin. */
export function checkWindow(start: Instant, end: Instant, found: string, report: Report): boolean {
  if (toMs(end) > toMs(start)) return true
  report(end === start ? 'import.zero_length' : 'import.reversed', 'end', 'error', found === '' ? end : found, `> ${start}`)
  return false
}
