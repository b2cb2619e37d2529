/**
 * From the scope a device holds to the one its person has now: rows that came into view whole, rows that left it as gone, entity by entity
 * in the order of ids. What is held on the way is a scope too, so that a page may end anywhere.
 */
import { assignment } from '../../domain/planning/model.ts'
import type { AnyEntity } from '../../domain/entity.ts'
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import { placesOf } from '../../store/sync-log.ts'
import type { RowChange } from '../wire.ts'
import { takesTime } from './busy.ts'
import { asTheyWere, busyOf, movedSince, storedRows, toldBusy, toldFree, toldGone, toldWhole, type Sighting, type Stored } from './rows.ts'
import { busyDifference, piecesOf, reached, rowDifference, sees, type Difference, type Piece, type Range, type RowSight, type Scope } from './scope.ts'

/** Room of a page; answers whether there is more. */
export interface Room {
  add(change: RowChange): void
  full(): boolean
}
const AT_ONCE = 500

interface Step {
  /** Held when these are taken. */
  upTo: Id | null
  changes: RowChange[]
}

/** One portion of the difference of an entity, after an id and up to the end of a piece. */
async function portion(sighting: Sighting, entity: AnyEntity, difference: Difference, after: string | null, upTo: string | null, tell: { fresh(row: Stored, seq: number): RowChange | null; gone(row: Stored, seq: number): RowChange | null }): Promise<Step> {
  const { engine, org } = sighting
  const bounds = { ...(after === null ? {} : { gt: after }), ...(upTo === null ? {} : { lte: upTo }) }
  const search = async (range: Range | null): Promise<Stored[]> =>
    range === null ? [] : storedRows(engine, org, entity, { where: Object.keys(bounds).length === 0 ? [] : [{ id: bounds }], any: range.any, none: range.none, sort: ['id'], limit: AT_ONCE })
  const fresh = await search(difference.fresh)
  const gone = await search(difference.gone)
  // Where a search was cut, the other goes no further.
  const ends = [fresh, gone].flatMap((rows) => (rows.length < AT_ONCE ? [] : [rows.at(-1)?.id ?? '']))
  const end = ends.length === 0 ? null : ends.reduce((a, b) => (a < b ? a : b))
  const within = ({ id }: Stored): boolean => end === null || id <= end
  const places = await placesOf(engine, org, entity.name, [...fresh, ...gone].filter(within).map(({ id }) => id))
  const changes = [...fresh.map((row) => ({ row, say: tell.fresh })), ...gone.map((row) => ({ row, say: tell.gone }))].filter(({ row }) => within(row))
    .sort((a, b) => (a.row.id < b.row.id ? -1 : 1)).flatMap(({ row, say }) => say(row, places.get(row.id) ?? 0) ?? [])
  return { upTo: end as Id | null, changes }
}

/** Rows that were moved out of the sight of then and are not in that of now: neither search finds them where they stand. */
async function movedAway(sighting: Sighting, entity: AnyEntity, held: readonly Piece<RowSight>[], wanted: RowSight, since: number): Promise<RowChange[]> {
  const { engine, org } = sighting
  const away: RowChange[] = []
  for (const { sight } of held) {
    const ids = await movedSince(engine, org, entity, sight.where, since)
    if (ids.length === 0) continue
    const rows = (await storedRows(engine, org, entity, { where: [{ id: ids }] })).filter((row) => !sees(wanted.where, row))
    const former = await asTheyWere(engine, org, entity, rows, since)
    const places = await placesOf(engine, org, entity.name, ids)
    for (const row of rows) {
      const was = former.get(row.id)
      if (was && sees(sight.where, was)) away.push(toldGone(entity.name, row.id, places.get(row.id) ?? 0))
    }
  }
  return away
}

/** Goes through the pieces of an entity; null: done. Else the id up to which the new sight holds. */
async function walk<S>(held: readonly Piece<S>[], differenceOf: (sight: S) => Difference, step: (difference: Difference, after: string | null, upTo: string | null) => Promise<Step>, room: Room): Promise<{ upTo: string } | null> {
  let after: string | null = null
  for (const { upTo, sight } of held) {
    const difference = differenceOf(sight)
    while (difference.fresh !== null || difference.gone !== null) {
      if (room.full() && after !== null) return { upTo: after }
      const { upTo: end, changes } = await step(difference, after, upTo)
      for (const change of changes) room.add(change)
      if (end === null) break
      after = end
      if (room.full()) return { upTo: after }
    }
    if (upTo !== null) after = upTo
  }
  return null
}

/** `cursor`: rows written after it come with their commits and are not told here. Answers the scope held after this page. */
export async function tellDifference(sighting: Sighting, held: Scope, cursor: number, room: Room): Promise<{ scope: Scope; done: boolean }> {
  const wanted = sighting.scope
  const named = new Map(held.entities)
  for (const entity of entities.values()) {
    const sight = piecesOf(wanted, entity.name)[0]?.sight
    if (!sight) continue
    const pieces = piecesOf(held, entity.name)
    if (pieces.every((piece) => isNothing(rowDifference(piece.sight, sight)))) {
      named.set(entity.name, reached(pieces, null, sight))
      continue
    }
    if (room.full()) return { scope: { entities: named, busy: held.busy }, done: false }
    for (const change of await movedAway(sighting, entity, pieces, sight, cursor)) room.add(change)
    const stopped = await walk(pieces, (piece) => rowDifference(piece, sight), (difference, after, upTo) =>
      portion(sighting, entity, difference, after, upTo, {
        fresh: (row, seq) => (seq > cursor ? null : toldWhole(sighting, entity, row, seq)),
        gone: (row, seq) => toldGone(entity.name, row.id, seq),
      }), room)
    named.set(entity.name, reached(pieces, stopped?.upTo ?? null, sight))
    if (stopped) return { scope: { entities: named, busy: held.busy }, done: false }
  }
  if (room.full() && !held.busy.every((piece) => isNothing(busyDifference(piece.sight, busyOf(wanted))))) return { scope: { entities: named, busy: held.busy }, done: false }
  const busy = busyOf(wanted)
  const stopped = await walk(held.busy, (piece) => busyDifference(piece, busy), (difference, after, upTo) =>
    portion(sighting, assignment, difference, after, upTo, {
      fresh: (row, seq) => (seq > cursor || !takesTime(row) ? null : toldBusy(sighting, row, seq)),
      gone: (row, seq) => (takesTime(row) ? toldFree(sighting, row.id, seq) : null),
    }), room)
  return { scope: { entities: named, busy: reached(held.busy, stopped?.upTo ?? null, busy) }, done: stopped === null }
}
const isNothing = ({ fresh, gone }: Difference): boolean => fresh === null && gone === null
