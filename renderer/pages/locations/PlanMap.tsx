import { CRS, divIcon, imageOverlay, LatLngBounds, map as makeMap, marker as makeMarker } from 'leaflet'
import type { Map as LeafletMap, Marker } from 'leaflet'
import 'leaflet/dist/leaflet.css'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { PlacePin } from '../../app/rows.ts'
import styles from './Plan.module.css'

export interface PlanImage {
  url: string
  width: number
  height: number
}

interface PlanMapProps {
  image: PlanImage
  /** Spoken name of the drawing. */
  label: string
  pins: readonly PlacePin[]
  /** Spoken name of a pin where it stands. */
  nameOf: (pin: PlacePin) => string
  /** Given: pins are moved, and a click places the chosen one. Parts of the width and height from the top left. */
  onMove: ((index: number, x: number, y: number) => void) | null
  onClick: (x: number, y: number) => void
}

const STEP = 0.005
const FAST = 0.05
const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const inside = (part: number): number => Math.min(1, Math.max(0, part))
const rounded = (part: number): number => Math.round(inside(part) * 1000) / 1000

/** The attached drawing with its lettered pins: dragged, or moved with the arrows once focused. Nothing is fetched. */
export function PlanMap({ image, label, pins, nameOf, onMove, onClick }: PlanMapProps) {
  const box = useRef<HTMLDivElement>(null)
  const shown = useRef<LeafletMap | null>(null)
  const markers = useRef(new Map<number, Marker>())
  const latest = useRef({ onMove, onClick, pins })
  useLayoutEffect(() => {
    latest.current = { onMove, onClick, pins }
  })
  const { url, width, height } = image
  useEffect(() => {
    if (!box.current) return undefined
    const bounds = new LatLngBounds([0, 0], [height, width])
    const map = makeMap(box.current, {
      crs: CRS.Simple, attributionControl: false, zoomControl: false, keyboard: false, zoomSnap: 0, minZoom: -6, maxZoom: 3, maxBounds: bounds.pad(0.1), zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false,
    })
    imageOverlay(url, bounds).addTo(map)
    map.fitBounds(bounds)
    map.on('click', ({ latlng }) => latest.current.onClick(rounded(latlng.lng / width), rounded(1 - latlng.lat / height)))
    const known = markers.current
    shown.current = map
    return () => {
      shown.current = null
      known.clear()
      map.remove()
    }
  }, [url, width, height])
  useEffect(() => {
    const map = shown.current
    if (!map) return
    for (const [index, known] of markers.current)
      if (pins[index]?.x == null || pins[index].y === null) {
        known.remove()
        markers.current.delete(index)
      }
    pins.forEach((pin, index) => {
      if (pin.x === null || pin.y === null) return
      const at: [number, number] = [(1 - pin.y) * height, pin.x * width]
      const known = markers.current.get(index) ?? place(map, index, at, { width, height }, latest)
      known.setLatLng(at)
      markers.current.set(index, known)
      const element = known.getElement()
      if (!element) return
      element.textContent = pin.letter
      element.setAttribute('aria-label', nameOf(pin))
      element.dataset['rescue'] = String(pin.letter === '+' || pin.letter === 'R')
    })
  }, [pins, nameOf, width, height])
  return <div ref={box} className={styles['map']} role="group" aria-label={label} style={{ aspectRatio: `${width} / ${height}` }} />
}

type Latest = { readonly current: { onMove: PlanMapProps['onMove']; pins: readonly PlacePin[] } }

function place(map: LeafletMap, index: number, at: [number, number], size: { width: number; height: number }, latest: Latest): Marker {
  const movable = latest.current.onMove !== null
  const made = makeMarker(at, { icon: divIcon({ className: styles['pin'] ?? '', iconSize: [24, 24] }), draggable: movable, keyboard: movable, riseOnHover: true }).addTo(map)
  made.on('dragend', () => {
    const { lat, lng } = made.getLatLng()
    latest.current.onMove?.(index, rounded(lng / size.width), rounded(1 - lat / size.height))
  })
  const element = made.getElement()
  element?.setAttribute('id', `plan-pin-${index}`)
  element?.addEventListener('keydown', (event) => {
    const way = arrows[event.code]
    const pin = latest.current.pins[index]
    if (!way || pin?.x == null || pin.y === null || !latest.current.onMove) return
    event.preventDefault()
    event.stopPropagation()
    const step = event.shiftKey ? FAST : STEP
    latest.current.onMove(index, rounded(pin.x + way[0] * step), rounded(pin.y + way[1] * step))
  })
  return made
}
