import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { create } from 'zustand'
import { useUrlState } from '../../app/routes.ts'
import type { Plan } from './plan.ts'
import { around, opening, readView, stepped, writeView, zoomed } from './time-view.ts'
import type { TimelineView, ZoomLevel } from './timeline/timeline-props.ts'

interface Axis {
  /** Null until the page knows its plan. */
  view: TimelineView | null
  /** Of the drawn axis, in pixels. */
  width: number
  set(change: Partial<Omit<Axis, 'set'>>): void
}

/** A scroll moves this and nothing else of the page; the address follows once it rests. */
export const useAxis = create<Axis>()((set) => ({ view: null, width: 1000, set: (change) => set(change) }))

/** A scroll that was drawn for the view before may still be told for so long. */
const STALE_MS = 250
/** Long enough that a scroll writes the address once. */
const RESTS_MS = 300

export interface TimeView {
  /** From the drawing: a scroll or a zoom by wheel. */
  moved: (view: TimelineView) => void
  zoom: (level: ZoomLevel) => void
  step: (by: 1 | -1) => void
  today: () => void
}

/** Ties the axis to the address, both ways. `dayStart`: ms UTC of the first day of the filter, -Infinity without one. */
export function useTimeView(plan: Plan | null, zone: string, dayStart: number, now: number): TimeView {
  const { get, set: setUrl } = useUrlState()
  const address = `${get('zoom')} ${get('from')} ${get('scale')}`
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const first = useMemo(() => plan && plan.bars.reduce<number | null>((least, { start }) => (least === null || start < least ? start : least), null), [plan])
  const known = plan !== null
  const [from, to] = [plan?.from ?? 0, plan?.to ?? 0]

  const shownFor = useRef('')
  const given = useRef(0)
  useLayoutEffect(() => {
    if (!known) return
    // Another answer about the same view moves nothing.
    const asked = `${address} ${dayStart}`
    if (useAxis.getState().view && shownFor.current === asked) return
    shownFor.current = asked
    const [zoom = '', start = '', scale = ''] = address.split(' ')
    const { view, width, set } = useAxis.getState()
    const read = readView({ zoom, from: start, scale }, zone, 0)
    const next = start === '' ? { ...read, start: opening({ from, to, first }, { start: dayStart }, now, read.level, read.pxPerHour, width, zone) } : read
    // What the scroll wrote itself stands more exactly in the store than in the address.
    if (view && start !== '' && JSON.stringify(writeView(view, zone)) === JSON.stringify(writeView(next, zone))) return
    given.current = performance.now()
    set({ view: next })
  }, [address, known, from, to, first, dayStart, now, zone])
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
      useAxis.getState().set({ view: null })
    },
    [],
  )

  const write = useCallback(
    (view: TimelineView, how: 'push' | 'replace') => {
      if (timer.current) clearTimeout(timer.current)
      setUrl(writeView(view, zone), how)
    },
    [setUrl, zone],
  )
  const go = useCallback(
    (change: (view: TimelineView, width: number) => TimelineView) => {
      const { view, width, set } = useAxis.getState()
      if (!view) return
      const next = change(view, width)
      given.current = performance.now()
      set({ view: next })
      write(next, 'push')
    },
    [write],
  )
  const latest = useRef(write)
  useLayoutEffect(() => {
    latest.current = write
  })
  const moved = useCallback((view: TimelineView) => {
    const before = useAxis.getState().view
    const other = before !== null && (before.level !== view.level || before.pxPerHour !== view.pxPerHour)
    if (other && performance.now() - given.current < STALE_MS) return
    useAxis.getState().set({ view })
    if (timer.current) clearTimeout(timer.current)
    const same = before !== null && before.level === view.level && before.start === view.start && before.pxPerHour === view.pxPerHour
    if (!same) timer.current = setTimeout(() => latest.current(view, 'replace'), RESTS_MS)
  }, [])
  return useMemo(
    () => ({
      moved,
      zoom: (level) => go((view, width) => zoomed(view, level, width)),
      step: (by) => go((view) => stepped(view, by, zone)),
      today: () => go((view, width) => ({ ...view, start: around(Date.now(), view.level, view.pxPerHour, width, zone) })),
    }),
    [moved, go, zone],
  )
}
