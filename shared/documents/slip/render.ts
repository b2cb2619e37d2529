/**
 * Slips to answer on: one on an A5 page that lies, or two on an A4 page with a line to cut along. Tagged, Inter embedded. Pure: the same
 * arguments give the same bytes.
 */
import { sayMoney } from '../../domain/contracts/said.ts'
import { slipText } from '../../domain/engagement/slip-code.ts'
import type { slipPapers } from '../../domain/engagement/slip-operations.ts'
import { typeset } from '../../domain/runsheets/formats.ts'
import { toMs, type Instant } from '../../kernel/instants.ts'
import { instantWords, offerLines, type Language, type Offer } from '../offer/offer.ts'
import { box, MM, para, rule, run, semi, strong, type PdfNode, type StructTag } from '../pdf/nodes.ts'
import { A4, measure, openPrint, type Pages } from '../pdf/printer.ts'
import { qrCode } from '../run-sheet/drawings.ts'
import { valueWords } from '../words/values.ts'
import { slipWords } from './words.ts'

/** One slip: whom it asks, on which terms, by which code the answer is found again. */
export interface Slip {
  person: string
  language: Language
  offer: Offer
  deadline_at: Instant
  /** Printed only when it was asked for. */
  rate: { basis: string; minor: number; currency: string } | null
  code: string
}
export interface SlipPrint {
  organization: string
  paper: (typeof slipPapers)[number]
  slips: readonly Slip[]
  /** The only instant in the file. */
  made_at: Instant
  /** Of who prints: the name of the file and of the document. */
  language: Language
  demo: boolean
}

const A5_LYING = { width: A4.width, height: A4.height / 2 }
const SIDE = 13 * MM
const TOP = 9 * MM
const WIDTH = A4.width - 2 * SIDE
const CODE = 24 * MM
const BESIDE = 16
const STYLE = { font: 'Inter', fontSize: 8.8, lineHeight: 1.12 }

const tick = (text: string): PdfNode => ({
  columns: [{ width: 13, stack: [box(para(' ', { fontSize: 6, artifact: true, lineHeight: 1 }), { stroke: 0.9, fill: null, radius: 1.5, padding: [3, 1.2, 3, 1.2] }, 11)] }, para([semi(text)], { width: '*', margin: [0, 0.6, 0, 0] })],
  columnGap: 4, margin: [0, 0, 0, 3.4],
})
const toWrite = (label: string, width: number): PdfNode => ({ stack: [para([run(label, { color: '#444444' })], { fontSize: 7.4 }), { ...rule(width, 0.6, '#000', [0, 18, 0, 0]) }], width })

function termsTable({ offer, language, rate }: Slip, width: number): PdfNode {
  const words = slipWords[language]
  const basis = rate && valueWords[`settings.basis.${rate.basis}`]?.[language === 'fr' ? 0 : 1]
  const rows = [
    ...offerLines(offer, language).map(({ label, value }) => [label, value]),
    ...(rate ? [[words.rate, `${sayMoney(rate.minor, rate.currency, language)}${basis ? ` · ${basis}` : ''}`]] : []),
  ]
  const table: StructTag = { type: 'Table', parent: null }
  return {
    table: {
      widths: [26 * MM, width - 26 * MM],
      body: rows.map(([label = '', value = '']) => {
        const row: StructTag = { type: 'TR', parent: table }
        return [para([run(typeset(label, language), { color: '#444444' })], { tag: { type: 'TH', parent: row } }), para([strong(typeset(value, language))], { tag: { type: 'TD', parent: row } })]
      }),
    },
    layout: { hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 0, paddingRight: () => 6, paddingTop: () => 0.7, paddingBottom: () => 0.7 },
  }
}

function codeBlock({ code, language }: Slip): PdfNode {
  const words = slipWords[language]
  return {
    width: CODE,
    stack: [
      { svg: qrCode(slipText(code), CODE), tag: { type: 'Figure', parent: null, alt: words.codeAlt(code) } },
      para([run(words.code, { color: '#444444' })], { fontSize: 6.8, alignment: 'center', margin: [0, 6, 0, 0] }),
      para([strong(code.replaceAll('-', '\u2011'))], { fontSize: 8.4, alignment: 'center', noWrap: true, margin: [-14, 1, -14, 0] }),
    ],
  }
}

function slipNode(slip: Slip, organization: string, demo: boolean): PdfNode {
  const { language, offer, person } = slip
  const words = slipWords[language]
  const beside = WIDTH - CODE - BESIDE
  const half = (WIDTH - 18) / 2
  return {
    stack: [
      {
        columns: [
          {
            width: beside,
            stack: [
              para([strong(typeset(words.title, language)), run(demo ? `   ${words.demo}` : '')], { fontSize: 14, tag: { type: 'H1', parent: null }, margin: [0, 0, 0, 1.4] }),
              para([semi(typeset(offer.project, language))], { margin: [0, 0, 0, 3] }),
              para(typeset(words.asks(organization, person), language), { margin: [0, 0, 0, 3.4] }),
              termsTable(slip, beside),
              para([strong(typeset(words.deadline(instantWords(slip.deadline_at, offer.zone, language)), language))], { margin: [0, 3.4, 0, 0] }),
              ...(slip.rate ? [] : [para(typeset(words.noRate, language), { fontSize: 7.6, margin: [0, 1, 0, 0] })]),
            ],
          },
          codeBlock(slip),
        ],
        columnGap: BESIDE,
      },
      rule(WIDTH, 0.7, '#000', [0, 5, 0, 4]),
      {
        columns: [
          {
            width: half,
            stack: [
              para([strong(words.answer)], { fontSize: 9.4, tag: { type: 'H2', parent: null }, margin: [0, 0, 0, 3.4] }),
              tick(words.yes), ...(offer.quantity > 1 ? [para(typeset(words.count(offer.quantity), language), { margin: [17, 0, 0, 3.4] })] : []),
              tick(words.conditions), rule(half - 17, 0.4, '#888888', [17, 10, 0, 0]), rule(half - 17, 0.4, '#888888', [17, 16, 0, 7]),
              tick(words.no),
            ],
          },
          {
            width: half,
            stack: [
              { ...toWrite(words.name, half), margin: [0, 0, 0, 7] }, { ...toWrite(words.date, half), margin: [0, 0, 0, 7] }, { ...toWrite(words.signature, half), margin: [0, 0, 0, 5] },
              para(typeset(words.back, language), { fontSize: 7 }),
            ],
          },
        ],
        columnGap: 18,
      },
    ],
  }
}

const cutLine: PdfNode = { canvas: Array.from({ length: 60 }, (_, at) => ({ type: 'line' as const, x1: at * 10, y1: 0, x2: at * 10 + 4, y2: 0, lineWidth: 0.4, lineColor: '#888888' })), absolutePosition: { x: 0, y: A4.height / 2 } }

interface Placed {
  slip: Slip
  /** White above it, to the upper edge of its half. */
  above: number
}
/** Slips by page: two where each takes no more than its half. */
function sharing({ paper, slips, organization, demo }: SlipPrint): Placed[][] {
  if (paper === 'a5') return slips.map((slip) => [{ slip, above: 0 }])
  const room = A4.height / 2 - 2 * TOP
  const heights = measure(slips.map((slip) => slipNode(slip, organization, demo)), WIDTH, STYLE)
  const pages: Placed[][] = []
  let above: number | null = null
  slips.forEach((slip, at) => {
    const height = heights[at] ?? 0
    const last = pages.at(-1)
    if (above !== null && height <= room && last) {
      last.push({ slip, above })
      above = null
      return
    }
    pages.push([{ slip, above: 0 }])
    above = height <= room ? A4.height / 2 - height : null
  })
  return pages
}

export async function renderSlipsPdf(print: SlipPrint): Promise<{ bytes: Uint8Array; pages: number }> {
  const { organization, paper, language, made_at, demo } = print
  const { title } = slipWords[language]
  const about = { paper: paper === 'a4' ? A4 : A5_LYING, language, title: `${title}, ${organization}`, author: organization, subject: title, createdAt: new Date(toMs(made_at)) }
  const file = openPrint(about)
  const pages: Pages = sharing(print).flatMap((placed) => file.lay({
    ...about, style: STYLE, margins: [SIDE, TOP, SIDE, TOP], header: () => null, footer: () => null,
    background: () => (placed.length > 1 ? cutLine : null),
    content: { stack: placed.map(({ slip, above }) => ({ ...slipNode(slip, organization, demo), margin: [0, above, 0, 0] })) },
  }))
  return { bytes: await file.write(pages), pages: pages.length }
}
