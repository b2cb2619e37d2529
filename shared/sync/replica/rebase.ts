/**
 * Local state = the server's rows, then the unsettled commands in order. Always (sync rules 23 to 25).
 *
 * Whole: every shadow goes back, the news goes in, every unsettled command is performed again. Fast: a row that came as it was foreseen
 * is clean; dirt spreads through what commands wrote and looked at; only commands in the dirt are performed again. Laws: (a) both leave the
 * same rows, shadows and foreseen outcomes; (b) a command without effect here stays queued and is offered: only an outcome removes it
 * (rule 24); (c) nothing here changes the bytes of a command.
 */
import { entities, entityNamed } from '../../domain/registry.ts'
import type { Where } from '../../domain/operation.ts'
import { groupBy } from '../../kernel/grouping.ts'
import type { Id } from '../../kernel/ids.ts'
import {
  allPending, allPendingWrites, allShadows, clearPendingWrites, clearShadows, countPending, dropPending, liftShadow, rowsOf, shadowOf, shadowsOf, writesBy, writesTo, type PendingCommand, type PendingWrite, type Shadow,
  type StoredRow,
} from '../../store/replica-store.ts'
import { keyOf } from '../../store/write-set.ts'
import { meetsWhere } from './ranges.ts'
import { afterOf, perform, type Performer } from './perform.ts'
import { printOf, sameRow, settleRow, type Lying, type View } from './view.ts'

export interface NewsRow {
  entity: string
  id: Id
  /** Null: gone from view. */
  row: StoredRow | null
}
/** What a pull brought, of rows this version knows. */
export interface News {
  /** A part at a time, for there may be more than memory holds; of a row that is in several the last word counts. Gone through again where the fast way ends. */
  pages(): AsyncIterable<readonly NewsRow[]>
  /** Commands of this computer that have an outcome now; `asForeseen`: it is the one shown here, converged fields included. */
  settled: ReadonlyMap<Id, { asForeseen: boolean }>
}
export const newsOf = (rows: Iterable<NewsRow>, settled: News['settled'] = new Map()): News => ({
  async *pages() {
    yield await Promise.resolve([...rows])
  },
  settled,
})

/** What lies here of these rows, read together. */
async function lyingOf({ engine, org }: Performer, rows: readonly NewsRow[]): Promise<(one: NewsRow) => Lying> {
  const found = new Map<string, { rows: Map<string, StoredRow>; shadows: Map<string, Shadow> }>()
  for (const [name, those] of groupBy(rows, ({ entity }) => entity)) {
    const ids = those.map(({ id }) => id)
    found.set(name, { rows: await rowsOf(engine, org, entityNamed(name), ids), shadows: await shadowsOf(engine, org, name, ids) })
  }
  return ({ entity, id }) => ({ here: found.get(entity)?.rows.get(id) ?? null, shadow: found.get(entity)?.shadows.get(id) ?? null })
}

export async function rebaseWhole(performer: Performer, view: View, news: News): Promise<void> {
  const { engine, org } = performer
  for (const shadow of await allShadows(engine, org)) if (entities.has(shadow.entity)) await view.put(shadow.entity, shadow.id, shadow.row)
  await clearShadows(engine, org)
  await clearPendingWrites(engine, org)
  for await (const page of news.pages()) {
    const lying = await lyingOf(performer, page)
    for (const one of page) await view.put(one.entity, one.id, one.row, lying(one).here)
  }
  for (const id of news.settled.keys()) await dropPending(engine, org, id)
  for (const pending of await allPending(engine, org)) await perform(performer, view, pending)
}

/** Thrown when a command performed again went where nobody foresaw and a later one follows: only the whole rebase is right then. */
class Unforeseen extends Error {}

/** Who wrote which row, first written first. */
type Writers = ReadonlyMap<string, PendingWrite[]>
interface Ground {
  /** Unsettled commands that stay, in order. */
  rest: PendingCommand[]
  writesOf: ReadonlyMap<string, PendingWrite[]>
  writersOf: Writers
}

const keyOfWrite = ({ entity, id }: PendingWrite): string => keyOf(entity, id)

/** What came of rows that are not as foreseen; null: nothing did, and it should have. */
type Dirty = Map<string, NewsRow | null>

/** Puts the news of clean rows in place and answers the dirty ones. */
async function sortNews(performer: Performer, view: View, news: News): Promise<Dirty> {
  const { engine, org } = performer
  const dirty: Dirty = new Map()
  const told = new Set<string>()
  const queued = news.settled.size > 0 || (await countPending(engine, org)) > 0
  for await (const page of news.pages()) {
    const lying = await lyingOf(performer, page)
    if (!queued) {
      // Nobody has written or looked at anything that is not settled: the server's rows are all there is.
      for (const one of page) await settleRow(engine, org, view, one, lying(one), false)
      await view.settle()
      continue
    }
    const writersOf = groupBy(await writesTo(engine, org, page), keyOfWrite)
    for (const one of page) {
      const { row } = one
      const key = keyOf(one.entity, one.id)
      const { here, shadow } = lying(one)
      const writers = writersOf.get(key) ?? []
      const settled = writers.filter(({ command_id }) => news.settled.has(command_id))
      const last = settled.at(-1)
      told.add(key)
      const asForeseen = row !== null && !dirty.has(key) && settled.every(({ command_id }) => news.settled.get(command_id)?.asForeseen)
        && (last ? last.digest === printOf(row) : sameRow(shadow ? shadow.row : here, row))
      // A command that stays queued may have written it before one that is settled: order is broken there, so it is judged again.
      if (asForeseen && !(last && writers.some(({ position, command_id }) => position < last.position && !news.settled.has(command_id))))
        await settleRow(engine, org, view, one, { here, shadow }, writers.length > settled.length)
      else dirty.set(key, one)
    }
  }
  // Written by a command that is settled, and the server did not say so: it is not as foreseen.
  for (const id of news.settled.keys())
    for (const write of await writesBy(engine, org, [id])) if (!told.has(keyOfWrite(write))) dirty.set(keyOfWrite(write), null)
  return dirty
}

/** What a row is and was since the queue began; a row that several commands wrote had contents nobody kept: it may have been anywhere. */
async function placesOf(performer: Performer, view: View, came: Dirty, key: string, ground: Ground): Promise<StoredRow[] | 'anywhere'> {
  if ((ground.writersOf.get(key) ?? []).length > 1) return 'anywhere'
  const [entity = '', id = ''] = key.split('/')
  const shadow = await shadowOf(performer.engine, performer.org, entity, id)
  return [await view.row(entity, id), shadow?.row ?? null, came.get(key)?.row ?? null].filter((row) => row !== null)
}

/** Commands to perform again; `dirty` grows with the rows they write, and with those they look at that a later one writes. */
async function spread(performer: Performer, view: View, news: News, came: Dirty, ground: Ground, dirty: Set<string>): Promise<Set<Id>> {
  const { rest, writersOf, writesOf } = ground
  const byId = new Map(rest.map((one) => [one.id as string, one]))
  const readersOf = new Map<string, PendingCommand[]>()
  const rangersOf = new Map<string, PendingCommand[]>()
  const followersOf = new Map<string, PendingCommand[]>()
  const note = (index: Map<string, PendingCommand[]>, key: string, one: PendingCommand): void => void (index.get(key)?.push(one) ?? index.set(key, [one]))
  for (const one of rest) {
    for (const key of one.reads.rows) note(readersOf, key, one)
    for (const entity of new Set(one.reads.ranges.map((range) => range.entity))) note(rangersOf, entity, one)
    for (const id of afterOf(one)) note(followersOf, id, one)
  }
  const keysOf = groupBy([...writersOf.keys()], (key) => key.slice(0, key.indexOf('/')))
  const places = new Map<string, StoredRow[] | 'anywhere'>()
  async function inRange(key: string, { reads }: PendingCommand): Promise<boolean> {
    const entity = key.slice(0, key.indexOf('/'))
    const asked = reads.ranges.filter((range) => range.entity === entity)
    if (asked.length === 0) return false
    let found = places.get(key)
    if (!found) places.set(key, (found = await placesOf(performer, view, came, key, ground)))
    return found === 'anywhere' || found.some((row) => asked.some(({ where }) => meetsWhere(row, where as Where | null)))
  }
  const taken = new Set<Id>()
  const rows = [...dirty]
  const soil = (key: string): void => {
    if (dirty.has(key)) return
    dirty.add(key)
    rows.push(key)
  }
  async function take(one: PendingCommand): Promise<void> {
    if (taken.has(one.id)) return
    taken.add(one.id)
    const laterWritten = (key: string): boolean => (writersOf.get(key) ?? []).some(({ position, command_id }) => position > one.position && byId.has(command_id))
    for (const write of writesOf.get(one.id) ?? []) soil(keyOfWrite(write))
    for (const key of one.reads.rows) if (!dirty.has(key) && laterWritten(key)) soil(key)
    for (const entity of new Set(one.reads.ranges.map((range) => range.entity)))
      for (const key of keysOf.get(entity) ?? []) if (!dirty.has(key) && laterWritten(key) && (await inRange(key, one))) soil(key)
    for (const follower of followersOf.get(one.id) ?? []) await take(follower)
  }
  for (const [id, { asForeseen }] of news.settled) if (!asForeseen) for (const follower of followersOf.get(id) ?? []) await take(follower)
  for (let key = rows.pop(); key !== undefined; key = rows.pop()) {
    for (const { command_id } of writersOf.get(key) ?? []) {
      const writer = byId.get(command_id)
      if (writer) await take(writer)
    }
    for (const reader of readersOf.get(key) ?? []) await take(reader)
    for (const one of rangersOf.get(key.slice(0, key.indexOf('/'))) ?? []) if (!taken.has(one.id) && (await inRange(key, one))) await take(one)
  }
  return taken
}

async function again(performer: Performer, view: View, ground: Ground, taken: ReadonlySet<Id>, dirty: ReadonlySet<string>): Promise<void> {
  const lastStanding = ground.rest.filter(({ id }) => !taken.has(id)).at(-1)?.position ?? -1
  for (const one of ground.rest) {
    if (!taken.has(one.id)) continue
    const known = new Set([...(ground.writesOf.get(one.id) ?? []).map(keyOfWrite), ...one.reads.rows])
    const ranges = new Set(one.reads.ranges.map((range) => JSON.stringify(range)))
    const done = await perform(performer, view, one)
    if (one.position > lastStanding) continue
    const strange = [...done.writes.map(({ entity, id }) => keyOf(entity.name, id)), ...done.reads.rows].some((key) => !known.has(key) && !dirty.has(key))
    if (strange || done.reads.ranges.some((range) => !ranges.has(JSON.stringify(range)))) throw new Unforeseen(one.id)
  }
}

/** Above this part of the queue the whole rebase is as quick. */
const MOST = 0.5

async function rebaseFast(performer: Performer, view: View, news: News): Promise<void> {
  const { engine, org } = performer
  const came = await sortNews(performer, view, news)
  const dirty = new Set(came.keys())
  const differing = [...news.settled.values()].some(({ asForeseen }) => !asForeseen)
  if (dirty.size === 0 && !differing) {
    for (const id of news.settled.keys()) await dropPending(engine, org, id)
    return
  }
  const writes = await allPendingWrites(engine, org)
  const ground: Ground = {
    rest: (await allPending(engine, org)).filter(({ id }) => !news.settled.has(id)),
    writesOf: groupBy(writes, ({ command_id }) => command_id), writersOf: groupBy(writes, keyOfWrite),
  }
  const taken = await spread(performer, view, news, came, ground, dirty)
  if (taken.size > 20 && taken.size > ground.rest.length * MOST) throw new Unforeseen('most of the queue')
  for (const key of dirty) {
    const [entity = '', id = ''] = key.split('/')
    const come = came.get(key)
    const shadow = await shadowOf(engine, org, entity, id)
    if (come || shadow) await view.put(entity, id as Id, come ? come.row : (shadow?.row ?? null))
    await liftShadow(engine, org, entity, id)
  }
  for (const id of news.settled.keys()) await dropPending(engine, org, id)
  for (const id of taken) await clearPendingWrites(engine, org, id)
  await again(performer, view, ground, taken, dirty)
}

/** Fast where it can be, whole where it must: `whole` when rights or scope changed, or when the queue was joined in its middle. */
export async function rebase(performer: Performer, begin: () => View, news: News, whole: boolean): Promise<View> {
  if (!whole) {
    const view = begin()
    try {
      await performer.engine.savepoint(() => rebaseFast(performer, view, news))
      return view
    } catch (error) {
      if (!(error instanceof Unforeseen)) throw error
    }
  }
  const view = begin()
  await rebaseWhole(performer, view, news)
  return view
}
