import { MM, para, rule, sizeOf } from '../pdf/nodes.ts'
import type { Inline, Margin, PdfNode, StructTag, TableLayout } from '../pdf/nodes.ts'

/** The sheet's measures (ui 5.1): A4 portrait, margins 9 / 12 / 15 / 13 mm, body 8.8 pt, crew grid 8.6, nothing under 6.6. */
export const MARGIN = { left: 13 * MM, top: 9 * MM, right: 12 * MM, bottom: 15 * MM }
export const PAGE_WIDTH = 595.28 - MARGIN.left - MARGIN.right
export const RIGHT_WIDTH = 65 * MM
export const GUTTER = 5 * MM
export const LEFT_WIDTH = PAGE_WIDTH - RIGHT_WIDTH - GUTTER
/** Where the text of page 2 and following starts, under their one-line header. */
export const RUNNING_TOP = MARGIN.top + 25

export const SIZE = { title: 22, date: 10.2, body: 8.8, heading: 9.4, small: 7.6, footer: 6.9, grid: 8.6, code: 7.5, call: 9.4 }
/** At most 7 % grey, never needed for meaning. */
export const GREY = '#EDEDED'
export const LINE = { thin: 0.35, head: 0.7, strong: 1, title: 1.6, colour: '#B5B5B5', column: '#999999' }
/** Width of the black rule at the left edge of a changed row. */
export const MARK = 2.6

export const h2 = (text: string, extra: Inline[] = [], style: Omit<PdfNode, 'text'> = {}): PdfNode =>
  para([{ text, bold: true, fontSize: SIZE.heading }, ...extra], { tag: { type: 'H2', parent: null }, margin: [0, 0, 0, 2.6], ...style })

/** A titled part between two rules: rule, heading, content. */
export function section(width: number, title: string, content: PdfNode[], space = 10, extra: Inline[] = []): PdfNode {
  const first = content[0]
  const total = content.reduce((sum, node) => sum + sizeOf(node), 0)
  // A short part moves to the next page whole; a long one may break, but its title never stands alone at the foot of a page. What is
  // longer than a page must stay breakable, or it would run off the paper.
  if (content.length <= 6 && total <= 900)
    return {
      stack: [rule(width, LINE.head, '#000', [0, 0, 0, 3.6]), h2(title, extra), ...content],
      unbreakable: true,
      margin: [0, space, 0, 0],
    }
  return {
    stack: [
      {
        stack: [rule(width, LINE.head, '#000', [0, 0, 0, 3.6]), h2(title, extra), ...(first ? [first] : [])],
        unbreakable: first === undefined || sizeOf(first) <= 900,
      },
      ...content.slice(1),
    ],
    margin: [0, space, 0, 0],
  }
}

/** Bulleted lines, changed ones with the black rule. */
export function bullets(items: { runs: Inline[]; changed: boolean }[], width: number): PdfNode[] {
  const list: StructTag = { type: 'L', parent: null }
  return items.map(({ runs, changed }) => {
    const tag: StructTag = { type: 'LI', parent: list }
    return {
      table: {
        widths: [MARK, 5, width - MARK - 5 - 6.8],
        dontBreakRows: runs.reduce((sum, item) => sum + item.text.length, 0) <= 900,
        body: [[markCell(changed), para('•', { tag, alignment: 'center' }), para(runs, { tag })]],
      },
      layout: plainLayout([0, 3.4, 3.4], 0.3),
    }
  })
}

/** Rows stay whole unless a cell is longer than a page could show: then they must break, or text would be lost. */
export const keepRows = (body: readonly PdfNode[][]): boolean => body.every((row) => row.every((cell) => sizeOf(cell) <= 500))

/** Width left for the one column that takes what the others leave. */
export const rest = (total: number, others: readonly number[], gaps: number): number =>
  total - others.reduce((sum, width) => sum + width, 0) - gaps

/** First cell of a row: black over the row's height when the row changed. */
export const markCell = (changed: boolean): PdfNode => ({
  text: '',
  fontSize: 1,
  artifact: true,
  ...(changed ? { fillColor: '#000' } : {}),
})

/** No lines; padding to the left of each column. */
export const plainLayout = (left: readonly number[], vertical: number): TableLayout => ({
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: (column) => left[column] ?? left.at(-1) ?? 0,
  paddingRight: () => 0,
  paddingTop: () => vertical,
  paddingBottom: () => vertical,
})

/** A grid whose first column is the change mark: a strong line under the head, thin lines between rows. */
export const gridLayout = (options: {
  columns: number
  vertical: number
  gap: number
  lead: number
  headLine?: number
  lastLine?: boolean
}): TableLayout => ({
  hLineWidth: (line, node) => {
    if (line === 0) return 0
    if (line === (node.table?.headerRows ?? 0)) return options.headLine ?? LINE.head
    return line === node.table?.body.length && options.lastLine === false ? 0 : LINE.thin
  },
  hLineColor: (line) => (line <= 1 ? '#000' : LINE.colour),
  vLineWidth: () => 0,
  paddingLeft: (column) => (column === 0 ? 0 : column === 1 ? options.lead : 0),
  paddingRight: (column) => (column === 0 || column === options.columns - 1 ? 0 : options.gap),
  paddingTop: () => options.vertical,
  paddingBottom: () => options.vertical,
})

export interface GridTags {
  head: (text: string, style?: Omit<PdfNode, 'text'>) => PdfNode
  row: () => (content: Inline[] | string, style?: Omit<PdfNode, 'text'>) => PdfNode
}
/** Cells that know their place in the structure tree: table, row, cell. */
export function gridTags(parent: StructTag | null = null): GridTags {
  const table: StructTag = { type: 'Table', parent }
  const headRow: StructTag = { type: 'TR', parent: table }
  return {
    head: (text, style = {}) =>
      para([{ text, font: 'InterSemi', fontSize: SIZE.code }], { tag: { type: 'TH', parent: headRow, repeats: true }, ...style }),
    row: () => {
      const tr: StructTag = { type: 'TR', parent: table }
      return (content, style = {}) => para(content, { tag: { type: 'TD', parent: tr }, ...style })
    },
  }
}
/** Lifts a larger time so that it stands on the line of the smaller text beside it. */
export const onLine = (size: number, beside: number): Margin => [0, -0.97 * (size - beside), 0, 0]

/** Sections in the order that the organization set, else as listed. */
export const inOrder = (sheet: { section_order?: string[] | undefined }, names: readonly string[]): string[] => {
  const rank = (name: string): number => (sheet.section_order?.includes(name) ? sheet.section_order.indexOf(name) : names.length + names.indexOf(name))
  return sheet.section_order === undefined ? [...names] : [...names].sort((a, b) => rank(a) - rank(b))
}
