import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

/** Reads PDFs in a worker of the app's own files. */
GlobalWorkerOptions.workerSrc = workerUrl

export { getDocument }
