import { KNOWN_HEADERS, headerKey } from './fields.ts'

const LOOKED_AT = 25
const VALUE_LIKE = /^[\d\s.,:/+\-€%]+$|@|^\d{4}-\d{2}-\d{2}/

/**
 * Index of the row that names the columns, null when the first rows are values already. A title or logo above it is stepped over:
 * known names count most, then short distinct texts that fill as many columns as the rows below.
 */
export function guessHeaderRow(rows: readonly (readonly string[])[]): number | null {
  let best: { index: number; score: number } | null = null
  const looked = rows.slice(0, LOOKED_AT)
  const widths = looked.map((row) => row.filter((cell) => cell.trim() !== '').length)
  const usual = [...widths].sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0
  for (const [index, row] of looked.entries()) {
    const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== '')
    if (cells.length === 0) continue
    const known = cells.filter((cell) => KNOWN_HEADERS.has(headerKey(cell))).length
    const valueLike = cells.filter((cell) => VALUE_LIKE.test(cell)).length
    const distinct = new Set(cells.map(headerKey)).size
    const long = cells.filter((cell) => cell.length > 60).length
    if (known === 0 && (valueLike > 0 || distinct < cells.length || index > 0)) continue
    if (known < 2 && cells.length < Math.min(usual, 2)) continue
    const score = (known * 10) / cells.length + known * 2 + Math.min(cells.length, usual) - valueLike * 3 - long * 2 - index / 10
    if (!best || score > best.score) best = { index, score }
  }
  return best?.index ?? null
}
