import type { Mark } from './content.ts'

/** Forms of states as small drawings, black on white: apart without colour and without their word (ui 3.2). */

const ring = '<circle cx="5" cy="5" r="4" fill="none" stroke="#000" stroke-width="1"/>'
const tick = (stroke: string, dx = 0): string => `<path d="M${2.6 + dx} 5.2l1.7 1.8l3-3.9" fill="none" stroke="${stroke}" stroke-width="1.2"/>`

const drawings: Record<Mark, string> = {
  open: '<circle cx="5" cy="5" r="4" fill="none" stroke="#000" stroke-width="1" stroke-dasharray="1.6 1.3"/>',
  half: `${ring}<path d="M5 1a4 4 0 0 0 0 8z" fill="#000"/>`,
  clock: `${ring}<path d="M5 2.4v2.6h2" fill="none" stroke="#000" stroke-width="1"/>`,
  check: `<circle cx="5" cy="5" r="4.5" fill="#000"/>${tick('#fff')}`,
  done: `<rect x="0.5" y="0.5" width="9" height="9" fill="#000"/>${tick('#fff')}`,
  cross: '<path d="M1.6 1.6l6.8 6.8M8.4 1.6l-6.8 6.8" fill="none" stroke="#000" stroke-width="1.4"/>',
  void: `${ring}<path d="M2.2 7.8l5.6-5.6" fill="none" stroke="#000" stroke-width="1"/>`,
  blocking: '<path d="M3 0.5h4l2.5 2.5v4l-2.5 2.5h-4l-2.5 -2.5v-4z" fill="#000"/><path d="M5 2.3v3.4M5 6.8v1.2" fill="none" stroke="#fff" stroke-width="1.3"/>',
  warning: '<path d="M5 0.9l4.4 8.1h-8.8z" fill="none" stroke="#000" stroke-width="1"/><path d="M5 3.6v2.6M5 7v1" fill="none" stroke="#000" stroke-width="1"/>',
  note: `${ring}<path d="M5 2.4v1M5 4.4v3" fill="none" stroke="#000" stroke-width="1.1"/>`,
  dot: '<circle cx="5" cy="5" r="2" fill="#000"/>',
}

/** The form's shapes in a square of 10, for a larger drawing. */
export const markShapes = (mark: Mark): string => drawings[mark]

/** The form, as an SVG of so many points. */
export const markDrawing = (mark: Mark, size: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 10 10">${drawings[mark]}</svg>`
