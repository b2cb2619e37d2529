/** Boxes of 80 × 32 mm to sign in, and what proves a signature that was drawn on a screen. */
import { sayDate } from '../../domain/contracts/said.ts'
import { typeset } from '../../domain/runsheets/formats.ts'
import { localDateOf } from '../../kernel/instants.ts'
import { box, MM, para, run, semi, type PdfNode } from '../pdf/nodes.ts'
import { drawablePicture } from '../pdf/picture.ts'
import { element, svg } from '../pdf/svg.ts'
import type { PaperSignature } from './paper.ts'
import { WIDTH, type Sheet } from './sheet.ts'

const BOX = { width: 80 * MM, height: 32 * MM }

/** The drawn signature, as large as its room; null where its file is not on this computer. */
function picture(bytes: Uint8Array | undefined, alt: string): PdfNode | null {
  const head = bytes === undefined ? null : drawablePicture(bytes)
  if (bytes === undefined || head === null) return null
  const scale = Math.min((BOX.width - 20) / head.width, 44 / head.height)
  const [width, height] = [head.width * scale, head.height * scale]
  const image = element('image', { x: 0, y: 0, width, height, href: `data:image/${head.type};base64,${Buffer.from(bytes).toString('base64')}` })
  return { svg: svg(width, height, `0 0 ${width} ${height}`, image), font: 'Inter', tag: { type: 'Figure', parent: null, alt } }
}

function signatureBox(sheet: Sheet, who: string, name: string | null, signature: PaperSignature | null): PdfNode {
  const { paper, words } = sheet
  const { language, zone } = paper.facts
  const said = signature === null
    ? [para(typeset(words.readAndApproved, language), { fontSize: 7.4 })]
    : [para(typeset(`${words.signed}${language === 'fr' ? ' : ' : ': '}${signature.name}, ${sayDate(localDateOf(signature.at, zone), language)}, ${signature.method === 'screen' ? words.onScreen : words.onPaper}`, language), { fontSize: 7.6 })]
  const drawn = signature?.image_sha256 == null ? null : picture(sheet.images[signature.image_sha256], signature.name)
  const content: PdfNode[] = [para([semi([who, name].filter(Boolean).join(' — '))], { fontSize: 8.6 }), ...said, ...(drawn ? [drawn] : [])]
  // The box keeps its height whatever stands in it: an empty one is signed by hand.
  return {
    table: { widths: [BOX.width - 12], body: [[{ stack: content }]], ...({ heights: [BOX.height - 10] } as object) },
    layout: { hLineWidth: () => 0.8, vLineWidth: () => 0.8, paddingLeft: () => 6, paddingRight: () => 6, paddingTop: () => 5, paddingBottom: () => 5 },
  }
}

function evidence({ paper, words }: Sheet): PdfNode[] {
  const { house, other } = paper.signatures
  const drawn = [house, other].filter((one) => one !== null && one.method === 'screen')
  if (paper.content_hash === null || paper.variant === 'preview' || (house === null && other === null)) return []
  const { language } = paper.facts
  const line = (one: PaperSignature): string => `${one.name} · ${one.at.replace(/\.\d{3}Z$/, 'Z')} (UTC) · ${one.method === 'screen' ? words.onScreen : words.onPaper}${one.image_sha256 === null ? '' : ` · image ${one.image_sha256.slice(0, 16)}`} · ${one.device}`
  return [box({
    stack: [
      para([semi(words.evidence)], { fontSize: 8 }),
      para(`${words.document}${language === 'fr' ? ' : ' : ': '}${paper.content_hash}`, { fontSize: 7.2 }),
      ...[house, other].flatMap((one) => (one === null ? [] : [para([run(line(one))], { fontSize: 7.2 })])),
      ...(drawn.length === 0 ? [] : [para(typeset(words.notQualified, language), { fontSize: 7.2 })]),
    ],
  }, { stroke: 0.6, fill: null, radius: 2, padding: [6, 4, 6, 4] }, WIDTH, { margin: [0, 8, 0, 0] })]
}

export function signatureBlock(sheet: Sheet): PdfNode {
  const { paper, words } = sheet
  const { facts, signatures } = paper
  if (paper.variant === 'preview') return { text: '', fontSize: 1 }
  return {
    stack: [
      {
        columns: [
          { width: BOX.width, stack: [signatureBox(sheet, words.house[facts.kind], facts.house.signatory_name, signatures.house)] },
          { width: BOX.width, stack: [signatureBox(sheet, words.other[facts.kind], facts.other.signatory_name ?? facts.other.name, signatures.other)] },
        ],
        columnGap: WIDTH - 2 * BOX.width,
        margin: [0, 10, 0, 0],
      },
      ...evidence(sheet),
    ],
  }
}
