import { useState } from 'react'
import type { FocusEvent, KeyboardEvent, ReactNode } from 'react'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useT } from '../../i18n/index.ts'
import { clockOnDay, instantOnDay } from './day-clock.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { SheetDay } from './sheet-rows.ts'
import styles from './Sheet.module.css'

interface SavedRowProps {
  label: string
  className: string | undefined
  onSave: (how: 'enter' | 'leave') => void
  /** Alt+arrows; null: it cannot go further. */
  onUp?: (() => void) | null
  onDown?: (() => void) | null
  /** Id of the row, by which a check finds it. */
  line?: string
  /** What it says was typed earlier and never saved. */
  resumed?: boolean
  failure: CallFailure | null
  children: ReactNode
}

/** A line of the draft: saved when the focus leaves it, or by Enter. A refusal is said under it and what was typed stays. */
export function SavedRow({ label, className, onSave, onUp, onDown, line, resumed, failure, children }: SavedRowProps) {
  const t = useT()
  const textOf = useFailureText()
  const onBlur = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) onSave('leave')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = event.altKey && event.key === 'ArrowUp' ? onUp : event.altKey && event.key === 'ArrowDown' ? onDown : undefined
    if (move !== undefined) {
      event.preventDefault()
      move?.()
      return
    }
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') onSave('enter')
  }
  return (
    <div role="group" aria-label={label} data-said={label} data-line={line} data-resumed={resumed || undefined} className={`${styles['row']} ${className ?? ''}`} onBlur={onBlur} onKeyDown={onKeyDown}>
      {children}
      {resumed && <div className={styles['hint']}>{t('sheet.resumed')}</div>}
      {failure && (
        <div className={styles['error']} role="alert">
          {[textOf.failure(failure), ...failure.details.map(textOf.detail)].join(' ')}
        </div>
      )}
    </div>
  )
}

interface ClockInputProps {
  label: string
  value: Instant | null
  day: SheetDay
  onChange: (instant: Instant | null) => void
  /** A time may be missing. */
  optional?: boolean
  placeholder?: string
  autoFocus?: boolean
}

/** `14h30`, `00:30+1`; what cannot be read is marked and not sent. */
export function ClockInput({ label, value, day, onChange, optional, placeholder, autoFocus }: ClockInputProps) {
  const shown = value ? clockOnDay(value, day) : ''
  const [typed, setTyped] = useState<string | null>(null)
  const understood = typed === null ? value : instantOnDay(typed, day)
  const bad = typed !== null && understood === null && (typed.trim() !== '' || !optional)
  return (
    <input
      aria-label={label}
      value={typed ?? shown}
      autoComplete="off"
      placeholder={placeholder}
      autoFocus={autoFocus}
      {...(bad ? { 'aria-invalid': true } : {})}
      onChange={(event) => {
        setTyped(event.target.value)
        const instant = instantOnDay(event.target.value, day)
        if (instant || (optional && event.target.value.trim() === '')) onChange(instant)
      }}
      onBlur={() => {
        if (!bad) setTyped(null)
      }}
    />
  )
}
