import type { ErrorDetail } from '../../../shared/kernel/result.ts'

const INDEXED = /^(?:changes|ids)\.(\d+)(?:\.|$)/

/**
 * What a refusal says of each row that was sent, by its id: a detail names its row by the id it found, or by its place in the list sent. Null
 * when a detail is about none of them: then the refusal is of the whole.
 */
export function refusedRows(details: readonly ErrorDetail[], sent: readonly string[]): ReadonlyMap<string, readonly ErrorDetail[]> | null {
  const known = new Set(sent)
  const rows = new Map<string, ErrorDetail[]>()
  for (const detail of details) {
    const place = INDEXED.exec(detail.field ?? '')?.[1]
    const id = place === undefined ? detail.found : sent[Number(place)]
    if (id === null || id === undefined || !known.has(id)) return null
    const held = rows.get(id)
    if (held) held.push(detail)
    else rows.set(id, [detail])
  }
  return rows.size === 0 ? null : rows
}
