import { execFileSync } from 'node:child_process'

/** What poppler reads in a PDF, as laid out. */
export function textOfPdf(bytes: Buffer): string {
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' })
}
