/**
 * Facts down (sync rules 18 to 22). A page tells, in this order: what came into view or left it, then commits in their order, each whole:
 * its rows, its outcome, its events. It ends between two commits, so that everything at or below its cursor has been told; only a page
 * that reaches the last commit, in the same consistent read, says that there is no more.
 */
import { auditSight } from '../../core/audit-sight.ts'
import { toMs } from '../../kernel/instants.ts'
import type { PlacedEvent } from '../../store/audit-chain.ts'
import { heldKeys } from '../../store/sealing.ts'
import { changesBetween, commandsAmong, commandsBetween, eventsBetween, heldEpochs, lastCommit, notePull, openCommands, readHead, type ChangedRow, type ToldCommand } from '../../store/sync-log.ts'
import type { Viewer } from '../contracts.ts'
import { packEvents } from '../told-events.ts'
import { PROTOCOL, PULL_BYTES, PULL_ROWS, trailerOf, type OutcomeChange, type PullPage, type PullRefusal, type PullRequest, type RowChange } from '../wire.ts'
import { tellDifference } from './difference.ts'
import { outcomeChange, veiledEvent, type Telling } from './outgoing.ts'
import { secretOf, type AuthorityParts } from './parts.ts'
import { toldChanges, type Sighting } from './rows.ts'
import { holdsNothing } from './scope.ts'
import type { Seen } from './scopes.ts'

/** Commits looked at together. */
const COMMITS_AT_ONCE = 500
/** A row that is far behind is written down at least this often. */
const NOTED_MS = 60_000

interface Contents {
  rows: RowChange[]
  outcomes: OutcomeChange[]
  events: PlacedEvent[]
}
/** What a row and an event take at least, before the first ones are there. */
const ROW_BYTES = 500
/** An event beside its row: little of it is said. */
const EVENT_BYTES = 100

/**
 * What is on the page so far, against its limits. A page takes one commit at least: outcomes told again stand beside the limits, else
 * they would leave no room for a large commit, and the device would ask for the same page for ever.
 */
class Filling {
  readonly #contents: Contents = { rows: [], outcomes: [], events: [] }
  readonly #limit: number
  /** Rows as they go over the wire. */
  readonly #texts: string[] = []
  #bytes = 0
  #count = 0
  #commits = 0
  constructor(limit: number) {
    this.#limit = limit
  }
  get empty(): boolean {
    return this.#commits === 0 && this.#count === 0
  }
  /** Rows that may still fit, judged by those that are there. */
  get left(): number {
    const each = this.#texts.length === 0 ? ROW_BYTES : this.#bytes / this.#texts.length
    return Math.max(1, Math.min(this.#limit - this.#count, Math.ceil((PULL_BYTES - this.#bytes) / each)))
  }
  full(): boolean {
    return this.#count >= this.#limit || this.#bytes >= PULL_BYTES
  }
  add(row: RowChange): void {
    const text = JSON.stringify(row)
    this.#bytes += text.length
    this.#count += 1
    this.#contents.rows.push(row)
    this.#texts.push(text)
  }
  tellAgain(outcome: OutcomeChange): void {
    this.#contents.outcomes.push(outcome)
  }
  /** False, and nothing is added, when it does not fit and is not alone. */
  take({ rows, outcomes, events }: Contents): boolean {
    const texts = rows.map((row) => JSON.stringify(row))
    const bytes = [...texts, ...outcomes.map((outcome) => JSON.stringify(outcome))].reduce((sum, text) => sum + text.length, 0)
      + events.reduce((sum, { changes }) => sum + (rows.length > 0 ? EVENT_BYTES : EVENT_BYTES + String(changes).length), 0)
    const count = rows.length + outcomes.length
    if (!this.empty && (this.#count + count > this.#limit || this.#bytes + bytes > PULL_BYTES)) return false
    this.#bytes += bytes
    this.#count += count
    this.#commits += 1
    this.#contents.rows.push(...rows)
    this.#contents.outcomes.push(...outcomes)
    this.#contents.events.push(...events)
    this.#texts.push(...texts)
    return true
  }
  result(): Pick<PullPage, 'rows' | 'outcomes' | 'events' | 'trailer'> {
    const { rows, outcomes } = this.#contents
    const events = packEvents(this.#contents.events, rows)
    return { rows, outcomes, events, trailer: trailerOf({ rows, outcomes, events }, `[${this.#texts.join(',')}]`) }
  }
}

/** Rows of the next commits, and up to which commit they are all here. One commit is never cut. */
async function nextChanges(sighting: Sighting, after: number, head: number, room: number): Promise<{ changes: ChangedRow[]; upTo: number }> {
  const { engine, org } = sighting
  const upTo = Math.min(after + COMMITS_AT_ONCE, head)
  const changes = await changesBetween(engine, org, after, upTo, room + 1)
  const [first, last] = [changes[0], changes.at(-1)]
  if (changes.length <= room || !first || !last) return { changes, upTo }
  if (last.seq > first.seq) return { changes: changes.filter(({ seq }) => seq < last.seq), upTo: last.seq - 1 }
  return { changes: await changesBetween(engine, org, after, first.seq, Number.MAX_SAFE_INTEGER), upTo: first.seq }
}

/** Rows of a commit in the order of the events that speak of them: the one follows from the other. */
function asWritten({ rows, events }: Contents): RowChange[] {
  const places = new Map(events.map(({ entity, entity_id }, at) => [`${entity}/${entity_id}`, at]))
  const placeOf = ({ entity, id }: RowChange): number => places.get(`${entity}/${id}`) ?? events.length
  return rows.map((row) => ({ row, at: placeOf(row) })).sort((a, b) => a.at - b.at).map(({ row }) => row)
}

/** Commits after a cursor, until the page is full or the last one is on it. Answers how far it came. */
async function tellCommits(sighting: Sighting, telling: Telling, filling: Filling, from: number, head: number, watching: readonly string[]): Promise<number> {
  const { engine, org, lens } = sighting
  const within = auditSight(telling.person)
  let at = from
  while (at < head && (filling.empty || !filling.full())) {
    const { changes, upTo } = await nextChanges(sighting, at, head, filling.left)
    const commits = new Map<number, Contents>()
    const commit = (seq: number): Contents => {
      let found = commits.get(seq)
      if (!found) commits.set(seq, (found = { rows: [], outcomes: [], events: [] }))
      return found
    }
    for (const change of await toldChanges(sighting, changes, from)) commit(change.seq).rows.push(change)
    for (const told of await commandsBetween(engine, org, at, upTo, telling.person.user_id, watching)) commit(told.seq).outcomes.push(await outcomeChange(telling, told))
    if (within !== undefined) for (const { seq, event } of await eventsBetween(engine, org, at, upTo, within)) commit(seq).events.push(veiledEvent(event, lens))
    for (const [seq, one] of [...commits].sort(([a], [b]) => a - b)) if (!filling.take({ ...one, rows: asWritten(one) })) return seq - 1
    at = upTo
  }
  return at
}

/** Outcomes at or before the cursor that this device may still wait for: of commands it names, and (nothing held yet) all that are open. */
async function formerOutcomes(sighting: Sighting, telling: Telling, { cursor, scope, watching = [] }: PullRequest): Promise<OutcomeChange[]> {
  const { engine, org } = sighting
  const found = new Map<string, ToldCommand>()
  if (watching.length > 0) for (const told of await commandsAmong(engine, org, watching, cursor.seq)) found.set(told.id, told)
  if (scope === null) for (const told of await openCommands(engine, org, telling.person.user_id, cursor.seq)) found.set(told.id, told)
  const outcomes: OutcomeChange[] = []
  for (const told of [...found.values()].sort((a, b) => a.seq - b.seq)) outcomes.push(await outcomeChange(telling, told))
  return outcomes
}

export async function pull(parts: AuthorityParts, request: PullRequest, viewer: Viewer): Promise<PullPage | PullRefusal | null> {
  const { org, readEngine, scopes } = parts
  const { cursor } = request
  const answer = await readEngine.snapshot(async (): Promise<{ page: PullPage; seen: Seen } | PullRefusal | null> => {
    const head = await readHead(readEngine, org)
    if (!head) throw new Error(`organization ${org} is followed by nobody`)
    const last = await lastCommit(readEngine, org)
    const seen = await scopes.seen(readEngine, viewer, { epoch: head.epoch, seq: last })
    if (!seen) return null
    const refusal = { recovering: head.mode === 'recovery', epoch: head.epoch, restored_seq: head.restored_seq, held: heldEpochs(head, last) }
    const begins = cursor.epoch === 0 && cursor.seq === 0
    if (refusal.recovering || (cursor.epoch !== head.epoch && !begins) || cursor.seq > last) return refusal
    const held = request.scope === null ? holdsNothing : await scopes.find(readEngine, request.scope)
    // What such a device holds cannot be known, and so neither what it must let go: it begins again, and keeps what it has not sent.
    if (held === null) return { ...refusal, restored_seq: last }

    const sighting: Sighting = { engine: readEngine, org, lens: seen.lens, scope: seen.scope, secret: secretOf(head) }
    const telling: Telling = { engine: readEngine, org, epoch: head.epoch, receipt_key: head.receipt_key, keys: heldKeys(readEngine, org), person: seen.person }
    const filling = new Filling(Math.min(request.limit ?? PULL_ROWS, PULL_ROWS))
    for (const outcome of await formerOutcomes(sighting, telling, request)) filling.tellAgain(outcome)
    let { digest } = seen
    let at = cursor.seq
    let whole = true
    // Who has told of no commit yet holds nothing to compare.
    if (request.scope !== digest && cursor.seq > 0) {
      const { scope, done } = await tellDifference(sighting, held, cursor.seq, filling)
      whole = done
      if (!done) digest = scopes.digestOf(scope)
    }
    if (whole) at = await tellCommits(sighting, telling, filling, cursor.seq, last, request.watching ?? [])
    const first = request.scope === null || cursor.seq === 0
    return {
      seen,
      page: {
        protocol: PROTOCOL, from: cursor, from_scope: request.scope, to: { epoch: head.epoch, seq: at }, has_more: !whole || at < last, scope: digest,
        ...filling.result(), ...(first || at === last ? { commands: [...parts.commands] } : {}), server_time: parts.now(),
      },
    }
  })
  if (answer === null || !('page' in answer)) return answer
  const { page } = answer
  await scopes.store(parts.engine, page.scope, page.server_time)
  await noted(parts, request, viewer, page)
  return page
}

const lastNoted = new WeakMap<AuthorityParts, Map<string, { at: number; seq: number; offered: string }>>()
/** Who follows how far: written when something moved, and now and then when nothing does. */
async function noted(parts: AuthorityParts, request: PullRequest, viewer: Viewer, page: PullPage): Promise<void> {
  if (page.has_more) return
  let known = lastNoted.get(parts)
  if (!known) lastNoted.set(parts, (known = new Map()))
  const key = `${viewer.user_id} ${viewer.device}`
  const [at, seq, offered] = [toMs(page.server_time), request.cursor.seq, page.scope]
  const former = known.get(key)
  if (former && former.seq === seq && former.offered === offered && at - former.at < NOTED_MS) return
  known.set(key, { at, seq, offered })
  await parts.engine.transaction(() => notePull(parts.engine, parts.org, {
    user_id: viewer.user_id, device: viewer.device, epoch: page.to.epoch, cursor_seq: seq, scope: request.scope, offered, waiting: request.waiting ?? 0, app_version: request.app_version,
    protocol: request.protocol, clock_drift_ms: request.clock === undefined ? 0 : toMs(request.clock) - at, pulled_at: page.server_time,
  }))
}
