import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { useEffect, useRef, useState } from 'react'
import { useT } from '../i18n/index.ts'
import styles from './PdfPreview.module.css'
import { getDocument } from './print/pdfjs.ts'

/** Draws the very bytes that will be issued, page under page, with their text for screen readers. */
export function PdfPreview({ bytes }: { bytes: Uint8Array | null }) {
  const t = useT()
  const [opened, setOpened] = useState<PDFDocumentProxy | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (!bytes) return undefined
    let left = false
    setFailed(false)
    // pdfjs takes the buffer away to its worker.
    const task = getDocument({ data: bytes.slice(), useSystemFonts: false })
    task.promise.then(
      (document) => {
        if (!left) setOpened(document)
      },
      () => {
        if (!left) setFailed(true)
      },
    )
    return () => {
      left = true
      // The former document stays on screen until the next one is ready: it is destroyed after that.
      setTimeout(() => void task.destroy(), 2000)
    }
  }, [bytes])
  return (
    <div className={styles['preview']} role="region" aria-label={t('pdf.label')} tabIndex={0}>
      {failed && <p role="alert">{t('pdf.failed')}</p>}
      {!opened && !failed && <p aria-busy="true">{t('pdf.loading')}</p>}
      {opened && Array.from({ length: opened.numPages }, (_, index) => <PdfPage key={index} document={opened} number={index + 1} />)}
    </div>
  )
}

/** Drawn at twice the width of the screen's column, enough for dense displays. */
const DRAWN_WIDTH = 1400

function PdfPage({ document, number }: { document: PDFDocumentProxy; number: number }) {
  const t = useT()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [text, setText] = useState('')
  useEffect(() => {
    let left = false
    const draw = async (): Promise<void> => {
      const page = await document.getPage(number)
      const viewport = page.getViewport({ scale: DRAWN_WIDTH / page.getViewport({ scale: 1 }).width })
      const target = canvas.current
      if (left || !target) return
      // Drawn aside, then shown whole: no white flash between two versions.
      const aside = window.document.createElement('canvas')
      aside.width = Math.floor(viewport.width)
      aside.height = Math.floor(viewport.height)
      await page.render({ canvas: aside, viewport }).promise
      if (left) return
      target.width = aside.width
      target.height = aside.height
      target.getContext('2d')?.drawImage(aside, 0, 0)
      const content = await page.getTextContent()
      if (!left) setText(content.items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''))
    }
    // A document destroyed while being drawn rejects; its successor is drawn already.
    draw().catch(() => undefined)
    return () => {
      left = true
    }
  }, [document, number])
  return (
    <div className={styles['sheet']}>
      <canvas ref={canvas} role="img" aria-label={t('pdf.page', { page: number, of: document.numPages })} />
      <div className="visually-hidden">{text}</div>
    </div>
  )
}
