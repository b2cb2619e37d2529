/** What of a commit is told to one person: its outcome, its rows as they see them, its events as far as they may read the log. */
import { openInput, openRecord } from '../../core/sealed-record.ts'
import type { Person } from '../../core/session.ts'
import type { AnyEntity } from '../../domain/entity.ts'
import { entities } from '../../domain/registry.ts'
import { canonicalJson, type Json } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PlacedEvent } from '../../store/audit-chain.ts'
import { findCommand, type LoggedCommand } from '../../store/command-log.ts'
import type { Engine } from '../../store/engine.ts'
import type { Lens } from '../../store/reader.ts'
import type { PersonKeys } from '../../store/sealing.ts'
import type { ToldCommand } from '../../store/sync-log.ts'
import type { OutcomeChange, WireCommand } from '../wire.ts'
import { receiptOf } from './receipts.ts'

/** The command as it was issued, from the log; null when a person it speaks of was erased. */
export async function issuedCommand(logged: LoggedCommand, keys: PersonKeys): Promise<WireCommand | null> {
  const record = await openRecord(logged.record, keys)
  const input = await openInput(logged.input, keys)
  if (record === null || input === undefined) return null
  return {
    id: logged.id, name: logged.name, v: logged.v, input, record: { rows: record.rows.map(({ beside, ...row }) => ({ ...row, ...(beside ? { beside } : {}) })) },
    after: logged.after, seed: logged.seed, issued_at: logged.issued_at, correlation_id: logged.correlation_id, group_id: logged.group_id,
  }
}

export interface Telling {
  engine: Engine
  org: Id
  epoch: number
  receipt_key: string
  keys: PersonKeys
  person: Person
}

/** In full to its author; to anybody else only that it is settled (17r). */
export async function outcomeChange({ engine, org, epoch, receipt_key, keys, person }: Telling, { id, seq, actor: issuer, outcome, note, converged, payload_hash }: ToldCommand): Promise<OutcomeChange> {
  const bare = { id, seq, outcome, note, converged: converged.map(({ entity, id: row, field }) => ({ entity, id: row, field })), receipt: receiptOf(receipt_key, payload_hash, { command_id: id, epoch, seq, outcome }) }
  if (issuer !== person.user_id || outcome === 'applied') return { ...bare, issuer }
  const logged = await findCommand(engine, org, id)
  const command = logged && (await issuedCommand(logged, keys))
  return { ...bare, reason: logged?.answer ?? null, ...(command ? { command } : {}), issuer }
}

const guarded = new Map<AnyEntity, readonly string[]>()
/** Columns the person may not read are as empty in an event as in the record: before and after both. */
export function veiledEvent(event: PlacedEvent, lens: Lens): PlacedEvent {
  const { changes: text } = event
  const entity = entities.get(String(event.entity))
  if (!entity || typeof text !== 'string') return event
  let names = guarded.get(entity)
  if (!names) guarded.set(entity, (names = Object.entries(entity.fields).flatMap(([name, { readable }]) => (readable ? [`"${name}":`] : []))))
  if (!names.some((quoted) => text.includes(quoted))) return event
  const changes = JSON.parse(text) as Record<string, Json>
  const row: Record<string, unknown> = { id: event.entity_id, ...Object.fromEntries(Object.keys(changes).map((name) => [name, true])), project_id: event.project_id }
  lens.redact(entity, row)
  if (Object.keys(changes).every((name) => row[name] !== null)) return event
  return { ...event, changes: canonicalJson(Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, row[name] === null ? [null, null] : change]))) }
}
