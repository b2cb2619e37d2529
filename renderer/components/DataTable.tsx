import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { usePreferences } from '../app/preferences.ts'
import { useSyncMarks } from '../app/sync/marks.ts'
import { useT } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import { announce } from './LiveRegion.tsx'
import { movedColumn } from './list/address.ts'
import { bringsQuietly, openQuietly } from './quiet-panel.ts'
import type { Column } from './table/column.ts'
import { ColumnMenu } from './table/ColumnMenu.tsx'
import { EditedCell } from './table/EditedCell.tsx'
import { KeptBadge, Unsent } from './table/RowMarks.tsx'
import { More, TableBar } from './table/TableBar.tsx'
import type { Paging } from './table/TableBar.tsx'
import { TableHead } from './table/TableHead.tsx'
import styles from './table/Table.module.css'
import { plainText, tsv } from './table/table-text.ts'
import { useCellEdit } from './table/use-cell-edit.ts'
import { movedTo, parseSort, rangeBetween } from './table-state.ts'
import type { Move } from './table-state.ts'

export type { Column } from './table/column.ts'

export interface DataTableProps<Row> {
  label: string
  /** All columns that there are; `chosen` says which are shown. */
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  idOf: (row: Row) => string
  nameOf: (row: Row) => string
  sort?: string
  onSort?: (sort: string) => void
  /** Row shown in the panel. */
  current?: string | null
  onOpen?: (id: string) => void
  selected?: ReadonlySet<string>
  onSelect?: (selected: ReadonlySet<string>) => void
  /** Chooses all rows of the filter, beyond those drawn. */
  onSelectAll?: () => void
  everything?: boolean
  /** Reads the chosen rows, also those of other pages: what Ctrl+C copies. */
  readSelected?: () => Promise<readonly Row[]>
  /** Actions on the selection; replaces the title bar in the same place. */
  bulk?: ReactNode
  /** Letters that act on the selection: S state, R replace, D shift, M message. */
  bulkKeys?: Readonly<Partial<Record<'s' | 'r' | 'd' | 'm', () => void>>>
  title?: ReactNode
  total: number
  onMore?: (() => void) | undefined
  paging?: Paging
  /** Row to bring into view without the focus; another `at` asks again. */
  reveal?: { readonly id: string; readonly at: number }
  /** The row that the person went to, by arrows or by pointer. */
  onActive?: (id: string) => void
  /** Changes when other rows are asked for: the table goes back to its top. */
  view?: string
  /** Keys of the columns shown, in order; with `onColumns` the person chooses them. */
  shown?: readonly string[]
  onColumns?: (keys: readonly string[] | null) => void
  /** Beside the pages: export, density. */
  end?: ReactNode
  footer?: ReactNode
}

const VIRTUAL_ABOVE = 40
const rowHeights = { comfortable: 36, compact: 28, touch: 44 } as const
const moves: Readonly<Record<string, Move>> = { ArrowDown: 'next', j: 'next', ArrowUp: 'previous', k: 'previous', Home: 'first', End: 'last' }

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, idOf, nameOf, sort = '', onSort, current, onOpen, selected, onSelect, onSelectAll, bulk, title, total, onMore, paging, footer, onColumns } = props
  const t = useT()
  const density = usePreferences((state) => state.density)
  const box = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string | null>(null)
  const anchor = useRef<string | null>(null)
  const usual = props.columns.filter((column) => !column.optional)
  const shown = props.shown ? props.shown.flatMap((key) => props.columns.find((column) => column.key === key) ?? []) : usual
  const columns = current && shown.every((column, at) => column === usual[at]) ? shown.filter((column) => !column.secondary) : shown
  const ids = rows.map(idOf)
  const keys = parseSort(sort)
  const stop = active !== null && ids.includes(active) ? active : (ids[0] ?? null)
  const firstIndex = paging ? (paging.page - 1) * paging.per : 0

  const virtual = rows.length > VIRTUAL_ABOVE
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeights[density],
    overscan: 6,
    enabled: virtual,
  })
  const items = virtual ? virtualizer.getVirtualItems() : []
  const drawn = virtual ? items.map((item) => item.index) : rows.map((_, index) => index)
  const before = items[0]?.start ?? 0
  const after = virtual ? Math.max(0, virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)) : 0

  const focusRow = useCallback(
    (id: string, at: number) => {
      setActive(id)
      if (virtual) virtualizer.scrollToIndex(at)
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus())
    },
    [virtual, virtualizer],
  )
  const view = props.view ?? ''
  const viewed = useRef(view)
  useLayoutEffect(() => {
    if (viewed.current !== view) box.current?.scrollTo({ top: 0 })
    viewed.current = view
  }, [view])
  const [revealId, revealAt] = [props.reveal?.id ?? '', props.reveal?.at ?? 0]
  const revealIndex = revealId === '' ? -1 : ids.indexOf(revealId)
  const revealed = useRef(0)
  useLayoutEffect(() => {
    if (revealIndex < 0 || revealed.current === revealAt) return
    revealed.current = revealAt
    if (virtual) virtualizer.scrollToIndex(revealIndex)
    else box.current?.querySelector(`[data-row="${CSS.escape(revealId)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [revealAt, revealIndex, revealId, virtual, virtualizer])
  const marks = useSyncMarks()
  /** Whoever went elsewhere while it was being saved is not called back. */
  const backTo = (id: string): void => {
    const at = document.activeElement
    if (at === null || at === document.body || box.current?.querySelector(`[data-row="${CSS.escape(id)}"]`)?.contains(at)) focusRow(id, ids.indexOf(id))
  }
  const editing = useCellEdit(rows, idOf, columns, backTo)
  const toggle = (id: string): void => {
    if (!selected || !onSelect) return
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    anchor.current = id
    onSelect(next)
  }
  const copy = async (id: string): Promise<void> => {
    const chosen = selected && selected.size > 0 ? await (props.readSelected?.() ?? rows.filter((row) => selected.has(idOf(row)))) : rows.filter((row) => idOf(row) === id)
    await navigator.clipboard.writeText(tsv([columns.map((column) => column.label), ...chosen.map((row) => columns.map((column) => column.text?.(row) ?? plainText(column.render(row))))]))
    announce(t('table.copied', { count: chosen.length }))
  }
  const peek = (id: string): void => {
    openQuietly(id)
    onOpen?.(id)
  }

  const onRowKey = (event: KeyboardEvent<HTMLElement>, id: string): boolean => {
    const command = event.ctrlKey || event.metaKey
    const letter = event.key.toLowerCase()
    const move = command ? undefined : moves[event.key.length === 1 ? letter : event.key]
    if (move) {
      const next = movedTo(ids, id, move)
      if (next) {
        focusRow(next, ids.indexOf(next))
        props.onActive?.(next)
      }
      if (next && event.shiftKey && onSelect && event.key.length > 1) {
        anchor.current ??= id
        onSelect(new Set(rangeBetween(ids, anchor.current, next)))
      } else anchor.current = null
      if (next && current && bringsQuietly(current)) peek(next)
    } else if (event.key === 'F2') return editing.begin(id)
    else if (event.key === 'Enter' && !command) {
      openQuietly(null)
      onOpen?.(id)
    } else if (event.key === ' ' && event.shiftKey && onOpen) peek(id)
    else if ((event.key === ' ' || letter === 'x') && !command) toggle(id)
    else if (command && letter === 'a' && onSelect) (onSelectAll ?? (() => onSelect(new Set(ids))))()
    else if (command && letter === 'c' && window.getSelection()?.isCollapsed !== false) void copy(id)
    else if (event.key === 'Escape' && selected && selected.size > 0 && onSelect) onSelect(new Set())
    else if (!command && selected && selected.size > 0 && isBulkKey(letter) && props.bulkKeys?.[letter]) props.bulkKeys[letter]()
    else return false
    return true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented || event.altKey || !(event.target instanceof HTMLElement) || !event.target.matches('[data-row]')) return
    if (onRowKey(event, event.target.dataset['row'] ?? '')) event.preventDefault()
  }
  const onRowClick = (event: MouseEvent, id: string): void => {
    setActive(id)
    props.onActive?.(id)
    if (event.shiftKey && onSelect) {
      anchor.current ??= stop
      onSelect(new Set(rangeBetween(ids, anchor.current, id)))
      window.getSelection()?.removeAllRanges()
    } else if (event.ctrlKey || event.metaKey) toggle(id)
    else {
      anchor.current = id
      openQuietly(null)
      onOpen?.(id)
    }
  }
  const onPage = ids.filter((id) => selected?.has(id)).length
  const shownKeys = columns.map((column) => column.key)
  return (
    <div className={styles['region']}>
      <TableBar
        chosen={selected?.size ?? 0}
        total={total}
        title={title}
        bulk={
          <>
            {bulk}
            {props.readSelected && <Button small label={t('table.copy')} keys="Ctrl C" onClick={() => void copy('')} />}
          </>
        }
        everything={props.everything ?? false}
        onSelectAll={onSelectAll}
        onClear={() => onSelect?.(new Set())}
        paging={paging}
        end={
          <>
            {props.end}
            {onColumns && <ColumnMenu columns={props.columns} shown={shown.map((column) => column.key)} onChange={onColumns} onReset={props.shown ? () => onColumns(null) : undefined} />}
          </>
        }
      />
      <div ref={box} className={styles['scroll']}>
        <table
          className={`${styles['table']} ${onSelect ? styles['selectable'] : ''}`}
          role="grid"
          aria-label={label}
          aria-rowcount={total + 1}
          aria-multiselectable={onSelect ? true : undefined}
          onKeyDown={onKeyDown}
        >
          <TableHead
            columns={columns}
            keys={keys}
            onSort={onSort}
            onMove={onColumns ? (key, step) => onColumns(movedColumn(shownKeys, key, step)) : undefined}
            check={onSelect && { state: onPage === 0 ? 'none' : onPage === ids.length ? 'all' : 'some', toggle: () => onSelect(onPage === ids.length ? new Set() : new Set([...(selected ?? []), ...ids])) }}
          />
          <tbody>
            {before > 0 && <Spacer height={before} columns={columns.length + 1} />}
            {drawn.map((index) => {
              const row = rows[index]
              if (row === undefined) return null
              const id = idOf(row)
              return (
                <tr
                  key={id}
                  data-row={id}
                  aria-rowindex={firstIndex + index + 2}
                  className={styles['row']}
                  tabIndex={id === stop ? 0 : -1}
                  {...(onSelect ? { 'aria-selected': selected?.has(id) ?? false } : {})}
                  {...(id === current ? { 'aria-current': true } : {})}
                  onFocus={() => setActive(id)}
                  onClick={(event) => onRowClick(event, id)}
                >
                  {onSelect && (
                    <td className={styles['check']}>
                      <Unsent by={marks.unsent.get(id)} />
                      <label className={styles['checkArea']} onClick={(event) => event.stopPropagation()}>
                        <input type="checkbox" tabIndex={-1} aria-label={t('table.select', { name: nameOf(row) })} checked={selected?.has(id) ?? false} onChange={() => toggle(id)} />
                      </label>
                    </td>
                  )}
                  {columns.map((column, place) => {
                    const { edit } = editing
                    const edited = edit?.row === id && edit.column === column.key ? edit : null
                    return (
                      <td
                        key={column.key}
                        className={[column.numeric && styles['numeric'], edited && styles['edited']].filter(Boolean).join(' ') || undefined}
                        {...(column.edit ? { 'data-editable': true, onDoubleClick: () => editing.begin(id, column.key) } : {})}
                      >
                        {edited ? (
                          <EditedCell edit={edited} label={`${column.label}, ${nameOf(row)}`} choices={column.edit?.choices} picker={column.edit?.picker?.(row, `${column.label}, ${nameOf(row)}`, editing.pick)} onType={editing.type} onSave={editing.save} onRevert={editing.revert} />
                        ) : (
                          <>
                            {place === 0 && !onSelect && <Unsent by={marks.unsent.get(id)} />}
                            {column.render(row)}
                            {place === 0 && marks.kept.has(id) && <KeptBadge />}
                          </>
                        )}
                      </td>
                    )
                  })}
                </tr>
              )
            })}
            {after > 0 && <Spacer height={after} columns={columns.length + 1} />}
          </tbody>
        </table>
        {onMore && <More shown={rows.length} total={total} onMore={onMore} />}
        {footer}
      </div>
    </div>
  )
}

const isBulkKey = (letter: string): letter is 's' | 'r' | 'd' | 'm' => ['s', 'r', 'd', 'm'].includes(letter)

const Spacer = ({ height, columns }: { height: number; columns: number }) => (
  <tr className={styles['spacer']} aria-hidden>
    <td colSpan={columns} style={{ height }} />
  </tr>
)
