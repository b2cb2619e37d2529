import { CircleAlert } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { Choice } from '../Field.tsx'
import type { CellEdit } from './cell-edit.ts'
import styles from './Table.module.css'

interface EditedCellProps {
  edit: CellEdit
  label: string
  choices?: readonly Choice[] | undefined
  /** Stands in place of the control and saves by itself what is chosen. */
  picker?: ReactNode
  onType: (typed: string) => void
  /** Saves; `then` is where to go once it is accepted. */
  onSave: (then: 'stay' | 'next' | 'previous' | 'leave') => void
  onRevert: () => void
}

/** The control inside a cell that is being edited: Enter saves, Tab saves and goes on, Esc goes back to what was there. */
export function EditedCell({ edit, label, choices, picker, onType, onSave, onRevert }: EditedCellProps) {
  const id = useId()
  const control = useRef<HTMLInputElement & HTMLSelectElement>(null)
  useEffect(() => {
    control.current?.focus()
    if (control.current instanceof HTMLInputElement) control.current.select()
  }, [edit.row, edit.column])
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') onSave('stay')
    else if (event.key === 'Tab') onSave(event.shiftKey ? 'previous' : 'next')
    else if (event.key === 'Escape') onRevert()
    else return
    event.preventDefault()
  }
  // The picker takes Enter and a first Esc while its list is open; it marks them as taken.
  const onPickerKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing || event.defaultPrevented) return
    if (event.key === 'Tab') onSave(event.shiftKey ? 'previous' : 'next')
    else if (event.key === 'Escape') onRevert()
    else return
    event.preventDefault()
  }
  const shared = {
    ref: control,
    'aria-label': label,
    className: styles['editor'],
    value: edit.typed,
    onKeyDown,
    onClick: (event: { stopPropagation(): void }) => event.stopPropagation(),
    onBlur: () => edit.state === 'typing' && onSave('leave'),
    ...(edit.error ? { 'aria-invalid': true, 'aria-describedby': id } : {}),
  } as const
  return (
    <span className={styles['editing']}>
      {picker ? (
        <span className={styles['picker']} onKeyDown={onPickerKey} onClick={(event) => event.stopPropagation()}>
          {picker}
        </span>
      ) : choices ? (
        <select {...shared} onChange={(event) => onType(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} autoComplete="off" readOnly={edit.state === 'saving'} onChange={(event) => onType(event.target.value)} />
      )}
      {edit.error && (
        <span id={id} role="alert" className={styles['cellError']}>
          <CircleAlert size={14} aria-hidden />
          {edit.error}
        </span>
      )}
    </span>
  )
}
