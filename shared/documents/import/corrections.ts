/** What a person corrected in a table before bringing it in. The same for looking, importing and the rejected rows. */
export interface Corrections {
  /** One cell; `row` counts from 0 under the header. */
  edits?: readonly { row: number; column: number; value: string }[] | undefined
  /** "Correct for all": every cell of the column that holds `found`; with `item`, every list of the column that has it among others. */
  replacements?: readonly { column: number; found: string; value: string; item?: true | undefined }[] | undefined
}

/**
 * Where a chain of replacements ends: `reg -> régie`, then `régie -> Régie générale`. A circle leaves the value as it is. What a
 * chain ends in is replaced by nothing, so that correcting twice is correcting once.
 */
function endOf(value: string, next: ReadonlyMap<string, string>): string {
  const seen = new Set<string>()
  let at = value.trim()
  if (!next.has(at)) return value
  for (let found = next.get(at); found !== undefined; found = next.get(at)) {
    if (seen.has(at)) return value
    seen.add(at)
    at = found.trim()
  }
  return at
}

const MARKS = /([;,|/\n])/

function replaceItems(cell: string, next: ReadonlyMap<string, string>): string {
  const parts = cell.split(MARKS)
  if (!parts.some((part) => next.has(part.trim()))) return cell
  return parts.map((part) => (part.trim() === '' || MARKS.test(part) ? part : part.replace(part.trim(), () => endOf(part.trim(), next)))).join('')
}

const byColumn = (replacements: Corrections['replacements'], item: boolean): Map<number, Map<string, string>> => {
  const columns = new Map<number, Map<string, string>>()
  for (const one of replacements ?? []) {
    if ((one.item === true) !== item) continue
    const next = columns.get(one.column) ?? new Map<string, string>()
    if (one.found.trim() === one.value.trim()) next.delete(one.found.trim())
    else next.set(one.found.trim(), one.value)
    columns.set(one.column, next)
  }
  return columns
}

/** The table as corrected: replacements first, then single cells, which have the last word. What lies outside the table is left alone. */
export function correctRows(rows: readonly string[][], corrections: Corrections): string[][] {
  if (!corrections.edits?.length && !corrections.replacements?.length) return [...rows]
  const copies = rows.map((row) => [...row])
  for (const [column, next] of byColumn(corrections.replacements, false))
    for (const row of copies) {
      const typed = row[column]
      if (typed !== undefined) row[column] = endOf(typed, next)
    }
  for (const [column, next] of byColumn(corrections.replacements, true))
    for (const row of copies) {
      const typed = row[column]
      if (typed !== undefined) row[column] = replaceItems(typed, next)
    }
  for (const { row, column, value } of corrections.edits ?? []) {
    const target = copies[row]
    if (target?.[column] !== undefined) target[column] = value
  }
  return copies
}
