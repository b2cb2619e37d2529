/** A whole snapshot in place of what was there, row by row as it comes: inside a transaction, which is taken back when the end is missing. */
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { noteChange } from '../../store/replica-changes.ts'
import { clearPendingWrites, clearRows, clearShadows, clearStaged, putRow, versionsOf } from '../../store/replica-store.ts'
import { heedErasure } from '../../store/sealing.ts'
import { clearSearch, indexWrite } from '../../store/search.ts'
import { lineSum } from '../digests.ts'
import { OutcomeChange, SnapshotHead, Trailer, type RowChange } from '../wire.ts'
import { knownRow } from './known-rows.ts'
import { keepNumbers } from './numbers.ts'

type Head = ReturnType<typeof SnapshotHead.parse>
const isMarked = <K extends string>(value: unknown, mark: K): value is Record<K, unknown> => typeof value === 'object' && value !== null && mark in value
/** Thousands of them: what their cells hold is the trailer's affair. */
const isRow = (value: unknown): value is Extract<RowChange, { row: unknown }> =>
  isMarked(value, 'entity') && typeof value.entity === 'string' && isMarked(value, 'id') && typeof value.id === 'string' && isMarked(value, 'row') && typeof value.row === 'object' && value.row !== null

/** Versions that lay here before, by entity. */
type Former = ReadonlyMap<string, ReadonlyMap<string, number>>

async function putOne(engine: Engine, org: Id, change: RowChange, former: Former): Promise<void> {
  const known = await knownRow(engine, org, change)
  const entity = known && entities.get(known.entity)
  if (!known?.row || !entity) return
  await heedErasure(engine, org, known.entity, known.row)
  await putRow(engine, org, entity, known.row)
  const version = Number(known.row['version'])
  // What came between is not told: to a screen that shows what was here, any of it may have changed.
  if (version > (former.get(known.entity)?.get(known.id) ?? version)) await noteChange(engine, org, known.entity, known.id, version, Object.keys(entity.fields))
  if (known.row['deleted_at'] === null) await indexWrite(engine, org, { entity, id: known.id, op: 'insert', before: null, after: known.row })
}

/** Null: cut, or its trailer does not fit. */
export async function fill(engine: Engine, org: Id, lines: AsyncIterable<string>): Promise<{ head: Head; outcomes: OutcomeChange[] } | null> {
  await keepNumbers(engine, org)
  await clearShadows(engine, org)
  await clearPendingWrites(engine, org)
  await clearStaged(engine, org)
  const former = new Map<string, Map<string, number>>()
  for (const entity of entities.values()) {
    former.set(entity.name, await versionsOf(engine, org, entity))
    await clearRows(engine, org, entity)
  }
  await clearSearch(engine, org)
  let head: Head | null = null
  const outcomes: OutcomeChange[] = []
  const sum = lineSum()
  for await (const text of lines) {
    if (text === '') continue
    const value: unknown = JSON.parse(text)
    if (isMarked(value, 'trailer')) {
      const { count, digest } = Trailer.parse(value.trailer)
      const found = sum.result()
      return head && count === found.count && digest === found.digest ? { head, outcomes } : null
    }
    sum.add(text)
    if (!head) head = SnapshotHead.parse(value)
    else if (isMarked(value, 'outcome')) outcomes.push(OutcomeChange.parse(value.outcome))
    else if (isRow(value)) await putOne(engine, org, value, former)
    else return null
  }
  return null
}
