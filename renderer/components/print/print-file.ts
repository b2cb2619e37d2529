/** Hands a PDF to the printer: the system's dialog on the desktop, the browser's own elsewhere. */

interface Printer {
  printPdf: (bytes: Uint8Array) => Promise<boolean>
}
const isPrinter = (bridge: object | undefined): bridge is Printer => bridge !== undefined && 'printPdf' in bridge && typeof bridge.printPdf === 'function'

export async function printFile(bytes: Uint8Array): Promise<void> {
  const bridge: object | undefined = window.callboard
  if (isPrinter(bridge)) await bridge.printPdf(bytes)
  else await printInBrowser(bytes)
}

/** Of the pages drawn for a printer, in dots per point. */
const DOTS = 200 / 72

/**
 * The app's policy frames nothing, so a browser cannot print the file in a frame: its pages are drawn, alone on the printed page, in
 * the size of the paper.
 */
async function printInBrowser(bytes: Uint8Array): Promise<void> {
  const { getDocument } = await import('./pdfjs.ts')
  const task = getDocument({ data: bytes.slice(), useSystemFonts: false })
  const rules = new CSSStyleSheet()
  const paper = document.createElement('div')
  paper.className = 'printed-pages'
  try {
    const opened = await task.promise
    let size = ''
    for (let number = 1; number <= opened.numPages; number++) {
      const page = await opened.getPage(number)
      const { width, height } = page.getViewport({ scale: 1 })
      size = `${width}pt ${height}pt`
      const canvas = document.createElement('canvas')
      const viewport = page.getViewport({ scale: DOTS })
      canvas.width = Math.floor(viewport.width)
      canvas.height = Math.floor(viewport.height)
      await page.render({ canvas, viewport }).promise
      paper.append(canvas)
    }
    rules.replaceSync(
      `.printed-pages { display: none } @page { size: ${size}; margin: 0 }
      @media print { body > *:not(.printed-pages) { display: none !important } .printed-pages { display: block } .printed-pages canvas { display: block; width: 100%; height: auto; break-after: page; break-inside: avoid } }`,
    )
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules]
    document.body.append(paper)
    window.print()
  } finally {
    paper.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== rules)
    void task.destroy()
  }
}
