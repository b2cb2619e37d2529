/** Two processes of the server over one PostgreSQL: what one takes, the other tells; a session of one holds at the other. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { bring, firstAdministrator, issue, PASSWORD, pullOf, pushOf, startTestServer, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

let postgres: TestPostgres
let app: TestOrganization
let folder: string
let servers: TestServer[] = []
let lea: Signed
let isReal = false
let isStopped = false

beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.database('two_processes')
  isReal = url !== null
  if (url === null) return
  folder = mkdtempSync(join(tmpdir(), 'callboard-shared-blobs-'))
  app = await openTestOrganization({ seed: 'postgres-processes' })
  // Both at once on an empty database: the tables are made once, one of them prints the code.
  servers = await Promise.all([1, 2].map(() => startTestServer({ DATABASE_URL: url, DATABASE_CONNECTIONS: '6', LIMIT_ADMIN_USER: '10' }, { folder })))
}, 120_000)
afterAll(async () => {
  for (const server of servers) await server.stop()
  if (!isStopped) await postgres.stop()
  if (isReal) {
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
})

const at = (index: number): TestServer => {
  const server = servers[index]
  if (!server) throw new Error('not started')
  return server
}

describe('two processes', () => {
  it('print one code, and share accounts and organizations', async ({ skip }) => {
    if (!isReal) skip('no PostgreSQL is installed here')
    const codes = servers.map(({ running }) => running.first_code).filter((code) => code !== null)
    expect(codes).toHaveLength(1)
    const printed = at(at(0).running.first_code === null ? 1 : 0)
    lea = await firstAdministrator(printed, app)
    await bring(at(0), app, lea)
    for (const server of servers) expect((await server.ask('GET', 'auth/devices', { token: lea.access })).status).toBe(200)
  })
  it('decide in one order whoever asks, and wake each other’s streams', async ({ skip }) => {
    if (!isReal) skip('no PostgreSQL is installed here')
    const response = await fetch(`${at(1).url}/api/v1/orgs/${app.org}/sync/events`, { headers: { authorization: `Bearer ${lea.access}` } })
    const reader = response.body?.getReader()
    let heard = ''
    const listening = (async () => {
      for (;;) {
        const next = await reader?.read().catch(() => ({ done: true as const, value: undefined }))
        if (!next || next.done) return
        heard += Buffer.from(next.value).toString()
      }
    })()
    const heads = (): number[] => [...heard.matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq))
    await expect.poll(() => heads().length).toBeGreaterThan(0)
    const before = Math.max(...heads())
    const commands = []
    for (let n = 0; n < 10; n++) commands.push(await issue(app, 'department.create', { code: `P${String.fromCharCode(65 + n)}X`, name: `Service ${n}`, colour: '#7A3FB0' }))
    const taken = await Promise.all(commands.map((command, index) => at(index % 2).ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([command], lea.user_id, { [lea.user_id]: lea.access }) })))
    expect(taken.map(({ status }) => status)).toEqual(commands.map(() => 200))
    await expect.poll(() => Math.max(...heads())).toBeGreaterThanOrEqual(before + 10)
    const pages = await Promise.all(servers.map((server) => server.ask('POST', `orgs/${app.org}/sync/pull`, { token: lea.access, body: pullOf(1, 0) })))
    const told = pages.map(({ body }) => (body['outcomes'] as { id: string; seq: number; outcome: string }[]).map(({ id, seq, outcome }) => ({ id, seq, outcome })))
    expect(told[0]).toEqual(told[1])
    for (const { id } of commands) expect(told[0]).toContainEqual(expect.objectContaining({ id, outcome: 'applied' }))
    await reader?.cancel()
    await listening
  }, 60_000)
  it('end a session everywhere at once, and count limits of administration together', async ({ skip }) => {
    if (!isReal) skip('no PostgreSQL is installed here')
    const device = testDevice('ailleurs')
    const entered = await at(0).ask('POST', 'auth/login', { body: { email: 'lea@example.org', password: PASSWORD, device: device.identity } })
    const access = String(entered.body['access'])
    expect((await at(1).ask('POST', 'auth/logout', { token: access, body: {} })).status).toBe(200)
    expect((await at(0).ask('GET', 'auth/devices', { token: access })).code).toBe('auth.token')
    const codes: string[] = []
    for (let calls = 0; calls < 12; calls++) codes.push((await at(calls % 2).ask('POST', `orgs/${app.org}/console/verify-audit`, { token: lea.access, body: {} })).code)
    expect(codes.filter((code) => code === 'throttling.limited').length).toBeGreaterThan(0)
  }, 60_000)
  it('live on and are not ready while the database is away', async ({ skip }) => {
    if (!isReal) skip('no PostgreSQL is installed here')
    isStopped = true
    await postgres.stop()
    const server = at(0)
    expect((await server.ask('GET', '/health/live')).status).toBe(200)
    const ready = await server.ask('GET', '/health/ready')
    expect([ready.status, ready.body]).toEqual([503, expect.objectContaining({ status: 'failing', checks: { database: 'failing', accepting: 'ok' } })])
    const login = await server.ask('POST', 'auth/login', { body: { email: 'lea@example.org', password: PASSWORD, device: testDevice('x').identity } })
    expect([login.status, login.code]).toEqual([503, 'storage.unavailable'])
    expect(login.headers.get('retry-after')).not.toBeNull()
  }, 60_000)
})
