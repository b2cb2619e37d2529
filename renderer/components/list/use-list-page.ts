import { useCallback, useEffect, useMemo } from 'react'
import type { z } from 'zod'
import type { ListInput, ListOutput } from '../../../shared/domain/records.ts'
import { call } from '../../app/client.ts'
import type { Declared, Plain } from '../../app/client.ts'
import { readRows, useAnswer, usePageOfList } from '../../app/queries.ts'
import type { PageOfList } from '../../app/queries.ts'
import { useOrg, useUrlState } from '../../app/routes.ts'
import { ALL, conditionOf, pickedOf, readPage, readPer, readPicked, writePicked } from './address.ts'
import type { ListFilter, PageSize } from './address.ts'
import type { FacetCounts } from './facet-counts.ts'
import { useFilters } from './use-filters.ts'
import type { CountedFilters } from './use-filters.ts'

export interface ListPageSettings<Row extends { id: string }, O extends ListOutput = ListOutput> {
  operation: Declared<ListInput, O>
  row: z.ZodType<Row>
  projectId?: string
  filters: readonly ListFilter[]
  /** Sort while the address names none: columns, `-` in front for descending. */
  sort: readonly string[]
  /** Conditions beside the person's filters. */
  where?: Plain<ListInput>['filter']
  /** False: the list has no searched words. */
  search?: boolean
  /** Not asked yet. */
  off?: boolean
}

export interface ListState<Row extends { id: string }, O extends ListOutput = ListOutput> extends PageOfList<Row, O>, CountedFilters {
  settings: ListPageSettings<Row, O>
  sort: string
  setSort: (sort: string) => void
  page: number
  setPage: (page: number) => void
  per: PageSize
  setPer: (per: PageSize) => void
  columns: string
  setColumns: (text: string) => void
  /** Record of the panel; `new` is one being made. */
  open: string
  setOpen: (id: string | null) => void
  selected: ReadonlySet<string>
  setSelected: (ids: ReadonlySet<string>) => void
  /** Chosen is all that the filters name, beyond the page. */
  everything: boolean
  selectAll: () => void
  /** What is asked of the core without page and columns: for printing and exporting what is shown. */
  asked: Plain<ListInput>
  /** Reads chosen rows that may not be on this page, 200 at a time. */
  readSelected: () => Promise<readonly Row[]>
}

const NO_IDS: readonly string[] = []

/** Ties a list operation to the address: filters, search, sort, page, columns, chosen rows and the open record are all in it. */
export function useListPage<Row extends { id: string }, O extends ListOutput = ListOutput>(settings: ListPageSettings<Row, O>): ListState<Row, O> {
  const { operation, row, projectId, where, off } = settings
  const url = useUrlState()
  const org = useOrg()
  const chosen = useFilters(settings.filters, settings.search !== false)
  const { filters, filterText, search } = chosen
  const [sort, page, per, columns, open] = [url.get('sort'), readPage(url.get('page')), readPer(url.get('per')), url.get('cols'), url.get('sel')]

  const filter: NonNullable<Plain<ListInput>['filter']> = { ...where }
  for (const one of filters) {
    const condition = conditionOf(one, filterText(one.name))
    if (condition !== undefined) filter[one.column] = condition
  }
  const asked: Plain<ListInput> = {
    ...(projectId ? { project_id: projectId } : {}),
    ...(Object.keys(filter).length > 0 ? { filter } : {}),
    ...(search.trim() ? { search } : {}),
    sort: sortOf(sort, settings.sort),
  }
  const list = usePageOfList(operation, off ? null : { ...asked, limit: per, page }, row)

  const picked = readPicked(url.get('pick'))
  const all = useAnswer(operation, picked.all && !off ? { ...asked, limit: 1, ids: true } : null)
  const everyId = picked.all ? (all.answer?.value.ids ?? NO_IDS) : null
  const pickText = url.get('pick')
  const selected = useMemo(() => {
    const { all: beyond, ids } = readPicked(pickText)
    if (!beyond) return new Set(ids)
    const out = new Set(ids)
    return new Set((everyId ?? NO_IDS).filter((id) => !out.has(id)))
  }, [pickText, everyId])

  // Rows were removed since: the last page there is, rather than an empty one.
  const pages = Math.max(1, Math.ceil(list.total / per))
  const beyond = !list.loading && !list.stale && !list.failure && page > pages
  useEffect(() => {
    if (beyond) url.set({ page: pages === 1 ? null : String(pages) })
  }, [beyond, pages, url])

  const readSelected = useCallback(async (): Promise<readonly Row[]> => {
    const here = new Map(list.items.map((one) => [one.id, one]))
    const missing = [...selected].filter((id) => !here.has(id))
    for (let at = 0; at < missing.length; at += MOST_READ) {
      const input = { ...(projectId ? { project_id: projectId } : {}), filter: { id: missing.slice(at, at + MOST_READ) }, limit: MOST_READ }
      const answer = await call(operation, input, org ? { org } : {})
      for (const one of readRows(operation.name, answer.value.items, row)) here.set(one.id, one)
    }
    return [...selected].flatMap((id) => here.get(id) ?? [])
  }, [list.items, selected, operation, row, projectId, org])

  return {
    ...list,
    settings,
    ...chosen,
    sort,
    setSort: (next) => url.set({ sort: next, page: null }, 'push'),
    page,
    setPage: (next) => url.set({ page: next === 1 ? null : String(next) }, 'push'),
    per,
    setPer: (next) => url.set({ per: next === 50 ? null : String(next), page: null }, 'push'),
    columns,
    setColumns: (text) => url.set({ cols: text || null }, 'push'),
    open,
    setOpen: (id) => url.set({ sel: id }, id ? 'push' : 'replace'),
    selected,
    setSelected: (ids) => url.set({ pick: writePicked(pickedOf(ids, everyId, picked.all)) || null }),
    everything: picked.all && picked.ids.length === 0,
    selectAll: () => url.set({ pick: ALL }),
    asked,
    useCounts: (column) => useFacet(operation, { ...asked, limit: 1, facets: [column] }, column),
    readSelected,
  }
}

const MOST_READ = 200
const MOST_SORTS = 3

function useFacet<O extends ListOutput>(operation: Declared<ListInput, O>, input: Plain<ListInput>, column: string): FacetCounts {
  const { answer, loading, failure } = useAnswer(operation, input)
  const found = answer?.value.facets?.[column]
  return { counts: answer ? new Map((found ?? []).map(({ value, count }) => [value === null ? null : String(value), count])) : null, loading, failure }
}

/** The person's keys, then the usual ones: rows alike by the first stay in an order that means something. */
function sortOf(text: string, usual: readonly string[]): string[] {
  const asked = text.split(',').filter(Boolean)
  const named = new Set(asked.map((key) => key.replace(/^-/, '')))
  return [...asked, ...usual.filter((key) => !named.has(key.replace(/^-/, '')))].slice(0, MOST_SORTS)
}
