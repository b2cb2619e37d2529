/** Pages that have come and do not count yet (sync rule 19), and the brake: absence removes nothing, and many tombstones ask first. */
import { entities, entityNamed } from '../../domain/registry.ts'
import { groupBy } from '../../kernel/grouping.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PlacedEvent } from '../../store/audit-chain.ts'
import type { Engine } from '../../store/engine.ts'
import { addStaged, countRows, lastStagedHead, rowsOf, stagedBody, stagedHeads } from '../../store/replica-store.ts'
import { keyOf } from '../../store/write-set.ts'
import { unpackEvents } from '../told-events.ts'
import { BRAKE_FLOOR, BRAKE_SHARE, trailerOf, type OutcomeChange, type PullPage, type RowChange } from '../wire.ts'

export interface StageEnd {
  epoch: number
  seq: number
  scope: string | null
}

/** Without a trailer that fits, a page did not arrive. */
export function isWhole(page: PullPage): boolean {
  const { count, digest } = trailerOf(page)
  return page.trailer.count === count && page.trailer.digest === digest
}
export const continues = (page: PullPage, end: StageEnd): boolean => page.from.epoch === end.epoch && page.from.seq === end.seq && page.from_scope === end.scope && page.to.epoch === end.epoch

/** What is asked of a page before its rows are. */
interface Head {
  /** Of its trailer. */
  digest: string
  to: { epoch: number; seq: number }
  scope: string
  outcomes: OutcomeChange[]
  commands: string[] | null
  /** Of which its rows are. */
  entities: string[]
  tombstones: number
}
type Contents = Pick<PullPage, 'rows' | 'events'>

/** The derived events of a page are not what the server says they are: it did not arrive. */
export class Unfit extends Error {}
/** A page as it is read. */
interface Read {
  rows: RowChange[]
  events: PlacedEvent[]
}
function read({ rows, events }: Contents): Read {
  const placed = unpackEvents(events, rows)
  if (!placed) throw new Unfit('events')
  return { rows, events: placed }
}
/** Pages read as they came, while the server made the next one: by the digest of their trailer. The rest is read again. */
export type Recent = Map<string, Read>
const MOST_RECENT = 16

const isTombstone = (change: RowChange): boolean => 'row' in change && change.row['deleted_at'] !== null
const headOf = ({ trailer, to, scope, outcomes, commands, rows }: PullPage): Head => ({
  digest: trailer.digest, to, scope, outcomes, commands: commands ?? null, entities: [...new Set(rows.map(({ entity }) => entity))], tombstones: rows.filter(isTombstone).length,
})

/** Throws Unfit. */
export async function stagePage(engine: Engine, org: Id, page: PullPage, recent: Recent): Promise<void> {
  const { rows, events } = page
  if (recent.size < MOST_RECENT) recent.set(page.trailer.digest, read(page))
  await addStaged(engine, org, { head: JSON.stringify(headOf(page)), body: JSON.stringify({ rows, events } satisfies Contents) })
}

/** Where the staged pages end; null: there are none. */
export async function stagedUpTo(engine: Engine, org: Id): Promise<{ epoch: number; seq: number; scope: string } | null> {
  const head = await lastStagedHead(engine, org)
  if (head === null) return null
  const { to, scope } = JSON.parse(head) as Head
  return { ...to, scope }
}

/** One page of a stage. */
export interface Part {
  /** Of each row once, the newest of the stage so far. */
  rows: RowChange[]
  events: PlacedEvent[]
}
/** All pages of a stage as one. */
export interface Stage {
  outcomes: OutcomeChange[]
  commands: string[] | null
  entities: ReadonlySet<string>
  tombstones: number
  end: { seq: number; scope: string }
  /** A page after the other, as often as asked. Throws Unfit. */
  parts(): AsyncIterable<Part>
}

/** What is staged, and the page that ends it, which need not be. Null: nothing. */
export async function openStage(engine: Engine, org: Id, last: PullPage | null, recent: Recent): Promise<Stage | null> {
  const staged = (await stagedHeads(engine, org)).map(({ n, head }) => ({ n, head: JSON.parse(head) as Head }))
  const heads = [...staged.map(({ head }) => head), ...(last ? [headOf(last)] : [])]
  const end = heads.at(-1)
  if (!end) return null
  const outcomes = new Map(heads.flatMap((head) => head.outcomes.map((outcome) => [outcome.id, outcome])))
  async function* each(): AsyncIterable<Read> {
    for (const { n, head } of staged) yield recent.get(head.digest) ?? read(JSON.parse(await stagedBody(engine, org, n)) as Contents)
    if (last) yield read(last)
  }
  return {
    outcomes: [...outcomes.values()].sort((a, b) => a.seq - b.seq),
    commands: heads.findLast(({ commands }) => commands !== null)?.commands ?? null,
    entities: new Set(heads.flatMap((head) => head.entities)),
    tombstones: heads.reduce((sum, { tombstones }) => sum + tombstones, 0),
    end: { seq: end.to.seq, scope: end.scope },
    async *parts() {
      const newest = new Map<string, number>()
      for await (const { rows, events } of each()) {
        const current = new Map<string, RowChange>()
        for (const change of rows) {
          const key = keyOf(change.entity, change.id)
          if (change.seq < (newest.get(key) ?? 0)) continue
          newest.set(key, change.seq)
          current.set(key, change)
        }
        yield { rows: [...current.values()], events }
      }
    },
  }
}

export interface Brake {
  removed: number
  held: number
}

/** Living rows here that would become tombstones, of how many: null when it is not much. */
export async function brakeOn(engine: Engine, org: Id, stage: Stage): Promise<Brake | null> {
  if (stage.tombstones < BRAKE_FLOOR * BRAKE_SHARE) return null
  const going = new Map<string, { entity: string; id: string }>()
  for await (const { rows } of stage.parts()) {
    for (const change of rows) {
      const key = keyOf(change.entity, change.id)
      if (isTombstone(change) && entities.has(change.entity)) going.set(key, change)
      else going.delete(key)
    }
  }
  let removed = 0
  for (const [name, those] of groupBy(going.values(), ({ entity }) => entity))
    for (const row of (await rowsOf(engine, org, entityNamed(name), those.map(({ id }) => id))).values()) if (row['deleted_at'] === null) removed += 1
  const held = await heldRows(engine, org)
  return held >= BRAKE_FLOOR && removed > held * BRAKE_SHARE ? { removed, held } : null
}

/** Living rows here. */
export async function heldRows(engine: Engine, org: Id): Promise<number> {
  let held = 0
  for (const entity of entities.values()) held += await countRows(engine, org, entity)
  return held
}
