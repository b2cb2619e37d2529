import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useT } from '../../i18n/index.ts'
import { usePreferences } from '../preferences.ts'
import { chordOf } from '../shortcuts.ts'
import { keyWords } from '../key-words.ts'
import styles from './ShortcutList.module.css'

const ALONE = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead', 'CapsLock'])

interface KeyCaptureProps {
  label: string
  /** Name of the action that has these keys already. */
  takenBy: (keys: string) => string | null
  onDone: (keys: string) => void
  onCancel: () => void
}

/** Listens for other keys: one, two letters in a row, or a combination. Tab still leaves. */
export function KeyCapture({ label, takenBy, onDone, onCancel }: KeyCaptureProps) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const [keys, setKeys] = useState('')
  const taken = keys === '' ? null : takenBy(keys)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab' || ALONE.has(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (plain && event.key === 'Escape') return onCancel()
    if (plain && event.key === 'Enter') {
      if (keys !== '' && taken === null) onDone(keys)
      return
    }
    if (plain && event.key === 'Backspace') return setKeys('')
    const chord = chordOf({ key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey, altKey: event.altKey, altGraph: event.getModifierState('AltGraph') }).toLowerCase()
    if (chord === '') return
    setKeys((before) => ([...chord].length === 1 && [...before].length === 1 ? `${before} ${chord}` : chord))
  }
  return (
    <span className={styles['capture']}>
      <input aria-label={label} aria-describedby="key-capture-how" className={styles['pressed']} autoFocus readOnly value={keyWords(keys, language)} onKeyDown={onKeyDown} onBlur={onCancel} />
      <small id="key-capture-how" role={taken === null ? undefined : 'alert'}>
        {taken === null ? t('shortcuts.press') : t('shortcuts.taken', { name: taken })}
      </small>
    </span>
  )
}
