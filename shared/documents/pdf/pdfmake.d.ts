/**
 * The parts of pdfmake 0.3.11 (and of the pdfkit 0.19.1 under it) that printer.ts uses; the packages ship no types. Loaders differ in
 * how they hand over the default of a CommonJS module, hence `Loaded`.
 */
declare namespace Pdfmake {
  type Loaded<T> = T | { default: T }
  interface GlyphRun {
    glyphs: unknown[]
    positions: unknown[]
    advanceWidth: number
  }
  interface Font {
    layout(text: string, features?: string[] | null, onlyWidth?: boolean): GlyphRun
  }
  interface StructContent {
    refs: unknown[]
  }
  interface StructElement {
    add(child: StructElement | StructContent): StructElement
    end(): void
  }
  interface Document {
    on(event: 'data', listener: (chunk: Uint8Array) => void): void
    on(event: 'end', listener: () => void): void
    on(event: 'error', listener: (error: Error) => void): void
    end(): void
    provideFont(family: string, bold: boolean, italics: boolean): Font
    markContent(tag: string, options?: { type?: string }): void
    markStructureContent(tag: string): StructContent
    endMarkedContent(): void
    struct(type: string, options?: { alt?: string; title?: string; scope?: string }): StructElement
    addStructure(element: StructElement): void
  }
  type DocumentClass = new (
    fonts: object,
    images: object,
    patterns: object,
    attachments: object,
    options: object,
    virtualFiles: null,
    localAccess: () => boolean,
  ) => Document
  interface Line {
    /** Ours: the node of the document tree. */
    source?: unknown
  }
  interface Vector {
    type: string
    color?: unknown
    r?: number
    lineWidth?: number
    lineColor?: string
    x: number
    y: number
    w?: number
    h?: number
  }
  interface Svg {
    tag?: unknown
  }
  interface Page {
    items: { type: string; item: Line | Vector | Svg }[]
  }
  interface Renderer {
    pdfDocument: Document
    renderPages(pages: Page[]): void
    renderLine(line: Line, x: number, y: number): void
    renderVector(vector: Vector): void
    renderImage(image: object): void
    renderSVG(svg: Svg): void
  }
  type RendererClass = new (document: Document, progress?: undefined) => Renderer
  interface Builder {
    buildNextLine(node: object): Line | null
    registerTableLayouts(layouts: unknown): void
    layoutDocument(
      content: unknown,
      document: Document,
      styles: object,
      defaultStyle: object,
      background: unknown,
      header: unknown,
      footer: unknown,
      watermark: undefined,
      pageBreakBefore: unknown,
    ): Page[]
  }
  type BuilderClass = new (pageSize: object, pageMargins: object, svgMeasure: object) => Builder
  type SvgMeasureClass = new () => object
}
declare module 'pdfmake/js/LayoutBuilder.js' {
  const loaded: Pdfmake.Loaded<Pdfmake.BuilderClass>
  export default loaded
}
declare module 'pdfmake/js/Renderer.js' {
  const loaded: Pdfmake.Loaded<Pdfmake.RendererClass>
  export default loaded
}
declare module 'pdfmake/js/PDFDocument.js' {
  const loaded: Pdfmake.Loaded<Pdfmake.DocumentClass>
  export default loaded
}
declare module 'pdfmake/js/SVGMeasure.js' {
  const loaded: Pdfmake.Loaded<Pdfmake.SvgMeasureClass>
  export default loaded
}
declare module 'pdfmake/js/tableLayouts.js' {
  const loaded: { tableLayouts: unknown }
  export default loaded
}
