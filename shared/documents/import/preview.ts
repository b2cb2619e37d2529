import type { ImportCatalogue } from './catalogue.ts'
import { catalogueIndex } from './catalogue.ts'
import type { DateOrder } from './dates.ts'
import { detectDateOrder } from './dates.ts'
import type { RefusedColumn } from './columns.ts'
import { duplicateFields, refusedColumns } from './columns.ts'
import type { ColumnMapping, ImportField, ImportKind } from './fields.ts'
import { countProposals, groupIssues } from './issue-groups.ts'
import type { Corrections } from './corrections.ts'
import { correctRows } from './corrections.ts'
import type { IdentityChoice, ImportGroup } from './decisions.ts'
import { undecided, withDecisions } from './decisions.ts'
import type { ListSeparator } from './lists.ts'
import { detectListSeparator } from './lists.ts'
import type { NameOrder } from './names.ts'
import { detectNameOrder } from './names.ts'
import type { ExistingRecords, ImportPreview, PreviewRow, RowIssue } from './preview-types.ts'
import { proposalBook } from './proposal-book.ts'
import type { RowContext } from './propose-rows.ts'
import { proposeRow } from './propose-rows.ts'
import type { SheetTable } from './read-table.ts'
import type { ReadingRules, RowValues } from './row-readers.ts'
import type { Report } from './row-window.ts'
import { strikeOutSealed } from './sealed-values.ts'

export interface PreviewInput {
  kind: ImportKind
  sheet: SheetTable
  mapping: ColumnMapping
  /** Names the origin of the rows: half of (source, external id). The same file name next month should give the same. */
  source: string
  /** IANA zone of times without one: the project's. */
  zone: string
  language: 'fr' | 'en'
  /** ISO 4217, of amounts that name none. */
  currency: string
  /** ISO 3166 country of telephone numbers without a code. */
  country: string
  /** Year of dates that name none. */
  year?: number
  /** Settled by a person; else detected from all date columns together. */
  date_order?: DateOrder
  edits?: Corrections['edits']
  replacements?: Corrections['replacements']
  /** The value of a field in every row whose own cell is blank. */
  constants?: readonly { field: ImportField; value: string }[] | undefined
  /** Settled by a person; else shown by capitals and commas of the whole column. */
  name_order?: NameOrder | undefined
  /** What parts the lists of a field; else the strongest mark found in it. */
  list_marks?: Partial<Record<ImportField, ListSeparator>> | undefined
  identities?: readonly IdentityChoice[] | undefined
  apart_rows?: readonly number[] | undefined
  /** Groups left out. */
  leave?: readonly ImportGroup[] | undefined
  /** Rows that the person leaves out. */
  skipped_rows?: readonly number[]
  existing?: ExistingRecords
  catalogue?: ImportCatalogue
}

const NOTHING: ExistingRecords = { locations: [], people: [], missions: [], assignments: [] }
const DATE_FIELDS: readonly ImportField[] = ['date', 'start', 'end', 'end_date', 'call', 'birth_date']
const LIST_FIELDS: readonly ImportField[] = ['skills', 'tags', 'languages', 'persons']

/** Names of the columns; numbered where the file has none. */
export function headerOf(sheet: SheetTable, language: 'fr' | 'en'): string[] {
  const named = sheet.header_row === null ? null : sheet.rows[sheet.header_row]
  const width = sheet.rows[0]?.length ?? 0
  return Array.from({ length: width }, (_, column) => {
    const name = named?.[column]?.trim() ?? ''
    return name === '' ? `${language === 'fr' ? 'Colonne' : 'Column'} ${column + 1}` : name
  })
}

/** The rows under the header, with their lines in the source. */
export function rowsUnderHeader(sheet: SheetTable): { rows: string[][]; lines: number[] } {
  const from = sheet.header_row === null ? 0 : sheet.header_row + 1
  return { rows: sheet.rows.slice(from), lines: sheet.lines.slice(from) }
}

export function rulesOf(input: PreviewInput, rows: readonly string[][], mapping: ColumnMapping): ReadingRules {
  const valuesOf = (field: ImportField): string[] => {
    const column = mapping.indexOf(field)
    return column === -1 ? [] : rows.map((row) => row[column] ?? '').filter((value) => value.trim() !== '')
  }
  const fallback = input.language === 'en' && input.country === 'US' ? 'mdy' : 'dmy'
  const order = input.date_order ?? detectDateOrder(DATE_FIELDS.flatMap(valuesOf), fallback, input.year).order
  const lists: ReadingRules['lists'] = {}
  for (const field of LIST_FIELDS) lists[field] = input.list_marks?.[field] ?? detectListSeparator(valuesOf(field))
  const names = input.name_order ?? detectNameOrder([...valuesOf('full_name'), ...valuesOf('person')]).order
  return {
    zone: input.zone,
    currency: input.currency,
    country: input.country,
    dates: input.year === undefined ? { order } : { order, year: input.year },
    names,
    lists,
    ...(input.catalogue ? { catalogue: catalogueIndex(input.catalogue) } : {}),
  }
}

/** What a table would bring in, with every objection; writes nothing and remembers nothing. Pure. */
export function previewImport(input: PreviewInput): ImportPreview {
  const header = headerOf(input.sheet, input.language)
  const source = rowsUnderHeader(input.sheet)
  const rows = correctRows(source.rows, input)
  const refused: RefusedColumn[] = refusedColumns(header, rows)
  const closed = new Set(refused.map((column) => column.column))
  const mapping: ColumnMapping = header.map((_, column) => (closed.has(column) ? null : (input.mapping[column] ?? null)))
  const skipped = new Set(input.skipped_rows ?? [])
  const book = proposalBook(input.source, input.existing ?? NOTHING, input.country, {
    identities: input.identities, apart_rows: input.apart_rows, names_need_a_choice: input.kind === 'people',
  })
  const context: RowContext = { kind: input.kind, rules: rulesOf(input, rows, mapping), book }
  const previewed: PreviewRow[] = []
  for (const [index, cells] of rows.entries()) {
    if (skipped.has(index)) continue
    const { row, report } = openRow(index, source.lines[index] ?? 0)
    for (let column = 0; column < header.length; column++) {
      const typed = closed.has(column) ? '' : (cells[column] ?? '')
      const safe = strikeOutSealed(typed)
      row.cells.push(safe)
      const field = mapping[column]
      if (safe !== typed) report('import.sealed_value_removed', field ?? null, 'warning', header[column] ?? '')
      // Where two columns want one field the first is shown until someone chooses.
      if (field && row.values[field] === undefined) row.values[field] = safe
    }
    for (const { field, value } of input.constants ?? []) if ((row.values[field] ?? '').trim() === '') row.values[field] = value
    proposeRow(row, context, report)
    if (row.issues.some((issue) => issue.severity === 'error')) row.state = 'rejected'
    previewed.push(row)
  }
  return finishPreview({ kind: input.kind, source: input.source, header, mapping, refused, rows: previewed }, withDecisions(book.finish(), input.leave ?? []))
}

/** A row still without cells, and the function that notes what is wrong with it. */
export function openRow(index: number, line: number, values: RowValues = {}): { row: PreviewRow; report: Report } {
  const row: PreviewRow = { index, source_line: line, cells: [], values, state: 'accepted', issues: [] }
  const report: Report = (code, field, severity, found, expected = '') => {
    const issue: RowIssue = { field, issue: code.replace('import.', ''), severity, message_code: code, found, expected }
    row.issues.push(issue)
  }
  return { row, report }
}

export function finishPreview(
  parts: Pick<ImportPreview, 'kind' | 'source' | 'header' | 'mapping' | 'refused' | 'rows'>,
  proposals: ImportPreview['proposals'],
): ImportPreview {
  const choices = duplicateFields(parts.mapping)
  const open = undecided(proposals)
  const rejected = parts.rows.filter((row) => row.state === 'rejected').length
  const counts = {
    rows: parts.rows.length,
    accepted: parts.rows.length - rejected,
    rejected,
    warnings: parts.rows.reduce((sum, row) => sum + row.issues.filter((issue) => issue.severity === 'warning').length, 0),
    locations: countProposals(proposals.locations),
    people: countProposals(proposals.people),
    missions: countProposals(proposals.missions),
    assignments: countProposals(proposals.assignments),
  }
  const writes = [counts.locations, counts.people, counts.missions, counts.assignments].some((count) => count.create + count.update > 0)
  return { ...parts, choices, undecided: open, ready: choices.length === 0 && open === 0 && writes, groups: groupIssues(parts.rows), proposals, counts }
}
