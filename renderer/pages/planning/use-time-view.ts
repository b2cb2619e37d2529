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

/** A wheel zooms by many small steps: the address is told of the last. */
const WHEEL_RESTS_MS = 200

export interface TimeView {
  /** From the drawing, once a scroll or a zoom by wheel rests. */
  moved: (view: TimelineView) => void
  zoom: (level: ZoomLevel) => void
  step: (by: 1 | -1) => void
  today: () => void
}

/** Ties the axis to the address, both ways. `dayStart`: ms UTC of the first day of the filter, -Infinity without one. */
export function useTimeView(plan: Plan | null, zone: string, dayStart: number, now: number): TimeView {
  const { get, set: setUrl } = useUrlState()
  const address = `${get('zoom')} ${get('from')} ${get('scale')}`
  const first = useMemo(() => plan && plan.bars.reduce<number | null>((least, { start }) => (least === null || start < least ? start : least), null), [plan])
  const known = plan !== null
  const [from, to] = [plan?.from ?? 0, plan?.to ?? 0]

  const shownFor = useRef('')
  const timer = useRef(0)
  useLayoutEffect(() => {
    if (!known) return
    // Another answer about the same view moves nothing.
    const asked = `${address} ${dayStart}`
    if (useAxis.getState().view && shownFor.current === asked) return
    shownFor.current = asked
    // The address went elsewhere: what the wheel had still to say is over.
    window.clearTimeout(timer.current)
    const [zoom = '', start = '', scale = ''] = address.split(' ')
    const { view, width, set } = useAxis.getState()
    const read = readView({ zoom, from: start, scale }, zone, 0)
    const next = start === '' ? { ...read, start: opening({ from, to, first }, { start: dayStart }, now, read.level, read.pxPerHour, width, zone) } : read
    // What the scroll wrote itself stands more exactly in the store than in the address.
    if (view && start !== '' && JSON.stringify(writeView(view, zone)) === JSON.stringify(writeView(next, zone))) return
    set({ view: next })
  }, [address, known, from, to, first, dayStart, now, zone])
  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
      useAxis.getState().set({ view: null })
    },
    [],
  )

  const write = useCallback((view: TimelineView, how: 'push' | 'replace') => setUrl(writeView(view, zone), how), [setUrl, zone])
  const go = useCallback(
    (change: (view: TimelineView, width: number) => TimelineView) => {
      const { view, width, set } = useAxis.getState()
      if (!view) return
      const next = change(view, width)
      set({ view: next })
      write(next, 'push')
    },
    [write],
  )
  const moved = useCallback(
    (view: TimelineView) => {
      const before = useAxis.getState().view
      useAxis.getState().set({ view })
      window.clearTimeout(timer.current)
      if (before && before.pxPerHour !== view.pxPerHour) timer.current = window.setTimeout(() => write(view, 'replace'), WHEEL_RESTS_MS)
      else write(view, 'replace')
    },
    [write],
  )
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
