/**
 * All that a person sees at one cursor, as lines of NDJSON: the head, rows entity by entity in the order of ids, the trailer; before it,
 * the outcomes of what they have not decided about yet. Read in one consistent snapshot, a portion at a time: memory does not grow with it.
 */
import { assignment } from '../../domain/planning/model.ts'
import type { AnyEntity } from '../../domain/entity.ts'
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import { heldKeys } from '../../store/sealing.ts'
import { lastCommit, openCommands, placesOf, readHead, type SyncHead } from '../../store/sync-log.ts'
import type { Viewer } from '../contracts.ts'
import { lineSum } from '../digests.ts'
import { streamed } from '../facts/streamed.ts'
import { PROTOCOL, type RowChange } from '../wire.ts'
import { takesTime } from './busy.ts'
import { outcomeChange } from './outgoing.ts'
import { secretOf, type AuthorityParts } from './parts.ts'
import { busyOf, conditionsOf, storedRows, toldBusy, toldWhole, type Sighting, type Stored } from './rows.ts'
import { minus, type Range } from './scope.ts'
import type { Seen } from './scopes.ts'

const AT_ONCE = 500

async function* found(sighting: Sighting, entity: AnyEntity, range: Range | null, tell: (row: Stored, seq: number) => RowChange | null): AsyncGenerator<RowChange> {
  for (let after: Id | null = null; range !== null; ) {
    const rows: Stored[] = await storedRows(sighting.engine, sighting.org, entity, { where: after === null ? [] : [{ id: { gt: after } }], any: range.any, none: range.none, sort: ['id'], limit: AT_ONCE })
    const places = await placesOf(sighting.engine, sighting.org, entity.name, rows.map(({ id }) => id))
    for (const row of rows) {
      const told = tell(row, places.get(row.id) ?? 0)
      if (told) yield told
    }
    after = rows.at(-1)?.id ?? null
    if (rows.length < AT_ONCE) return
  }
}

/** Every row of an entity as the person sees it, busy times among the assignments. */
export async function* everyRow(sighting: Sighting, entity: AnyEntity): AsyncGenerator<RowChange> {
  yield* found(sighting, entity, minus(conditionsOf(sighting.scope, entity.name), null), (row, seq) => toldWhole(sighting, entity, row, seq))
  const busy = entity.name === assignment.name ? busyOf(sighting.scope) : null
  if (busy) yield* found(sighting, assignment, minus([], busy.beside), (row, seq) => (takesTime(row) ? toldBusy(sighting, row, seq) : null))
}

interface Looking {
  seen: Seen
  head: SyncHead
  seq: number
  sighting: Sighting
}
/** The person's sight at the last commit; to be asked inside a snapshot. */
export async function lookingAt(parts: AuthorityParts, viewer: Viewer): Promise<Looking | null> {
  const { org, readEngine, scopes } = parts
  const head = await readHead(readEngine, org)
  if (!head) throw new Error(`organization ${org} is followed by nobody`)
  const seq = await lastCommit(readEngine, org)
  const seen = await scopes.seen(readEngine, viewer, { epoch: head.epoch, seq })
  return seen && { seen, head, seq, sighting: { engine: readEngine, org, lens: seen.lens, scope: seen.scope, secret: secretOf(head) } }
}

const LINES_AT_ONCE = 100

async function* linesOf(parts: AuthorityParts, { seen, head, seq, sighting }: Looking, only: string | undefined): AsyncGenerator<string> {
  const sum = lineSum()
  const line = (said: unknown): string => {
    const text = JSON.stringify(said)
    sum.add(text)
    return text
  }
  yield line({ protocol: PROTOCOL, at: { epoch: head.epoch, seq }, scope: seen.digest, commands: [...parts.commands] })
  for (const entity of entities.values()) {
    if (only !== undefined && entity.name !== only) continue
    for await (const change of everyRow(sighting, entity)) yield line(change)
  }
  if (only === undefined) {
    const telling = { engine: parts.readEngine, org: parts.org, epoch: head.epoch, receipt_key: head.receipt_key, keys: heldKeys(parts.readEngine, parts.org), person: seen.person }
    for (const told of await openCommands(parts.readEngine, parts.org, seen.person.user_id, seq)) yield line({ outcome: await outcomeChange(telling, told) })
  }
  yield JSON.stringify({ trailer: sum.result() })
}

/**
 * Lines without their ends: SnapshotHead, RowChange, `{ outcome }` (OutcomeChange), and the trailer over all of them; of one entity when named.
 * The snapshot of the database stays open while somebody reads. Null: not a member, or no such entity.
 */
export async function snapshot(parts: AuthorityParts, viewer: Viewer, only?: string): Promise<AsyncIterable<string> | null> {
  const { engine, readEngine, scopes } = parts
  if (only !== undefined && !entities.has(only)) return null
  const now = await readEngine.snapshot(() => lookingAt(parts, viewer))
  if (!now) return null
  return streamed((emit) =>
    readEngine.snapshot(async () => {
      const looking = await lookingAt(parts, viewer)
      if (!looking) return
      let lines: string[] = []
      for await (const line of linesOf(parts, looking, only)) {
        if (lines.push(line) < LINES_AT_ONCE) continue
        await emit(lines)
        lines = []
      }
      await emit(lines)
      return looking.seen.digest
    }).then(async (digest) => {
      if (digest !== undefined) await scopes.store(engine, digest, parts.now())
    }))
}
