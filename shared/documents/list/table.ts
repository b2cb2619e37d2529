import { shortDate, typeset } from '../../domain/runsheets/formats.ts'
import { lowered, para, raised, rule, run, semi, strong } from '../pdf/nodes.ts'
import type { Inline, Margin, PdfNode, StructTag, TableLayout, Width } from '../pdf/nodes.ts'
import { GREY, LINE, SIZE, h2 } from '../run-sheet/layout.ts'
import type { Cell, ListColumn, ListGroup, ListRow, TableSection } from './content.ts'
import type { Flow, Frame, Piece, Run } from './frame.ts'
import { markDrawing } from './marks.ts'
import { amount, phoneText, timeParts } from './values.ts'

/** Space left and right of the text of a cell, and above and below it. */
const LEAD = 4
const GAP = 6
/** ` UTC+2` beside a time. */
const OFFSET = 27
const ROW_SPACE = 2.2
const TALL_SPACE = 8.4

/** A table as what goes on pages: title, head of columns, groups with their rows. */
export function tableFlow(frame: Frame, section: TableSection, first: boolean): Flow {
  const shape = shapeOf(frame, section)
  const groups = section.groups.filter((group) => group.rows.length > 0)
  const title: Piece[] = section.title === null ? [] : [{ make: () => titleNode(frame, section, first) }]
  if (groups.length === 0) return { lead: [...title, { make: () => para(section.empty, { fontSize: frame.size, margin: [LEAD, 8, 0, 8] }) }], head: null, runs: [], whole: false, fresh: section.fresh === true && !first }
  return {
    lead: title.length > 0 || first ? title : [{ make: () => ({ text: ' ', fontSize: 7, artifact: true }) }],
    head: { make: () => headNode(shape) },
    runs: groups.map((group): Run => ({
      group: group.title === '' ? null : { make: () => groupNode(shape, group, null) },
      again: group.title === '' ? null : { make: () => groupNode(shape, group, frame.words.continued) },
      rows: group.rows.map((row) => rowPiece(shape, row)),
    })),
    whole: section.keep_groups === true,
    fresh: section.fresh === true && !first,
  }
}

interface Shape {
  frame: Frame
  section: TableSection
  columns: readonly ListColumn[]
  widths: number[]
  table: StructTag
  heads: StructTag[]
}

function shapeOf(frame: Frame, section: TableSection): Shape {
  const table: StructTag = { type: 'Table', parent: null }
  const headRow: StructTag = { type: 'TR', parent: table }
  return {
    frame, section, columns: section.columns, widths: widthsOf(section.columns, frame), table,
    heads: section.columns.map((): StructTag => ({ type: 'TH', parent: headRow, repeats: true })),
  }
}

/** Widths of the cells' text; what is left goes to the columns that grow, what is missing is taken from all. */
export function widthsOf(columns: readonly ListColumn[], frame: Pick<Frame, 'width' | 'size' | 'clocks'>): number[] {
  const scale = frame.size / 8.6
  const boxes = columns.reduce((count, column, index) => count + (column.kind === 'box' || columns[index - 1]?.kind === 'box' ? 1 : 0), columns.at(-1)?.kind === 'box' ? 1 : 0)
  const room = frame.width - LEAD - columns.reduce((sum, column, index) => sum + gapAfter(column, index === columns.length - 1), 0) - boxes * LINE.thin
  const offsets = (column: ListColumn): number => (frame.clocks.mixed && (column.kind === 'call' || column.kind === 'clock' || column.kind === 'moment') ? OFFSET : 0)
  const least = columns.map((column) => (column.width + offsets(column)) * scale)
  const total = least.reduce((sum, width) => sum + width, 0)
  if (total >= room) {
    // Columns of words give way first, to half of what they asked: dates and times stay on their line.
    const elastic = least.reduce((sum, width, index) => sum + ((columns[index]?.grow ?? 0) > 0 ? width : 0), 0)
    const given = Math.min(total - room, elastic / 2)
    const eased = least.map((width, index) => ((columns[index]?.grow ?? 0) > 0 ? width * (1 - given / elastic) : width))
    const left = total - given
    return left <= room ? eased : eased.map((width) => (width * room) / left)
  }
  const grows = columns.reduce((sum, column) => sum + column.grow, 0)
  return least.map((width, index) => width + ((room - total) * (grows > 0 ? (columns[index]?.grow ?? 0) / grows : width / total)))
}

/** Figures stand at the right of their column: what follows keeps its distance. */
const gapAfter = (column: ListColumn | undefined, last: boolean): number => (column !== undefined && rightward(column) && !last ? GAP * 2.2 : GAP)
const rightward = (column: ListColumn): boolean => column.kind === 'count' || column.kind === 'money'

function lines(shape: Shape, top: number, bottom: number, space: number, options: { boxes?: boolean; fill?: string; colour?: string } = {}): TableLayout {
  const { columns } = shape
  const box = (line: number): boolean => options.boxes === true && (columns[line]?.kind === 'box' || columns[line - 1]?.kind === 'box')
  return {
    hLineWidth: (line) => (line === 0 ? top : bottom),
    hLineColor: () => options.colour ?? '#000',
    vLineWidth: (line) => (box(line) ? LINE.thin : 0),
    vLineColor: () => LINE.column,
    paddingLeft: (column) => (column === 0 ? LEAD : 0),
    paddingRight: (index) => gapAfter(columns[index], index === columns.length - 1),
    paddingTop: () => space,
    paddingBottom: () => space,
    ...(options.fill === undefined ? {} : { fillColor: () => options.fill ?? '' }),
  }
}

const titleNode = (frame: Frame, section: TableSection, first: boolean): PdfNode => ({
  stack: [
    ...(first ? [] : [rule(frame.width, LINE.head, '#000', [0, 0, 0, 3.6])]),
    h2(section.title ?? '', section.note === null ? [] : [run(`   ${typeset(section.note, frame.language)}`, { fontSize: 7.4, bold: false })], { margin: [0, 0, 0, 2] }),
  ],
  margin: [0, first ? 2 : 12, 0, 0],
})

const headNode = (shape: Shape): PdfNode => ({
  table: {
    widths: shape.widths,
    body: [shape.columns.map((column, index) =>
      para([{ text: column.label, font: 'InterSemi', fontSize: Math.max(SIZE.code, shape.frame.size * 0.87) }], {
        tag: shape.heads[index] ?? { type: 'TH', parent: shape.table }, verticalAlignment: 'bottom', ...(rightward(column) ? { alignment: 'right' } : {}),
      }))],
  },
  layout: lines(shape, 0, LINE.strong, 2.2),
})

/** `LUM  Lumière (suite)  4` on grey. */
function groupNode(shape: Shape, group: ListGroup, continued: string | null): PdfNode {
  const { frame } = shape
  const size = frame.size
  const artifact = continued === null ? {} : { artifact: true }
  const tag: StructTag = { type: 'TD', parent: { type: 'TR', parent: shape.table } }
  const name: Inline[] = [strong(typeset(group.title, frame.language)), ...(continued === null ? [] : [run(` ${continued}`)])]
  const cell = (content: Inline[], style: Omit<PdfNode, 'text'> = {}): PdfNode => para(content, { fontSize: size, ...(continued === null ? { tag } : {}), ...artifact, ...style })
  const code = group.code === null ? [] : [cell([strong(group.code, { fontSize: size - 1.1 })], { margin: [0, 0.9, 0, 0] })]
  const count = group.count ?? ''
  const side = count.length > 6 ? 150 : 40
  const widths: Width[] = [...(code.length === 0 ? [] : [24]), frame.width - LEAD - GAP * (code.length + 2) - side - (code.length === 0 ? 0 : 24), side]
  return {
    table: { widths, body: [[...code, cell(name), cell(count === '' ? [run(' ')] : [semi(count, { fontSize: size - 0.6 })], { alignment: 'right' })]] },
    layout: { ...lines({ ...shape, columns: [] }, LINE.head, 0, 2.4), fillColor: () => GREY },
  }
}

function rowPiece(shape: Shape, row: ListRow): Piece {
  const { frame, section, columns } = shape
  const tr: StructTag = { type: 'TR', parent: shape.table }
  const tags = columns.map((): StructTag => ({ type: 'TD', parent: tr }))
  const space = section.tall ? TALL_SPACE : ROW_SPACE
  const grey = row.form === 'banner' || row.form === 'strong'
  if (row.form === 'banner') {
    const texts = columns.flatMap((column) => (row.cells[column.key] == null ? [] : inlines(frame, column, row.cells[column.key] ?? null, true)))
    return {
      make: () => ({
        table: { widths: [frame.width - LEAD - GAP], body: [[para(join(texts), { fontSize: frame.size, tag: tags[0] ?? tr })]] },
        layout: { ...lines({ ...shape, columns: [] }, 0, LINE.thin, space, { colour: LINE.colour }), fillColor: () => GREY },
      }),
    }
  }
  return {
    make: () => ({
      table: { widths: shape.widths, body: [columns.map((column, index) => cellNode(frame, column, row.cells[column.key] ?? null, tags[index] ?? tr, row.form === 'strong'))] },
      layout: { ...lines(shape, 0, LINE.thin, space, { boxes: true, colour: LINE.colour }), ...(grey ? { fillColor: () => GREY } : {}) },
    }),
  }
}
const join = (parts: Inline[]): Inline[] => parts.flatMap((part, index) => (index === 0 ? [part] : [run('  '), part]))

/** Larger times stand on the line of the text beside them. */
const lifted = (size: number): Margin => [0, -0.97 * size, 0, 0]

function cellNode(frame: Frame, column: ListColumn, cell: Cell, tag: StructTag, heavy: boolean): PdfNode {
  const style: Omit<PdfNode, 'text'> = { fontSize: frame.size, tag, ...(rightward(column) ? { alignment: 'right' } : {}) }
  if (column.kind === 'box') return para(' ', { fontSize: frame.size, artifact: true })
  if (typeof cell === 'object' && cell !== null && 'state' in cell) {
    const size = frame.size * 0.88
    return {
      columns: [{ width: size, svg: markDrawing(cell.mark, size), margin: [0, 1.6, 0, 0] }, para([run(typeset(cell.state, frame.language))], { ...style, width: '*' })],
      columnGap: 3.4,
    }
  }
  if (column.kind === 'call') return para(inlines(frame, column, cell, heavy), { ...style, margin: lifted(0.8) })
  return para(inlines(frame, column, cell, heavy), style)
}

/** The cell's text in the manner of its column; nothing prints as a dash, except where people write. */
function inlines(frame: Frame, column: ListColumn, cell: Cell, heavy: boolean): Inline[] {
  const { language, size, clocks } = frame
  const plain = (text: string): Inline => (heavy || column.kind === 'strong' || column.kind === 'call' ? strong(text) : run(text))
  if (cell === null || cell === '') return [column.kind === 'text' || column.kind === 'quiet' ? run(' ') : run(column.key === 'notes' ? ' ' : '—')]
  if (typeof cell === 'number') return [plain(new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB').format(cell))]
  if (typeof cell === 'string') return [column.kind === 'code' ? semi(cell, { fontSize: Math.max(7.5, size - 0.9) }) : plain(column.kind === 'phone' ? phoneText(cell) : typeset(cell, language))]
  if ('state' in cell) return [plain(cell.state)]
  if ('date' in cell) return [plain(shortDate(cell.date, language))]
  if ('minor' in cell) return [plain(amount(cell.minor, cell.currency, language))]
  const parts = timeParts(cell, column.kind, language, clocks.mixed)
  const time = column.kind === 'call' ? strong(parts.text, { fontSize: size + 0.8, noWrap: true }) : heavy ? strong(parts.text, { noWrap: true }) : run(parts.text, { noWrap: true })
  return [time, ...(parts.day === '' ? [] : [raised(parts.day)]), ...(parts.offset === '' ? [] : [lowered(` ${parts.offset}`, 6.8)])]
}
