/**
 * The append-only log and its chain.
 *
 * Laws: (1) every mutation writes one event per row, in the same transaction; exactly one of them is the command's lead event.
 * (2) Position and hash are given by the authority, in commit order, without gap. (3) hash = SHA-256(previous hash, the event with
 * the digest of its changes): a copy whose changes are masked still verifies. (4) A placed event is never updated or deleted
 * (triggers). (5) The head is kept beside the events, so that events cut from the end are missed too. `verifyChain` reports the first position where this breaks.
 */
import { canonicalJson, sha256, type Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { Engine, RawRow, Value } from './engine.ts'
import { insertRows } from './insert-rows.ts'

export interface AuditEvent {
  id: Id
  entity: string | null
  entity_id: string | null
  row_version: number | null
  project_id: string | null
  mission_id: string | null
  /** Operation name, or `security.*`. */
  action: string
  op: string | null
  lead: boolean
  command_id: string | null
  actor_kind: string
  actor: string
  on_behalf_of: string | null
  /** Field -> [before, after]; personal values as keyed digests. */
  changes: Json
  reason: string | null
  occurred_at: Instant
  recorded_at: Instant
  request_id: string
  correlation_id: string
  device: string
  app_version: string
  corrects_event_id: string | null
}

/** Columns of an event that has its place in the chain, without the organization. */
export const eventColumns = [
  'id', 'entity', 'entity_id', 'row_version', 'project_id', 'mission_id', 'action', 'op', 'lead', 'command_id', 'actor_kind', 'actor', 'on_behalf_of', 'changes',
  'changes_digest', 'reason', 'occurred_at', 'recorded_at', 'request_id', 'correlation_id', 'device', 'app_version', 'corrects_event_id', 'position', 'hash',
] as const
export type EventColumn = (typeof eventColumns)[number]
/** An event as it lies in the chain: `changes` is canonical JSON, null where it is masked. */
export type PlacedEvent = Record<EventColumn, string | number | null>
const hashed = eventColumns.filter((name) => name !== 'changes' && name !== 'hash')

const INTO = `audit_event (org_id, ${eventColumns.join(', ')})`
const SET_HEAD = 'INSERT INTO audit_head (org_id, position, hash) VALUES (?, ?, ?) ON CONFLICT (org_id) DO UPDATE SET position = excluded.position, hash = excluded.hash'
export const GENESIS = '0'.repeat(64)

/** Of an event whose other columns are there, after the hash of the one before it. */
export function hashOf(previous: string, event: Readonly<Record<string, Value>>): string {
  const said: Value[] = [previous]
  for (const name of hashed) said.push(event[name] ?? null)
  return sha256(JSON.stringify(said))
}

export interface ChainHead {
  position: number
  hash: string
}

export async function chainHead(engine: Engine, org: string): Promise<ChainHead> {
  const [row] = await engine.all('SELECT position, hash FROM audit_head WHERE org_id = ?', [org])
  return row ? { position: Number(row['position']), hash: String(row['hash']) } : { position: 0, hash: GENESIS }
}

/** Places events at the end of the chain; to be called inside the transaction that made the changes. */
export async function appendEvents(engine: Engine, org: string, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return
  const head = await chainHead(engine, org)
  const rows: Value[][] = []
  for (const event of events) {
    const changes = canonicalJson(event.changes)
    const row: Record<string, Value> = {
      ...event, lead: event.lead ? 1 : 0, changes, changes_digest: sha256(changes), position: head.position + 1, hash: null,
    }
    row['hash'] = hashOf(head.hash, row)
    head.position += 1
    head.hash = String(row['hash'])
    rows.push([org, ...eventColumns.map((name) => row[name] ?? null)])
  }
  await insertRows(engine, INTO, rows)
  await engine.run(SET_HEAD, [org, head.position, head.hash])
}

/** Events as the authority placed them, into the copy of a replica: one that is there already stays. */
export async function storeEvents(engine: Engine, org: string, events: readonly PlacedEvent[]): Promise<void> {
  await insertRows(engine, INTO, events.map((event) => [org, ...eventColumns.map((name) => event[name])]), 'ON CONFLICT DO NOTHING')
}

export type ChainVerdict = { whole: true; events: number; head: string } | { whole: false; events: number; broken_at: number; why: 'hash' | 'gap' | 'changes' | 'tail' }

/** Walks the chain from its beginning and says where it first breaks. */
export async function verifyChain(engine: Engine, org: string): Promise<ChainVerdict> {
  let previous = GENESIS
  let position = 0
  for (;;) {
    const page: RawRow[] = await engine.all(`SELECT ${eventColumns.join(', ')} FROM audit_event WHERE org_id = ? AND position > ? ORDER BY position LIMIT 1000`, [org, position])
    if (page.length === 0) {
      const head = await chainHead(engine, org)
      if (head.position !== position || head.hash !== previous) return { whole: false, events: position, broken_at: position + 1, why: 'tail' }
      return { whole: true, events: position, head: previous }
    }
    for (const raw of page) {
      const row: Record<string, Value> = { ...raw, position: Number(raw['position']), lead: Number(raw['lead']), row_version: raw['row_version'] === null ? null : Number(raw['row_version']) }
      if (row['position'] !== position + 1) return { whole: false, events: position, broken_at: position + 1, why: 'gap' }
      // Masked copies carry no changes; where they are present they must match their digest.
      if (row['changes'] !== null && sha256(String(row['changes'])) !== row['changes_digest']) return { whole: false, events: position, broken_at: position + 1, why: 'changes' }
      if (hashOf(previous, row) !== row['hash']) return { whole: false, events: position, broken_at: position + 1, why: 'hash' }
      previous = String(row['hash'])
      position += 1
    }
  }
}

/** Entered fields of a row that were written after a version, by whoever. */
export async function fieldsChangedSince(engine: Engine, org: string, entity: string, id: string, version: number): Promise<Set<string>> {
  const rows = await engine.all('SELECT changes FROM audit_event WHERE org_id = ? AND entity_id = ? AND entity = ? AND row_version > ?', [org, id, entity, version])
  const fields = new Set<string>()
  for (const row of rows) for (const name of Object.keys(JSON.parse(String(row['changes'] ?? '{}')))) fields.add(name)
  return fields
}

/** The same, written by anybody but one person on one device. */
export async function fieldsChangedByOthers(engine: Engine, org: string, entity: string, id: string, version: number, but: { actor: string; device: string }): Promise<Set<string>> {
  const rows = await engine.all('SELECT changes FROM audit_event WHERE org_id = ? AND entity_id = ? AND entity = ? AND row_version > ? AND NOT (actor = ? AND device = ?)', [org, id, entity, version, but.actor, but.device])
  const fields = new Set<string>()
  for (const row of rows) for (const name of Object.keys(JSON.parse(String(row['changes'] ?? '{}')))) fields.add(name)
  return fields
}
