import { strFromU8 } from 'fflate'
import type { Result } from '../../kernel/result.ts'
import { failure, success } from '../../kernel/result.ts'
import type { Separator } from './delimited.ts'
import { detectSeparator, readDelimited } from './delimited.ts'
import { guessHeaderRow } from './header-row.ts'
import type { FileProblem, ImportLimits } from './problems.ts'
import { IMPORT_LIMITS } from './problems.ts'
import type { TextEncoding } from './text-encoding.ts'
import { decodeAs, decodeText } from './text-encoding.ts'
import { readWorkbook } from './workbook.ts'

export type TableFormat = 'csv' | 'tsv' | 'xlsx' | 'ods'

export interface SheetTable {
  name: string
  /** Rectangular, blank rows left out; the header row is among them. Cells are text as in the source, never evaluated. */
  rows: string[][]
  /** For each row, its line in the file (CSV) or its row in the sheet, from 1. */
  lines: number[]
  /** Index in `rows` of the guessed header, null when the first row is already a value row. */
  header_row: number | null
}

export interface SourceTable {
  format: TableFormat
  file_name: string
  sheets: SheetTable[]
  /** Null for XLSX and ODS. */
  encoding: TextEncoding | null
  separator: Separator | null
  /** Lines whose quotes do not close: shown as a warning. */
  quote_errors: number[]
}

export interface ReadOptions {
  /** Overrides what would be detected. */
  separator?: Separator
  encoding?: TextEncoding
  limits?: ImportLimits
}

function rectangular(rows: string[][]): string[][] {
  let width = 0
  for (const row of rows) width = Math.max(width, row.length)
  for (const row of rows) while (row.length < width) row.push('')
  return rows
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean => signature.every((byte, index) => bytes[index] === byte)

function foreignFormat(bytes: Uint8Array): string | null {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'an old Office file (.xls)'
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return 'a PDF'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]) || startsWith(bytes, [0xff, 0xd8, 0xff])) return 'an image'
  const start = strFromU8(bytes.subarray(0, 512), true).trimStart().toLowerCase()
  if (start.startsWith('begin:vcalendar')) return 'a calendar (.ics)'
  if (start.startsWith('begin:vcard')) return 'a contact card (.vcf)'
  if (start.startsWith('<!doctype html') || start.startsWith('<html') || start.startsWith('<table')) return 'a web page'
  if (start.startsWith('<?xml')) return 'an XML file'
  return null
}

/**
 * Bytes of a CSV, TSV, XLSX or ODS file as sheets of text. What the file is follows from its bytes; the name only settles a lone
 * column. Never throws.
 */
export function readTable(bytes: Uint8Array, fileName: string, options: ReadOptions = {}): Result<SourceTable, FileProblem> {
  const limits = options.limits ?? IMPORT_LIMITS
  if (bytes.length === 0) return failure({ code: 'import.file_empty', where: fileName, found: '0 bytes', expected: 'a table' })
  if (bytes.length > limits.max_bytes) {
    return failure({
      code: 'import.file_too_large',
      where: fileName,
      found: `${(bytes.length / 1_048_576).toFixed(1)} MB`,
      expected: `at most ${(limits.max_bytes / 1_048_576).toFixed(0)} MB`,
    })
  }
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readSpreadsheet(bytes, fileName, limits)
  const foreign = foreignFormat(bytes)
  if (foreign) return failure({ code: 'import.format_unknown', where: fileName, found: foreign, expected: 'CSV, TSV, XLSX or ODS' })
  return readText(bytes, fileName, options.separator ?? null, limits, options.encoding ?? null)
}

function readSpreadsheet(bytes: Uint8Array, fileName: string, limits: ImportLimits): Result<SourceTable, FileProblem> {
  const workbook = readWorkbook(bytes, fileName, limits)
  if (!workbook.ok) return workbook
  const sheets = workbook.value.sheets.map((sheet) => {
    const rows = rectangular(sheet.rows)
    return { name: sheet.name, rows, lines: sheet.lines, header_row: guessHeaderRow(rows) }
  })
  if (sheets.every((sheet) => sheet.rows.length === 0)) return noRows(fileName)
  return success({ format: workbook.value.format, file_name: fileName, sheets, encoding: null, separator: null, quote_errors: [] })
}

const noRows = (fileName: string): Result<never, FileProblem> =>
  failure({ code: 'import.no_rows', where: fileName, found: 'only blank rows', expected: 'a header row and at least one row' })

function readText(bytes: Uint8Array, fileName: string, asked: Separator | null, limits: ImportLimits, encoding: TextEncoding | null): Result<SourceTable, FileProblem> {
  const decoded = encoding === null ? decodeText(bytes) : decodeAs(bytes, encoding)
  const nul = decoded.text.indexOf('\0')
  if (nul !== -1) {
    return failure({
      code: 'import.format_unknown',
      where: fileName,
      found: `binary content at character ${nul + 1}`,
      expected: 'CSV, TSV, XLSX or ODS',
    })
  }
  let text = decoded.text
  let firstLine = 1
  // Spreadsheets may announce their separator on a first line of its own.
  const announced = /^sep=([,;|\t])\n/i.exec(text)
  if (announced) {
    text = text.slice(announced[0].length)
    firstLine = 2
  }
  const lone: Separator = /\.(tsv|tab)$/i.test(fileName) ? '\t' : ','
  const separator = asked ?? announcedSeparator(announced?.[1]) ?? detectSeparator(text) ?? lone
  const read = readDelimited(text, separator, limits.max_rows + 1, firstLine)
  if (read.cut || read.rows.length > limits.max_rows + 1) {
    return failure({
      code: 'import.too_many_rows',
      where: fileName,
      found: `more than ${limits.max_rows}`,
      expected: `at most ${limits.max_rows}`,
    })
  }
  if (read.rows.length === 0 || (asked === null && !/[^\s;,|"]/.test(text))) return noRows(fileName)
  const widest = read.rows.findIndex((row) => row.length > limits.max_columns)
  if (widest !== -1) {
    return failure({
      code: 'import.too_many_columns',
      where: `${fileName}, line ${read.lines[widest] ?? 0}`,
      found: `${read.rows[widest]?.length ?? 0}`,
      expected: `at most ${limits.max_columns}`,
    })
  }
  const rows = rectangular(read.rows)
  const name = fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '')
  return success({
    format: separator === '\t' ? 'tsv' : 'csv',
    file_name: fileName,
    sheets: [{ name, rows, lines: read.lines, header_row: guessHeaderRow(rows) }],
    encoding: decoded.encoding,
    separator,
    quote_errors: read.quote_errors,
  })
}

function announcedSeparator(found: string | undefined): Separator | null {
  return found === ',' || found === ';' || found === '|' || found === '\t' ? found : null
}
