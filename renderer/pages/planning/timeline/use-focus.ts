import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { FocusEvent } from 'react'
import { xOf } from './scale.ts'
import type { World } from './world.ts'

export interface Focus {
  /** Id of a bar or post, or key of a row; the one stop of the keyboard. */
  readonly focused: string | null
  /** Gives it the focus and brings it into view. */
  readonly go: (id: string) => void
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void
}

/** px left free around what is brought into view. */
const MARGIN = 24

export const idOf = (element: Element | null): string | null => {
  const found = element?.closest<HTMLElement>('[data-bar], [data-need], [data-row]')
  return found?.dataset['bar'] ?? found?.dataset['need'] ?? found?.dataset['row'] ?? null
}

/** Moves the frame by no more than it takes to see the bar or row. */
export function bringIntoView({ props, layout, scale, frame, names, head }: World, id: string): void {
  const box = frame.current
  const index = layout.rowOf.get(id) ?? layout.rows.findIndex(({ key }) => key === id)
  const row = layout.rows[index]
  if (!box || !row) return
  const top = layout.tops[index] ?? 0
  const seen = box.clientHeight - head
  if (top < box.scrollTop) box.scrollTop = top
  else if (top + row.height > box.scrollTop + seen) box.scrollTop = top + row.height - seen
  const bar = props.plan.barOf.get(id) ?? props.needs.find((need) => need.id === id)
  if (!bar) return
  const [left, right] = [xOf(scale, bar.start), xOf(scale, bar.end)]
  const width = box.clientWidth - names
  const fits = right - left < width - 2 * MARGIN
  if (left < box.scrollLeft || (!fits && left > box.scrollLeft + width - MARGIN)) box.scrollLeft = left - MARGIN
  else if (fits && right > box.scrollLeft + width) box.scrollLeft = right - width + MARGIN
}

export function useFocus(world: World): Focus {
  const [wanted, setWanted] = useState<{ id: string; turn: number; quiet: boolean } | null>(null)
  const done = useRef(0)
  const latest = useRef(world)
  useLayoutEffect(() => {
    latest.current = world
  })
  const { layout, props, canvas } = world
  const known = wanted !== null && (layout.rowOf.has(wanted.id) || layout.rows.some(({ key }) => key === wanted.id))
  const focused = known ? wanted.id : (layout.rows[0]?.key ?? null)

  const go = useCallback((id: string) => setWanted((before) => ({ id, turn: (before?.turn ?? 0) + 1, quiet: false })), [])
  useLayoutEffect(() => {
    if (wanted === null || done.current === wanted.turn) return
    done.current = wanted.turn
    bringIntoView(latest.current, wanted.id)
    if (wanted.quiet) return
    const name = CSS.escape(wanted.id)
    canvas.current?.querySelector<HTMLElement>(`:is([data-bar="${name}"], [data-need="${name}"], [data-row="${name}"])`)?.focus({ preventScroll: true })
  }, [wanted, canvas])
  const { reveal } = props
  useEffect(() => {
    if (reveal !== null) setWanted((before) => ({ id: reveal.id, turn: (before?.turn ?? 0) + 1, quiet: true }))
  }, [reveal])
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    const id = idOf(event.target)
    if (id !== null) setWanted((before) => (before?.id === id ? before : { id, turn: done.current, quiet: true }))
  }, [])
  return { focused, go, onFocus }
}
