import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { mountedPixels, rowsInView } from './in-view.ts'
import { msAt, xOf } from './scale.ts'
import type { Scale } from './scale.ts'
import type { TimelineView } from './timeline-props.ts'

/** What is mounted: px of the canvas and rows. Changes by steps, not with each frame of a scroll. */
export interface ScrollWindow {
  readonly from: number
  readonly to: number
  readonly first: number
  readonly end: number
  /** px of the canvas in view. */
  readonly width: number
}
const NOTHING: ScrollWindow = { from: 0, to: 0, first: 0, end: 0, width: 0 }
/** ms after the last frame of a scroll before the address is told. */
const SETTLED = 150
/** Rows are mounted by twos. */
const ROW_STEP = 2

const same = (one: ScrollWindow, other: ScrollWindow): boolean =>
  one.from === other.from && one.to === other.to && one.first === other.first && one.end === other.end && one.width === other.width

export interface ScrollAsked {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly scale: Scale
  readonly view: TimelineView
  readonly onView: (view: TimelineView) => void
  readonly tops: readonly number[]
  /** px that the frozen names and the pinned head take of the frame. */
  readonly names: number
  readonly head: number
}

/** Keeps the frame where the view says, tells the view where the frame was scrolled to, and says what to mount. */
export function useScrollWindow({ frame, scale, view, onView, tops, names, head }: ScrollAsked): ScrollWindow {
  const [shown, setShown] = useState(NOTHING)
  const told = useRef<{ start: number; scale: Scale } | null>(null)
  const timer = useRef(0)
  const latest = useRef({ view, onView, scale })
  useLayoutEffect(() => {
    latest.current = { view, onView, scale }
  })
  const measure = useCallback((box: HTMLElement) => {
    const width = Math.max(1, box.clientWidth - names)
    const rows = rowsInView(tops, box.scrollTop, Math.max(1, box.clientHeight - head))
    const next = {
      ...mountedPixels(box.scrollLeft, width), width,
      first: Math.floor(rows.first / ROW_STEP) * ROW_STEP, end: Math.min(Math.max(0, tops.length - 1), Math.ceil(rows.end / ROW_STEP) * ROW_STEP),
    }
    setShown((known) => (same(known, next) ? known : next))
  }, [tops, names, head])
  useLayoutEffect(() => {
    const box = frame.current
    if (!box) return
    const left = xOf(scale, view.start)
    // What the frame itself told is where it already is: putting it there again would stop a hand that still scrolls.
    if (told.current?.start !== view.start || told.current.scale !== scale) box.scrollTo({ left })
    measure(box)
  }, [frame, scale, view.start, measure])
  useEffect(() => {
    const box = frame.current
    if (!box) return
    const onScroll = (): void => {
      measure(box)
      window.clearTimeout(timer.current)
      timer.current = window.setTimeout(() => {
        const { view: now, onView: tell, scale: drawn } = latest.current
        const start = Math.round(msAt(drawn, box.scrollLeft))
        if (Math.abs(xOf(drawn, now.start) - box.scrollLeft) <= 1) return
        told.current = { start, scale: drawn }
        tell({ ...now, start })
      }, SETTLED)
    }
    const resized = new ResizeObserver(() => measure(box))
    resized.observe(box)
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      window.clearTimeout(timer.current)
      resized.disconnect()
      box.removeEventListener('scroll', onScroll)
    }
  }, [frame, measure])
  return shown
}
