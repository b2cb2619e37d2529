/** From what a command wrote to its audit events: one per row, one of them lead, personal values as keyed digests. */
import type { CallContext } from '../domain/call-context.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import type { Json } from '../kernel/hashing.ts'
import type { AuditEvent } from '../store/audit-chain.ts'
import { keyedDigest, type PersonKeys } from '../store/sealing.ts'
import { sameValue, type Write } from '../store/write-set.ts'
import { projectIdOf } from './lens.ts'

/** Whose key seals the personal fields of a row. */
export function subjectOf(write: Write): Id {
  const owner = write.entity.owner
  const value = owner && owner !== 'id' ? write.after[owner] : write.id
  return (typeof value === 'string' ? value : write.id) as Id
}

async function changesOf(write: Write, keys: PersonKeys): Promise<Json> {
  const changes: Record<string, Json> = {}
  for (const [name, field] of Object.entries(write.entity.fields)) {
    const before = write.op === 'insert' ? null : (write.before?.[name] ?? null)
    const after = write.op === 'remove' ? null : (write.after[name] ?? null)
    if (write.op === 'update' || write.op === 'insert' ? sameValue(before, after) : before === null && after === null) continue
    if (field.personal) {
      const key = await keys.keyOf(subjectOf(write))
      changes[name] = [keyedDigest(key, before), keyedDigest(key, after)]
    } else changes[name] = [before, after] as Json
  }
  return changes
}

interface Common {
  call: CallContext
  action: string
  reason: string | null
  /** The person for whom the actor did it. */
  on_behalf_of?: Id | null
}

function eventOf({ call, action, reason, on_behalf_of = null }: Common, id: Id): AuditEvent {
  return {
    id, entity: null, entity_id: null, row_version: null, project_id: null, mission_id: null, action, op: null, lead: false, command_id: call.command_id,
    actor_kind: call.actor_kind, actor: call.actor, on_behalf_of, changes: {}, reason, occurred_at: call.now, recorded_at: call.now,
    request_id: call.request_id, correlation_id: call.correlation_id, device: call.device, app_version: call.app_version, corrects_event_id: null,
  }
}

export async function eventsOf(common: Common, writes: readonly Write[], keys: PersonKeys): Promise<AuditEvent[]> {
  const { call, action } = common
  if (writes.length === 0) return [{ ...eventOf(common, deriveId(call.command_id, `audit:${call.command_id}:${action}`)), lead: true }]
  const events: AuditEvent[] = []
  for (const [index, write] of writes.entries()) {
    const project = projectIdOf(write.entity, write.after)
    const mission = write.entity.name === 'mission' ? write.id : write.entity.scope === 'mission' ? String(write.after['mission_id']) : null
    events.push({
      ...eventOf(common, deriveId(call.command_id, `audit:${write.id}:${action}`)),
      entity: write.entity.name, entity_id: write.id, row_version: Number(write.after['version']), project_id: project, mission_id: mission,
      op: write.op, lead: index === 0, changes: await changesOf(write, keys),
    })
  }
  return events
}

/** Something that happened beside the data: a denial, a sign-in, an export, a reveal. */
export function securityEvent(call: CallContext, action: string, changes: Json, where: { entity?: string; entity_id?: string; project_id?: string | null } = {}): AuditEvent {
  return {
    ...eventOf({ call, action, reason: null }, deriveId(call.command_id, `audit:${call.request_id}:${action}`)),
    entity: where.entity ?? null, entity_id: where.entity_id ?? null, project_id: where.project_id ?? null, command_id: null, changes,
  }
}
