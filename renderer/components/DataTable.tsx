import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { usePreferences } from '../app/preferences.ts'
import { useFormat } from '../i18n/format.ts'
import { useT } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import styles from './DataTable.module.css'
import { ariaSort, cycleSort, movedTo, parseSort, rangeBetween, sortText } from './table-state.ts'
import type { Move } from './table-state.ts'

export interface Column<Row> {
  key: string
  label: string
  render: (row: Row) => ReactNode
  /** Name by which the core sorts; missing: the column cannot be sorted. */
  sort?: string
  numeric?: boolean
  width?: number
  /** Left out while a panel takes its place; the panel says it. */
  secondary?: boolean
}

interface DataTableProps<Row> {
  label: string
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
  /** Actions on the selection; replaces the title bar in the same place. */
  bulk?: ReactNode
  title?: ReactNode
  total: number
  onMore?: (() => void) | undefined
  footer?: ReactNode
}

const VIRTUAL_ABOVE = 100
const rowHeights = { comfortable: 36, compact: 28, touch: 44 } as const
const moves: Readonly<Record<string, Move>> = { ArrowDown: 'next', j: 'next', ArrowUp: 'previous', k: 'previous', Home: 'first', End: 'last' }

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, idOf, nameOf, sort = '', onSort, current, onOpen, selected, onSelect, bulk, title, total, onMore, footer } = props
  const columns = current ? props.columns.filter((column) => !column.secondary) : props.columns
  const t = useT()
  const format = useFormat()
  const density = usePreferences((state) => state.density)
  const box = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string | null>(null)
  const anchor = useRef<string | null>(null)
  const ids = rows.map(idOf)
  const keys = parseSort(sort)
  const stop = active !== null && ids.includes(active) ? active : (ids[0] ?? null)

  const virtual = rows.length > VIRTUAL_ABOVE
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeights[density],
    overscan: 12,
    enabled: virtual,
  })
  const items = virtual ? virtualizer.getVirtualItems() : []
  const shown = virtual ? items.map((item) => item.index) : rows.map((_, index) => index)
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
  const toggle = (id: string): void => {
    if (!selected || !onSelect) return
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    anchor.current = id
    onSelect(next)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented || event.altKey || !(event.target instanceof HTMLElement) || !event.target.matches('[data-row]')) return
    const id = event.target.dataset['row'] ?? ''
    const command = event.ctrlKey || event.metaKey
    const move = command ? undefined : moves[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (move) {
      const next = movedTo(ids, id, move)
      if (next) focusRow(next, ids.indexOf(next))
      if (next && event.shiftKey && onSelect) {
        anchor.current ??= id
        onSelect(new Set(rangeBetween(ids, anchor.current, next)))
      } else anchor.current = null
    } else if (event.key === 'Enter' && !command) onOpen?.(id)
    else if ((event.key === ' ' || event.key.toLowerCase() === 'x') && !command) toggle(id)
    else if (command && event.key.toLowerCase() === 'a' && onSelect) onSelect(new Set(ids))
    else if (event.key === 'Escape' && selected && selected.size > 0 && onSelect) onSelect(new Set())
    else return
    event.preventDefault()
  }
  const onRowClick = (event: MouseEvent, id: string): void => {
    setActive(id)
    if (event.shiftKey && onSelect) onSelect(new Set(rangeBetween(ids, anchor.current ?? stop, id)))
    else if (event.ctrlKey || event.metaKey) toggle(id)
    else onOpen?.(id)
  }

  const chosen = selected?.size ?? 0
  return (
    <div className={styles['region']}>
      <div className={styles['bar']}>
        {chosen > 0 ? (
          <>
            <strong>{t('table.selected', { count: chosen })}</strong>
            <span className={styles['count']}>{t('table.of', { total: format.number(total) })}</span>
            {bulk}
            <Button small kind="quiet" label={t('table.clear_selection')} onClick={() => onSelect?.(new Set())} />
          </>
        ) : (
          <>
            {title}
            <span className={styles['count']}>{t('table.rows', { count: total })}</span>
          </>
        )}
      </div>
      <div ref={box} className={styles['scroll']}>
        <table className={styles['table']} role="grid" aria-label={label} aria-rowcount={total + 1} aria-multiselectable={onSelect ? true : undefined} onKeyDown={onKeyDown}>
          <thead>
            <tr aria-rowindex={1}>
              {onSelect && (
                <th className={styles['check']} scope="col">
                  <span className="visually-hidden">{t('table.selection')}</span>
                </th>
              )}
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={column.numeric ? styles['numeric'] : undefined}
                  style={column.width ? { width: column.width } : undefined}
                  {...(column.sort && onSort ? { 'aria-sort': ariaSort(keys, column.sort) } : {})}
                >
                  {column.sort && onSort ? (
                    <SortHeader label={column.label} direction={ariaSort(keys, column.sort)} onSort={(add) => onSort(sortText(cycleSort(keys, column.sort ?? '', add)))} />
                  ) : (
                    column.label
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <Spacer height={before} columns={columns.length + 1} />}
            {shown.map((index) => {
              const row = rows[index]
              if (row === undefined) return null
              const id = idOf(row)
              return (
                <tr
                  key={id}
                  data-row={id}
                  aria-rowindex={index + 2}
                  className={styles['row']}
                  tabIndex={id === stop ? 0 : -1}
                  {...(onSelect ? { 'aria-selected': selected?.has(id) ?? false } : {})}
                  {...(id === current ? { 'aria-current': true } : {})}
                  onFocus={() => setActive(id)}
                  onClick={(event) => onRowClick(event, id)}
                >
                  {onSelect && (
                    <td className={styles['check']}>
                      <label className={styles['checkArea']} onClick={(event) => event.stopPropagation()}>
                        <input type="checkbox" tabIndex={-1} aria-label={t('table.select', { name: nameOf(row) })} checked={selected?.has(id) ?? false} onChange={() => toggle(id)} />
                      </label>
                    </td>
                  )}
                  {columns.map((column) => (
                    <td key={column.key} className={column.numeric ? styles['numeric'] : undefined}>
                      {column.render(row)}
                    </td>
                  ))}
                </tr>
              )
            })}
            {after > 0 && <Spacer height={after} columns={columns.length + 1} />}
          </tbody>
        </table>
        {onMore && (
          <div className={styles['more']}>
            <Button small label={t('table.more', { shown: format.number(rows.length), total: format.number(total) })} onClick={onMore} />
          </div>
        )}
        {footer}
      </div>
    </div>
  )
}

function SortHeader({ label, direction, onSort }: { label: string; direction: 'ascending' | 'descending' | 'none'; onSort: (add: boolean) => void }) {
  return (
    <button type="button" className={`${styles['sort']} ${direction === 'none' ? '' : styles['sorted']}`} onClick={(event) => onSort(event.shiftKey)}>
      {label}
      {direction === 'ascending' && <ArrowUp size={12} aria-hidden />}
      {direction === 'descending' && <ArrowDown size={12} aria-hidden />}
    </button>
  )
}

const Spacer = ({ height, columns }: { height: number; columns: number }) => (
  <tr className={styles['spacer']} aria-hidden>
    <td colSpan={columns} style={{ height }} />
  </tr>
)
