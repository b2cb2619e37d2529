/**
 * A contract on A4 (ui 5.2): who, two parties, the terms, numbered articles, the annex by day, signatures with their evidence. Tagged, Inter
 * embedded. Pure: the same arguments give the same bytes.
 */
import { typeset } from '../../domain/runsheets/formats.ts'
import { localDateOf, toMs } from '../../kernel/instants.ts'
import { box, MM, para, rule, run, semi, strong, type Inline, type PdfNode, type StructTag } from '../pdf/nodes.ts'
import { layOut } from '../pdf/printer.ts'
import { element, lettering, svg } from '../pdf/svg.ts'
import { missingMark } from '../../domain/contracts/template.ts'
import { annex } from './annex.ts'
import type { ContractDrawing, ContractPaper } from './paper.ts'
import { headBlock, partyBoxes } from './parties.ts'
import { signatureBlock } from './signatures.ts'
import { termRows } from './terms.ts'
import { BODY, LEADING, linesOf, MARGIN, WIDTH, type Sheet } from './sheet.ts'
import { contractWords } from './words.ts'

const LABEL = 52 * MM

function termsTable(sheet: Sheet): PdfNode[] {
  const { facts } = sheet.paper
  const rows = termRows(facts, sheet.words.labels, sheet.words.seeAnnex)
  const table: StructTag = { type: 'Table', parent: null }
  const body = rows.map(({ label, lines }): PdfNode[] => {
    const row: StructTag = { type: 'TR', parent: table }
    const value: StructTag = { type: 'TD', parent: row }
    return [
      para([semi(typeset(label, facts.language))], { fontSize: 8.6, tag: { type: 'TH', parent: row } }),
      { stack: linesOf(sheet, lines, { fontSize: 8.8, tag: value }) },
    ]
  })
  return [{
    table: { widths: [LABEL - 6, WIDTH - LABEL - 6], body, dontBreakRows: rows.every(({ lines }) => lines.join('').length < 1200) },
    layout: { hLineWidth: () => 0.4, hLineColor: () => '#999999', vLineWidth: () => 0, paddingLeft: () => 0, paddingRight: () => 6, paddingTop: () => 2.2, paddingBottom: () => 2.2 },
    margin: [0, 8, 0, 8],
  }]
}

/** A paragraph of a clause; the mark of what is missing stands out from the words around it. */
function paragraph(text: string, language: 'fr' | 'en'): PdfNode {
  const mark = missingMark[language]
  const parts = text.split(mark).flatMap((part, index): Inline[] => [...(index === 0 ? [] : [strong(`[ ${mark} ]`)]), ...(part === '' ? [] : [run(typeset(part, language))])])
  return para(parts, { margin: [0, 0, 0, 2.4] })
}

function articles({ paper }: Sheet): { body: PdfNode[]; last: PdfNode[] } {
  const { language } = paper.facts
  const nodes = paper.written.clauses.map(({ number, title, paragraphs }): PdfNode => {
    const heading = para([strong(`${number}. ${typeset(title, language)}`)], { fontSize: 9.6, tag: { type: 'H2', parent: null }, margin: [0, 5, 0, 1.8] })
    const [first, ...others] = paragraphs.map((text) => paragraph(text, language))
    // A heading never stands alone at the foot of a page.
    return { stack: [...(first ? [{ stack: [heading, first], unbreakable: true }] : [heading]), ...others] }
  })
  // Signatures are never alone on their page: the last article goes with them.
  return { body: nodes.slice(0, -1), last: nodes.slice(-1) }
}

/** Twice across the page, in outline: whatever is printed shows it, and the text stays readable. */
function watermark({ paper, words }: Sheet): PdfNode | null {
  if (paper.variant !== 'preview') return null
  const outline = { 'font-size': 30, 'letter-spacing': 2, fill: 'none', stroke: '#C2C2C2', 'stroke-width': 0.35 }
  const small = { 'font-size': 5.2, 'letter-spacing': 0.2, fill: '#C2C2C2', 'font-weight': 'normal' }
  const parts = [92, 222].map((y) => element('g', { transform: `translate(105 ${y}) rotate(-32)` }, lettering(outline, words.preview) + lettering({ ...small, y: 9 }, words.previewNote)))
  return { svg: svg(595.28, 841.89, '0 0 210 297', parts.join('')), font: 'Inter', absolutePosition: { x: 0, y: 0 } }
}

function footer({ paper, words }: Sheet, page: number, pages: number): PdfNode {
  const { facts, variant } = paper
  const cell = (text: string, style: Partial<PdfNode> = {}): PdfNode => para([run(text)], { fontSize: 7, artifact: true, noWrap: true, ...style })
  const initials = variant === 'preview' ? [] : [box(para([run(words.initials, { color: '#666666' })], { fontSize: 6.6, artifact: true, lineHeight: 1 }), { stroke: 0.5, fill: null, radius: 1.5, padding: [3, 2, 34, 12] }, 'auto', { margin: [0, -2, 0, 0] })]
  return {
    margin: [MARGIN.left, 8, MARGIN.right, 0],
    stack: [
      rule(WIDTH, 0.5, '#000', [0, 0, 0, 4]),
      {
        columns: [
          ...(paper.demo ? [{ ...cell(words.demo), width: 'auto' as const }] : []),
          { ...cell(variant === 'preview' ? words.previewNote : [facts.reference, words.version(paper.number)].filter(Boolean).join(' · ')), width: '*' },
          ...(paper.content_hash === null || variant === 'preview' ? [] : [{ ...cell(paper.content_hash.slice(0, 16)), width: 'auto' as const }]),
          { ...cell(words.page(page, pages)), width: 'auto' },
          ...initials.map((node) => ({ stack: [node], width: 78 })),
        ],
        columnGap: 14,
      },
    ],
  }
}

export async function renderContractPdf(paper: ContractPaper, drawing: ContractDrawing = {}): Promise<{ bytes: Uint8Array; pages: number }> {
  const { facts, written } = paper
  const sheet: Sheet = { paper, words: contractWords[facts.language], images: drawing.images ?? {} }
  const { body, last } = articles(sheet)
  const title = typeset(written.title, facts.language)
  const laid = layOut({
    content: {
      stack: [
        headBlock(sheet),
        para([{ text: title, bold: true, characterSpacing: -0.3 }], { fontSize: 16, lineHeight: 1.05, margin: [0, 10, 0, 2], tag: { type: 'H1', parent: null } }),
        para(typeset(sheet.words.law[facts.kind], facts.language), { fontSize: 8.8, margin: [0, 0, 0, 7] }),
        partyBoxes(sheet),
        ...termsTable(sheet),
        ...body,
        { stack: [...last, signatureBlock(sheet)], unbreakable: (written.clauses.at(-1)?.paragraphs.join('').length ?? 0) < 1500 },
        ...annex(sheet),
      ],
    },
    header: () => null,
    footer: (page, pages) => footer(sheet, page, pages),
    background: () => watermark(sheet),
    margins: [MARGIN.left, MARGIN.top, MARGIN.right, MARGIN.bottom],
    style: { font: 'Inter', fontSize: BODY, lineHeight: LEADING },
    language: facts.language,
    createdAt: new Date(toMs(paper.made_at)),
    title: [title, paper.variant === 'preview' ? sheet.words.preview : facts.reference, facts.other.name].filter(Boolean).join(', '),
    author: facts.house.name ?? 'Callboard',
    subject: paper.content_hash ?? sheet.words.preview,
  })
  return { bytes: await laid.write(), pages: laid.pages }
}

/** `2027-06-18_CDDU-2027-KXQR48213_v1.pdf`; a preview has no number. */
export function contractFileName(paper: ContractPaper): string {
  const { facts } = paper
  const name = paper.variant === 'preview' ? (facts.language === 'fr' ? 'apercu-contrat' : 'contract-preview') : `${facts.reference ?? 'contrat'}_v${paper.number}`
  return `${localDateOf(paper.made_at, facts.zone)}_${name}.pdf`
}
