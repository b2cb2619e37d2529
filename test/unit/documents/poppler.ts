import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs a poppler tool on the bytes of a PDF and answers what it printed. The test command installs poppler-utils. */
export function poppler(
  tool: 'pdftotext' | 'pdfinfo' | 'pdffonts',
  bytes: Uint8Array,
  before: string[] = [],
  after: string[] = [],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-pdf-'))
  try {
    const file = join(folder, 'sheet.pdf')
    writeFileSync(file, bytes)
    return execFileSync(tool, [...before, file, ...after], { encoding: 'utf8' })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

const flat = (text: string): string => text.replace(/\s+/gu, ' ')
/** Text in the order it was written with every kind of space made one, so that line breaks do not matter. */
export const textOf = (bytes: Uint8Array): string => flat(poppler('pdftotext', bytes, ['-raw', '-enc', 'UTF-8'], ['-']))
/** One text per page. */
export const pagesOf = (bytes: Uint8Array): string[] =>
  poppler('pdftotext', bytes, ['-raw', '-enc', 'UTF-8'], ['-']).split('\f').slice(0, -1).map(flat)
/** The lines as they stand on the page, columns side by side. */
export const linesOf = (bytes: Uint8Array): string[] =>
  poppler('pdftotext', bytes, ['-layout', '-enc', 'UTF-8'], ['-'])
    .split('\n')
    .map((line) => flat(line).trim())
