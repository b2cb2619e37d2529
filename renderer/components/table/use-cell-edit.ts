import { useRef, useState } from 'react'
import type { Column } from './column.ts'
import { beginEdit, isChanged, neighbour, refused, saving, typedInto } from './cell-edit.ts'
import type { CellEdit } from './cell-edit.ts'

export interface CellEditing {
  edit: CellEdit | null
  /** Begins at a column, else at the one edited last, else at the first that can be edited; false: this row has none. */
  begin: (row: string, column?: string) => boolean
  type: (typed: string) => void
  save: (then: 'stay' | 'next' | 'previous' | 'leave') => void
  /** Saves a value that was chosen rather than typed. */
  pick: (value: string) => void
  revert: () => void
}

/**
 * The one cell of a table that is being edited. `onLeave` gives the focus back to the row. Whoever has gone on to another cell while one is
 * being saved keeps that one; what was refused meanwhile comes back as soon as it takes nothing from them.
 */
export function useCellEdit<Row>(rows: readonly Row[], idOf: (row: Row) => string, columns: readonly Column<Row>[], onLeave: (row: string) => void): CellEditing {
  const [edit, setEdit] = useState<CellEdit | null>(null)
  /** As it is now, for what comes back later than it was drawn. */
  const now = useRef<CellEdit | null>(null)
  const refusedAside = useRef<CellEdit | null>(null)
  const lastColumn = useRef<string | null>(null)
  const busy = useRef(new Set<string>())
  const mayEdit = (row: Row, column: Column<Row>): boolean => column.edit !== undefined && (column.edit.may?.(row) ?? true)
  const show = (next: CellEdit | null): void => {
    now.current = next
    setEdit(next)
  }
  /** Nothing is edited any more but what was refused meanwhile; whether that is nothing. */
  const close = (): boolean => {
    const aside = refusedAside.current
    refusedAside.current = null
    show(aside)
    return aside === null
  }

  const begin = (id: string, wanted?: string): boolean => {
    const row = rows.find((one) => idOf(one) === id)
    if (!row) return false
    const possible = columns.filter((column) => mayEdit(row, column))
    const column = possible.find((one) => one.key === (wanted ?? lastColumn.current)) ?? (wanted === undefined ? possible[0] : undefined)
    if (!column?.edit) return false
    lastColumn.current = column.key
    show(beginEdit(id, column.key, column.edit.value(row)))
    return true
  }
  const go = (from: CellEdit, step: 1 | -1): void => {
    const open = rows.filter((row) => columns.some((column) => mayEdit(row, column))).map(idOf)
    const keys = columns.filter((column) => column.edit).map((column) => column.key)
    let next = neighbour(open, keys, from, step)
    while (next && !begin(next.row, next.column)) next = neighbour(open, keys, next, step)
    if (!next && close()) onLeave(from.row)
  }
  const save = async (then: 'stay' | 'next' | 'previous' | 'leave', picked: string | null = null): Promise<void> => {
    const one = now.current
    if (!one) return
    const cell = `${one.row} ${one.column}`
    if (busy.current.has(cell)) return
    const row = rows.find((candidate) => idOf(candidate) === one.row)
    const column = columns.find(({ key }) => key === one.column)
    const typed = picked === null ? one : typedInto(one, picked)
    if (row && column?.edit && isChanged(typed)) {
      busy.current.add(cell)
      show(saving(typed))
      const error = await column.edit.save(row, typed.typed.trim())
      busy.current.delete(cell)
      const other = now.current?.row === one.row && now.current.column === one.column ? null : now.current
      if (error !== null) {
        if (other && isChanged(other)) refusedAside.current = refused(typed, error)
        else show(refused(typed, error))
        return
      }
      if (other) return
    }
    if (then === 'next' || then === 'previous') go(one, then === 'next' ? 1 : -1)
    else if (close() && then === 'stay') onLeave(one.row)
  }
  return {
    edit,
    begin,
    type: (typed) => {
      if (now.current) show(typedInto(now.current, typed))
    },
    save: (then) => void save(then),
    pick: (value) => void save('stay', value),
    revert: () => {
      const one = now.current
      if (close() && one) onLeave(one.row)
    },
  }
}
