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

/** The one cell of a table that is being edited. `onLeave` gives the focus back to the row. */
export function useCellEdit<Row>(rows: readonly Row[], idOf: (row: Row) => string, columns: readonly Column<Row>[], onLeave: (row: string) => void): CellEditing {
  const [edit, setEdit] = useState<CellEdit | null>(null)
  const lastColumn = useRef<string | null>(null)
  const busy = useRef(false)
  const mayEdit = (row: Row, column: Column<Row>): boolean => column.edit !== undefined && (column.edit.may?.(row) ?? true)

  const begin = (id: string, wanted?: string): boolean => {
    const row = rows.find((one) => idOf(one) === id)
    if (!row) return false
    const possible = columns.filter((column) => mayEdit(row, column))
    const column = possible.find((one) => one.key === (wanted ?? lastColumn.current)) ?? (wanted === undefined ? possible[0] : undefined)
    if (!column?.edit) return false
    lastColumn.current = column.key
    setEdit(beginEdit(id, column.key, column.edit.value(row)))
    return true
  }
  const go = (from: CellEdit, step: 1 | -1): void => {
    const open = rows.filter((row) => columns.some((column) => mayEdit(row, column))).map(idOf)
    const keys = columns.filter((column) => column.edit).map((column) => column.key)
    let next = neighbour(open, keys, from, step)
    while (next && !begin(next.row, next.column)) next = neighbour(open, keys, next, step)
    if (!next) {
      setEdit(null)
      onLeave(from.row)
    }
  }
  const save = async (then: 'stay' | 'next' | 'previous' | 'leave', picked: string | null = null): Promise<void> => {
    const row = edit && rows.find((one) => idOf(one) === edit.row)
    const column = edit && columns.find((one) => one.key === edit.column)
    if (!edit || busy.current) return
    const now = picked === null ? edit : typedInto(edit, picked)
    if (row && column?.edit && isChanged(now)) {
      busy.current = true
      setEdit(saving(now))
      const error = await column.edit.save(row, now.typed.trim())
      busy.current = false
      if (error !== null) {
        setEdit(refused(now, error))
        return
      }
    }
    if (then === 'next' || then === 'previous') go(edit, then === 'next' ? 1 : -1)
    else {
      setEdit(null)
      if (then === 'stay') onLeave(edit.row)
    }
  }
  return {
    edit,
    begin,
    type: (typed) => setEdit((now) => now && typedInto(now, typed)),
    save: (then) => void save(then),
    pick: (value) => void save('stay', value),
    revert: () => {
      setEdit(null)
      if (edit) onLeave(edit.row)
    },
  }
}
