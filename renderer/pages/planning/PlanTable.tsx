import { useEffect, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useList } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { AssignmentRow } from '../../app/rows.ts'
import { DataTable } from '../../components/DataTable.tsx'
import type { DataTableProps } from '../../components/DataTable.tsx'
import { readColumns, readPage, readPer, writeColumns } from '../../components/list/address.ts'
import { useT } from '../../i18n/index.ts'
import type { PlanBar } from './plan.ts'
import { readAside, usePlanColumns } from './plan-columns.tsx'
import type { Selection } from './use-selection.ts'

interface PlanTableProps {
  /** In order. */
  rows: readonly PlanBar[]
  zone: string
  selection: Selection
  open: string
  onOpen: (id: string) => void
  mayUpdate: boolean
  bulk: ReactNode
  /** Beside the pages. */
  end?: ReactNode
  bulkKeys: NonNullable<DataTableProps<PlanBar>['bulkKeys']>
  /** Row to bring into view; it may stand on another page. */
  reveal: { readonly id: string; readonly at: number } | null
  /** The row that the person went to. */
  onActive: (id: string) => void
}

/** The rows of the filter as a table: beside the timeline, or the whole page. Sort, page and columns are in the address. */
export function PlanTable({ rows, zone, selection, open, onOpen, mayUpdate, bulk, end, bulkKeys, reveal, onActive }: PlanTableProps) {
  const t = useT()
  const url = useUrlState()
  const [sort, per, cols] = [url.get('sort'), readPer(url.get('per')), url.get('cols')]
  const pages = Math.max(1, Math.ceil(rows.length / per))
  const page = Math.min(readPage(url.get('page')), pages)
  const shown = useMemo(() => rows.slice((page - 1) * per, page * per), [rows, page, per])
  const aside = useAside(shown, cols)
  const columns = usePlanColumns(aside, zone, mayUpdate)
  const revealed = reveal && { ...reveal, index: rows.findIndex(({ id }) => id === reveal.id) }
  // The page follows what is revealed, once: the person may go on to another.
  const wanted = revealed && revealed.index >= 0 ? Math.floor(revealed.index / per) + 1 : page
  useFollow(revealed?.at ?? 0, wanted, page, (to) => url.set({ page: to === 1 ? null : String(to) }))
  const chosen = cols ? readColumns(cols, columns).map((column) => column.key) : null
  return (
    <DataTable
      label={t('planning.title')}
      columns={columns}
      rows={shown}
      idOf={(bar) => bar.id}
      nameOf={(bar) => bar.person.name}
      sort={sort}
      onSort={(next) => url.set({ sort: next, page: null }, 'push')}
      current={open}
      onOpen={onOpen}
      total={rows.length}
      view={`${sort} ${page} ${per}`}
      paging={{ page, per, onPage: (to) => url.set({ page: to === 1 ? null : String(to) }, 'push'), onPer: (next) => url.set({ per: next === 50 ? null : String(next), page: null }, 'push') }}
      {...(chosen ? { shown: chosen } : {})}
      onColumns={(keys) => url.set({ cols: (keys && writeColumns(keys, columns)) || null }, 'push')}
      readSelected={() => Promise.resolve(rows.filter(({ id }) => selection.selected.has(id)))}
      selected={selection.selected}
      onSelect={selection.set}
      onSelectAll={selection.all}
      everything={selection.everything}
      bulk={bulk}
      end={end}
      bulkKeys={bulkKeys}
      {...(reveal ? { reveal } : {})}
      onActive={onActive}
    />
  )
}

/** Notes, and why a row was canceled: read for the rows of the page when one of them shows it. */
function useAside(shown: readonly PlanBar[], cols: string): ReadonlyMap<string, AssignmentRow> {
  const wanted = readAside.some((key) => cols.split(',').includes(key)) ? shown : shown.filter(({ state }) => state === 'canceled')
  const { items } = useList(listAssignments, wanted.length > 0 ? { filter: { id: wanted.map(({ id }) => id) }, limit: 200 } : null, AssignmentRow)
  return useMemo(() => new Map(items.map((row) => [row.id, row])), [items])
}

/** Calls `go` once for each new `at` when what is wanted is not what is shown. */
function useFollow(at: number, wanted: number, shown: number, go: (to: number) => void): void {
  const followed = useRef(at)
  useEffect(() => {
    if (followed.current === at) return
    followed.current = at
    if (wanted !== shown) go(wanted)
  })
}
