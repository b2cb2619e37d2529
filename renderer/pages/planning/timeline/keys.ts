/** Which key does what on the timeline (ui 4.6). */
import { leapOf, snapOf, times } from './snap.ts'
import type { Step } from './snap.ts'
import type { ZoomLevel } from './timeline-props.ts'

export type TimelineKey =
  /** To another bar of the row, or the first or last. `extend`: what it reaches is selected too. */
  | { readonly kind: 'bar'; readonly to: 'previous' | 'next' | 'first' | 'last'; readonly extend: boolean }
  /** By rows, or by screens of rows. */
  | { readonly kind: 'row'; readonly by: 1 | -1; readonly page: boolean; readonly extend: boolean }
  | { readonly kind: 'move'; readonly step: Step }
  | { readonly kind: 'end'; readonly step: Step }
  | { readonly kind: 'person'; readonly by: 1 | -1 }
  | { readonly kind: 'zoom'; readonly by: 1 | -1 }
  | { readonly kind: 'open' | 'select' | 'all' | 'times' | 'menu' | 'escape' }

export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

const arrows: Readonly<Record<string, TimelineKey>> = {
  ArrowLeft: { kind: 'bar', to: 'previous', extend: false },
  ArrowRight: { kind: 'bar', to: 'next', extend: false },
  Home: { kind: 'bar', to: 'first', extend: false },
  End: { kind: 'bar', to: 'last', extend: false },
  ArrowUp: { kind: 'row', by: -1, page: false, extend: false },
  ArrowDown: { kind: 'row', by: 1, page: false, extend: false },
  PageUp: { kind: 'row', by: -1, page: true, extend: false },
  PageDown: { kind: 'row', by: 1, page: true, extend: false },
}

/** null: not a key of the timeline, left to whom it belongs. */
export function keyOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed, level: ZoomLevel): TimelineKey | null {
  const mod = ctrlKey || metaKey
  if (altKey) {
    if (mod) return null
    const side = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0
    if (side !== 0) return { kind: shiftKey ? 'end' : 'move', step: times(snapOf(level), side) }
    if (shiftKey) return null
    if (key === 'PageUp' || key === 'PageDown') return { kind: 'move', step: times(leapOf(level), key === 'PageUp' ? -1 : 1) }
    if (key === 'ArrowUp' || key === 'ArrowDown') return { kind: 'person', by: key === 'ArrowUp' ? -1 : 1 }
    return null
  }
  if (mod) return key.toLowerCase() === 'a' && !shiftKey ? { kind: 'all' } : null
  const arrow = arrows[key]
  if (arrow) return shiftKey && (arrow.kind === 'bar' || arrow.kind === 'row') ? { ...arrow, extend: true } : arrow
  if (key === '+' || key === '=') return { kind: 'zoom', by: 1 }
  if (key === '-') return { kind: 'zoom', by: -1 }
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return { kind: 'menu' }
  if (shiftKey) return null
  if (key === 'Enter') return { kind: 'open' }
  if (key === ' ') return { kind: 'select' }
  if (key === 'Escape') return { kind: 'escape' }
  return key === 'e' || key === 'E' ? { kind: 'times' } : null
}
