import { element, lettering } from '../pdf/svg.ts'
import { GREY } from '../run-sheet/layout.ts'
import type { BarForm, Mark } from './content.ts'
import { markShapes } from './marks.ts'

/** Bars of a printed timeline: black on white, each form apart without colour (ui 3.2, 5.4). Points. */

/** Least height of letters on any document (ui 8, check 22). */
export const SMALLEST = 6.6
export const BAR = 11
const BLOCK = 11

const marks: Readonly<Record<BarForm, Mark | null>> = {
  need: 'open', planned: 'half', proposed: 'clock', accepted: 'check', confirmed: 'check', done: 'done', canceled: 'void', mission: null,
}
const edges: Readonly<Record<BarForm, { width: number; dash?: string; fill: string; colour: string }>> = {
  need: { width: 0.9, dash: '2.4 1.8', fill: '#fff', colour: '#000' },
  planned: { width: 0.6, fill: '#fff', colour: '#000' },
  proposed: { width: 0.6, fill: '#fff', colour: '#000' },
  accepted: { width: 1.2, fill: '#fff', colour: '#000' },
  confirmed: { width: 1.2, fill: GREY, colour: '#000' },
  done: { width: 0.6, fill: GREY, colour: '#000' },
  canceled: { width: 0.5, dash: '1 1.2', fill: '#fff', colour: '#777777' },
  mission: { width: 0.9, fill: '#fff', colour: '#000' },
}

/** Inter's letters are about so wide: a label that could run over its bar is cut before it does. */
const perLetter = (size: number): number => size * 0.56
export const cut = (text: string, width: number, size: number): string => {
  const most = Math.floor(width / perLetter(size))
  return text.length <= most ? text : most < 2 ? '' : `${text.slice(0, most - 1).trimEnd()}…`
}
export const widthOf = (text: string, size: number): number => text.length * perLetter(size)

/** Lines at 45 degrees inside a rectangle. */
export function hatch(x: number, y: number, width: number, height: number, step: number, colour: string): string {
  let path = ''
  for (let at = step - height; at < width; at += step) {
    const from = Math.max(0, at)
    const to = Math.min(width, at + height)
    path += `M${(x + from).toFixed(2)} ${(y + height - (from - at)).toFixed(2)}L${(x + to).toFixed(2)} ${(y + height - (to - at)).toFixed(2)}`
  }
  return path === '' ? '' : element('path', { d: path, stroke: colour, 'stroke-width': 0.4, fill: 'none' })
}

export const letters = (text: string, x: number, y: number, size: number, style: Record<string, string | number> = {}): string =>
  text === '' ? '' : lettering({ x: x.toFixed(2), y: y.toFixed(2), 'font-size': size, 'font-weight': 'normal', 'text-anchor': 'start', fill: '#000', ...style }, text)

export interface DrawnBar {
  form: BarForm
  code: string | null
  label: string
  times: string
  numbers: readonly number[]
  x: number
  y: number
  width: number
  /** Free space to its right, for a label that does not fit inside. */
  room: number
}

/** Its edge and pattern, the mark of its state, the code of its department at its beginning, what and when, the numbers of its conflicts. */
export function bar({ form, code, label, times, numbers, x, y, width, room }: DrawnBar): string {
  const edge = edges[form]
  const drawn = Math.max(3, width)
  const parts = [element('rect', {
    x: x.toFixed(2), y: y.toFixed(2), width: drawn.toFixed(2), height: BAR, rx: 1.6, fill: edge.fill, stroke: edge.colour, 'stroke-width': edge.width, ...(edge.dash ? { 'stroke-dasharray': edge.dash } : {}),
  })]
  if (form === 'planned') parts.push(hatch(x, y, drawn, BAR, 4, '#BBBBBB'))
  const mark = marks[form]
  const marked = mark !== null && drawn >= BLOCK + 2
  if (marked) {
    // The confirmed one is black at its head: seen from afar, like its dark bar on the screen.
    if (form === 'confirmed') parts.push(element('rect', { x: x.toFixed(2), y: y.toFixed(2), width: BLOCK, height: BAR, fill: '#000' }))
    parts.push(element('g', { transform: `translate(${(x + 2).toFixed(2)} ${(y + 2).toFixed(2)}) scale(0.7)` }, markShapes(mark)))
  }
  const lead = marked ? BLOCK + 2 : 2.5
  const badges = numbers.length === 0 ? '' : numbers.slice(0, 3).join(',') + (numbers.length > 3 ? '…' : '')
  const badge = badges === '' ? 0 : Math.max(9, widthOf(badges, SMALLEST) + 4)
  const words = [code, label, times].filter((part) => part !== null && part !== '').join(' ')
  const inside = drawn - lead - badge - 2
  const text = cut(words, inside, SMALLEST)
  const fits = text === words || inside > 44
  const struck = form === 'canceled' ? { 'text-decoration': 'line-through' } : {}
  if (fits) parts.push(letters(text, x + lead, y + 7.8, SMALLEST, struck))
  else parts.push(letters(cut(words, room - badge - 4, SMALLEST), x + drawn + badge + 3, y + 7.8, SMALLEST, struck))
  if (badges !== '') {
    const at = fits ? x + drawn - badge - 0.8 : x + drawn + 1.5
    parts.push(element('rect', { x: at.toFixed(2), y: (y + 1).toFixed(2), width: badge.toFixed(2), height: BAR - 2, rx: 4.5, fill: '#fff', stroke: '#000', 'stroke-width': 0.8 }))
    parts.push(letters(badges, at + badge / 2, y + 7.8, SMALLEST, { 'text-anchor': 'middle', 'font-weight': 'bold' }))
  }
  return parts.join('')
}
