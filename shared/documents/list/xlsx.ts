import { utils, write } from '@e965/xlsx'
import type { CellObject, WorkSheet } from '@e965/xlsx'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { rowCount } from './content.ts'
import type { Issue, ListContent } from './content.ts'
import { fileTables } from './csv.ts'
import type { FileTable, FileValue } from './csv.ts'
import { printWords } from './words.ts'

const DAY = 86_400_000
/** Day 0 of spreadsheets. */
const EPOCH = Date.UTC(1899, 11, 30)

/** The clock's reading as a serial day, without the machine's zone. */
const serial = (local: string): number => (Date.parse(`${local.replace(' ', 'T')}${local.length === 10 ? 'T00:00' : ''}:00.000Z`) - EPOCH) / DAY

function cellOf(value: FileValue, kind: string): CellObject | null {
  if (value === null || value === '') return null
  // As text, never as a formula: spreadsheets do not read the cells of a file of this kind as typed.
  if (typeof value === 'string') return { t: 's', v: value }
  if (typeof value === 'number') return kind === 'money' ? { t: 'n', v: value, z: '#,##0.00' } : { t: 'n', v: value }
  if ('date' in value) return { t: 'n', v: serial(value.date), z: 'yyyy-mm-dd' }
  return { t: 'n', v: serial(value.local), z: 'yyyy-mm-dd hh:mm' }
}

const lengthOf = (value: FileValue): number => (value === null ? 0 : typeof value === 'string' ? Math.max(...value.split('\n').map((line) => line.length)) : typeof value === 'number' ? String(value).length : 'date' in value ? 10 : 16)

function sheetOf(table: FileTable): WorkSheet {
  const sheet: WorkSheet = { '!ref': utils.encode_range({ s: { r: 0, c: 0 }, e: { r: table.rows.length, c: Math.max(0, table.heads.length - 1) } }) }
  const put = (row: number, column: number, cell: CellObject | null): void => {
    if (cell) sheet[utils.encode_cell({ r: row, c: column })] = cell
  }
  for (const [column, head] of table.heads.entries()) put(0, column, cellOf(head, 'text'))
  for (const [index, row] of table.rows.entries()) for (const [column, value] of row.entries()) put(index + 1, column, cellOf(value, table.kinds[column] ?? 'text'))
  sheet['!cols'] = table.heads.map((head, column) => ({ wch: Math.min(60, Math.max(8, head.length + 2, ...table.rows.map((row) => lengthOf(row[column] ?? null) + 2))) }))
  sheet['!autofilter'] = { ref: utils.encode_range({ s: { r: 0, c: 0 }, e: { r: table.rows.length, c: Math.max(0, table.heads.length - 1) } }) }
  return sheet
}

/** Names of sheets: 31 characters, none of `: \ / ? * [ ]`, each once. */
function nameOf(name: string, taken: Set<string>): string {
  const clean = name.replace(/[:\\/?*[\]]/g, ' ').trim().slice(0, 28) || 'Callboard'
  let chosen = clean
  for (let number = 2; taken.has(chosen.toLowerCase()); number++) chosen = `${clean.slice(0, 26)} ${number}`
  taken.add(chosen.toLowerCase())
  return chosen
}

const PANE = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
/** Of every entry, so that equal contents give equal bytes; the archive's own calendar starts in 1980. */
const STAMP = new Date(1980, 0, 2)

/** The library writes no frozen panes: the head of each sheet is frozen in its XML. */
function frozenHead(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes)
  for (const [name, data] of Object.entries(files))
    if (/^xl\/worksheets\/sheet\d+\.xml$/.test(name))
      files[name] = strToU8(strFromU8(data).replace(/<sheetView([^>]*?)\/>/, (_, attributes: string) => `<sheetView${attributes}>${PANE}</sheetView>`))
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, data]) => [name, [data, { mtime: STAMP }]])))
}

/** What the workbook is: of which rows, in which zone, by whom, when. */
function aboutOf(content: ListContent, issue: Issue): FileTable {
  const words = printWords[content.language]
  const rows: [string, string][] = [
    [words.document, [content.title, content.badge, content.subtitle].filter((part) => part !== null && part !== '').join(' · ')],
    [words.organization, content.organization.name],
    ...(content.project === null ? [] : [[words.project, content.project.name] as [string, string]]),
    ...(content.filters === null ? [] : [[words.filters, content.filters] as [string, string]]),
    [words.rowsLabel, String(rowCount(content))],
    [words.zone, content.zone],
    ...(issue.made_by === null ? [] : [[words.madeBy, issue.made_by] as [string, string]]),
    [words.madeAt, issue.generated_at],
    ['SHA-256', issue.content_hash],
    ...(issue.demo ? [[words.demo, ''] as [string, string]] : []),
  ]
  return { name: words.about, heads: [words.about, ''], kinds: ['text', 'text'], rows }
}

/** A workbook with real dates and numbers, a frozen head, and a last sheet that says what it is, from when and with which hash. */
export function listXlsx(content: ListContent, issue: Issue): Uint8Array {
  const words = printWords[content.language]
  const book = utils.book_new()
  const taken = new Set<string>()
  for (const table of fileTables(content)) utils.book_append_sheet(book, sheetOf(table), nameOf(table.name, taken))
  utils.book_append_sheet(book, sheetOf(aboutOf(content, issue)), nameOf(words.about, taken))
  book.Props = { Title: content.title, Author: content.organization.name, CreatedDate: new Date(issue.generated_at) }
  const written: unknown = write(book, { type: 'array', bookType: 'xlsx', compression: true })
  return frozenHead(new Uint8Array(written instanceof ArrayBuffer ? written : new ArrayBuffer(0)))
}
