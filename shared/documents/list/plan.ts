import type { PlanSection } from './content.ts'

/** Metres in a degree of latitude. */
const DEGREE = 111_320

const NICE = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000]

/**
 * A plan without tiles: the place in the middle, its pins at their true distance and bearing, north up, a circle whose radius is said.
 * Null when nothing of it has coordinates.
 */
export function planDrawing(section: PlanSection, width: number, height: number, north: string): { svg: string; metres: number } | null {
  const placed = section.pins.flatMap((pin) => (pin.latitude === null || pin.longitude === null ? [] : [{ letter: pin.letter, latitude: pin.latitude, longitude: pin.longitude }]))
  const centre = section.centre ?? placed[0]
  if (!centre || placed.length === 0) return null
  const squeeze = Math.cos((centre.latitude * Math.PI) / 180)
  const points = placed.map((pin) => ({ letter: pin.letter, east: (pin.longitude - centre.longitude) * DEGREE * squeeze, north: (pin.latitude - centre.latitude) * DEGREE }))
  const farthest = Math.max(5, ...points.map((point) => Math.max(Math.abs(point.east) * (height / width), Math.abs(point.north))))
  const metres = NICE.find((radius) => radius >= farthest * 0.6) ?? Math.ceil(farthest)
  const scale = (height / 2 - 16) / Math.max(farthest, metres)
  const middle = { x: width / 2, y: height / 2 }
  const pins = points.map(({ letter, east, north: up }) => {
    const x = middle.x + east * scale
    const y = middle.y - up * scale
    const outlined = letter === '+' || letter === 'R'
    return `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r="6.5" fill="${outlined ? '#fff' : '#000'}" stroke="#000" stroke-width="1"/><text x="${x.toFixed(2)}" y="${(y + 2.9).toFixed(2)}" font-family="Inter" font-weight="bold" font-size="8" text-anchor="middle" fill="${outlined ? '#000' : '#fff'}">${letter.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text>`
  })
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="4" fill="none" stroke="#000" stroke-width="0.8"/>`,
    `<circle cx="${middle.x}" cy="${middle.y}" r="${(metres * scale).toFixed(2)}" fill="none" stroke="#999999" stroke-width="0.6" stroke-dasharray="3 2"/>`,
    `<path d="M${middle.x - 5} ${middle.y}h10M${middle.x} ${middle.y - 5}v10" stroke="#000" stroke-width="0.8" fill="none"/>`,
    `<path d="M${width - 14} 20l4 -12l4 12l-4 -3z" fill="#000"/><text x="${width - 10}" y="30" font-family="Inter" font-weight="bold" font-size="8" text-anchor="middle" fill="#000">${north}</text>`,
    ...pins,
    '</svg>',
  ].join('')
  return { svg, metres }
}
