import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { MouseEvent, PointerEvent } from 'react'
import { goingOn, intentOf, moved, resized } from './accumulated.ts'
import type { Accumulated } from './accumulated.ts'
import { BAR } from './drawing.ts'
import { firstAbove } from './in-view.ts'
import { msAt, xOf, zoomed } from './scale.ts'
import type { Scale } from './scale.ts'
import { sameStep, snapped, snappedMinutes } from './snap.ts'
import type { Focus } from './use-focus.ts'
import type { World } from './world.ts'

/** px of the canvas. */
export interface Band {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

type Hand =
  | { readonly kind: 'bar'; readonly id: string; readonly edge: 'start' | 'end' | null; readonly base: Accumulated; readonly x: number; readonly y: number; far: boolean; last: Accumulated }
  | { readonly kind: 'pan'; readonly clientX: number; readonly clientY: number; readonly left: number; readonly top: number; far: boolean }
  | { readonly kind: 'band'; readonly x: number; readonly y: number; readonly before: ReadonlySet<string>; far: boolean }

/** px that a hand moves before it is a drag. */
const SLACK = 4
/** px from an edge within which a drag scrolls the frame, and how much a frame. */
const EDGE = 36
const EDGE_STEP = 12

/** The end of the bar that a hand at `x` (px of the canvas) takes; null: the bar itself. */
function edgeAt(scale: Scale, { start, end }: { readonly start: number; readonly end: number }, x: number): 'start' | 'end' | null {
  const [left, right] = [xOf(scale, start), xOf(scale, end)]
  const reach = Math.min(BAR.handle, (right - left) / 3)
  if (right - left < BAR.target) return null
  return x < left + reach ? 'start' : x > right - reach ? 'end' : null
}

/** Not a button on it, nor a menu that React hears through it. */
const onCanvas = ({ target, currentTarget }: PointerEvent<HTMLElement>): boolean =>
  target instanceof Element && currentTarget.contains(target) && target.closest('button') === null

/** What hands do: drag bars and their ends, pan, draw a band, zoom with the wheel. Each step asked is told at once; the parent draws the ghost. */
export function useGestures(world: World, focus: Focus) {
  const [hovered, setHovered] = useState<string | null>(null)
  const [dragging, setDragging] = useState<string | null>(null)
  const [band, setBand] = useState<Band | null>(null)
  const hand = useRef<Hand | null>(null)
  const asked = useRef<Accumulated | null>(null)
  const cursor = useRef<{ x: number; y: number } | null>(null)
  const latest = useRef({ world, focus })
  useLayoutEffect(() => {
    latest.current = { world, focus }
  })
  const standing = world.props.ghosts.length > 0
  useEffect(() => {
    // The proposal was applied or given up: what comes next begins from the rows as they are.
    if (!standing) asked.current = null
  }, [standing])

  const api = useMemo(() => {
    const at = (clientX: number, clientY: number): { x: number; y: number } => {
      const box = latest.current.world.canvas.current?.getBoundingClientRect()
      return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) }
    }
    const movable = (id: string): string[] => {
      const { props } = latest.current.world
      const all = props.selected.has(id) ? [...props.selected] : [id]
      return all.filter((one) => props.plan.barOf.has(one))
    }
    const baseOf = (id: string): Accumulated => goingOn(asked.current, movable(id))
    /** Tells what stands asked now; when all is as it was again, the proposal is given up. */
    const tell = (next: Accumulated): void => {
      const { props } = latest.current.world
      const intent = intentOf(next, (id) => props.plan.barOf.get(id))
      asked.current = next
      if (intent === null) props.onCancelIntent()
      else props.onIntent?.(intent)
    }
    const rowAt = (y: number): string | undefined => {
      const { layout, props } = latest.current.world
      if (props.grouping !== 'person') return undefined
      const row = layout.rows[firstAbove(layout.tops, y) - 1]
      return row?.kind === 'person' ? row.person.id : undefined
    }
    /** The bar under the pointer; for one narrower than a finger, the nearest within its target. */
    const barAt = (target: EventTarget, x: number, y: number): string | null => {
      if (target instanceof Element) {
        const id = target.closest<HTMLElement>('[data-bar]')?.dataset['bar']
        if (id !== undefined) return id
      }
      const { layout, scale } = latest.current.world
      const row = layout.rows[firstAbove(layout.tops, y) - 1]
      if (row?.kind !== 'person') return null
      const near = row.lanes.find(({ item }) => {
        const [left, right] = [xOf(scale, item.start), xOf(scale, item.end)]
        const around = (BAR.target - (right - left)) / 2
        return around > 0 && x >= left - around && x <= right + around
      })
      return near?.item.id ?? null
    }
    const drag = (clientX: number, clientY: number): void => {
      const held = hand.current
      if (held?.kind !== 'bar') return
      const { props, scale } = latest.current.world
      const { x, y } = at(clientX, clientY)
      const ms = (x - held.x) / scale.pxPerMs
      const own = props.plan.barOf.get(held.id)?.person.id
      let next: Accumulated
      if (held.edge === null) {
        const over = rowAt(y)
        const person = over === own ? undefined : (over ?? held.base.person)
        next = moved(held.base, snapped(ms, props.view.level), Math.abs(y - held.y) < SLACK ? held.base.person : person)
      } else next = resized(held.base, held.edge, snappedMinutes(ms, props.view.level))
      const { last } = held
      if (sameStep(last.step, next.step) && last.person === next.person && last.start === next.start && last.end === next.end) return
      held.last = next
      tell(next)
    }
    const drawBand = (clientX: number, clientY: number): void => {
      const held = hand.current
      if (held?.kind !== 'band') return
      const { x, y } = at(clientX, clientY)
      const drawn = { left: Math.min(x, held.x), right: Math.max(x, held.x), top: Math.min(y, held.y), bottom: Math.max(y, held.y) }
      setBand(drawn)
      const { layout, scale, props } = latest.current.world
      const [from, to] = [msAt(scale, drawn.left), msAt(scale, drawn.right)]
      const found = new Set(held.before)
      layout.rows.forEach((row, index) => {
        if (row.kind !== 'person' || (layout.tops[index] ?? 0) > drawn.bottom || (layout.tops[index + 1] ?? 0) < drawn.top) return
        for (const { item } of row.lanes) if (item.start < to && item.end > from) found.add(item.id)
      })
      props.onSelect(found)
    }
    const edges = (): void => {
      const held = hand.current
      const pointer = cursor.current
      const box = latest.current.world.frame.current
      if (!held || held.kind === 'pan' || !held.far || !pointer || !box) return
      const frame = box.getBoundingClientRect()
      const { names, head } = latest.current.world
      const side = (value: number, low: number, high: number): number => (value < low + EDGE ? -EDGE_STEP : value > high - EDGE ? EDGE_STEP : 0)
      const [dx, dy] = [side(pointer.x, frame.left + names, frame.right), side(pointer.y, frame.top + head, frame.bottom)]
      if (dx !== 0 || dy !== 0) {
        box.scrollBy(dx, dy)
        drag(pointer.x, pointer.y)
        drawBand(pointer.x, pointer.y)
      }
      window.requestAnimationFrame(edges)
    }
    return { at, movable, baseOf, tell, barAt, drag, drawBand, edges }
  }, [])

  const stop = useCallback(() => {
    hand.current = null
    setDragging(null)
    setBand(null)
    const box = latest.current.world.frame.current
    if (box) delete box.dataset['panning']
  }, [])

  const handlers = {
    onPointerDown: useCallback((event: PointerEvent<HTMLElement>) => {
      if ((event.button !== 0 && event.button !== 1) || !onCanvas(event)) return
      const { props, scale, frame } = latest.current.world
      const { x, y } = api.at(event.clientX, event.clientY)
      const id = event.button === 0 ? api.barAt(event.target, x, y) : null
      const box = frame.current
      if (id === null) {
        if (event.target instanceof Element && event.target.closest('[data-need]')) return
        if (event.shiftKey) hand.current = { kind: 'band', x, y, before: event.ctrlKey ? props.selected : new Set(), far: false }
        else if (event.pointerType !== 'touch' && box) hand.current = { kind: 'pan', clientX: event.clientX, clientY: event.clientY, left: box.scrollLeft, top: box.scrollTop, far: false }
        return
      }
      const ghost = props.ghosts.find((one) => one.id === id)
      const bar = ghost ?? props.plan.barOf.get(id)
      const row = props.plan.barOf.get(id)
      if (!bar || !row || props.onIntent === null || row.mission.locked || event.ctrlKey || event.metaKey || event.shiftKey) return
      const edge = edgeAt(scale, bar, x)
      const base = api.baseOf(id)
      hand.current = { kind: 'bar', id, edge, base, x, y, far: false, last: base }
    }, [api]),
    onPointerMove: useCallback((event: PointerEvent<HTMLElement>) => {
      const held = hand.current
      cursor.current = { x: event.clientX, y: event.clientY }
      const { frame, props } = latest.current.world
      if (!held) {
        const { x, y } = api.at(event.clientX, event.clientY)
        const id = api.barAt(event.target, x, y)
        setHovered((before) => (before === id ? before : id))
        const bar = id === null ? undefined : (props.ghosts.find((one) => one.id === id) ?? props.plan.barOf.get(id))
        const edge = bar !== undefined && props.onIntent !== null && props.plan.barOf.get(bar.id)?.mission.locked === false && edgeAt(latest.current.world.scale, bar, x) !== null
        if ((event.currentTarget.dataset['edge'] === 'true') !== edge) event.currentTarget.dataset['edge'] = String(edge)
        return
      }
      if (!held.far) {
        const { x, y } = api.at(event.clientX, event.clientY)
        const far = held.kind === 'pan' ? Math.hypot(event.clientX - held.clientX, event.clientY - held.clientY) : Math.hypot(x - held.x, y - held.y)
        if (far < SLACK) return
        held.far = true
        event.currentTarget.setPointerCapture(event.pointerId)
        if (held.kind === 'bar') {
          setDragging(held.id)
          if (props.selected.size > 0 && !props.selected.has(held.id)) props.onSelect(new Set([held.id]))
        }
        if (held.kind === 'pan' && frame.current) frame.current.dataset['panning'] = 'true'
        if (held.kind !== 'pan') window.requestAnimationFrame(api.edges)
      }
      if (held.kind === 'bar') api.drag(event.clientX, event.clientY)
      else if (held.kind === 'band') api.drawBand(event.clientX, event.clientY)
      else frame.current?.scrollTo(held.left - (event.clientX - held.clientX), held.top - (event.clientY - held.clientY))
    }, [api]),
    onPointerUp: useCallback((event: PointerEvent<HTMLElement>) => {
      const held = hand.current
      const moving = held?.far === true
      stop()
      if (moving || event.button !== 0 || !onCanvas(event)) return
      const { props } = latest.current.world
      const { x, y } = api.at(event.clientX, event.clientY)
      const id = api.barAt(event.target, x, y)
      if (id !== null) {
        latest.current.focus.go(id)
        const next = event.ctrlKey || event.metaKey || event.shiftKey ? new Set(props.selected) : new Set<string>()
        if (!(event.ctrlKey || event.metaKey) || !next.delete(id)) next.add(id)
        props.onSelect(next)
        return
      }
      const need = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-need]')?.dataset['need'] : undefined
      if (need !== undefined) props.onNeed(need)
      else if (props.selected.size > 0) props.onSelect(new Set())
    }, [api, stop]),
    onPointerCancel: stop,
    onPointerLeave: useCallback(() => {
      cursor.current = null
    }, []),
    onDoubleClick: useCallback((event: MouseEvent<HTMLElement>) => {
      const { x, y } = api.at(event.clientX, event.clientY)
      const id = api.barAt(event.target, x, y)
      if (id !== null) latest.current.world.props.onOpen(id)
    }, [api]),
  }

  /** Around the bar that has the focus, else the cursor, else now (ui 4.1). */
  const zoom = useCallback((factor: number) => {
    const { world: drawn, focus: at } = latest.current
    const { props, scale, canvas, frame, names } = drawn
    const bar = at.focused !== null && canvas.current?.contains(document.activeElement) ? props.plan.barOf.get(at.focused) : undefined
    const box = canvas.current?.getBoundingClientRect()
    const under = cursor.current && box ? msAt(scale, cursor.current.x - box.left) : null
    const left = frame.current?.scrollLeft ?? 0
    const start = msAt(scale, left)
    const seen = (ms: number): boolean => ms >= start && ms <= msAt(scale, left + (frame.current?.clientWidth ?? 0) - names)
    const anchor = [bar?.start, under, Date.now()].find((ms) => typeof ms === 'number' && seen(ms)) ?? msAt(scale, left + ((frame.current?.clientWidth ?? 0) - names) / 2)
    props.onView(zoomed({ ...props.view, start }, factor, anchor))
  }, [])
  const onWheel = useCallback((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240))
  }, [zoom])
  /** A drag under way is given up. */
  const cancel = useCallback((): boolean => {
    const was = hand.current?.far === true
    stop()
    return was
  }, [stop])
  return { hovered, dragging, band, handlers, onWheel, zoom, cancel, baseOf: api.baseOf, tell: api.tell }
}
export type Gestures = ReturnType<typeof useGestures>
