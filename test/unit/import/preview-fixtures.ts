import { suggestMapping } from '../../../shared/documents/import/columns.ts'
import type { ImportKind } from '../../../shared/documents/import/fields.ts'
import type { PreviewInput } from '../../../shared/documents/import/preview.ts'
import { headerOf, previewImport, rowsUnderHeader } from '../../../shared/documents/import/preview.ts'
import type { ExistingRecords, ImportPreview } from '../../../shared/documents/import/preview-types.ts'
import { readTable } from '../../../shared/documents/import/read-table.ts'
import type { SheetTable } from '../../../shared/documents/import/read-table.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { utf8 } from './table-fixtures.ts'

export const NIR = '2 55 08 14 168 025 38'
export const IBAN = 'FR14 2004 1010 0505 0001 3M02 606'
export const at = (text: string): ReturnType<typeof fromMs> => fromMs(Date.parse(text))

export function sheetOf(text: string): SheetTable {
  const table = readTable(utf8(text), 'import.csv')
  const sheet = table.ok ? table.value.sheets[0] : undefined
  if (!sheet) throw new Error('unreadable')
  return sheet
}
export function suggestionOf(kind: ImportKind, text: string): ReturnType<typeof suggestMapping> {
  const sheet = sheetOf(text)
  return suggestMapping(kind, headerOf(sheet, 'fr'), rowsUnderHeader(sheet).rows)
}
export function preview(kind: ImportKind, text: string, more: Partial<PreviewInput> = {}): ImportPreview {
  return previewImport({
    kind,
    sheet: sheetOf(text),
    mapping: suggestionOf(kind, text).mapping,
    source: 'import.csv',
    zone: 'Europe/Paris',
    language: 'fr',
    currency: 'EUR',
    country: 'FR',
    year: 2026,
    ...more,
  })
}
export const issues = (result: ImportPreview): string[] =>
  result.rows.flatMap((row) => row.issues.map((issue) => `${row.source_line} ${issue.severity} ${issue.issue}`))
export const records = (more: Partial<ExistingRecords>): ExistingRecords => ({
  locations: [],
  people: [],
  missions: [],
  assignments: [],
  ...more,
})
