/**
 * An ODS writes equal neighbours once, with a count: a few bytes can stand for more cells than any memory holds. Counted before the reader
 * makes them. Blank cells, which every such file repeats to the end of its sheet, are not made and not counted.
 */
const ROWS: ReadonlySet<string> = new Set(['table-row', '行'])
const CELLS: ReadonlySet<string> = new Set(['table-cell', 'covered-table-cell', '数据'])
const NAME = /^<(\/?)(?:[^\s?><!/:]*:)?([^\s?<>:/]+)/
const COUNT = /number-(?:rows|columns)-repeated\s*=\s*["']?\s*(\d{1,15})/

const countOf = (tag: string): number => Math.max(1, Number(COUNT.exec(tag)?.[1] ?? 1))

/** Cells with something in them that the content of an ODS makes, repeats included. One pass. */
export function cellsOf(xml: string): number {
  let [total, rows, row] = [0, 1, 0]
  for (let at = xml.indexOf('<'); at >= 0; ) {
    const end = xml.indexOf('>', at)
    if (end < 0) break
    const tag = xml.slice(at, end + 1)
    const [, closing = '', name = ''] = NAME.exec(tag.slice(0, 200)) ?? []
    if (ROWS.has(name)) {
      total += rows * row
      ;[rows, row] = [closing === '' ? countOf(tag) : 1, 0]
    } else if (CELLS.has(name) && closing === '' && (!tag.endsWith('/>') || tag.includes('value'))) row += countOf(tag)
    at = xml.indexOf('<', end + 1)
  }
  return total + rows * row
}
