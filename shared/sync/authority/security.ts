/**
 * Security events that devices saw by themselves, into the organization's chain: as reported by that device, in the name of the person whose
 * token came (never of one the body names), at the server's time, with the device's own instant as a fact (sync rules 6, 34).
 */
import { deviceEvents, unprovenEvents } from '../../domain/audit/device-events.ts'
import { deriveId, type Id } from '../../kernel/ids.ts'
import { appendEvents, type AuditEvent } from '../../store/audit-chain.ts'
import type { Sender } from '../contracts.ts'
import type { SecurityAnswer, SecurityEvent } from '../wire.ts'
import type { AuthorityParts } from './parts.ts'

/** The same event of the same device and person is the same line, however often it comes. */
const lineOf = (org: Id, device: string, { id, issuer, about }: SecurityEvent): Id => deriveId(org, `reported:${device}:${issuer ?? about ?? ''}:${id}`)

/** `by`: whose token asks. */
export async function security(parts: AuthorityParts, reported: readonly SecurityEvent[], sender: Sender, by: Id): Promise<SecurityAnswer> {
  const { core, engine, org } = parts
  return engine.transaction(async () => {
    const answer: SecurityAnswer = { taken: [], left: [] }
    const now = parts.now()
    const fresh = new Map<Id, AuditEvent>()
    /** A project is named only by who sees it. */
    async function placeOf({ issuer, project_id }: SecurityEvent): Promise<Id | null> {
      if (issuer === null || project_id === null) return null
      const viewer = await core.viewer({ user_id: issuer, device: sender.device, scope: null })
      return viewer?.person.may('project:read', project_id) ? project_id : null
    }
    for (const one of reported) {
      const { id, issuer, about, action, facts, seen_at, request_id, correlation_id } = one
      if (issuer !== null && !sender.actors.has(issuer)) {
        answer.left.push({ id, why: 'token' })
        continue
      }
      if (!deviceEvents.has(action) || (issuer === null && !unprovenEvents.has(action))) {
        answer.left.push({ id, why: 'unknown' })
        continue
      }
      answer.taken.push(id)
      const line = lineOf(org, sender.device, one)
      if (fresh.has(line) || (await engine.all('SELECT 1 AS one FROM audit_event WHERE org_id = ? AND id = ?', [org, line])).length > 0) continue
      fresh.set(line, {
        id: line, entity: null, entity_id: null, row_version: null, project_id: await placeOf(one), mission_id: null, action, op: null, lead: false, command_id: null,
        ...(issuer === null ? { actor_kind: 'device', actor: sender.device } : { actor_kind: 'user', actor: issuer }), on_behalf_of: null,
        changes: { ...facts, seen_at, ...(issuer === null ? { about, told_by: by } : {}) }, reason: null, occurred_at: now, recorded_at: now,
        request_id, correlation_id, device: sender.device, app_version: sender.app_version, corrects_event_id: null,
      })
    }
    await appendEvents(engine, org, [...fresh.values()])
    return answer
  })
}
