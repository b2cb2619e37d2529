import { useRef, useState } from 'react'
import styles from './Members.module.css'

export interface GridColumn {
  key: string
  label: string
}
export interface GridCell {
  /** What is spoken and shown: `yes`, `own`… */
  text: string
  on: boolean
  /** Given: Space toggles it. */
  toggle?: () => void
}
export interface GridRow {
  key: string
  label: string
  note?: string
  /** A heading before the row. */
  group?: string
  cells: readonly GridCell[]
}

/** A grid of cells walked with the arrows; Space toggles those that can be. One stop of Tab for the whole. */
export function KeyGrid({ label, corner, columns, rows }: { label: string; corner: string; columns: readonly GridColumn[]; rows: readonly GridRow[] }) {
  const [at, setAt] = useState({ row: 0, column: 0 })
  const table = useRef<HTMLTableElement>(null)
  const row = Math.min(at.row, rows.length - 1)
  const move = (next: { row: number; column: number }): void => {
    const to = { row: Math.max(0, Math.min(rows.length - 1, next.row)), column: Math.max(0, Math.min(columns.length - 1, next.column)) }
    setAt(to)
    table.current?.querySelector<HTMLElement>(`[data-cell="${to.row}:${to.column}"]`)?.focus()
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const end = { row: rows.length - 1, column: columns.length - 1 }
    const to: Partial<Record<string, { row: number; column: number }>> = {
      ArrowUp: { row: row - 1, column: at.column }, ArrowDown: { row: row + 1, column: at.column }, ArrowLeft: { row, column: at.column - 1 }, ArrowRight: { row, column: at.column + 1 },
      Home: { row: event.ctrlKey ? 0 : row, column: 0 }, End: { row: event.ctrlKey ? end.row : row, column: end.column }, PageUp: { row: row - 10, column: at.column }, PageDown: { row: row + 10, column: at.column },
    }
    const next = to[event.key]
    if (!next && event.key !== ' ') return
    event.preventDefault()
    event.stopPropagation()
    if (next) move(next)
    else rows[row]?.cells[at.column]?.toggle?.()
  }
  return (
    <div className={styles['scroll']}>
      <table ref={table} role="grid" aria-label={label} className={styles['grid']} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map(({ key, label: name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((line, index) => (
            <Line key={line.key} line={line} index={index} columns={columns} stop={row === index ? at.column : null} onStop={(column) => setAt({ row: index, column })} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Line({ line, index, columns, stop, onStop }: { line: GridRow; index: number; columns: readonly GridColumn[]; stop: number | null; onStop: (column: number) => void }) {
  return (
    <>
      {line.group && (
        <tr className={styles['group']}>
          <th colSpan={columns.length + 1} scope="colgroup">
            {line.group}
          </th>
        </tr>
      )}
      <tr>
        <th scope="row">
          {line.label}
          {line.note && <small>{line.note}</small>}
        </th>
        {line.cells.map((cell, column) => (
          <td
            key={columns[column]?.key ?? column}
            role="gridcell"
            data-cell={`${index}:${column}`}
            data-on={cell.on}
            tabIndex={stop === column ? 0 : -1}
            aria-readonly={!cell.toggle}
            data-toggle={cell.toggle ? true : undefined}
            onFocus={() => onStop(column)}
            onClick={() => cell.toggle?.()}
          >
            {cell.text}
          </td>
        ))}
      </tr>
    </>
  )
}
