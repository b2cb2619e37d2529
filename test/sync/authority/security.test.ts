/** Security events that devices saw by themselves: what a server takes, in whose name, and that its chain stays whole. */
import { expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { verifyChain } from '../../../shared/store/audit-chain.ts'
import type { SecurityEvent } from '../../../shared/sync/wire.ts'
import { onEachDatabase } from './pair.ts'

const SEEN = '2026-10-19T23:12:00.000Z' as Instant

onEachDatabase('security events that a device reports', (pair) => {
  let count = 0
  function seen(of: Session | null, action: string, more: Partial<SecurityEvent> = {}): SecurityEvent {
    const id = deriveId('seen', String(++count))
    return { id, issuer: of?.user_id ?? null, about: null, action, facts: {}, project_id: null, seen_at: SEEN, request_id: id, correlation_id: id, ...more }
  }
  const report = (events: readonly SecurityEvent[], session = pair.owner, device = 'laptop') => pair.authority.security(events, { ...pair.sender(session), device }, session.user_id)
  async function told(events: readonly SecurityEvent[]): Promise<Record<string, unknown>[]> {
    const rows = await pair.engine.all(`SELECT * FROM audit_event WHERE request_id IN (${events.map(() => '?').join(', ')}) ORDER BY position`, events.map(({ request_id }) => request_id))
    return rows.map((row) => ({ ...row, changes: JSON.parse(String(row['changes'])) as unknown }))
  }
  const person = (name: string): Session => pair.persona(name).session

  it('come at the end of its chain, in the name of whose token came, at the server’s time, with the device’s own as a fact', async () => {
    const planner = person('planner of A')
    const events = [seen(planner, 'security.permission.denied', { facts: { operation: 'rate_card.create', permission: 'rates:write', asked: null } }), seen(planner, 'security.see_as.started', { facts: { role: 'viewer', project_id: null } })]
    expect(await report(events, planner)).toEqual({ taken: events.map(({ id }) => id), left: [] })
    expect(await told(events)).toMatchObject([
      { action: 'security.permission.denied', actor_kind: 'user', actor: planner.user_id, device: 'laptop', command_id: null, occurred_at: '2026-10-20T08:00:00.000Z', changes: { operation: 'rate_card.create', permission: 'rates:write', asked: null, seen_at: SEEN } },
      { action: 'security.see_as.started', actor: planner.user_id, changes: { role: 'viewer', project_id: null, seen_at: SEEN } },
    ])
    expect(await verifyChain(pair.engine, pair.laptop.org)).toMatchObject({ whole: true })
  })

  it('are one line each, sent again, twice in one request, or by two requests at once', async () => {
    const event = seen(pair.owner, 'security.locked')
    const answers = await Promise.all([report([event, event]), report([event])])
    for (const { taken, left } of [...answers, await report([event])]) expect([new Set(taken), left]).toEqual([new Set([event.id]), []])
    expect(await told([event])).toHaveLength(1)
    // Another person, or another device, that uses the id takes nobody's line away.
    const viewer = person('viewer')
    await report([{ ...event, issuer: viewer.user_id }], viewer)
    await report([event], pair.owner, 'another laptop')
    expect((await told([event])).map(({ actor, device }) => [actor, device])).toEqual([[pair.owner.user_id, 'laptop'], [viewer.user_id, 'laptop'], [pair.owner.user_id, 'another laptop']])
    expect(await verifyChain(pair.engine, pair.laptop.org)).toMatchObject({ whole: true })
  })

  it('of somebody whose token did not come are left, and hold up nobody', async () => {
    const [forged, own] = [seen(person('viewer'), 'export.full'), seen(pair.owner, 'security.unlocked')]
    expect(await report([forged, own])).toEqual({ taken: [own.id], left: [{ id: forged.id, why: 'token' }] })
    expect(await told([forged])).toEqual([])
  })

  it('are of nobody known where nobody proved anything, and say by whose token they came', async () => {
    const viewer = person('viewer')
    const failed = seen(null, 'security.sign_in.failed', { about: viewer.user_id })
    expect(await report([failed])).toEqual({ taken: [failed.id], left: [] })
    expect(await told([failed])).toMatchObject([{ actor_kind: 'device', actor: 'laptop', changes: { about: viewer.user_id, told_by: pair.owner.user_id, seen_at: SEEN } }])
    const claimed = seen(null, 'security.sign_in', { about: viewer.user_id })
    expect(await report([claimed])).toEqual({ taken: [], left: [{ id: claimed.id, why: 'unknown' }] })
  })

  it('that only a server can see, or that it has no word for, are left', async () => {
    const events = ['security.device.revoked', 'security.recovery.closed', 'security.payload.mismatch', 'mission.update', 'security.of.tomorrow'].map((action) => seen(pair.owner, action))
    expect(await report(events)).toEqual({ taken: [], left: events.map(({ id }) => ({ id, why: 'unknown' })) })
    expect(await told(events)).toEqual([])
  })

  it('name a project only where their person sees it', async () => {
    const planner = person('planner of A')
    const [mine, foreign, none] = [pair.world.a.project, pair.world.b.project, deriveId('no', 'project')].map((project_id) => seen(planner, 'export.document', { project_id: project_id as Id }))
    const events = [mine, foreign, none].filter((one) => one !== undefined)
    await report(events, planner)
    expect((await told(events)).map(({ project_id }) => project_id)).toEqual([pair.world.a.project, null, null])
  })

  it('say no other time, person or device than the server knows, whatever their facts say', async () => {
    const event = seen(pair.owner, 'security.sign_in.failed', { facts: { seen_at: '1999-01-01T00:00:00.000Z', told_by: 'nobody' } })
    const unproven = { ...seen(null, 'security.sign_in.failed', { about: person('viewer').user_id }), facts: { about: 'x', told_by: 'nobody' } }
    await report([event, unproven])
    expect(await told([event, unproven])).toMatchObject([{ changes: { seen_at: SEEN } }, { changes: { about: person('viewer').user_id, told_by: pair.owner.user_id } }])
  })
})
