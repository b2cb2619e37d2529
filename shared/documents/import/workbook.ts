import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { UnzipFileInfo, Zippable } from 'fflate'
import { SSF, read } from '@e965/xlsx'
import type { CellObject, WorkSheet } from '@e965/xlsx'
import type { Result } from '../../kernel/result.ts'
import { failure, success } from '../../kernel/result.ts'
import type { FileProblem, ImportLimits } from './problems.ts'
import { cellsOf } from './repeated-cells.ts'

export interface WorkbookSheet {
  name: string
  rows: string[][]
  /** Row of the sheet, from 1. */
  lines: number[]
}

export interface Workbook {
  format: 'xlsx' | 'ods'
  sheets: WorkbookSheet[]
}

const two = (value: number): string => String(value).padStart(2, '0')
const SECONDS = 86_400

/**
 * A spreadsheet's serial day as text: `2026-10-24`, `2026-10-24T14:30`, `14:30`. Computed on numbers, never through a Date in the
 * machine's zone. Serials under 61 follow the calendar with the 29 February 1900 that never was.
 */
export function serialAsText(serial: number, format: string, date1904: boolean): string {
  let days = Math.floor(serial)
  let seconds = Math.round((serial - days) * SECONDS)
  if (seconds >= SECONDS) [days, seconds] = [days + 1, seconds - SECONDS]
  const hours = Math.floor(seconds / 3600)
  const rest = seconds % 60
  const minutes = `${two(Math.floor(seconds / 60) % 60)}${rest === 0 ? '' : `:${two(rest)}`}`
  if (/\[h+\]/i.test(format)) return `${two(days * 24 + hours)}:${minutes}`
  const time = `${two(hours)}:${minutes}`
  if (days === 0 && !date1904) return time
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  const date = new Date(epoch + days * SECONDS * 1000).toISOString().slice(0, 10)
  return seconds === 0 ? date : `${date}T${time}`
}

/** `0# ## ## ## ##`, `00000`: the person sees leading zeros which the number has lost. */
const ZERO_LED = /^"?0[0#" .\-()]*$/

function cellText(cell: CellObject | undefined, date1904: boolean): string {
  if (!cell || cell.v === undefined || cell.v === null) return ''
  if (typeof cell.v === 'number') {
    const format = typeof cell.z === 'string' ? cell.z : ''
    if (cell.t === 'e') return cell.w ?? '#ERR'
    if (format !== '' && format !== 'General' && SSF.is_date(format)) return serialAsText(cell.v, format, date1904)
    if (format !== '0' && ZERO_LED.test(format) && typeof cell.w === 'string') return cell.w
    return String(Number(cell.v.toPrecision(15)))
  }
  if (cell.v instanceof Date) return cell.v.toISOString().slice(0, 16)
  return typeof cell.v === 'boolean' ? String(cell.v) : cell.v.slice(0, LONGEST_TEXT)
}

/** What a cell of a spreadsheet holds at most. */
const LONGEST_TEXT = 32_767
/** Cells of an ODS once what it repeats is written out: a hundred thousand rows of fifty columns. */
const MOST_CELLS = 5_000_000

type DenseSheet = WorkSheet & { '!data'?: (CellObject[] | undefined)[] }

const NO_STYLES = '<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
const WANTED = /\.(xml|rels)$|^mimetype$|^\[Content_Types\]/i

/**
 * Inflates the parts of an archive that a table needs, within the limit, whatever sizes the archive declares, and packs them again
 * without compression: what is given to the spreadsheet reader can then no longer grow.
 */
function inflateWithin(bytes: Uint8Array, limit: number): { files: Zippable; names: string[] } | { inflated: number } {
  let declared = 0
  const names: string[] = []
  const wanted = (file: UnzipFileInfo): boolean => {
    names.push(file.name)
    if (!WANTED.test(file.name)) return false
    declared += file.originalSize
    return declared <= limit
  }
  const files = unzipSync(bytes, { filter: wanted })
  return declared > limit ? { inflated: declared } : { files, names }
}

/** Reads XLSX or ODS bytes. Formulas are never evaluated: the value stored beside them is read. */
export function readWorkbook(bytes: Uint8Array, where: string, limits: ImportLimits): Result<Workbook, FileProblem> {
  const damaged = (found: string): Result<never, FileProblem> =>
    failure({ code: 'import.file_damaged', where, found, expected: 'an XLSX or ODS file that opens in a spreadsheet' })
  try {
    const inflated = inflateWithin(bytes, limits.max_inflated_bytes)
    if ('inflated' in inflated) {
      return failure({
        code: 'import.archive_too_large',
        where,
        found: `${Math.round(inflated.inflated / 1_048_576)} MB once inflated`,
        expected: `at most ${Math.round(limits.max_inflated_bytes / 1_048_576)} MB`,
      })
    }
    const isOds = inflated.names.includes('content.xml')
    if (!isOds && !inflated.names.some((name) => /^\/?xl\/workbook\.xml$/i.test(name))) {
      return failure({
        code: 'import.format_unknown',
        where,
        found: `an archive of ${inflated.names.length} files, first ${inflated.names[0] ?? 'none'}`,
        expected: 'CSV, TSV, XLSX or ODS',
      })
    }
    const content = inflated.files['content.xml']
    const cells = content instanceof Uint8Array ? cellsOf(strFromU8(content)) : 0
    if (isOds && cells > MOST_CELLS) return failure({ code: 'import.archive_too_large', where, found: `${cells} cells`, expected: `at most ${MOST_CELLS} cells` })
    // The reader insists on a part that some writers leave out.
    if (isOds) inflated.files['styles.xml'] ??= strToU8(NO_STYLES)
    const workbook = read(zipSync(inflated.files, { level: 0 }), {
      type: 'array',
      dense: true,
      cellDates: false,
      cellNF: true,
      cellFormula: false,
      cellHTML: false,
    })
    const date1904 = workbook.Workbook?.WBProps?.date1904 === true
    const sheets: WorkbookSheet[] = []
    let characters = 0
    for (const name of workbook.SheetNames) {
      const sheet: DenseSheet | undefined = workbook.Sheets[name]
      const taken = sheetRows(sheet?.['!data'] ?? [], date1904, limits.max_columns)
      if ('columns' in taken) {
        return failure({
          code: 'import.too_many_columns',
          where: name,
          found: `${taken.columns}`,
          expected: `at most ${limits.max_columns}`,
        })
      }
      if (taken.rows.length > limits.max_rows + 1) {
        return failure({
          code: 'import.too_many_rows',
          where: name,
          found: `more than ${limits.max_rows}`,
          expected: `at most ${limits.max_rows}`,
        })
      }
      for (const row of taken.rows) for (const text of row) characters += text.length
      // One shared text can stand in every cell: written out it may be no more than a text file could be.
      if (characters > limits.max_bytes) {
        return failure({ code: 'import.archive_too_large', where: name, found: `more than ${limits.max_bytes} characters`, expected: `at most ${limits.max_bytes} characters` })
      }
      sheets.push({ name, ...taken })
    }
    return success({ format: isOds ? 'ods' : 'xlsx', sheets })
  } catch (error) {
    return damaged(error instanceof Error ? error.message.slice(0, 200) : 'unreadable')
  }
}

function sheetRows(
  data: readonly (readonly CellObject[] | undefined)[],
  date1904: boolean,
  maxColumns: number,
): { rows: string[][]; lines: number[] } | { columns: number } {
  const rows: string[][] = []
  const lines: number[] = []
  // By what is there: a cell far away makes a long row of nothing.
  for (const key of Object.keys(data)) {
    const index = Number(key)
    const cells = data[index]
    if (!cells) continue
    const row: string[] = []
    let filled = 0
    if (cells.length > maxColumns) {
      const beyond = Object.keys(cells).findLast((column) => Number(column) >= maxColumns && cellText(cells[Number(column)], date1904).trim() !== '')
      if (beyond !== undefined) return { columns: Number(beyond) + 1 }
    }
    for (let column = 0; column < Math.min(cells.length, maxColumns); column++) {
      const text = cellText(cells[column], date1904)
      row.push(text)
      if (text.trim() !== '') filled = column + 1
    }
    if (filled === 0) continue
    rows.push(row.slice(0, filled))
    lines.push(index + 1)
  }
  return { rows, lines }
}
