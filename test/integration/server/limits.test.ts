/** Limits, their headers, and what the server says of itself. */
import { connect } from 'node:net'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi } from '../../../sync-server/http/openapi.ts'
import { waitMs } from '../../../sync-server/accounts/attempts.ts'
import { networkOf } from '../../../sync-server/log/log.ts'
import { readSettings, SettingsProblem } from '../../../sync-server/settings.ts'
import { declared } from '../../../sync-server/http/declared.ts'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bring, firstAdministrator, PASSWORD, pullOf, startTestServer, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

let app: TestOrganization
let server: TestServer
let lea: Signed
const logo = Buffer.from('un logo de vingt octets')

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'limits' })
  await app.ask('organization.update', { id: app.org, version: 1, changes: { logo_sha256: sha256(logo) } })
  server = await startTestServer({ LIMIT_READ_USER: '20', LIMIT_ADMIN_USER: '6', LIMIT_AUTH_ADDRESS: '12', QUOTA_ORGANIZATIONS: '1', QUOTA_BYTES: '4000000', BODY_SECONDS: '1', MIN_BYTES_PER_SECOND: '1000', STREAMS_PER_USER: '1' })
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
}, 60_000)
afterAll(async () => {
  await server.stop()
  await app.close()
})

const pull = () => server.ask('POST', `orgs/${app.org}/sync/pull`, { token: lea.access, body: pullOf() })

describe('limits', () => {
  it('say how much is left, then when to come again', async () => {
    server.pass(60_000)
    const first = await pull()
    expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual(['20', '19'])
    let refused = await pull()
    for (let calls = 0; calls < 20 && refused.status === 200; calls++) refused = await pull()
    expect([refused.status, refused.code, refused.headers.get('ratelimit-remaining')]).toEqual([429, 'throttling.limited', '0'])
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    server.pass(wait * 1000)
    expect((await pull()).status).toBe(200)
    expect((await server.ask('GET', '/metrics')).text).toMatch(/callboard_limited_total\{class="read",subject="user"\} [1-9]/)
  })
  it('count nothing that permission refuses', async () => {
    server.pass(60_000)
    const stranger = testDevice('x').identity.id
    const before = Number((await pull()).headers.get('ratelimit-remaining'))
    for (let calls = 0; calls < 5; calls++) await server.ask('POST', `orgs/${stranger}/sync/pull`, { token: lea.access, body: pullOf() })
    expect(Number((await pull()).headers.get('ratelimit-remaining'))).toBeGreaterThanOrEqual(before - 1)
  })
  it('are counted for all processes where it matters, and refuse when they cannot be', async () => {
    const access = () => server.ask('POST', `orgs/${app.org}/console/verify-audit`, { token: lea.access, body: {} })
    let refused = await access()
    for (let calls = 0; calls < 10 && refused.status === 200; calls++) refused = await access()
    expect(refused.code).toBe('throttling.limited')
    const login = () => server.ask('POST', 'auth/login', { body: { email: 'personne@example.org', password: PASSWORD, device: testDevice('y').identity } })
    const codes: string[] = []
    for (let calls = 0; calls < 14; calls++) codes.push((await login()).code)
    expect(codes).toContain('throttling.limited')
    server.pass(10 * 60_000)
  })
  it('keep to the room of organizations and of bytes', async () => {
    const more = await server.ask('POST', 'orgs', { token: lea.access, body: { id: '3f2b6f0e-1111-4222-8333-444455556666', name: 'Deuxième' }, headers: { 'idempotency-key': 'second' } })
    expect([more.status, more.code]).toEqual([507, 'storage.quota'])
    const size = 5_000_000
    const large = await server.ask('PUT', `orgs/${app.org}/blobs/${sha256(logo)}`, { token: lea.access, bytes: logo, headers: { 'content-range': `bytes 0-${logo.length - 1}/${size}` } })
    expect([large.status, large.code]).toEqual([507, 'storage.quota'])
  })
  it('cut a body that crawls', async () => {
    const began = Date.now()
    const answered = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.running.port, '127.0.0.1')
      let text = ''
      socket.on('data', (bytes) => {
        text += bytes.toString()
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
      socket.write(`POST /api/v1/orgs/${app.org}/sync/pull HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${lea.access}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{`)
    })
    expect(answered).toContain('throttling.too_slow')
    expect(answered).toContain(' 408 ')
    expect(Date.now() - began).toBeLessThan(8_000)
  }, 20_000)
  it('take a body whose sender hung up for what it is: no trouble of the server, no outage of its database', async () => {
    const before = server.logged.length
    const socket = connect(server.running.port, '127.0.0.1')
    socket.write(`POST /api/v1/orgs/${app.org}/sync/pull HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${lea.access}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{`, () => {
      setTimeout(() => socket.destroy(), 100)
    })
    const about = () => server.logged.slice(before).filter((line) => line.includes('/sync/pull'))
    await expect.poll(() => about().length).toBeGreaterThan(0)
    expect(about().map((line) => JSON.parse(line) as unknown)).toEqual([expect.objectContaining({ event: 'request', status: 400, code: 'validation.invalid' })])
  })
  it('wait longer after each wrong try, a quarter of an hour at most', () => {
    expect([1, 3, 4, 5, 6, 30].map((failures) => waitMs(failures, 'account'))).toEqual([0, 0, 1000, 2000, 4000, 900_000])
    expect(waitMs(30, 'address')).toBe(0)
  })
})

describe('answers', () => {
  it('carry the ids of the request, the envelope, and headers that keep browsers at a distance', async () => {
    const reply = await server.ask('GET', 'auth/devices', { headers: { 'x-request-id': 'mine-1', 'x-correlation-id': 'gesture-7' } })
    expect([reply.headers.get('x-request-id'), reply.headers.get('x-correlation-id')]).toEqual(['mine-1', 'gesture-7'])
    expect(reply.body).toEqual({ error: { code: 'auth.required', message: expect.any(String) as unknown, details: [], request_id: 'mine-1', timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as unknown } })
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
    const odd = await server.ask('GET', 'auth/devices', { headers: { 'x-request-id': 'no good\tid' } })
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect((await server.ask('PATCH', 'auth/login')).status).toBe(405)
    expect((await server.ask('GET', 'nowhere')).code).toBe('address.not_found')
  })
  it('leave no person, address or token in the logs', async () => {
    await server.ask('POST', 'auth/login', { body: { email: 'lea@example.org', password: 'un-mot-de-passe-faux', device: testDevice('z').identity } })
    const all = server.logged.join('')
    for (const secret of ['lea@example.org', 'Léa', PASSWORD, 'un-mot-de-passe-faux', lea.access, lea.refresh, String(server.running.first_code), '127.0.0.1']) expect(all).not.toContain(secret)
    expect(all).toContain('"event":"request"')
    expect(server.logged.every((line) => typeof JSON.parse(line) === 'object')).toBe(true)
    expect([networkOf('203.0.113.77'), networkOf('2001:db8:1:2:3::4'), networkOf('::1')]).toEqual(['203.0.113.0', '2001:db8:1::', 'loopback'])
  })
  it('say whether the process lives and can work', async () => {
    const live = await server.ask('GET', '/health/live')
    expect([live.status, live.body]).toEqual([200, { status: 'ok', timestamp: expect.any(String) as unknown, checks: { process: 'ok' } }])
    expect((await server.ask('GET', '/health/ready')).body).toMatchObject({ status: 'ok', checks: { database: 'ok', accepting: 'ok' } })
  })
  it('count what happens for Prometheus', async () => {
    const { text, headers } = await server.ask('GET', '/metrics')
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4')
    for (const name of ['callboard_http_requests_total', 'callboard_http_request_seconds_bucket', 'callboard_pulls_total', 'callboard_pushes_total', 'callboard_refused_total', 'callboard_refresh_reused_total', 'callboard_streams']) expect(text).toContain(name)
    expect(text).not.toContain(app.org)
  })
  it('show metrics to others only with their token', async () => {
    const guarded = await startTestServer({ METRICS_TOKEN: 'a-long-enough-token' })
    expect((await guarded.ask('GET', '/metrics')).code).toBe('auth.forbidden')
    expect((await guarded.ask('GET', '/metrics', { token: 'a-long-enough-token' })).status).toBe(200)
    await guarded.stop()
  })
})

describe('the description', () => {
  it('is served, and docs/server-api.json is the one of this version', async () => {
    const served = await server.ask('GET', 'openapi.json')
    const written = JSON.parse(readFileSync(new URL('../../../docs/server-api.json', import.meta.url), 'utf8')) as { info: { version: string } }
    expect(served.body).toEqual(JSON.parse(JSON.stringify(openApi('test'))))
    expect(written).toEqual(JSON.parse(JSON.stringify(openApi(written.info.version))))
  })
  it('names every address with who may ask', () => {
    const { paths } = openApi('test') as { paths: Record<string, Record<string, { description: string; operationId: string }>> }
    const found = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(found.sort()).toEqual(Object.keys(declared).sort())
  })
})

describe('settings', () => {
  it('name every variable that cannot be used', () => {
    expect(() => readSettings({ PORT: 'x', DATABASE_URL: 'mysql://x', LIMIT_READ_USER: '0' })).toThrow(SettingsProblem)
    expect(() => readSettings({ PORT: 'x', LIMIT_READ_USER: '0' })).toThrow(/PORT[^]*LIMIT_READ_USER/)
    expect(() => readSettings({ TLS_CERT: '/cert.pem' })).toThrow(/TLS_KEY/)
    expect(readSettings({ PORT: '', LIMIT_WRITE_TOKEN: '7' })).toMatchObject({ port: 8787, limits: { write: { token: 7, user: 2400 } }, cheap_passwords: false })
  })
})
