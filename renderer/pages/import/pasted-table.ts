/** Cells copied from a spreadsheet, as tab-separated text; null where what was pasted is no table. */
export function pastedTable(text: string, html: string): string | null {
  if (text.includes('\t') || /^BEGIN:VCALENDAR/i.test(text.trim())) return text
  const fromHtml = html === '' ? null : htmlTable(html)
  if (fromHtml !== null) return fromHtml
  return text.trim().includes('\n') ? text : null
}

const quoted = (cell: string): string => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The first table of a page, a cell over several columns followed by blanks. */
function htmlTable(html: string): string | null {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table')
  if (!table || table.rows.length === 0) return null
  const lines = [...table.rows].map((row) =>
    [...row.cells].flatMap((cell) => [quoted(cell.textContent.trim()), ...Array.from({ length: Math.max(0, cell.colSpan - 1) }, () => '')]).join('\t'))
  return `${lines.join('\n')}\n`
}
