/** Editing one cell of a table at a time, as pure state. */
export interface CellEdit {
  row: string
  column: string
  /** Text when it began: Esc goes back to it, and what is the same is not saved. */
  before: string
  typed: string
  state: 'typing' | 'saving' | 'refused'
  error: string | null
}

export const beginEdit = (row: string, column: string, value: string): CellEdit => ({ row, column, before: value, typed: value, state: 'typing', error: null })

/** Typing after a refusal takes the error away: it was about other words. */
export const typedInto = (edit: CellEdit, typed: string): CellEdit => ({ ...edit, typed, state: 'typing', error: null })

export const saving = (edit: CellEdit): CellEdit => ({ ...edit, state: 'saving', error: null })

/** What was typed stays, with what is wrong. */
export const refused = (edit: CellEdit, error: string): CellEdit => ({ ...edit, state: 'refused', error })

export const isChanged = (edit: CellEdit): boolean => edit.typed !== edit.before

export interface Cell {
  row: string
  column: string
}

/** The editable cell after this one (`-1`: before): along the row, then the next row; null past the ends. */
export function neighbour(rows: readonly string[], columns: readonly string[], from: Cell, step: 1 | -1): Cell | null {
  const [row, column] = [rows.indexOf(from.row), columns.indexOf(from.column)]
  if (row < 0 || column < 0 || columns.length === 0) return null
  const at = row * columns.length + column + step
  const [toRow, toColumn] = [rows[Math.floor(at / columns.length)], columns[((at % columns.length) + columns.length) % columns.length]]
  return at < 0 || toRow === undefined || toColumn === undefined ? null : { row: toRow, column: toColumn }
}
