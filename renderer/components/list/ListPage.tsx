import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { DataTable } from '../DataTable.tsx'
import type { Column, DataTableProps } from '../DataTable.tsx'
import { Page } from '../Page.tsx'
import { printOfList } from '../print/print-request.ts'
import type { PrintRequest } from '../print/print-request.ts'
import { PanelNeighbours } from '../panel-neighbours.ts'
import { readColumns, writeColumns } from './address.ts'
import { FilterBar } from './FilterBar.tsx'
import { ListStates } from './ListStates.tsx'
import type { ListState } from './use-list-page.ts'

interface ListPageProps<Row extends { id: string }> {
  list: ListState<Row>
  title: string
  scope?: string
  /** Said in the filter bar while nothing is left out: "Toutes les personnes". */
  all: string
  columns: readonly Column<Row>[]
  nameOf: (row: Row) => string
  /** Actions of the page, the primary one last. */
  actions?: ReactNode
  panel?: ReactNode
  /** The page's own views, under its header. */
  views?: ReactNode
  /** Between filters and table: read-only strip, quick entry. */
  strip?: ReactNode
  empty: ReactNode
  /** Who may see the list, said when the person may not. */
  role?: string
  /** Said when the filters leave nothing, in place of the filters themselves. */
  noResult?: string
  /** What can be done with the chosen rows, beside copying them. */
  bulk?: (selected: ReadonlySet<string>) => ReactNode
  bulkKeys?: NonNullable<DataTableProps<Row>['bulkKeys']>
  /** End of the filter bar, before saved views: counters that are filters too. */
  filterEnd?: ReactNode
  /** What Ctrl+P prints; missing: the document of the list. */
  print?: PrintRequest
  tableTitle?: ReactNode
  tableEnd?: ReactNode
}

/** Header, filters, states, table and panel of a list whose whole state is in the address. */
export function ListPage<Row extends { id: string }>(props: ListPageProps<Row>) {
  const { list, title, scope, all, columns, nameOf, actions, panel, views, strip, empty, role, noResult, bulk, bulkKeys, filterEnd, print, tableTitle, tableEnd } = props
  const shown = list.columns ? readColumns(list.columns, columns).map((column) => column.key) : null
  const ids = useMemo(() => list.items.map((row) => row.id), [list.items])
  const at = ids.indexOf(list.open)
  const { setOpen } = list
  return (
    <PanelNeighbours
      value={{
        record: list.open,
        at: at < 0 ? null : (list.page - 1) * list.per + at + 1,
        total: list.total,
        previous: at > 0 ? () => setOpen(ids[at - 1] ?? null) : null,
        next: at >= 0 && at < ids.length - 1 ? () => setOpen(ids[at + 1] ?? null) : null,
      }}
    >
      <Page title={title} {...(scope ? { scope } : {})} actions={actions} panel={panel} views={views} print={print ?? printOfList(list) ?? undefined}>
        <FilterBar list={list} all={all} end={filterEnd} />
        <div>{strip}</div>
        <ListStates list={list} empty={empty} {...(role ? { role } : {})} {...(noResult ? { noResult } : {})}>
          <DataTable
            label={title}
            columns={columns}
            rows={list.items}
            idOf={(row) => row.id}
            nameOf={nameOf}
            sort={list.sort}
            onSort={list.setSort}
            current={list.open}
            onOpen={list.setOpen}
            total={list.total}
            view={JSON.stringify([list.asked, list.page, list.per])}
            paging={{ page: list.page, per: list.per, onPage: list.setPage, onPer: list.setPer }}
            {...(shown ? { shown } : {})}
            onColumns={(keys) => list.setColumns(keys ? writeColumns(keys, columns) : '')}
            readSelected={list.readSelected}
            title={tableTitle}
            end={tableEnd}
            selected={list.selected}
            onSelect={list.setSelected}
            onSelectAll={list.selectAll}
            everything={list.everything}
            bulk={bulk?.(list.selected)}
            {...(bulkKeys ? { bulkKeys } : {})}
          />
        </ListStates>
      </Page>
    </PanelNeighbours>
  )
}
