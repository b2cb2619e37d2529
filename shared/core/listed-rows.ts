/** A list of rows that were computed rather than stored: filtered, sorted, counted and paged as the store does with its own. */
import { detail, refuse } from '../domain/errors.ts'
import { mostFacets, mostIds, type Condition, type FacetValue, type Page } from '../domain/operation.ts'
import { pageRequestOf, type ListInput } from '../domain/records.ts'
import { fold } from '../kernel/text.ts'

type Scalar = string | number | boolean | null
/** A column with several values (the crew roles of a person) meets a condition when one of them does. */
type Cell = Scalar | readonly Scalar[]

export interface ListedRows<R extends { id: string }> {
  rows: readonly R[]
  /** What is filtered and counted. */
  cell: (row: R, column: string) => Cell
  /** Order by one column; missing: by its cell. */
  compare: Readonly<Record<string, (a: R, b: R) => number>>
  /** Words that are searched. */
  words: (row: R) => string
  sort: readonly string[]
}

const isMany = (cell: Cell): cell is readonly Scalar[] => Array.isArray(cell)

function meetsOne(value: Scalar, wanted: Condition): boolean {
  if (wanted === null || typeof wanted !== 'object') return value === wanted
  if (Array.isArray(wanted)) return wanted.includes(value)
  if (value === null || typeof value === 'boolean') return false
  const { gte, gt, lte, lt } = wanted as { gte?: string | number; gt?: string | number; lte?: string | number; lt?: string | number }
  return (gte === undefined || value >= gte) && (gt === undefined || value > gt) && (lte === undefined || value <= lte) && (lt === undefined || value < lt)
}

/** Whether a cell meets a condition; `not` asks that none of its values do. */
export function meets(cell: Cell, wanted: Condition): boolean {
  const values = isMany(cell) ? (cell.length === 0 ? [null] : cell) : [cell]
  if (wanted !== null && typeof wanted === 'object' && !Array.isArray(wanted) && 'not' in wanted) {
    const refused = wanted.not === undefined ? [] : Array.isArray(wanted.not) ? wanted.not : [wanted.not]
    return values.every((value) => !refused.includes(value))
  }
  return values.some((value) => meetsOne(value, wanted))
}

function countsOf<R extends { id: string }>(rows: readonly R[], column: string, source: ListedRows<R>): FacetValue[] {
  const counts = new Map<Scalar, number>()
  for (const row of rows) {
    const cell = source.cell(row, column)
    for (const value of isMany(cell) ? (cell.length === 0 ? [null] : new Set(cell)) : [cell]) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || String(a.value).localeCompare(String(b.value))).slice(0, mostFacets)
}

function startOf(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw refuse('validation.invalid', detail('cursor', 'cursor', 'the next_cursor of a former answer', cursor))
}

/** One page of the rows, with totals, facets and ids as asked. The id settles what is equal, so that pages never overlap. */
export function pageOfRows<R extends { id: string }>(source: ListedRows<R>, input: ListInput): Page<R> {
  const request = pageRequestOf(input, source.sort)
  const words = fold(request.search ?? '').split(' ').filter(Boolean)
  const conditions = Object.entries(request.filter ?? {})
  const found = (without: string | null): R[] => source.rows.filter((row) =>
    conditions.every(([column, wanted]) => column === without || meets(source.cell(row, column), wanted))
    && (words.length === 0 || words.every((word) => fold(source.words(row)).split(' ').some((part) => part.startsWith(word)))))
  const order = request.sort.map((name) => ({ descending: name.startsWith('-'), compare: source.compare[name.replace('-', '')] }))
  const rows = found(null).sort((a, b) => {
    for (const { descending, compare } of order) {
      const by = compare?.(a, b) ?? 0
      if (by !== 0) return descending ? -by : by
    }
    return a.id < b.id ? -1 : 1
  })
  const from = request.cursor ? startOf(request.cursor) : ((request.page ?? 1) - 1) * request.limit
  const to = from + request.limit
  return {
    items: rows.slice(from, to), total: rows.length, next_cursor: to < rows.length ? String(to) : null,
    ...(request.facets ? { facets: Object.fromEntries(request.facets.map((column) => [column, countsOf(found(column), column, source)])) } : {}),
    ...(request.ids ? { ids: rows.slice(0, mostIds).map((row) => row.id) } : {}),
  }
}
