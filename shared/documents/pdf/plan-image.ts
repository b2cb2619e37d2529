import type { ImageHead } from '../../kernel/images.ts'
import { MM, box, para } from './nodes.ts'
import type { Margin, PdfNode } from './nodes.ts'
import { drawablePicture } from './picture.ts'
import { element, lettering, svg } from './svg.ts'

/** A point of a place (ui 5.1: E crew, B dock, P parking, + defibrillator, R assembly). `x` and `y` are parts of the plan's width and height. */
export interface PlanPin {
  letter: string
  label: string
  x?: number
  y?: number
  /** Printed with the black rule of a changed row. */
  changed?: boolean
}

export interface PlanWords {
  /** What the drawing is, for a screen reader: its points follow. */
  alt: string
  /** Said when the file is not on this computer. */
  missing: string
  /** Said when the file is neither PNG nor JPEG, or is damaged. */
  unreadable: string
}

export interface PlanRoom {
  /** Points. */
  width: number
  height: number
}

/** From this width on the list stands beside the drawing, else under it. */
const BESIDE = 330
const LIST_WIDTH = 130
const GAP = 10

/** Disc and letter of a pin in a square of 12: black for ways in, outlined for rescue (defibrillator, assembly point). */
function pinDisc(letter: string): string {
  const outlined = letter === '+' || letter === 'R'
  const disc = element('circle', { cx: 6, cy: 6, r: 5.3, fill: outlined ? '#fff' : '#000', stroke: '#000', 'stroke-width': 1 })
  return disc + lettering({ x: 6, y: 8.55, 'font-size': letter.length > 1 ? 6.6 : 7.2, fill: outlined ? '#000' : '#fff' }, letter)
}

/** A lettered pin of 12 pt. */
export const pinBadge = (letter: string): string => svg(12, 12, '0 0 12 12', pinDisc(letter))

/** The picture, `width` by `height` points, with the pins that stand on it; a white ring keeps a letter readable on any drawing. */
export function pinnedPicture(
  image: { bytes: Uint8Array; type: ImageHead['type'] },
  { width, height }: PlanRoom,
  pins: readonly Pick<PlanPin, 'letter' | 'x' | 'y'>[],
): string {
  const picture = element('image', { x: 0, y: 0, width, height, href: `data:image/${image.type};base64,${Buffer.from(image.bytes).toString('base64')}` })
  const placed = pins.flatMap(({ letter, x, y }) => {
    if (x === undefined || y === undefined) return []
    // Whole on the image, also at its very edge.
    const left = Math.min(Math.max(x * width - 6, 1), width - 13)
    const top = Math.min(Math.max(y * height - 6, 1), height - 13)
    return [element('g', { transform: `translate(${left} ${top})` }, element('circle', { cx: 6, cy: 6, r: 6.6, fill: '#fff' }) + pinDisc(letter))]
  })
  return svg(width, height, `0 0 ${width} ${height}`, picture + placed.join(''))
}

/** The size at which a picture fills the room without leaving it, its proportions kept. */
export function fitted(head: ImageHead, room: PlanRoom): PlanRoom {
  const scale = Math.min(room.width / head.width, room.height / head.height)
  return { width: head.width * scale, height: head.height * scale }
}

/** The lettered points of a place in a box: black for the ways in, outlined for rescue. Two columns when there are many and room for it. */
export function pinList(pins: readonly PlanPin[], width: number, margin: Margin = [0, 4, 0, 0]): PdfNode {
  const many = pins.length > 3 && width >= 170
  const column = many ? (width - 16) / 2 : width - 10
  const cells = pins.map(({ letter, label, changed }): PdfNode => {
    const line: PdfNode = {
      columns: [
        { svg: pinBadge(letter), width: 12, font: 'Inter', tag: { type: 'P', parent: null } },
        para(label, { width: column - 16 - (changed === true ? 6 : 0), fontSize: 8.4, margin: [0, 0.6, 0, 0] }),
      ],
      columnGap: 4,
      margin: [0, 0, 0, 2],
    }
    if (changed !== true) return line
    return {
      table: { widths: [2.6, column - 6], body: [[{ text: '', fontSize: 1, artifact: true, fillColor: '#000' }, line]] },
      layout: { hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: (at) => (at === 0 ? 0 : 3.4), paddingRight: () => 0, paddingTop: () => 0, paddingBottom: () => 0 },
    }
  })
  const half = many ? Math.ceil(cells.length / 2) : cells.length
  const columns = [cells.slice(0, half), cells.slice(half)].filter((stack) => stack.length > 0).map((stack): PdfNode => ({ width: column, stack }))
  return box({ columns, columnGap: 6 }, { stroke: 0.6, fill: null, radius: 3, padding: [5, 4.4, 5, 2.4] }, width, { margin })
}

/**
 * The plan of a place: its image with the lettered pins standing on it and their list beside it (under it where there is little room).
 * `bytes` are a PNG or a JPEG, told by their own first bytes; null when the file is not here. Without an image that can be drawn the
 * list stays, and one line says why. `width` in points; the drawing is never higher than `height`.
 */
export function planImage(bytes: Uint8Array | null, pins: readonly PlanPin[], width: number, words: PlanWords, height = 52 * MM): PdfNode {
  const head = bytes === null ? null : drawablePicture(bytes)
  const listed = pins.length > 0
  if (bytes === null || head === null) {
    const why = para(bytes === null ? words.missing : words.unreadable, { fontSize: 8.4, margin: [0, 3, 0, 0] })
    return { stack: [why, ...(listed ? [pinList(pins, width)] : [])] }
  }
  const beside = listed && width >= BESIDE
  const size = fitted(head, { width: beside ? width - LIST_WIDTH - GAP : width, height })
  const drawing: PdfNode = {
    svg: pinnedPicture({ bytes, type: head.type }, size, pins),
    font: 'Inter',
    margin: [0, 4, 0, 0],
    tag: { type: 'Figure', parent: null, alt: [words.alt, ...pins.map((pin) => `${pin.letter} ${pin.label}`)].join(', ') },
  }
  if (!listed) return drawing
  if (!beside) return { stack: [drawing, pinList(pins, width)] }
  return { columns: [{ width: size.width, stack: [drawing] }, { width: LIST_WIDTH, stack: [pinList(pins, LIST_WIDTH)] }], columnGap: GAP, unbreakable: true }
}
