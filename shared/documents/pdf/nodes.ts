/** The document tree that the printer lays out: pdfmake's nodes, narrowed to what our documents use. Lengths in points. */

export const MM = 72 / 25.4

/** Place of a piece of text in the structure tree of a tagged PDF. Several nodes may share one. */
export interface StructTag {
  type: 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'L' | 'LI' | 'Sect' | 'Figure'
  parent: StructTag | null
  /** What a screen reader says of a figure. */
  alt?: string
  /** Repeated on every page (table heads): only the first is content. */
  repeats?: boolean
}

export interface TextStyle {
  font?: string
  fontSize?: number
  bold?: boolean
  lineHeight?: number
  color?: string
  alignment?: 'left' | 'right' | 'center'
  characterSpacing?: number
  noWrap?: boolean
}
export interface Inline extends TextStyle {
  text: string
  sup?: boolean
  decoration?: 'lineThrough'
  decorationThickness?: number
  fontFeatures?: string[]
}
export type Margin = [left: number, top: number, right: number, bottom: number]

export interface TableLayout {
  hLineWidth?: (line: number, node: PdfNode) => number
  vLineWidth?: (line: number, node: PdfNode) => number
  fillColor?: () => string
  hLineColor?: (line: number) => string
  vLineColor?: (line: number) => string
  paddingLeft?: (column: number) => number
  paddingRight?: (column: number) => number
  paddingTop?: (row: number) => number
  paddingBottom?: (row: number) => number
}
export type Width = number | 'auto' | '*'

export interface PdfNode extends TextStyle {
  id?: string
  text?: string | Inline[]
  stack?: PdfNode[]
  columns?: PdfNode[]
  columnGap?: number
  snakingColumns?: boolean
  table?: { body: PdfNode[][]; widths?: Width[]; headerRows?: number; keepWithHeaderRows?: number; dontBreakRows?: boolean }
  layout?: TableLayout
  canvas?: (
    | { type: 'line'; x1: number; y1: number; x2: number; y2: number; lineWidth: number; lineColor?: string }
    | { type: 'rect'; x: number; y: number; w: number; h: number; color: string }
  )[]
  svg?: string
  image?: string
  fit?: number | [number, number]
  width?: Width
  height?: number
  margin?: Margin
  fillColor?: string
  colSpan?: number
  rowSpan?: number
  border?: [boolean, boolean, boolean, boolean]
  verticalAlignment?: 'top' | 'middle' | 'bottom'
  unbreakable?: boolean
  pageBreak?: 'before' | 'after'
  relativePosition?: { x: number; y: number }
  absolutePosition?: { x: number; y: number }
  tag?: StructTag
  artifact?: boolean
}

const DIGIT = /\d/

/** A run of text; figures are tabular, so that columns of times stand. */
export const run = (text: string, style: Omit<Inline, 'text'> = {}): Inline =>
  DIGIT.test(text) ? { text, fontFeatures: ['tnum'], ...style } : { text, ...style }

/** A paragraph. */
export const para = (content: string | Inline[], style: Omit<PdfNode, 'text'> = {}): PdfNode => ({
  text: typeof content === 'string' ? [run(content)] : content,
  ...style,
})

export const semi = (text: string, style: Omit<Inline, 'text'> = {}): Inline => run(text, { font: 'InterSemi', ...style })
export const strong = (text: string, style: Omit<Inline, 'text'> = {}): Inline => run(text, { bold: true, ...style })
export const struck = (text: string, fontSize: number): Inline =>
  run(text, { bold: false, font: 'Inter', fontSize, decoration: 'lineThrough', decorationThickness: 0.6 })

/** Number of characters in a node: what decides whether it may be kept on one page. */
export function sizeOf(node: PdfNode): number {
  const own = typeof node.text === 'string' ? node.text.length : (node.text ?? []).reduce((sum, item) => sum + item.text.length, 0)
  const children = [...(node.stack ?? []), ...(node.columns ?? []), ...(node.table?.body.flat() ?? [])]
  return children.reduce((sum, child) => sum + sizeOf(child), own)
}

/** Raised figures of at least 6.6 pt: pdfmake draws `sup` at 58 % of the size it is given. */
export const raised = (text: string, size = 6.6): Inline => run(text, { sup: true, fontSize: size / 0.58, font: 'InterSemi', bold: false })
/** The same on the baseline, where lines are too close to raise anything. */
export const lowered = (text: string, size = 6.6): Inline => run(`\u200a${text}`, { fontSize: size, font: 'InterSemi', bold: false })

export const rule = (width: number, thickness: number, color = '#000', margin: Margin = [0, 0, 0, 0]): PdfNode => ({
  canvas: [{ type: 'line', x1: 0, y1: thickness / 2, x2: width, y2: thickness / 2, lineWidth: thickness, lineColor: color }],
  margin,
})

export interface BoxStyle {
  stroke: number
  fill: string | null
  radius: number
  padding: Margin
  strokeColor?: string
}

/**
 * A box with rounded corners around content of unknown height. pdfmake only fills cells with plain rectangles; the colour text
 * below is read back by the printer, which draws the rounded rectangle in its place.
 */
export function box(content: PdfNode, style: BoxStyle, width: number | 'auto', node: Omit<PdfNode, 'table' | 'layout'> = {}): PdfNode {
  return {
    // A given width, because a star column grows with its longest word.
    table: { widths: [width === 'auto' ? width : width - style.padding[0] - style.padding[2]], body: [[content]] },
    layout: {
      // As the layout's colour, not the cell's: cells hand their colour down to tables inside them.
      fillColor: () => boxColor(style),
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: () => style.padding[0],
      paddingTop: () => style.padding[1],
      paddingRight: () => style.padding[2],
      paddingBottom: () => style.padding[3],
    },
    ...node,
  }
}
const boxColor = (style: BoxStyle): string => `box ${style.stroke} ${style.radius} ${style.fill ?? 'none'} ${style.strokeColor ?? '#000'}`

export function readBoxColor(color: unknown): { stroke: number; radius: number; fill: string | null; strokeColor: string } | null {
  if (typeof color !== 'string' || !color.startsWith('box ')) return null
  const [, stroke, radius, fill, strokeColor] = color.split(' ')
  return {
    stroke: Number(stroke),
    radius: Number(radius),
    fill: fill === 'none' || fill === undefined ? null : fill,
    strokeColor: strokeColor ?? '#000',
  }
}
