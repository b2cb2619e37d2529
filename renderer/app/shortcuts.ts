import { useEffect, useLayoutEffect, useRef } from 'react'

/** `mod+k`, `g m`, `n p`, `/`, `?`: letters by the character typed, so that they hold on every keyboard layout. */
export type Bindings = Readonly<Record<string, () => void>>

const layers: Bindings[] = []
const PAUSE_MS = 1200
let started: { key: string; at: number } | null = null

const inText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))

const inOverlay = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('[role=dialog],[role=menu],[role=listbox]') !== null

/** The name of the key pressed, `mod+shift+z`, `k`, `?`. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const mod = event.ctrlKey || event.metaKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return [mod && 'mod', event.altKey && 'alt', event.shiftKey && (mod || key.length > 1) && 'shift', key].filter(Boolean).join('+')
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const chord = chordOf(event)
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey
  if (bare && (inText(event.target) || inOverlay(event.target))) return
  // In a field, undo belongs to the text being typed.
  if (chord.endsWith('z') && inText(event.target)) return
  const sequence = started && event.timeStamp - started.at < PAUSE_MS ? `${started.key} ${chord}` : null
  const run = find(sequence) ?? find(chord)
  started = null
  if (run) {
    event.preventDefault()
    run()
  } else if (bare && layers.some((layer) => Object.keys(layer).some((name) => name.startsWith(`${chord} `)))) {
    started = { key: chord, at: event.timeStamp }
  }
}

function find(name: string | null): (() => void) | undefined {
  if (name === null) return undefined
  return layers.findLast((layer) => Object.hasOwn(layer, name))?.[name]
}

/** Binds keys while the component is shown; the last bound wins. */
export function useShortcuts(bindings: Bindings): void {
  const latest = useRef(bindings)
  useLayoutEffect(() => {
    latest.current = bindings
  })
  const names = Object.keys(bindings).join('\n')
  useEffect(() => {
    const layer = Object.fromEntries(names.split('\n').filter(Boolean).map((name) => [name, () => latest.current[name]?.()]))
    if (layers.length === 0) window.addEventListener('keydown', onKeyDown)
    layers.push(layer)
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      if (layers.length === 0) window.removeEventListener('keydown', onKeyDown)
    }
  }, [names])
}

const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]'

/** F6 and Shift+F6: the next or previous region marked `data-region`, in the order of the page. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.offsetParent !== null || region.offsetHeight > 0)
  const at = regions.findLastIndex((region) => region.contains(document.activeElement))
  const next = at < 0 ? (step === 1 ? 0 : regions.length - 1) : (at + step + regions.length) % regions.length
  const region = regions[next]
  const target = region?.matches(focusable) ? region : region?.querySelector<HTMLElement>(`[aria-current=page], tr[tabindex="0"], ${focusable}`)
  ;(target ?? region)?.focus()
}
