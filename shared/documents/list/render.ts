import { toMs } from '../../kernel/instants.ts'
import type { PdfNode } from '../pdf/nodes.ts'
import { layOut, measure } from '../pdf/printer.ts'
import { MARGIN, RUNNING_TOP, SIZE } from '../run-sheet/layout.ts'
import { factsFlow, figuresFlow, pairFlow, planFlow } from './blocks.ts'
import type { Drawing, Issue, ListContent, Section } from './content.ts'
import { frameOf } from './frame.ts'
import type { Flow, Frame, Piece } from './frame.ts'
import { footer, runningHeader, titleBlock } from './head.ts'
import { paginate } from './paginate.ts'
import { tableFlow } from './table.ts'
import { timelineFlow } from './timeline.ts'

/**
 * A listed document as PDF (ui 5): tagged, Inter embedded, black on white, heads of columns and a footer on every page. Laid out twice:
 * once to know the height of each row, once on pages. Pure: the same arguments give the same bytes.
 */
export async function renderListPdf(content: ListContent, issue: Issue, drawing: Drawing): Promise<{ bytes: Uint8Array; pages: number }> {
  const frame = frameOf(content, issue, drawing)
  const style = { font: 'Inter', fontSize: SIZE.body, lineHeight: 1.08 }
  const flows: Flow[] = [
    { lead: [{ make: () => titleBlock(frame) }], head: null, runs: [], whole: true, fresh: false },
    ...content.sections.map((section, index) => flowOf(frame, section, index === 0)),
  ]
  const pieces = piecesOf(flows)
  const heights = measure(pieces.map((piece) => piece.make()), frame.width, style)
  const known = new Map(pieces.map((piece, index) => [piece, heights[index] ?? 0]))
  const placed = paginate(flows, { heightOf: (piece) => known.get(piece) ?? 0, height: frame.height - 1 })
  const laid = layOut({
    content: { stack: placed.map(({ piece, top }): PdfNode => (top ? { stack: [piece.make()], pageBreak: 'before' } : piece.make())) },
    header: (page) => (page === 1 ? null : runningHeader(frame)),
    footer: (page, pages) => footer(frame, page, pages),
    background: () => null,
    margins: [MARGIN.left, RUNNING_TOP, MARGIN.right, MARGIN.bottom],
    paper: frame.paper,
    style,
    language: content.language,
    createdAt: new Date(toMs(issue.generated_at)),
    title: [content.title, content.badge, content.project?.name].filter((part) => part !== null && part !== undefined).join(', '),
    author: content.organization.name,
    subject: issue.content_hash,
  })
  return { bytes: await laid.write(), pages: laid.pages }
}

function flowOf(frame: Frame, section: Section, first: boolean): Flow {
  switch (section.kind) {
    case 'table':
      return tableFlow(frame, section, first)
    case 'timeline':
      return timelineFlow(frame, section, first)
    case 'facts':
      return factsFlow(frame, section)
    case 'figures':
      return figuresFlow(frame, section)
    case 'plan':
      return planFlow(frame, section)
    case 'pair':
      return pairFlow(frame, section, first)
  }
}

const piecesOf = (flows: readonly Flow[]): Piece[] => [
  ...new Set(flows.flatMap((flow) => [...flow.lead, flow.head, ...flow.runs.flatMap((run) => [run.group, run.again, ...run.rows])]).filter((piece) => piece !== null)),
]
