import { createContext, createElement, useContext, useEffect, useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { usePreferences } from './preferences.ts'

/** `mod+k`, `g m`, `n p`, `/`, `?`: letters by the character typed, so that they hold on every keyboard layout. */
export type Bindings = Readonly<Record<string, () => void>>

interface Layer {
  bindings: Bindings
  /** Bound inside a dialog: while one has the focus, only these and what always holds act. */
  overlay: boolean
}

const layers: Layer[] = []
const PAUSE_MS = 1200
/** Locking, hiding amounts, changing the theme and sending must not wait for a dialog to be closed. */
const ALWAYS = new Set(['mod+shift+l', 'mod+shift+h', 'mod+shift+t', 'mod+s'])
let started: { key: string; at: number } | null = null

const Overlay = createContext(false)

/** Around what a dialog holds: its keys are above those of the page. */
export const OverlayKeys = ({ children }: { children: ReactNode }): ReactNode => createElement(Overlay.Provider, { value: true }, children)

const inText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))

/** One that is closing still has the focus for a moment, and keeps no key for itself any more. */
const inDialog = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest(':is([role=dialog],[role=alertdialog]):not([data-closed])') !== null
const inChoices = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('[role=menu],[role=listbox]') !== null

export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> & { code?: string; altGraph?: boolean }

/** The character of a key: digits by their place, as AZERTY types them with Shift; the rest by what is typed. */
function characterOf(event: Pressed): string {
  const digit = /^(?:Digit)(\d)$/.exec(event.code ?? '')?.[1]
  if (digit !== undefined && (!event.shiftKey || /^\d$/.test(event.key))) return digit
  if (event.code?.startsWith('Arrow')) return event.code
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

/** The name of the key pressed, `mod+shift+z`, `k`, `?`; empty for characters made with AltGr or Ctrl+Alt, which are typing. */
export function chordOf(event: Pressed): string {
  if (event.altGraph || (event.ctrlKey && event.altKey)) return ''
  const mod = event.ctrlKey || event.metaKey
  const key = characterOf(event)
  return [mod && 'mod', event.altKey && 'alt', event.shiftKey && (mod || event.altKey || key.length > 1) && 'shift', key].filter(Boolean).join('+')
}

/** What a person presses for a binding: their own choice, else the one it was made with. Case of names (`mod+enter`) says nothing. */
export const keysOf = (name: string, map: Readonly<Record<string, string>>): string => map[name.toLowerCase()] ?? name.toLowerCase()

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const chord = chordOf({ key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey, altKey: event.altKey, altGraph: event.getModifierState('AltGraph') }).toLowerCase()
  if (chord === '') return
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey
  if (bare && (inText(event.target) || inChoices(event.target))) return
  const { lettersOff, keyMap } = usePreferences.getState()
  // A single character only: Enter, F6 and the arrows are keys of their own.
  if (bare && event.key.length === 1 && lettersOff) return
  // In a field, undo belongs to the text being typed.
  if (chord.endsWith('z') && inText(event.target)) return
  const dialog = inDialog(event.target)
  const heard = layers.filter(({ overlay }) => !dialog || overlay)
  const sequence = started && event.timeStamp - started.at < PAUSE_MS ? `${started.key} ${chord}` : null
  const run = find(heard, sequence, keyMap) ?? find(heard, chord, keyMap) ?? (dialog && ALWAYS.has(chord) ? find(layers, chord, keyMap) : undefined)
  started = null
  if (run) {
    event.preventDefault()
    run()
  } else if (bare && heard.some(({ bindings }) => Object.keys(bindings).some((name) => keysOf(name, keyMap).startsWith(`${chord} `)))) {
    started = { key: chord, at: event.timeStamp }
  }
}

function find(among: readonly Layer[], pressed: string | null, map: Readonly<Record<string, string>>): (() => void) | undefined {
  if (pressed === null) return undefined
  for (const { bindings } of among.toReversed()) {
    const name = Object.keys(bindings).find((one) => keysOf(one, map) === pressed)
    if (name !== undefined) return bindings[name]
  }
  return undefined
}

/** Binds keys while the component is shown; the last bound wins, a dialog's are above its page's. */
export function useShortcuts(bindings: Bindings): void {
  const overlay = useContext(Overlay)
  const latest = useRef(bindings)
  useLayoutEffect(() => {
    latest.current = bindings
  })
  const names = Object.keys(bindings).join('\n')
  useEffect(() => {
    const layer = { overlay, bindings: Object.fromEntries(names.split('\n').filter(Boolean).map((name) => [name, () => latest.current[name]?.()])) }
    if (layers.length === 0) window.addEventListener('keydown', onKeyDown)
    layers.push(layer)
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      if (layers.length === 0) window.removeEventListener('keydown', onKeyDown)
    }
  }, [names, overlay])
}
