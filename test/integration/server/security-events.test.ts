/** Security events that a computer saw by itself, over HTTP: by whose token, of which organization, of what shape; and that a hostile one adds nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { PROTOCOL, SECURITY_EVENTS } from '../../../shared/sync/wire.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { auditOf } from '../../fixtures/facts-audit.ts'
import { bring, enter, firstAdministrator, startTestServer, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

let app: TestOrganization
let other: TestOrganization
let server: TestServer
let lea: Signed
let ana: Signed
const anaId = deriveId('security', 'ana')
let count = 0

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'security' })
  other = await openTestOrganization({ seed: 'security elsewhere' })
  await app.ask('member.add', { user_id: anaId, name: 'Ana Costa', email: 'ana@example.org', role: 'member', project_id: null })
  server = await startTestServer()
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
  ana = await enter(server, app, lea, anaId, 'ana@example.org', testDevice('partage'))
}, 60_000)
afterAll(async () => {
  await server.stop()
  await app.close()
  await other.close()
})

const seen = (issuer: Id | null, action = 'security.locked', more: object = {}) => {
  const id = deriveId('seen', String(++count))
  return { id, issuer, about: null, action, facts: {}, project_id: null, seen_at: '2026-10-19T23:12:00.000Z', request_id: id, correlation_id: id, ...more }
}
const report = (who: Signed, events: readonly unknown[], tokens: Record<string, string> = {}, more: object = {}) =>
  server.ask('POST', `orgs/${app.org}/sync/security`, { token: who.access, body: { protocol: PROTOCOL, app_version: 'test', tokens, events, ...more } })
/** Without the lines that this very question makes. */
const audit = async () => auditOf((await server.ask('GET', `orgs/${app.org}/facts`, { token: lea.access })).text).filter(({ action }) => action !== 'security.organization.copied')
const linesOf = async (id: string) => (await audit()).filter(({ request_id }) => request_id === id)

describe('security events over HTTP', () => {
  it('are written in the name of each person whose token came, sent twice once', async () => {
    const leaHere = await server.ask('POST', 'auth/login', { body: { email: 'lea@example.org', password: 'trois-petits-praticables', device: { ...testDevice('x').identity, id: 'partage' } } })
    const [mine, hers] = [seen(anaId, 'security.sign_in'), seen(lea.user_id, 'security.see_as.started', { facts: { role: 'viewer', project_id: null } })]
    const send = () => report(ana, [mine, hers], { [anaId]: ana.access, [lea.user_id]: String(leaHere.body['access']) })
    for (const reply of [await send(), await send()]) expect([reply.status, reply.body]).toEqual([200, { taken: [mine.id, hers.id], left: [] }])
    expect((await linesOf(mine.id)).map(({ actor, device }) => [actor, device])).toEqual([[anaId, 'partage']])
    expect((await linesOf(hers.id)).map(({ actor, device }) => [actor, device])).toEqual([[lea.user_id, 'partage']])
    expect((await server.ask('POST', `orgs/${app.org}/console/verify-audit`, { token: lea.access, body: {} })).body).toMatchObject({ ok: true })
  })
  it('of another person are refused without their token, with that of another device, with one’s own under their name; and that is in the log', async () => {
    const before = (await audit()).filter(({ action }) => action === 'security.permission.denied').length
    for (const token of [undefined, lea.access, ana.access, 'a'.repeat(43)]) {
      const forged = seen(lea.user_id, 'export.full')
      expect((await report(ana, [forged], token === undefined ? {} : { [lea.user_id]: token })).body).toEqual({ taken: [], left: [{ id: forged.id, why: 'token' }] })
      expect(await linesOf(forged.id)).toEqual([])
    }
    const denied = (await audit()).filter(({ action }) => action === 'security.permission.denied').slice(before)
    expect(denied.map(({ actor, changes }) => [actor, changes])).toEqual(['token_of_another_device', 'token_of_another_person'].map((why) => [anaId, JSON.stringify({ operation: 'sync.security', why })]))
  })
  it('of another organization, without a token, or of a computer that was shut out are refused', async () => {
    const body = { protocol: PROTOCOL, app_version: 'test', tokens: {}, events: [seen(anaId)] }
    expect((await server.ask('POST', `orgs/${other.org}/sync/security`, { token: ana.access, body })).code).toBe('organization.not_found')
    expect((await server.ask('POST', `orgs/${app.org}/sync/security`, { body })).code).toBe('auth.required')
    const lost = await enter(server, app, lea, anaId, 'ana@example.org', testDevice('perdu'))
    await server.ask('POST', `orgs/${app.org}/console/revoke`, { token: lea.access, body: { device: 'perdu', reason: 'perdu' } })
    expect((await report(lost, [seen(anaId)])).code).toBe('auth.device_revoked')
    // Her password was set anew with that code: her other session ended with it.
    ana = await enter(server, app, lea, anaId, 'ana@example.org', testDevice('partage'))
  })
  it('of another shape are refused whole, and write nothing', async () => {
    const before = (await audit()).length
    const good = seen(anaId)
    const odd: object[] = [
      { ...good, id: 'x' }, { ...good, issuer: 'x' }, { ...good, action: 'Security Locked' }, { ...good, action: 'a'.repeat(81) }, { ...good, actor: lea.user_id }, { ...good, occurred_at: '2020-01-01T00:00:00.000Z' },
      { ...good, seen_at: 'yesterday' }, { ...good, facts: { a: 'x'.repeat(5000) } }, { ...good, facts: { 'A b': 1 } }, { ...good, facts: [] }, { ...good, facts: 'x' }, { ...good, correlation_id: '\u0000' }, { ...good, request_id: 'a b' },
      { ...good, project_id: '../x' },
    ]
    for (const event of odd) expect((await report(ana, [event])).code, JSON.stringify(event).slice(0, 120)).toBe('validation.invalid')
    expect((await report(ana, Array.from({ length: SECURITY_EVENTS + 1 }, () => seen(anaId)))).code).toBe('validation.invalid')
    expect((await report(ana, [], {}, { by: lea.user_id })).code).toBe('validation.invalid')
    expect((await report(ana, [], {}, { protocol: 99 })).code).toBe('sync.server_older')
    expect((await report(ana, [{ ...good, facts: { a: 'x'.repeat(3_000_000) } }])).status).toBe(413)
    expect((await audit()).length).toBe(before)
    // What a text may hold at its worst is taken as a text.
    const worst = seen(anaId, 'security.record.not_found', { facts: { operation: '\u0000\ud800<script>', asked: '__proto__' } })
    expect((await report(ana, [worst])).body).toEqual({ taken: [worst.id], left: [] })
    expect(await linesOf(worst.id)).toHaveLength(1)
    expect(server.logged.filter((line) => line.includes('"event":"unexpected"'))).toEqual([])
  })
})
