import BuilderModule from 'pdfmake/js/LayoutBuilder.js'
import DocumentModule from 'pdfmake/js/PDFDocument.js'
import RendererModule from 'pdfmake/js/Renderer.js'
import SvgMeasureModule from 'pdfmake/js/SVGMeasure.js'
import layouts from 'pdfmake/js/tableLayouts.js'
import { fontFamilies } from './fonts.ts'
import { readBoxColor } from './nodes.ts'
import type { Margin, PdfNode, StructTag, TextStyle } from './nodes.ts'

/**
 * Lays a document tree out with pdfmake and writes the bytes. pdfmake's own front door neither caches shaped text (tabular figures
 * would cost a second on a long sheet) nor tags content nor rounds corners; so its layout, document and renderer are put together here.
 */
export interface PrintJob {
  content: PdfNode
  /** Called with the page number from 1 and the number of pages. */
  header: (page: number, pages: number) => PdfNode | null
  footer: (page: number, pages: number) => PdfNode | null
  /** Drawn behind the text of each page. */
  background: (page: number) => PdfNode | null
  /** Decides, once the first layout is known, whether a node with an id starts a new page. */
  breakBefore?: (
    id: string,
    at: { page: number; /** 0 at the top of the page's text, 1 at its foot. */ ratio: number },
    endsOnThisPage: boolean,
  ) => boolean
  margins: Margin
  /** In points; A4 portrait when absent. */
  paper?: PaperSize
  style: TextStyle
  /** BCP 47. */
  language: string
  /** The only instant in the file: equal jobs give equal bytes. */
  createdAt: Date
  title: string
  author: string
  subject: string
}

/** As it lies: a landscape page is wider than high. */
export interface PaperSize {
  width: number
  height: number
}
export const A4: PaperSize = { width: 595.28, height: 841.89 }
export const A3: PaperSize = { width: 841.89, height: 1190.55 }

const lying = (paper: PaperSize) => ({ ...paper, orientation: paper.width > paper.height ? 'landscape' : 'portrait' })

const unwrap = <T extends object>(loaded: Pdfmake.Loaded<T>): T => ('default' in loaded ? (loaded.default) : (loaded))
const BaseDocument = unwrap(DocumentModule)
const BaseRenderer = unwrap(RendererModule)
const BaseBuilder = unwrap(BuilderModule)
const SvgMeasure = unwrap(SvgMeasureModule)

/** Shapes each text once: layout asks for widths several times and drawing asks again. */
class CachingDocument extends BaseDocument {
  readonly #cached = new Set<Pdfmake.Font>()

  override provideFont(family: string, bold: boolean, italics: boolean): Pdfmake.Font {
    const font = super.provideFont(family, bold, italics)
    if (this.#cached.has(font)) return font
    this.#cached.add(font)
    const shape = font.layout.bind(font)
    const runs = new Map<string, Pdfmake.GlyphRun>()
    font.layout = (text, features) => {
      const key = features ? `${features.join()} ${text}` : `\n${text}`
      let run = runs.get(key)
      if (!run) runs.set(key, (run = shape(text, features)))
      return run
    }
    return font
  }
}

const hasTag = (node: unknown): node is { tag: StructTag } =>
  typeof node === 'object' && node !== null && 'tag' in node && typeof node.tag === 'object'
const isArtifact = (node: unknown): boolean => typeof node === 'object' && node !== null && 'artifact' in node && node.artifact === true

/** Remembers of each line which node it came from, for its place in the structure tree. */
class TracingBuilder extends BaseBuilder {
  override buildNextLine(node: object): Pdfmake.Line | null {
    const line = super.buildNextLine(node)
    if (line) line.source = node
    return line
  }
}

/** Draws the pages as a tagged PDF: text goes to its place in the structure tree, lines and fills are artifacts. */
class TaggedRenderer extends BaseRenderer {
  readonly #elements = new Map<StructTag, Pdfmake.StructElement>()
  readonly #paragraphs = new WeakMap<object, StructTag>()
  readonly #firstPage = new Map<StructTag, number>()
  readonly #root: Pdfmake.StructElement
  #page = 0

  constructor(document: Pdfmake.Document) {
    super(document)
    this.#root = document.struct('Document')
    document.addStructure(this.#root)
  }

  drawPages(pages: Pdfmake.Page[]): void {
    pages.forEach((page, index) => {
      this.#page = index
      this.renderPages([page])
    })
    this.#root.end()
  }

  override renderLine(line: Pdfmake.Line, x: number, y: number): void {
    if (isArtifact(line.source)) return this.#artifact(() => super.renderLine(line, x, y))
    this.#content(hasTag(line.source) ? line.source.tag : this.#paragraph(line.source), () => super.renderLine(line, x, y))
  }
  override renderVector(vector: Pdfmake.Vector): void {
    this.#artifact(() => super.renderVector(vector))
  }
  override renderImage(image: object): void {
    this.#content(hasTag(image) ? image.tag : { type: 'Figure', parent: null }, () => super.renderImage(image))
  }
  override renderSVG(svg: Pdfmake.Svg): void {
    if (hasTag(svg)) this.#content(svg.tag, () => super.renderSVG(svg))
    else this.#artifact(() => super.renderSVG(svg))
  }

  /** One paragraph for all lines of an untagged text. */
  #paragraph(source: unknown): StructTag {
    if (typeof source !== 'object' || source === null) return { type: 'P', parent: null }
    let tag = this.#paragraphs.get(source)
    if (!tag) this.#paragraphs.set(source, (tag = { type: 'P', parent: null }))
    return tag
  }
  #artifact(draw: () => void): void {
    this.pdfDocument.markContent('Artifact', { type: 'Layout' })
    draw()
    this.pdfDocument.endMarkedContent()
  }
  #content(tag: StructTag, draw: () => void): void {
    const first = this.#firstPage.get(tag) ?? this.#page
    if (tag.repeats === true && first !== this.#page) return this.#artifact(draw)
    this.#firstPage.set(tag, first)
    const element = this.#element(tag)
    element.add(this.pdfDocument.markStructureContent(tag.type))
    draw()
    this.pdfDocument.endMarkedContent()
  }
  #element(tag: StructTag): Pdfmake.StructElement {
    let element = this.#elements.get(tag)
    if (!element) {
      element = this.pdfDocument.struct(tag.type, {
        ...(tag.alt === undefined ? {} : { alt: tag.alt }),
        ...(tag.type === 'TH' ? { scope: 'Column' } : {}),
      })
      this.#elements.set(tag, element)
      const parent = tag.parent ? this.#element(tag.parent) : this.#root
      parent.add(element)
    }
    return element
  }
}

function roundBoxes(pages: Pdfmake.Page[]): void {
  for (const page of pages) {
    for (const { type, item } of page.items) {
      if (type !== 'vector' || !('color' in item)) continue
      const style = readBoxColor(item.color)
      if (!style) continue
      const inset = style.stroke / 2
      Object.assign(item, {
        x: item.x + inset,
        y: item.y + inset,
        w: (item.w ?? 0) - style.stroke,
        h: (item.h ?? 0) - style.stroke,
        r: style.radius,
        lineWidth: style.stroke,
        color: style.fill ?? undefined,
        lineColor: style.stroke > 0 ? style.strokeColor : undefined,
      })
    }
  }
}

interface NodeInfo {
  id?: string
  pageNumbers: number[]
  startPosition?: { verticalRatio: number }
  pages: number
}

export interface LaidOut {
  pages: number
  /** The PDF's bytes. Same job, same bytes. Call once. */
  write: () => Promise<Uint8Array>
}

/** Paper laid out, of one print. */
export type Pages = Pdfmake.Page[]

/** Several jobs laid out one after another on the paper of one file: each counts its own pages, fonts are shaped once for all. */
export interface Print {
  lay: (job: PrintJob) => Pages
  /** The PDF's bytes. Same jobs, same bytes. Call once. */
  write: (pages: Pages) => Promise<Uint8Array>
}

export function openPrint(about: Pick<PrintJob, 'paper' | 'language' | 'title' | 'author' | 'subject' | 'createdAt'>): Print {
  const paper = about.paper ?? A4
  const document = new CachingDocument(
    fontFamilies(),
    {},
    {},
    {},
    {
      size: [paper.width, paper.height],
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      tagged: true,
      displayTitle: true,
      compress: true,
      lang: about.language,
      autoFirstPage: false,
      font: null,
      info: {
        Title: about.title,
        Author: about.author,
        Subject: about.subject,
        Creator: 'Callboard',
        Producer: 'Callboard',
        CreationDate: about.createdAt,
      },
    },
    null,
    () => false,
  )
  return {
    lay: (job) => layPages(job, paper, document),
    write: (pages) =>
      new Promise<Uint8Array>((resolve, reject) => {
        const chunks: Uint8Array[] = []
        document.on('data', (chunk) => chunks.push(chunk))
        document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
        document.on('error', reject)
        new TaggedRenderer(document).drawPages(pages)
        document.end()
      }),
  }
}

function layPages(job: PrintJob, paper: PaperSize, document: CachingDocument): Pages {
  const [left, top, right, bottom] = job.margins
  const builder = new TracingBuilder(lying(paper), { left, top, right, bottom }, new SvgMeasure())
  builder.registerTableLayouts(layouts.tableLayouts)
  const breakBefore = job.breakBefore
  const pages = builder.layoutDocument(
    job.content,
    document,
    {},
    job.style,
    job.background,
    job.header,
    job.footer,
    undefined,
    breakBefore &&
      ((node: NodeInfo, around: { getNodesOnNextPage: () => unknown[] }) =>
        node.id !== undefined &&
        breakBefore(
          node.id,
          { page: node.pageNumbers[0] ?? 1, ratio: node.startPosition?.verticalRatio ?? 0 },
          around.getNodesOnNextPage().length === 0,
        )),
  )
  roundBoxes(pages)
  return pages
}

/** Lays the job out; nothing is drawn before `write`, so that a job may be laid out again when it takes too many pages. */
export function layOut(job: PrintJob): LaidOut {
  const print = openPrint(job)
  const pages = print.lay(job)
  return { pages: pages.length, write: () => print.write(pages) }
}

const topOf = (node: object): number => {
  const positions: unknown = 'positions' in node ? node.positions : null
  const first: unknown = Array.isArray(positions) ? positions[0] : null
  if (typeof first === 'object' && first !== null && 'top' in first && typeof first.top === 'number') return first.top
  throw new Error('a measured node has no place')
}

/** Heights of the nodes, in points, one under the other on paper without end. The nodes are used up by it. */
export function measure(nodes: readonly PdfNode[], width: number, style: TextStyle): number[] {
  const marker = (): PdfNode => ({ text: ' ', fontSize: 0.01, lineHeight: 1 })
  const markers = nodes.map(marker)
  const end = marker()
  const content = { stack: [...nodes.flatMap((node, index) => [...markers.slice(index, index + 1), node]), end] }
  const endless = { width, height: 10_000_000 }
  const document = new CachingDocument(fontFamilies(), {}, {}, {}, { size: [endless.width, endless.height], autoFirstPage: false, font: null }, null, () => false)
  const builder = new TracingBuilder(lying(endless), { left: 0, top: 0, right: 0, bottom: 0 }, new SvgMeasure())
  builder.registerTableLayouts(layouts.tableLayouts)
  builder.layoutDocument(content, document, {}, style, null, null, null, undefined, undefined)
  const tops = [...markers, end].map(topOf)
  return nodes.map((_, index) => (tops[index + 1] ?? 0) - (tops[index] ?? 0))
}
