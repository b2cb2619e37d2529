/** Who comes in, how long a token holds, and what a stolen or wrong one gets. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { DAY, fromMs, MINUTE } from '../../../shared/kernel/instants.ts'
import { openDatabase, sqliteEngine } from '../../../shared/store/sqlite-engine.ts'
import { invitationDigest } from '../../../shared/domain/organization/invitation-code.ts'
import { migrateServer } from '../../../sync-server/accounts/schema.ts'
import { openSessions } from '../../../sync-server/accounts/sessions.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bring, enter, firstAdministrator, issue, PASSWORD, pullOf, pushOf, signed, startTestServer, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

let app: TestOrganization
let server: TestServer
let lea: Signed
const nils = deriveId('accounts', 'nils')
const INVITATION = 'K7QM-2XPB-9RTA'

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'accounts' })
  await app.ask('member.add', { user_id: nils, name: 'Nils Berger', email: 'nils@example.org', role: 'planner', project_id: null })
  await app.ask('invitation.create', { name: 'Ana Costa', email: 'ana@example.org', role: 'viewer', project_id: null, code_digest: invitationDigest(INVITATION) })
  // The invitation of a copy made in the past must still open now.
  app.at(new Date(Date.now()).toISOString())
  const [waiting] = (await app.ask('invitation.list', {}))['items'] as { id: string }[]
  await app.ask('invitation.renew', { id: waiting?.id, code_digest: invitationDigest(INVITATION) })
  server = await startTestServer()
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
}, 60_000)
afterAll(async () => {
  await server.stop()
  await app.close()
})

const push = async (name: string, input: unknown): Promise<void> => {
  const reply = await server.ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([await issue(app, name, input)], lea.user_id, { [lea.user_id]: lea.access }) })
  expect(reply.body['taken'], reply.text).toHaveLength(1)
}
const login = (email: string, password: string, device = testDevice('atelier')) => server.ask('POST', 'auth/login', { body: { email, password, device: device.identity } })
const refresh = (token: string, key?: string) => server.ask('POST', 'auth/refresh', { body: { refresh: token }, headers: key === undefined ? {} : { 'idempotency-key': key } })
const devices = (token: string) => server.ask('GET', 'auth/devices', { token })

describe('the first administrator', () => {
  it('comes in with the code printed once, and nobody comes in with it again', async () => {
    expect(server.running.first_code).toMatch(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$/)
    const again = await server.ask('POST', 'auth/register', { body: { code: server.running.first_code, user_id: nils, name: 'X', email: 'x@example.org', password: PASSWORD, device: testDevice('x').identity } })
    expect([again.status, again.code]).toEqual([422, 'invitation.unusable'])
  })
  it('may ask the same again when the answer was lost', async () => {
    const again = await server.ask('POST', 'auth/register', { body: { code: server.running.first_code, user_id: lea.user_id, name: 'Léa Martin', email: 'lea@example.org', password: PASSWORD, device: testDevice('perdu').identity } })
    expect(again.status).toBe(200)
  })
})

describe('signing in', () => {
  it('answers tokens and the organizations of the person', async () => {
    const reply = await login('LEA@example.org ', PASSWORD)
    // The form is asked of everybody, with or without an account.
    expect(reply.status).toBe(400)
    const right = await login('lea@example.org', PASSWORD)
    expect(right.body).toMatchObject({ user_id: lea.user_id, administrator: true, orgs: [{ id: app.org, name: 'Compagnie du Phare' }] })
    expect(Date.parse(String(right.body['access_expires_at'])) - Date.parse(String(right.body['server_time']))).toBeCloseTo(15 * MINUTE, -4)
    expect(Date.parse(String(right.body['refresh_expires_at'])) - Date.parse(String(right.body['server_time']))).toBeCloseTo(30 * DAY, -4)
  })
  it('never tells whether somebody exists', async () => {
    const known = await login('lea@example.org', 'wrong')
    const unknown = await login('nobody@example.org', 'wrong')
    expect([known.status, known.code, unknown.status, unknown.code]).toEqual([401, 'auth.failed', 401, 'auth.failed'])
    const strip = (body: unknown) => JSON.stringify(body).replace(/"request_id":"[^"]*"|"timestamp":"[^"]*"/g, '')
    expect(strip(known.body)).toBe(strip(unknown.body))
  })
  it('lets wrong tries wait longer and longer, known or not', async () => {
    for (const email of ['slow@example.org', 'nils.slow@example.org']) {
      for (let tries = 0; tries < 4; tries++) await login(email, 'wrong')
      const delayed = await login(email, 'wrong')
      expect([delayed.status, delayed.code]).toEqual([429, 'auth.delayed'])
      expect(Number(delayed.headers.get('retry-after'))).toBeGreaterThan(0)
    }
  })
})

describe('tokens', () => {
  it('holds access for a quarter of an hour', async () => {
    const entered = signed(await login('lea@example.org', PASSWORD, testDevice('quart')), testDevice('quart'))
    expect((await devices(entered.access)).status).toBe(200)
    server.pass(16 * MINUTE)
    expect((await devices(entered.access)).code).toBe('auth.token')
    expect((await refresh(entered.refresh)).status).toBe(200)
    expect((await server.ask('GET', 'auth/devices')).code).toBe('auth.required')
    lea = signed(await refresh(lea.refresh), lea.device)
  })
  it('gives the next pair once; a refresh token that comes twice ends the session of whoever holds it', async () => {
    const device = testDevice('volé')
    const stolen = { ...device, identity: { ...device.identity, id: 'vole' } }
    const entered = signed(await login('lea@example.org', PASSWORD, stolen), stolen)
    const next = signed(await refresh(entered.refresh), stolen)
    expect(next.refresh).not.toBe(entered.refresh)
    expect((await devices(next.access)).status).toBe(200)
    const reused = await refresh(entered.refresh)
    expect([reused.status, reused.code]).toEqual([401, 'auth.session_ended'])
    expect((await devices(next.access)).code).toBe('auth.token')
    expect((await refresh(next.refresh)).code).toBe('auth.session_ended')
    const metrics = await server.ask('GET', '/metrics')
    expect(metrics.text).toMatch(/^callboard_refresh_reused_total 1$/m)
    await expect.poll(async () => (await auditOf()).includes('security.refresh.reused')).toBe(true)
  })
  it('answers a lost refresh again to who knows its key', async () => {
    const device = testDevice('coupure')
    const entered = signed(await login('lea@example.org', PASSWORD, device), device)
    const first = await refresh(entered.refresh, 'a-key-of-its-own')
    const again = await refresh(entered.refresh, 'a-key-of-its-own')
    expect([again.status, again.headers.get('idempotency-replayed'), again.text]).toEqual([200, 'true', first.text])
    expect((await devices(String(again.body['access']))).status).toBe(200)
  })
  it('gives a pair again that a process gave and ended before it answered, until it is used', async () => {
    const device = testDevice('tué')
    const killed = { ...device, identity: { ...device.identity, id: 'tue' } }
    const entered = signed(await login('lea@example.org', PASSWORD, killed), killed)
    const first = await refresh(entered.refresh, 'asked-again')
    // As a kill between the commit and the answer leaves it.
    const engine = sqliteEngine(openDatabase(join(server.folder, 'server.sqlite')))
    await engine.run("UPDATE server_idempotency SET status = 0, body = NULL WHERE caller LIKE 'auth.refresh%'", [])
    await engine.close()
    const again = signed(await refresh(entered.refresh, 'asked-again'), killed)
    expect([again.access, again.refresh]).toEqual([first.body['access'], first.body['refresh']])
    expect((await devices(again.access)).status).toBe(200)
    expect((await refresh(again.refresh, 'the-next')).status).toBe(200)
    // Whoever comes with the old one now has copied it.
    expect((await refresh(entered.refresh, 'another')).code).toBe('auth.session_ended')
  })
  it('expires a refresh token that was not used for thirty days', async () => {
    const device = testDevice('longtemps')
    const other = await startTestServer()
    const owner = await firstAdministrator(other, app, device)
    other.pass(31 * DAY)
    expect((await other.ask('POST', 'auth/refresh', { body: { refresh: owner.refresh } })).code).toBe('auth.session_ended')
    await other.stop()
  })
  it('tells a session it ended from a token it never gave, also long after', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-sessions-'))
    const engine = sqliteEngine(openDatabase(join(folder, 'server.sqlite')))
    await migrateServer(engine)
    const sessions = openSessions(engine, (bytes) => randomBytes(bytes))
    const at = (days: number) => fromMs(Date.UTC(2026, 10, 23) + days * DAY)
    const { refresh: token } = await sessions.start(nils, 'atelier', at(0))
    expect(await sessions.refresh('never-given', at(0))).toEqual({ outcome: 'refused' })
    for (const days of [31, 200]) {
      await sessions.prune(at(days))
      expect(await sessions.refresh(token, at(days))).toEqual({ outcome: 'ended' })
    }
    await sessions.prune(at(400))
    expect(await sessions.refresh(token, at(400))).toEqual({ outcome: 'refused' })
    await engine.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
  it('ends with a sign-out', async () => {
    const device = testDevice('sortie')
    const entered = signed(await login('lea@example.org', PASSWORD, device), device)
    expect((await server.ask('POST', 'auth/logout', { token: entered.access, body: {} })).status).toBe(200)
    expect((await devices(entered.access)).code).toBe('auth.token')
    expect((await refresh(entered.refresh)).code).toBe('auth.session_ended')
  })
})

const auditOf = async (): Promise<string[]> => {
  const lines = (await server.ask('GET', `orgs/${app.org}/facts`, { token: lea.access })).text.split('\n')
  return lines.flatMap((line) => [...line.matchAll(/security\.[a-z_.]+/g)].map(([found]) => found))
}

describe('codes of an organization', () => {
  it('are enough by themselves: they say whose they are', async () => {
    const made = async (user_id: string) => (await server.ask('POST', `orgs/${app.org}/console/access`, { token: lea.access, body: { user_id }, headers: { 'idempotency-key': `alone-${user_id}-${server.now()}` } })).body['code']
    const ines = deriveId('accounts', 'ines')
    await push('member.add', { user_id: ines, name: 'Inès Moreau', email: 'ines@example.org', role: 'planner', project_id: null })
    const body = { code: await made(ines), password: PASSWORD, device: testDevice('neuf').identity }
    const first = await server.ask('POST', 'auth/register', { body })
    expect(first.body).toMatchObject({ user_id: ines, name: 'Inès Moreau', email: 'ines@example.org', administrator: false, orgs: [{ id: app.org }] })
    // The same call again, whose answer was lost; with another password it is nobody's.
    expect((await server.ask('POST', 'auth/register', { body })).status).toBe(200)
    expect((await server.ask('POST', 'auth/register', { body: { ...body, password: 'un-autre-mot-de-passe' } })).code).toBe('auth.failed')
    // An account that is there keeps its e-mail, and has the new password.
    const again = await server.ask('POST', 'auth/register', { body: { code: await made(ines), password: 'encore-un-mot-de-passe', device: testDevice('encore').identity } })
    expect(again.body).toMatchObject({ user_id: ines, email: 'ines@example.org' })
    expect((await login('ines@example.org', 'encore-un-mot-de-passe')).status).toBe(200)
  })
  it('of nobody in particular say nothing of who brings them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-first-'))
    const other = await startTestServer({}, { folder })
    const refused = await other.ask('POST', 'auth/register', { body: { code: other.running.first_code, password: PASSWORD, device: testDevice('x').identity } })
    expect([refused.status, refused.code, refused.text.includes('"user_id"')]).toEqual([400, 'validation.invalid', true])
    await other.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
  it('gives a password to the member they name and to nobody else', async () => {
    const ask = (user_id: string, key: string) => server.ask('POST', `orgs/${app.org}/console/access`, { token: lea.access, body: { user_id }, headers: { 'idempotency-key': key } })
    const given = await ask(nils, 'nils-1')
    expect(given.status).toBe(200)
    const body = { code: given.body['code'], name: 'Nils', email: 'nils@example.org', password: PASSWORD, device: testDevice('nils').identity }
    expect((await server.ask('POST', 'auth/register', { body: { ...body, user_id: deriveId('accounts', 'another') } })).code).toBe('invitation.unusable')
    const entered = await server.ask('POST', 'auth/register', { body: { ...body, user_id: nils } })
    expect(entered.body).toMatchObject({ user_id: nils, administrator: false })
    // The code again, by whoever found the paper.
    expect((await server.ask('POST', 'auth/register', { body: { ...body, user_id: nils, password: 'another-password-here' } })).code).toBe('auth.failed')
    expect((await ask(deriveId('accounts', 'stranger'), 'stranger')).code).toBe('member.not_found')
    expect((await server.ask('POST', `orgs/${app.org}/console/access`, { token: lea.access, body: { user_id: nils } })).code).toBe('idempotency.key_required')
    const planner = signed(entered, testDevice('nils'))
    expect((await server.ask('POST', `orgs/${app.org}/console/access`, { token: planner.access, body: { user_id: lea.user_id }, headers: { 'idempotency-key': 'up' } })).code).toBe('auth.forbidden')
    expect((await server.ask('GET', `orgs/${app.org}/console`, { token: planner.access })).code).toBe('auth.forbidden')
  })
  it('ends with its time', async () => {
    const given = await server.ask('POST', `orgs/${app.org}/console/access`, { token: lea.access, body: { user_id: nils }, headers: { 'idempotency-key': 'late' } })
    const other = { code: given.body['code'], user_id: nils, name: 'Nils', email: 'nils@example.org', password: PASSWORD, device: testDevice('tard').identity }
    server.pass(4 * DAY)
    expect((await server.ask('POST', 'auth/register', { body: other })).code).toBe('invitation.unusable')
    lea = signed(await refresh(lea.refresh), lea.device)
  })
  it('lets in who says the code of an invitation, once', async () => {
    const device = testDevice('ana')
    const body = { code: INVITATION.toLowerCase(), name: 'Ana Costa', email: 'ana@example.org', password: PASSWORD, device: device.identity }
    expect((await server.ask('POST', 'auth/join', { body: { ...body, code: 'AAAA-AAAA-AAAA' } })).code).toBe('invitation.unusable')
    expect((await server.ask('POST', 'auth/join', { body: { ...body, password: 'short' } })).code).toBe('validation.invalid')
    const joined = await server.ask('POST', 'auth/join', { body })
    expect(joined.body).toMatchObject({ org: app.org, administrator: false, orgs: [{ id: app.org }] })
    expect((await server.ask('POST', `orgs/${app.org}/sync/pull`, { token: signed(joined, device).access, body: pullOf() })).status).toBe(200)
    expect((await server.ask('POST', 'auth/join', { body: { ...body, email: 'other@example.org' } })).code).toBe('invitation.unusable')
  })
})

describe('passwords and devices', () => {
  it('ends every other session when the password changes', async () => {
    const [one, two] = [testDevice('un'), testDevice('deux')]
    const first = signed(await login('nils@example.org', PASSWORD, one), one)
    const second = signed(await login('nils@example.org', PASSWORD, two), two)
    const wrong = await server.ask('POST', 'auth/password', { token: first.access, body: { old: 'wrong', new: 'un-nouveau-mot-de-passe' } })
    expect(wrong.code).toBe('auth.failed')
    expect((await server.ask('POST', 'auth/password', { token: first.access, body: { old: PASSWORD, new: 'un-nouveau-mot-de-passe' } })).status).toBe(200)
    expect((await devices(first.access)).status).toBe(200)
    expect((await devices(second.access)).code).toBe('auth.token')
    expect((await refresh(second.refresh)).code).toBe('auth.session_ended')
    expect((await login('nils@example.org', PASSWORD, two)).code).toBe('auth.failed')
    expect((await login('nils@example.org', 'un-nouveau-mot-de-passe', two)).status).toBe(200)
  })
  it('shuts out a device of one’s own at once, and tells it so', async () => {
    const device = testDevice('perdue')
    const lost = signed(await login('lea@example.org', PASSWORD, device), device)
    expect((await server.ask('DELETE', 'auth/devices/perdue', { token: lea.access })).status).toBe(200)
    expect((await devices(lost.access)).code).toBe('auth.device_revoked')
    expect((await refresh(lost.refresh)).code).toBe('auth.device_revoked')
    expect((await login('lea@example.org', PASSWORD, device)).code).toBe('auth.device_revoked')
    const listed = (await devices(lea.access)).body['items'] as { id: string; revoked_at: string | null; current: boolean }[]
    expect(listed.find(({ id }) => id === 'perdue')?.revoked_at).not.toBeNull()
    expect(listed.find(({ current }) => current)?.id).toBe('regie')
  })
  it('never gives one organization the accounts of another', async () => {
    const rival = await openTestOrganization({ seed: 'rival' })
    const owner = rival.owner.user_id
    // The rival claims that Léa is one of theirs, then asks a code for her.
    await rival.ask('member.add', { user_id: lea.user_id, name: 'Léa Martin', email: 'lea@example.org', role: 'viewer', project_id: null })
    const device = testDevice('rival')
    const given = await server.ask('POST', `orgs/${app.org}/console/access`, { token: lea.access, body: { user_id: owner }, headers: { 'idempotency-key': 'rival' } })
    expect(given.code).toBe('member.not_found')
    const code = (await serverCode())
    const boss = signed(await server.ask('POST', 'auth/register', { body: { code, user_id: owner, name: 'Rival', email: 'rival@example.org', password: PASSWORD, device: device.identity } }), device)
    await bring(server, rival, boss)
    expect((await server.ask('POST', `orgs/${rival.org}/console/access`, { token: boss.access, body: { user_id: lea.user_id }, headers: { 'idempotency-key': 'claim' } })).code).toBe('auth.forbidden')
    // Nor with a code of the server for an id that an organization knows already.
    const free = await serverCode()
    const claimed = await server.ask('POST', 'auth/register', { body: { code: free, user_id: app.owner.user_id, name: 'X', email: 'x@example.org', password: PASSWORD, device: device.identity } })
    expect(['auth.forbidden', 'record.taken', 'auth.failed']).toContain(claimed.code)
    expect((await server.ask('GET', `orgs/${app.org}/console`, { token: boss.access })).code).toBe('organization.not_found')
    await rival.close()
  })
  it('lets a member in from the organization', async () => {
    const other = await openTestOrganization({ seed: 'third' })
    const guest = deriveId('third', 'guest')
    await other.ask('member.add', { user_id: guest, name: 'Zoé Lang', email: 'zoe@example.org', role: 'member', project_id: null })
    const third = await startTestServer()
    const owner = await firstAdministrator(third, other)
    await bring(third, other, owner)
    const zoe = await enter(third, other, owner, guest, 'zoe@example.org', testDevice('zoe'))
    expect(zoe.user_id).toBe(guest)
    await third.stop()
    await other.close()
  })
})

/** As `callboard-server codes new` gives it. */
async function serverCode(): Promise<string> {
  const { codes } = await import('../../../sync-server/cli/keeping.ts')
  const { readSettings } = await import('../../../sync-server/settings.ts')
  const said: string[] = []
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = ((text: string) => {
    said.push(text)
    return true
  })
  try {
    await codes(readSettings({ DATA_DIR: server.folder, LOG_LEVEL: 'silent' }), 'test', ['new'])
  } finally {
    process.stdout.write = write
  }
  return said.join('').trim()
}
