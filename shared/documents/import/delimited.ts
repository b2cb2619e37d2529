import Papa from 'papaparse'

export type Separator = ',' | ';' | '\t' | '|'
export const SEPARATORS: readonly Separator[] = [';', ',', '\t', '|']

export interface DelimitedRows {
  rows: string[][]
  /** Line of the file where each row begins, from 1. */
  lines: number[]
  /** Lines whose quotes do not close. */
  quote_errors: number[]
  /** True when reading stopped at `max_rows`. */
  cut: boolean
}

const SAMPLE_CHARACTERS = 64 * 1024
const SAMPLE_ROWS = 40

const isBlank = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === '')

/**
 * The separator under which the first rows agree best on a number of columns. Cells may hold other separators (a list of names),
 * so the head must already be cut in two by it, and agreement weighs more than the number of columns.
 */
export function detectSeparator(text: string): Separator | null {
  const sample = text.slice(0, SAMPLE_CHARACTERS)
  let best: { separator: Separator; score: number } | null = null
  for (const separator of SEPARATORS) {
    const parsed = Papa.parse<string[]>(sample, { delimiter: separator, newline: '\n', preview: SAMPLE_ROWS })
    const rows = parsed.data.filter((row) => !isBlank(row))
    // The last row of the sample may be cut in the middle.
    if (sample.length < text.length && rows.length > 2 && parsed.data.length < SAMPLE_ROWS) rows.pop()
    const counts = new Map<number, number>()
    for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
    let columns = 1
    let agreeing = 0
    for (const [length, times] of counts) {
      if (times > agreeing || (times === agreeing && length > columns)) [columns, agreeing] = [length, times]
    }
    if (columns < 2 || rows.length === 0) continue
    const head = rows[0]?.length ?? 1
    const score = (agreeing / rows.length) * 10 + (head > 1 ? 5 : 0) + (head === columns ? 2 : 0) + Math.min(columns, 20) / 10
    if (!best || score > best.score) best = { separator, score }
  }
  return best?.separator ?? null
}

/** Cuts text into rows. Blank rows are left out, their lines still counted. `text` has `\n` line ends only. */
export function readDelimited(text: string, separator: Separator, maxRows: number, firstLine = 1): DelimitedRows {
  const result: DelimitedRows = { rows: [], lines: [], quote_errors: [], cut: false }
  let line = firstLine
  let at = 0
  Papa.parse<string[]>(text, {
    delimiter: separator,
    newline: '\n',
    step: (step, parser) => {
      const row = step.data
      const start = line
      const end = step.meta.cursor
      for (let found = text.indexOf('\n', at); found !== -1 && found < end; found = text.indexOf('\n', found + 1)) line++
      at = end
      if (step.errors.some((error) => error.type === 'Quotes')) result.quote_errors.push(start)
      if (isBlank(row)) return
      if (result.rows.length >= maxRows) {
        result.cut = true
        parser.abort()
        return
      }
      result.rows.push(row)
      result.lines.push(start)
    },
  })
  return result
}
