/**
 * Security events that a computer saw by itself, on their way to the server: from the core's events to lines of the device's list, from lines
 * to the wire. They hold up nothing: whatever the server says, commands go up and rows come down as ever.
 */
import { unprovenEvents } from '../domain/audit/device-events.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'
import { isId, type Id } from '../kernel/ids.ts'
import type { AuditEvent } from '../store/audit-chain.ts'
import type { SecurityLine, SecurityList, SeenEvent } from '../store/security-list.ts'
import type { Transport } from './contracts.ts'
import { CORRELATION, FACT_NAME, FACTS_BYTES, PROTOCOL, SECURITY_EVENTS, type SecurityEvent } from './wire.ts'

/** Rounds without asking, after a server said that it knows no such address (it is older) or that it will not have them. */
const REST_ROUNDS = 20

/** Refusals for who asks, as against those for what is asked. */
const OF_THE_CALLER = /^(auth|organization)\./

/** As the wire takes them: of facts that are too long, those that are short. */
function factsOf(changes: Json): SeenEvent['facts'] {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) return {}
  const named = Object.entries(changes).filter(([name]) => FACT_NAME.test(name))
  const whole = Object.fromEntries(named)
  if (canonicalJson(whole).length <= FACTS_BYTES) return whole
  return { ...Object.fromEntries(named.filter(([, value]) => canonicalJson(value).length <= 200).slice(0, 15)), shortened: true }
}

/** An event of the core as the device keeps it. */
export const seenOf = ({ id, actor, action, changes, project_id, occurred_at, request_id, correlation_id }: AuditEvent): SeenEvent => ({
  id, person: actor as Id, action, facts: factsOf(changes), project_id: isId(project_id) ? project_id : null, seen_at: occurred_at, request_id,
  correlation_id: CORRELATION.test(correlation_id) ? correlation_id : request_id,
})

/** Null: it waits for its person's token. */
function onWire({ position: _, person, ...event }: SecurityLine, hasToken: boolean): SecurityEvent | null {
  if (hasToken) return { ...event, issuer: person, about: null }
  return unprovenEvents.has(event.action) ? { ...event, issuer: null, about: person } : null
}

export interface SecurityReport {
  /** Sends what may go with these tokens. */
  send(tokens: ReadonlyMap<Id, string>): Promise<void>
}
export interface SecurityReportOptions {
  list: SecurityList
  transport: Pick<Transport, 'security'>
  appVersion: string
}

export function createSecurityReport({ list, transport, appVersion }: SecurityReportOptions): SecurityReport {
  let rest = 0
  /** The server has no word for them: not offered again by this run. */
  const unknown = new Set<Id>()

  /** Told false: nothing more is asked now. */
  async function offer(events: readonly SecurityEvent[], held: Map<Id, string>): Promise<boolean> {
    const issuers = new Set(events.flatMap(({ issuer }) => issuer ?? []))
    const [caller] = [...issuers, ...held.keys()]
    if (caller === undefined) return false
    const request = { protocol: PROTOCOL, app_version: appVersion, tokens: Object.fromEntries([...held].filter(([user]) => issuers.has(user))), events: [...events] }
    const reply = await transport.security(request, caller)
    if (reply.ok) {
      for (const { id, why } of reply.value.left) if (why === 'unknown') unknown.add(id)
      if (reply.value.taken.length > 0) await list.acknowledged(reply.value.taken)
      return true
    }
    // Whose token is refused, or who is no member any more, waits; nobody else does.
    if (reply.problem === 'token' || (reply.problem === 'refused' && OF_THE_CALLER.test(reply.code ?? ''))) held.delete(caller)
    else if (reply.problem === 'refused') rest = REST_ROUNDS
    return held.size > 0 && !held.has(caller)
  }
  return {
    async send(tokens) {
      if (rest > 0) {
        rest--
        return
      }
      const held = new Map(tokens)
      for (let after = 0; held.size > 0; ) {
        const lines = await list.lines(after, SECURITY_EVENTS)
        const last = lines.at(-1)
        if (!last) return
        const people = held.size
        const events = lines.flatMap((line) => (unknown.has(line.id) ? [] : (onWire(line, held.has(line.person)) ?? [])))
        if (events.length > 0 && !(await offer(events, held))) return
        // One person fewer: the same lines once more, for the others.
        if (held.size === people) after = last.position
      }
    },
  }
}
