import Papa from 'papaparse'
import { issueText } from './messages.ts'
import type { ImportPreview } from './preview-types.ts'

/** A cell that a spreadsheet would run is quoted as text; telephone numbers and amounts keep their sign. */
const inert = (cell: string): string => (/^[=@\t\r]|^[+-](?![\d\s(.,])/.test(cell) ? `'${cell}` : cell)

/**
 * The rejected rows as CSV for a spreadsheet: the same columns (refused ones left out), then the line and the reason. Semicolons in
 * French, commas in English, with a byte order mark, so that a double click opens it well. Only the header where nothing was rejected.
 */
export function rejectedRowsCsv(preview: ImportPreview, language: 'fr' | 'en'): string {
  const closed = new Set(preview.refused.map((column) => column.column))
  const kept = preview.header.map((_, column) => column).filter((column) => !closed.has(column))
  const head = [
    ...kept.map((column) => preview.header[column] ?? ''),
    language === 'fr' ? 'Ligne' : 'Line',
    language === 'fr' ? 'Motif du refus' : 'Reason',
  ]
  const rows = preview.rows
    .filter((row) => row.state === 'rejected')
    .map((row) => [
      ...kept.map((column) => inert(row.cells[column] ?? '')),
      String(row.source_line),
      row.issues
        .filter((issue) => issue.severity === 'error')
        .map((issue) => issueText(issue.message_code, language, issue))
        .join(' '),
    ])
  return `\ufeff${Papa.unparse([head, ...rows], { delimiter: language === 'fr' ? ';' : ',', newline: '\r\n' })}\r\n`
}
