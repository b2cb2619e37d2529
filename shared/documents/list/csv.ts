import { offsetOf } from '../../domain/runsheets/formats.ts'
import { toLocal } from '../../kernel/instants.ts'
import { tablesOf } from './content.ts'
import type { Cell, FactsSection, ListColumn, ListContent, ListRow, PlanSection, Section, TableSection } from './content.ts'
import { hasTimes, isTime } from './values.ts'
import { printWords } from './words.ts'

/** A value of a table in a file: texts, numbers, and times on the clock of their zone. */
export type FileValue = null | string | number | { local: string } | { date: string }
export interface FileTable {
  name: string
  heads: string[]
  rows: FileValue[][]
  kinds: ListColumn['kind'][]
}

/** The document's tables, flat: a column for the group, one for the zone and one for the offset where there are times. */
export function fileTables(content: ListContent): FileTable[] {
  const tables = tablesOf(content)
  if (tables.length === 0) return [factTable(content)]
  const sameShape = tables.every((table) => table.columns.map((column) => column.key).join() === tables[0]?.columns.map((column) => column.key).join())
  // Several tables of one shape (a sign-in sheet a day) make one table, named by a first column.
  const parts = sameShape && tables[0] ? [{ ...tables[0], groups: [] as TableSection['groups'], parts: tables }] : tables.map((table) => ({ ...table, parts: [table] }))
  return parts.map((part, index) => tableOf(content, part, part.parts, index))
}

function tableOf(content: ListContent, shape: TableSection, parts: readonly TableSection[], index: number): FileTable {
  const words = printWords[content.language]
  const columns = shape.columns
  const titled = parts.length > 1
  const grouped = parts.some((part) => part.groups.some((group) => group.title !== ''))
  const timed = parts.some(hasTimes)
  const rows = parts.flatMap((part) =>
    part.groups.flatMap((group) =>
      group.rows.map((row): FileValue[] => [
        ...(titled ? [part.title ?? ''] : []),
        ...(grouped ? [[group.code, group.title].filter((text) => text !== null && text !== '').join(' ')] : []),
        ...columns.map((column) => fileValue(row.cells[column.key] ?? null, column)),
        ...(timed ? [zonesOf(row), offsetsOf(row)] : []),
      ])))
  const added = (list: readonly (string | false)[]): string[] => list.filter((text) => text !== false)
  return {
    name: shape.title ?? (index === 0 ? content.title : `${content.title} ${index + 1}`),
    heads: [...added([titled && content.title, grouped && words.group]), ...columns.map((column) => column.label), ...added([timed && words.zone, timed && words.offset])],
    kinds: [...(titled ? ['text' as const] : []), ...(grouped ? ['text' as const] : []), ...columns.map((column) => column.kind), ...(timed ? ['text' as const, 'text' as const] : [])],
    rows,
  }
}

const zonesOf = (row: ListRow): string => [...new Set(Object.values(row.cells).flatMap((cell) => (isTime(cell) ? [cell.zone] : [])))].join(', ')
const offsetsOf = (row: ListRow): string => [...new Set(Object.values(row.cells).flatMap((cell) => (isTime(cell) ? [offsetOf(cell.at, cell.zone)] : [])))].join(', ')

function fileValue(cell: Cell, column: ListColumn): FileValue {
  if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell
  if ('state' in cell) return cell.state
  if ('date' in cell) return { date: cell.date }
  if ('minor' in cell) return cell.minor / 100
  const local = toLocal(cell.at, cell.zone)
  return column.kind === 'date' ? { date: local.date } : { local: `${local.date} ${local.time}` }
}

/** What has no table: its facts, a line each. */
function factTable(content: ListContent): FileTable {
  const words = printWords[content.language]
  const flat = (sections: readonly Section[]): (FactsSection | PlanSection)[] =>
    sections.flatMap((section) => (section.kind === 'pair' ? [...section.left, ...section.right] : section.kind === 'facts' || section.kind === 'plan' ? [section] : []))
  const rows = flat(content.sections).flatMap((section): FileValue[][] =>
    section.kind === 'plan'
      ? section.pins.map((pin) => [section.title, pin.letter, pin.label])
      : [...section.facts.map((fact) => [section.title ?? content.title, fact.label, fact.lines.join('\n')]), ...(section.geo === null ? [] : [[section.title ?? '', 'WGS 84', `${section.geo.latitude}, ${section.geo.longitude}`]])])
  return { name: content.title, heads: [content.title, words.information, ''], kinds: ['text', 'text', 'text'], rows }
}

/**
 * RFC 4180 with CRLF, UTF-8 with a byte order mark, `;` in French and `,` in English; the first line is the head. Cells that a
 * spreadsheet would take for a formula start with an apostrophe. Several tables follow each other, parted by an empty line.
 */
export function listCsv(content: ListContent): string {
  const separator = content.language === 'fr' ? ';' : ','
  const line = (values: readonly string[]): string => `${values.map((text) => field(text, separator)).join(separator)}\r\n`
  const decimal = (value: number): string => (content.language === 'fr' ? String(value).replace('.', ',') : String(value))
  const text = (value: FileValue): string => (value === null ? '' : typeof value === 'string' ? value : typeof value === 'number' ? decimal(value) : 'date' in value ? value.date : value.local)
  return `\ufeff${fileTables(content).map((table) => [line(table.heads), ...table.rows.map((row) => line(row.map(text)))].join('')).join('\r\n')}`
}

function field(text: string, separator: string): string {
  // OWASP: what begins like a formula, also after a tab or a line break, is made text. A number is a number.
  const safe = /^[=+\-@\t\r\n]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
