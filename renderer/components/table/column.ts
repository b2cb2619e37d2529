import type { ReactNode } from 'react'
import type { Choice } from '../Field.tsx'

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
  /** Not among the usual columns: the person chooses it. */
  optional?: boolean
  /** What is copied; missing: the words that `render` draws in plain elements. */
  text?: (row: Row) => string
  /** The cell can be edited in place. */
  edit?: CellEditor<Row>
}

export interface CellEditor<Row> {
  value: (row: Row) => string
  /** Null once saved, else the text of what is wrong: it is shown at the cell, and what was typed stays. */
  save: (row: Row, typed: string) => Promise<string | null>
  /** False: this row's cell cannot be edited. */
  may?: (row: Row) => boolean
  choices?: readonly Choice[]
  /** A control of its own (places, people): `pick` saves the value chosen. */
  picker?: (row: Row, label: string, pick: (value: string) => void) => ReactNode
}
