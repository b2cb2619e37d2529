/** Who means harm: every way in that was tried is refused with its code, and nothing is learnt from the answer. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { MINUTE } from '../../../shared/kernel/instants.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bring, enter, firstAdministrator, issue, PASSWORD, pullOf, pushOf, signed, startTestServer, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

let app: TestOrganization
let other: TestOrganization
let server: TestServer
let lea: Signed
let member: Signed
let project: string
const memberId = deriveId('hostile', 'member')
const leavingId = deriveId('hostile', 'leaving')

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'hostile' })
  other = await openTestOrganization({ seed: 'neighbour' })
  project = String((await app.ask('project.create', { code: 'P', name: 'Projet', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
  await app.ask('member.add', { user_id: memberId, name: 'Ana Costa', email: 'ana@example.org', role: 'member', project_id: null })
  await app.ask('member.add', { user_id: leavingId, name: 'Paul Sorel', email: 'paul@example.org', role: 'viewer', project_id: null })
  server = await startTestServer()
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
  member = await enter(server, app, lea, memberId, 'ana@example.org', testDevice('ana'))
}, 60_000)
afterAll(async () => {
  await server.stop()
  await app.close()
  await other.close()
})

const push = (who: Signed, body: unknown) => server.ask('POST', `orgs/${app.org}/sync/push`, { token: who.access, body })
const outcomeOf = async (who: Signed, id: string): Promise<string | undefined> => {
  const { body } = await server.ask('POST', `orgs/${app.org}/sync/pull`, { token: who.access, body: pullOf(1, 0) })
  return (body['outcomes'] as { id: string; outcome: string }[]).find((one) => one.id === id)?.outcome
}

describe('a hostile client', () => {
  it('cannot raise its role, write what it may not, or read what it may not', async () => {
    const [row] = (await app.ask('member.list', { filter: { user_id: memberId } }))['items'] as { id: string }[]
    const raise = await issue(app, 'member.set_role', { id: row?.id, project_id: null, role: 'org_owner' })
    const write = await issue(app, 'mission.create', { project_id: project, title: 'Forcée', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' })
    expect((await push(member, pushOf([raise, write], member.user_id, { [member.user_id]: member.access }))).body).toMatchObject({ taken: [raise.id, write.id] })
    expect([await outcomeOf(member, raise.id), await outcomeOf(member, write.id)]).toEqual(['rejected', 'rejected'])
    const page = await server.ask('POST', `orgs/${app.org}/sync/pull`, { token: member.access, body: pullOf(1, 0) })
    expect(page.text).not.toContain('"name":"Projet"')
    const audit = await server.ask('GET', `orgs/${app.org}/facts`, { token: lea.access })
    expect(audit.text).toContain('security.permission.denied')
    for (const path of ['facts', 'console']) expect((await server.ask('GET', `orgs/${app.org}/${path}`, { token: member.access })).code).toBe('auth.forbidden')
  })
  it('cannot change a command under the id it had', async () => {
    const command = await issue(app, 'department.create', { code: 'AAA', name: 'Son', colour: '#7A3FB0' })
    await push(lea, pushOf([command], lea.user_id, {}))
    const altered = { ...command, input: { code: 'AAB', name: 'Autre', colour: '#7A3FB0' } }
    const reply = await push(lea, pushOf([altered], lea.user_id, {}))
    expect(reply.body).toMatchObject({ taken: [], left: [{ id: command.id, why: 'refused', on: 'idempotency.payload_mismatch' }] })
    expect((await server.ask('POST', `orgs/${app.org}/sync/pull`, { token: lea.access, body: pullOf(1, 0) })).text).not.toContain('"code":"AAB"')
  })
  it('learns nothing of an organization it is not of, existing or not', async () => {
    const device = testDevice('voisin')
    const neighbour = await startTestServer()
    const owner = await firstAdministrator(neighbour, other, device)
    await bring(neighbour, other, owner)
    const strip = (text: string) => text.replace(/"request_id":"[^"]*"|"timestamp":"[^"]*"/g, '')
    // A token of another server is no token.
    expect((await server.ask('POST', `orgs/${app.org}/sync/pull`, { token: owner.access, body: pullOf() })).code).toBe('auth.token')
    const [real, unreal] = await Promise.all([app.org, deriveId('no', 'organization')].map((org) => neighbour.ask('POST', `orgs/${org}/sync/pull`, { token: owner.access, body: pullOf() })))
    expect(strip(real?.text ?? '')).toBe(strip(unreal?.text ?? ''))
    await neighbour.stop()
  })
  it('gets nothing by a token that is malformed, of another kind, or past its time', async () => {
    for (const token of ['', 'x', 'a'.repeat(500), lea.refresh, '%00', "' OR 1=1 --"]) expect(['auth.token', 'auth.required']).toContain((await server.ask('GET', 'auth/devices', { token })).code)
    expect((await server.ask('POST', 'auth/refresh', { body: { refresh: lea.access } })).code).toBe('auth.token')
    server.pass(16 * MINUTE)
    expect((await server.ask('GET', `orgs/${app.org}/console`, { token: lea.access })).code).toBe('auth.token')
    lea = signed(await server.ask('POST', 'auth/refresh', { body: { refresh: lea.refresh } }), lea.device)
    member = signed(await server.ask('POST', 'auth/refresh', { body: { refresh: member.refresh } }), member.device)
  })
  it('gets nothing once its person is no member any more', async () => {
    const leaving = await enter(server, app, lea, leavingId, 'paul@example.org', testDevice('paul'))
    const pull = () => server.ask('POST', `orgs/${app.org}/sync/pull`, { token: leaving.access, body: pullOf(1, 0) })
    expect((await pull()).status).toBe(200)
    const [row] = (await app.ask('member.list', { filter: { user_id: leavingId } }))['items'] as { id: string }[]
    const removal = await issue(app, 'member.remove', { id: row?.id })
    await push(lea, pushOf([removal], lea.user_id, {}))
    expect(await outcomeOf(lea, removal.id)).toBe('applied')
    expect((await pull()).code).toBe('auth.membership_ended')
    expect((await push(leaving, pushOf([], leaving.user_id, {}))).code).toBe('auth.membership_ended')
    expect((await server.ask('POST', 'auth/refresh', { body: { refresh: leaving.refresh } })).body).toMatchObject({ orgs: [] })
  })
  it('makes no error of ours by odd input', async () => {
    const bodies: unknown[] = [null, [], 'text', 5, { email: {} }, { email: 'a@example.org', password: '\u0000', device: { id: '../../etc', name: 'x', key: 'A'.repeat(60) } }, { email: 'a@example.org', password: 'x', device: { id: 'd', name: '\u0000', key: 'A'.repeat(60) } }, { __proto__: { administrator: true } }]
    for (const body of bodies) expect((await server.ask('POST', 'auth/login', { body })).status).toBe(400)
    for (const path of ['//', '/api/v1/orgs/%', '/api/v1/orgs/..%2f..', '/%E0%A4%A', '/api/v1/auth/devices/%00']) expect((await server.ask('DELETE', path, { token: lea.access })).status).toBeLessThan(500)
    const noKey = { email: 'lea@example.org', password: PASSWORD, device: { id: 'd', name: 'd', key: 'A'.repeat(60) } }
    expect((await server.ask('POST', 'auth/login', { body: noKey })).status).toBe(200)
    expect(server.logged.filter((line) => line.includes('"event":"unexpected"'))).toEqual([])
  })
  it('cannot keep the server busy with half a request', async () => {
    const open = await Promise.all(Array.from({ length: 50 }, () => new Promise<ReturnType<typeof connect>>((resolve) => {
      const socket = connect(server.running.port, '127.0.0.1', () => {
        socket.write('POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\n')
        resolve(socket)
      })
      socket.on('error', () => undefined)
    })))
    expect((await server.ask('GET', '/health/live')).status).toBe(200)
    for (const socket of open) socket.destroy()
  })
})
