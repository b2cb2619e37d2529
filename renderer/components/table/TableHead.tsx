import { ArrowDown, ArrowUp } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { useT } from '../../i18n/index.ts'
import { ariaSort, cycleSort, sortText } from '../table-state.ts'
import type { SortKey } from '../table-state.ts'
import type { Column } from './column.ts'
import styles from './Table.module.css'

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[]
  keys: readonly SortKey[]
  onSort: ((sort: string) => void) | undefined
  /** Alt and arrows move a column. */
  onMove: ((key: string, step: 1 | -1) => void) | undefined
  check: { state: 'none' | 'some' | 'all'; toggle: () => void } | undefined
}

export function TableHead<Row>({ columns, keys, onSort, onMove, check }: TableHeadProps<Row>) {
  const head = useRef<HTMLTableRowElement>(null)
  const moved = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (moved.current === null) return
    head.current?.querySelector<HTMLElement>(`[data-column="${CSS.escape(moved.current)}"]`)?.focus()
    moved.current = null
  }, [columns])
  const onKeyDown = (event: KeyboardEvent, key: string): void => {
    if (!event.altKey || !onMove || (event.code !== 'ArrowLeft' && event.code !== 'ArrowRight')) return
    // Alt and an arrow is also the browser's way back: never from here.
    event.preventDefault()
    moved.current = key
    onMove(key, event.code === 'ArrowLeft' ? -1 : 1)
  }
  return (
    <thead>
      <tr ref={head} aria-rowindex={1}>
        {check && <CheckAll {...check} />}
        {columns.map((column) => {
          const direction = column.sort && onSort ? ariaSort(keys, column.sort) : null
          const rank = keys.length > 1 ? keys.findIndex((key) => key.column === column.sort) + 1 : 0
          return (
            <th
              key={column.key}
              scope="col"
              className={column.numeric ? styles['numeric'] : undefined}
              style={column.width ? { width: column.width } : undefined}
              onKeyDown={(event) => onKeyDown(event, column.key)}
              {...(direction ? { 'aria-sort': direction } : {})}
              {...(!direction && onMove ? { tabIndex: 0, 'data-column': column.key } : {})}
            >
              {direction && onSort ? (
                <button
                  type="button"
                  data-column={column.key}
                  className={`${styles['sort']} ${direction === 'none' ? '' : styles['sorted']}`}
                  onClick={(event) => onSort(sortText(cycleSort(keys, column.sort ?? '', event.shiftKey)))}
                >
                  {column.label}
                  {direction === 'ascending' && <ArrowUp size={12} aria-hidden />}
                  {direction === 'descending' && <ArrowDown size={12} aria-hidden />}
                  {rank > 0 && <sup aria-hidden>{rank}</sup>}
                </button>
              ) : (
                column.label
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function CheckAll({ state, toggle }: { state: 'none' | 'some' | 'all'; toggle: () => void }) {
  const t = useT()
  const box = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = state === 'some'
  }, [state])
  return (
    <th className={styles['check']} scope="col">
      <label className={styles['checkArea']}>
        <input ref={box} type="checkbox" aria-label={t('table.select_page')} checked={state === 'all'} onChange={toggle} />
      </label>
    </th>
  )
}
