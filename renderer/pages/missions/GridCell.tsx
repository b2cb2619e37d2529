import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import styles from './RunOfShow.module.css'
import type { ColumnKey } from './run-of-show-rows.ts'

interface GridCellProps {
  line: string
  column: ColumnKey
  label: string
  value: string
  /** What is computed, shown while nothing is typed. */
  placeholder?: string
  /** Null once saved, else what is wrong with what was typed: it stays. */
  onSave: (typed: string) => Promise<string | null>
  onEnter: () => void
  onMove: (step: 1 | -1) => void
  onPaste: (text: string) => void
}

/** One cell that is always a field: Tab goes on, Enter goes down, Alt and the arrows move the line, Esc goes back to what was there. */
export function GridCell({ line, column, label, value, placeholder, onSave, onEnter, onMove, onPaste }: GridCellProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const save = async (): Promise<boolean> => {
    if (typed === null || typed.trim() === value) {
      setTyped(null)
      setError(null)
      return true
    }
    const wrong = await onSave(typed)
    setError(wrong)
    if (wrong === null) setTyped(null)
    return wrong === null
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) onMove(event.key === 'ArrowUp' ? -1 : 1)
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) void save().then((done) => done && onEnter())
    else if (event.key === 'Escape' && typed !== null) {
      setTyped(null)
      setError(null)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <input
        className={styles['cell']}
        data-line={line}
        data-column={column}
        aria-label={label}
        autoComplete="off"
        value={typed ?? value}
        {...(placeholder ? { placeholder } : {})}
        {...(error ? { 'aria-invalid': true, title: error } : {})}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text/plain')
          if (!/[\n\t]/.test(text.trim())) return
          event.preventDefault()
          onPaste(text)
        }}
      />
      {error && (
        <span role="alert" className={styles['wrong']}>
          {error}
        </span>
      )}
    </>
  )
}
