/** Where a line goes among the lines of its list, by fractional keys. */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import { keyBetween, keysFor } from '../../kernel/ordering.ts'
import type { Row } from '../entity.ts'
import { detail, refuse } from '../errors.ts'
import type { Transaction, Where } from '../operation.ts'
import type { keyTime, sheetNote, sheetRow, sheetSlot } from './model.ts'

export type Ordered = typeof keyTime | typeof sheetSlot | typeof sheetNote | typeof sheetRow

/** A key that puts a row after `after_id` (null: first; undefined: last) among the rows of `where`. */
export async function positionAfter(tx: Transaction, entity: Ordered, where: Where, after_id: Id | null | undefined, moving: Id | null = null): Promise<string> {
  const rows: Row<Ordered>[] = (await tx.find(entity, where, { sort: ['position'] })).filter((row) => row.id !== moving)
  if (after_id === undefined) return keyBetween(rows.at(-1)?.position ?? null, null)
  const index = after_id === null ? -1 : rows.findIndex((row) => row.id === after_id)
  if (after_id !== null && index < 0) throw refuse('validation.reference', detail('after_id', 'not_found', entity.name, after_id))
  return keyBetween(rows[index]?.position ?? null, rows[index + 1]?.position ?? null)
}

/** Without a wish, a line goes where its hour puts it: after the last one that does not start later. */
export async function positionByHour(tx: Transaction, entity: typeof keyTime | typeof sheetSlot, revision_id: Id, at: Instant, after_id: Id | null | undefined): Promise<string> {
  if (after_id !== undefined) return positionAfter(tx, entity, { revision_id }, after_id)
  const rows: (Row<typeof keyTime> | Row<typeof sheetSlot>)[] = await tx.find(entity, { revision_id }, { sort: ['position'] })
  const before = rows.findLast((row) => ('start_at' in row ? row.start_at : row.at) <= at)
  return positionAfter(tx, entity, { revision_id }, before?.id ?? null)
}

/** The same for several lines at once, in the order they are given; into an empty list they are spread evenly. */
export function positionsByHour(rows: readonly { at: Instant; position: string }[], given: readonly Instant[]): string[] {
  const inOrder = [...given.keys()].sort((a, b) => ((given[a] ?? '') < (given[b] ?? '') ? -1 : given[a] === given[b] ? a - b : 1))
  const spread = keysFor(given.length)
  const lines = [...rows]
  const positions: string[] = []
  for (const [rank, index] of inOrder.entries()) {
    const at = given[index]
    if (at === undefined) continue
    const before = lines.findLastIndex((line) => line.at <= at)
    const position = rows.length === 0 ? (spread[rank] ?? '') : keyBetween(lines[before]?.position ?? null, lines[before + 1]?.position ?? null)
    positions[index] = position
    lines.splice(before + 1, 0, { at, position })
  }
  return positions
}

/** Keys for lines put after the last of a list. */
export function positionsAtEnd(last: string | null, count: number): string[] {
  if (last === null) return keysFor(count)
  const keys: string[] = []
  for (let index = 0; index < count; index++) keys.push(keyBetween(keys.at(-1) ?? last, null))
  return keys
}
