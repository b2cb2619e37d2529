import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { fold } from '../../shared/kernel/text.ts'
import { useT } from '../i18n/index.ts'
import styles from './Combobox.module.css'
import { controlClass, Field } from './Field.tsx'
import type { FieldProps } from './Field.tsx'

export interface Option {
  id: string
  label: string
  /** Second part: role, place, reason. */
  detail?: string
  /** Shown at the end: conflicts, state. */
  trailing?: ReactNode
}

interface ComboboxProps extends FieldProps {
  options: readonly Option[]
  value: string | null
  onChange: (id: string | null) => void
  /** Given: the caller filters (search in the core) and gets each text typed; else the options are filtered here. */
  onSearch?: (text: string) => void
  autoFocus?: boolean
  /** Said under the options: what is left out of them. */
  note?: string | undefined
  /** Text of the empty field. */
  placeholder?: string | undefined
}

/** At most so many lines are drawn: typing narrows. */
const SHOWN = 60

/**
 * The list is a popover of the page's top layer, so that no panel or dialog cuts it, and nothing else is hidden from screen readers
 * while it is open (Base UI's own combobox hides the rest of the page, the field's label included).
 */
export function Combobox({ options, value, onChange, onSearch, autoFocus, note, placeholder, ...field }: ComboboxProps) {
  const t = useT()
  const list = useId()
  const input = useRef<HTMLInputElement>(null)
  const popup = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const chosen = options.find((option) => option.id === value)
  const [kept, setKept] = useState(chosen)
  useEffect(() => {
    if (chosen) setKept(chosen)
  }, [chosen])
  // A search that no longer finds the chosen option does not empty the field.
  const label = value === null ? '' : (chosen?.label ?? (kept?.id === value ? kept.label : ''))
  const words = fold(typed ?? '')
  const shown = (onSearch || words === '' ? options : options.filter((option) => fold(`${option.label} ${option.detail ?? ''}`).includes(words))).slice(0, SHOWN)
  const active = open ? shown[Math.min(at, shown.length - 1)] : undefined

  useLayoutEffect(() => {
    const [anchor, box] = [input.current, popup.current]
    if (!open || !anchor || !box) return undefined
    const place = (): void => {
      const { left, top, bottom, width } = anchor.getBoundingClientRect()
      const below = window.innerHeight - bottom
      box.style.minWidth = `${Math.max(width, 240)}px`
      box.style.left = `${Math.max(8, Math.min(left, window.innerWidth - box.offsetWidth - 8))}px`
      box.style.maxHeight = `${Math.min(300, Math.max(below, top) - 12)}px`
      if (below < 160 && top > below) box.style.bottom = `${window.innerHeight - top + 4}px`
      else box.style.top = `${bottom + 4}px`
    }
    box.showPopover()
    place()
    window.addEventListener('scroll', place, true)
    window.addEventListener('resize', place)
    return () => {
      window.removeEventListener('scroll', place, true)
      window.removeEventListener('resize', place)
    }
  }, [open])

  const type = (text: string): void => {
    setTyped(text)
    setOpen(true)
    setAt(0)
    onSearch?.(text)
  }
  const close = (): void => {
    setOpen(false)
    setTyped(null)
    if (typed !== null) onSearch?.('')
  }
  const choose = (option: Option): void => {
    close()
    onChange(option.id)
  }
  const leave = (): void => {
    const exact = typed === null ? undefined : shown.find((option) => fold(option.label) === words)
    close()
    if (exact && exact.id !== value) onChange(exact.id)
    else if (typed?.trim() === '' && value !== null) onChange(null)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (open) setAt(event.key === 'ArrowDown' ? Math.min(at + 1, shown.length - 1) : Math.max(at - 1, 0))
      else setOpen(true)
    } else if (event.key === 'Enter' && active) choose(active)
    else if (event.key === 'Escape' && open) close()
    else return
    event.preventDefault()
  }

  return (
    <Field {...field}>
      {(control) => (
        <div className={styles['box']}>
          <input
            {...control}
            ref={input}
            className={controlClass}
            role="combobox"
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            {...(active ? { 'aria-activedescendant': `${list}-${active.id}` } : {})}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            autoFocus={autoFocus}
            value={typed ?? label}
            onChange={(event) => type(event.target.value)}
            onFocus={(event) => event.target.select()}
            onClick={() => setOpen(true)}
            onBlur={leave}
            onKeyDown={onKeyDown}
          />
          {open && (
            <div ref={popup} id={list} popover="manual" role="listbox" aria-label={field.label} className={styles['popup']} onPointerDown={(event) => event.preventDefault()}>
              {shown.map((option, index) => (
                <div
                  key={option.id}
                  id={`${list}-${option.id}`}
                  role="option"
                  aria-selected={option === active}
                  className={styles['item']}
                  ref={(element) => {
                    if (option === active) element?.scrollIntoView({ block: 'nearest' })
                  }}
                  onPointerMove={() => setAt(index)}
                  onClick={() => choose(option)}
                >
                  <span>
                    {option.label}
                    {option.detail && <span className={styles['detail']}> · {option.detail}</span>}
                  </span>
                  {option.trailing}
                </div>
              ))}
              {shown.length === 0 && (
                <div className={styles['none']} role="option" aria-selected={false} aria-disabled>
                  {t('search.none')}
                </div>
              )}
              {note && shown.length > 0 && (
                <div className={styles['none']} role="option" aria-selected={false} aria-disabled>
                  {note}
                </div>
              )}
            </div>
          )}
        </div>
      )}
    </Field>
  )
}
