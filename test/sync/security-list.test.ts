/** The list of security events that a laptop keeps for its server: bounded for each person, and nothing lost unseen. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EVENTS_LOST } from '../../shared/domain/audit/device-events.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import { fromMs } from '../../shared/kernel/instants.ts'
import type { AuditEvent } from '../../shared/store/audit-chain.ts'
import { openOutbox, type OutboxFile } from '../../shared/store/outbox-file.ts'
import { MOST_EVENTS, type SeenEvent } from '../../shared/store/security-list.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import { createSecurityReport, seenOf } from '../../shared/sync/security.ts'
import { SecurityEvent, SecurityRequest, type SecurityAnswer } from '../../shared/sync/wire.ts'

const personOf = (name: string): Id => deriveId('security list', name)
const [lea, karim, nils] = [personOf('lea'), personOf('karim'), personOf('nils')]
let outbox: OutboxFile
let count = 0
beforeEach(async () => {
  outbox = await openOutbox(sqliteEngine(openDatabase(':memory:', {})))
})
afterEach(() => outbox.close())

function seen(person = lea, action = 'security.locked'): SeenEvent {
  const id = deriveId('seen', String(++count))
  return { id, person, action, facts: {}, project_id: null, seen_at: fromMs(1_795_000_000_000 + count * 1000), request_id: id, correlation_id: id }
}
const many = (length: number, person = lea) => Array.from({ length }, () => seen(person))
const kept = () => outbox.security.lines(0, 10_000)

describe('the list of security events of a laptop', () => {
  it('keeps the first of each person up to its bound, counts what came then, and tells the count as soon as there is room', async () => {
    const [first, late, others] = [many(MOST_EVENTS), many(7), many(3, karim)]
    await outbox.security.append([...first, ...late, ...others])
    expect(await outbox.security.counts()).toEqual({ waiting: MOST_EVENTS + 3, lost: 7 })
    expect((await kept()).map(({ id }) => id)).toEqual([...first, ...others].map(({ id }) => id))
    await outbox.security.acknowledged(others.map(({ id }) => id))
    expect(await outbox.security.counts()).toEqual({ waiting: MOST_EVENTS, lost: 7 })
    await outbox.security.acknowledged(first.slice(0, 200).map(({ id }) => id))
    expect(await outbox.security.counts()).toEqual({ waiting: MOST_EVENTS - 199, lost: 0 })
    expect((await kept()).at(-1)).toMatchObject({ person: lea, action: EVENTS_LOST, facts: { lost: 7, since: late[0]?.seen_at, until: late[6]?.seen_at } })
  })
  it('keeps an event once, however often it is told of it', async () => {
    const event = seen()
    await outbox.security.append([event, event])
    await outbox.security.append([event])
    expect(await kept()).toMatchObject([event])
  })
  it('keeps nothing that the wire would refuse', async () => {
    const event = (changes: AuditEvent['changes'], more: Partial<AuditEvent> = {}): AuditEvent => {
      const { id, seen_at } = seen()
      return {
        id, entity: null, entity_id: null, row_version: null, project_id: null, mission_id: null, action: 'export.document', op: null, lead: false, command_id: null, actor_kind: 'user', actor: lea, on_behalf_of: null,
        changes, reason: null, occurred_at: seen_at, recorded_at: seen_at, request_id: id, correlation_id: id, device: 'laptop', app_version: 'test', corrects_event_id: null, ...more,
      }
    }
    const long = seenOf(event({ document: 'crew', list: 'x'.repeat(10_000), rows: 12 }))
    expect(long.facts).toEqual({ document: 'crew', rows: 12, shortened: true })
    for (const one of [long, seenOf(event({ 'Not a name': 1, ok: [1, 2] })), seenOf(event('text')), seenOf(event({}, { correlation_id: 'é '.repeat(90), project_id: 'P' }))]) {
      const { person: issuer, ...rest } = one
      expect(SecurityEvent.safeParse({ ...rest, issuer, about: null }).success).toBe(true)
    }
  })
})

/** A way that answers as a server would, with what it was asked. */
function way(answer: (request: SecurityRequest, as: string) => SecurityAnswer | { problem: 'refused' | 'token' | 'offline'; code: string | null }) {
  const asked: { as: string; people: (string | null)[]; actions: string[] }[] = []
  return {
    asked,
    security(request: SecurityRequest, as: string) {
      // As it crosses the wire.
      const { events } = SecurityRequest.parse(JSON.parse(JSON.stringify(request)))
      asked.push({ as, people: events.map(({ issuer }) => issuer), actions: events.map(({ action }) => action) })
      const said = answer(request, as)
      return Promise.resolve('problem' in said ? { ok: false as const, ...said, retry_after_ms: null } : { ok: true as const, value: said })
    },
  }
}
const all = ({ events }: SecurityRequest): SecurityAnswer => ({ taken: events.map(({ id }) => id), left: [] })
const tokens = (...people: Id[]) => new Map(people.map((person) => [person, `token of ${person}`]))

describe('sending them', () => {
  const report = (transport: ReturnType<typeof way>) => createSecurityReport({ list: outbox.security, transport, appVersion: 'test' })

  it('leaves those whose person has no token, but for what nobody proved: that is told by who is there', async () => {
    await outbox.security.append([seen(karim), seen(lea), seen(karim, 'security.sign_in.failed'), seen(lea, 'security.sign_in.failed')])
    const transport = way(all)
    await report(transport).send(tokens(lea))
    expect(transport.asked).toEqual([{ as: lea, people: [lea, null, lea], actions: ['security.locked', 'security.sign_in.failed', 'security.sign_in.failed'] }])
    expect((await kept()).map(({ person, action }) => [person, action])).toEqual([[karim, 'security.locked']])
    await report(transport).send(tokens())
    expect(transport.asked).toHaveLength(1)
  })
  it('goes through requests of the wire’s size to the end, the count of what was lost too', async () => {
    await outbox.security.append([...many(MOST_EVENTS), ...many(5)])
    const transport = way(all)
    await report(transport).send(tokens(lea))
    expect(transport.asked.map(({ people }) => people.length)).toEqual([...Array.from({ length: 10 }, () => 200), 1])
    expect(transport.asked.at(-1)?.actions).toEqual([EVENTS_LOST])
    expect(await kept()).toEqual([])
  })
  it('asks with another person’s token when that of the first is refused, or is of no member any more', async () => {
    for (const refusal of [{ problem: 'token', code: 'auth.token' }, { problem: 'refused', code: 'organization.not_found' }] as const) {
      await outbox.security.append([seen(karim), seen(lea), seen(nils)])
      const transport = way((request, as) => (as === karim ? refusal : all(request)))
      await report(transport).send(tokens(karim, lea, nils))
      expect(transport.asked.map(({ as, people }) => [as, people])).toEqual([[karim, [karim, lea, nils]], [lea, [lea, nils]]])
      expect((await kept()).map(({ person }) => person)).toEqual([karim])
      await outbox.security.acknowledged((await kept()).map(({ id }) => id))
    }
  })
  it('offers what the server has no word for once in a run, and goes on behind it', async () => {
    const [odd, known] = [seen(lea, 'security.of.tomorrow'), seen(lea)]
    await outbox.security.append([odd, known])
    const transport = way(({ events }) => ({ taken: events.flatMap(({ id }) => (id === odd.id ? [] : [id])), left: [{ id: odd.id, why: 'unknown' }] }))
    const sending = report(transport)
    await sending.send(tokens(lea))
    await sending.send(tokens(lea))
    expect(transport.asked).toHaveLength(1)
    expect((await kept()).map(({ id }) => id)).toEqual([odd.id])
    await report(transport).send(tokens(lea))
    expect(transport.asked).toHaveLength(2)
  })
  it('rests some rounds where the server has no such address, and none where there is no network', async () => {
    await outbox.security.append([seen()])
    const older = way(() => ({ problem: 'refused', code: 'address.not_found' }))
    const resting = report(older)
    for (let n = 0; n < 21; n++) await resting.send(tokens(lea))
    expect(older.asked).toHaveLength(1)
    await resting.send(tokens(lea))
    expect(older.asked).toHaveLength(2)
    const away = way(() => ({ problem: 'offline', code: null }))
    const trying = report(away)
    for (let n = 0; n < 3; n++) await trying.send(tokens(lea))
    expect(away.asked).toHaveLength(3)
    expect(await kept()).toHaveLength(1)
  })
})
