import { typeset } from '../../domain/runsheets/formats.ts'
import { MM, box, para, rule, run, semi, strong } from '../pdf/nodes.ts'
import type { PdfNode, StructTag } from '../pdf/nodes.ts'
import { pinBadge, planImage } from '../pdf/plan-image.ts'
import { qrCode } from '../run-sheet/drawings.ts'
import { LINE, SIZE, h2, plainLayout } from '../run-sheet/layout.ts'
import type { FactsSection, FiguresSection, PairSection, PlanSection } from './content.ts'
import type { Flow, Frame, Piece } from './frame.ts'
import { planDrawing } from './plan.ts'

const QR = 20 * MM
const LABEL = 92

const alone = (piece: Piece, fresh = false): Flow => ({ lead: [piece], head: null, runs: [], whole: true, fresh })

/** Labels and what is said of them. */
export const factsFlow = (frame: Frame, section: FactsSection): Flow => alone({ make: () => facts(frame, section, frame.width, 8) })

function facts(frame: Frame, section: FactsSection, width: number, space: number): PdfNode {
  const inner = section.boxed ? width - 14 : width
  const room = section.geo === null ? inner : inner - QR - 10
  const narrow = room < 220
  const title = section.title === null ? [] : [h2(section.title, [], { margin: [0, 0, 0, 2.2] })]
  const list: PdfNode[] = section.facts.map((fact) => factNode(frame, fact, room, narrow))
  const body: PdfNode = section.geo === null ? { stack: list } : { columns: [{ width: room, stack: list }, qr(frame, section.geo)], columnGap: 10 }
  if (section.boxed) return box({ stack: [...title, body] }, { stroke: 1.2, fill: null, radius: 3, padding: [7, 5, 7, 5] }, width, { margin: [0, space, 0, 0] })
  return { stack: [rule(width, LINE.head, '#000', [0, 0, 0, 3.6]), ...title, body], margin: [0, space, 0, 0] }
}

function factNode(frame: Frame, fact: FactsSection['facts'][number], width: number, narrow: boolean): PdfNode {
  const lines = fact.lines.map((line) => para([fact.strong ? strong(typeset(line, frame.language)) : run(typeset(line, frame.language))], { fontSize: fact.strong ? 10.4 : SIZE.body }))
  if (fact.label === '') return { stack: lines, margin: [0, 0.8, 0, 0.8] }
  const label = para([semi(fact.label)], { fontSize: SIZE.body - 0.6 })
  if (narrow) return { stack: [label, ...lines], margin: [0, 1, 0, 2] }
  return { table: { widths: [LABEL, width - LABEL - 6], body: [[{ ...label, margin: [0, 0.4, 0, 0] }, { stack: lines }]] }, layout: plainLayout([0, 6], 1.1) }
}

const qr = (frame: Frame, geo: { latitude: number; longitude: number }): PdfNode => ({
  width: QR,
  stack: [
    { svg: qrCode(`geo:${geo.latitude},${geo.longitude}`, QR), tag: { type: 'Figure', parent: null, alt: `${frame.words.qrAlt} ${geo.latitude}, ${geo.longitude}` } },
    para(frame.words.route, { fontSize: 6.8, alignment: 'center', margin: [0, 1, 0, 0] }),
  ],
})

/** A row of figures, the first the largest: the key block of the sheet. */
export function figuresFlow(frame: Frame, section: FiguresSection): Flow {
  const { figures } = section
  return alone({
    make: () => ({
      table: {
        widths: figures.map((_, index) => frame.width / figures.length - (index === 0 ? 5.7 : 14.2)),
        body: [figures.map((figure): PdfNode => ({
          stack: [
            para([semi(figure.label, { fontSize: 7.4 })]),
            para([strong(figure.value, { characterSpacing: -0.4 })], { fontSize: figure.value.length > 10 ? 12 : 19, lineHeight: 0.98 }),
            para(figure.note === '' ? ' ' : typeset(figure.note, frame.language), { fontSize: 7.8 }),
          ],
        }))],
      },
      layout: {
        hLineWidth: (line) => (line === 1 ? LINE.strong : 0),
        vLineWidth: (line) => (line === 0 || line === figures.length ? 0 : 0.5),
        vLineColor: () => LINE.column,
        paddingLeft: (column) => (column === 0 ? 0 : 8.5),
        paddingRight: () => 5.7,
        paddingTop: () => 3,
        paddingBottom: () => 6,
      },
    }),
  })
}

/** Left 115 mm and right 65 mm, as on the sheet. */
export function pairFlow(frame: Frame, section: PairSection, first: boolean): Flow {
  const right = 65 * MM
  const left = frame.width - right - 5 * MM
  const side = (parts: PairSection['left'], width: number): PdfNode => ({
    width,
    stack: parts.map((part, index) => (part.kind === 'facts' ? facts(frame, part, width, index === 0 ? 0 : 9) : planNode(frame, part, width, index === 0 ? 0 : 9))),
  })
  return alone({ make: () => ({ columns: [side(section.left, left), side(section.right, right)], columnGap: 5 * MM, margin: [0, 8, 0, 0] }) }, section.fresh === true && !first)
}

export const planFlow = (frame: Frame, section: PlanSection): Flow => alone({ make: () => planNode(frame, section, frame.width, 9) })

/** The place's own plan with its pins standing on it, or why it is not there, then what the letters stand for. */
function imageNode(frame: Frame, section: PlanSection, sha256: string, width: number, space: number): PdfNode {
  const { words, images } = frame
  const pins = section.pins.map(({ letter, label, x, y }) => ({ letter, label: typeset(label, frame.language), ...(x === null || y === null ? {} : { x, y }) }))
  return {
    margin: [0, space, 0, 0],
    stack: [
      rule(width, LINE.head, '#000', [0, 0, 0, 3.6]), h2(section.title),
      planImage(images[sha256] ?? null, pins, width, { alt: words.planAlt, missing: words.planMissing, unreadable: words.planUnreadable }, Math.min(frame.height * 0.5, width * 0.9)),
    ],
  }
}

/** Lettered pins where they are, north up, and what the letters stand for. */
function planNode(frame: Frame, section: PlanSection, width: number, space: number): PdfNode {
  if (section.plan_sha256 !== null) return imageNode(frame, section, section.plan_sha256, width, space)
  const drawn = planDrawing(section, width, Math.min(width * 0.72, 260), frame.words.north)
  const list: StructTag = { type: 'L', parent: null }
  return {
    margin: [0, space, 0, 0],
    stack: [
      rule(width, LINE.head, '#000', [0, 0, 0, 3.6]),
      h2(section.title),
      ...(drawn === null ? [] : [
        { svg: drawn.svg, font: 'Inter', tag: { type: 'Figure' as const, parent: null, alt: `${frame.words.planAlt} ${section.pins.map((pin) => `${pin.letter} ${pin.label}`).join(', ')}` } },
        para(frame.words.planNote(drawn.metres), { fontSize: 6.8, margin: [0, 1.5, 0, 3] }),
      ]),
      ...section.pins.map((pin): PdfNode => {
        const tag: StructTag = { type: 'LI', parent: list }
        return { columns: [{ width: 12, svg: pinBadge(pin.letter), font: 'Inter', tag: { type: 'Figure', parent: tag, alt: pin.letter } }, para(typeset(pin.label, frame.language), { width: '*', tag, margin: [0, 0.6, 0, 0] })], columnGap: 5, margin: [0, 1, 0, 1] }
      }),
    ],
  }
}
