import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHost, type Host } from '../../../main/host/host.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'

const Answer = z.union([z.object({ value: z.looseObject({}) }), z.object({ error: z.looseObject({ code: z.string() }) })])
const Status = z.object({ phase: z.string(), mine: z.object({ waiting: z.number(), conflicts: z.number(), rejected: z.number() }), can: z.array(z.string()), attachments: z.object({ up: z.number(), down: z.number() }) })
const Told = z.object({ server: z.object({ version: z.string().nullable() }), last_contact_at: z.string().nullable() })
const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })

let server: TestServer
let one: TestHost
let folder: string
let two: Host
let project = ''
let mission = ''

const askTwo = async (name: string, input: unknown = {}): Promise<Record<string, unknown>> => {
  const answer = Answer.parse(JSON.parse(await two.call({ client: 'karim', name, input })))
  if ('error' in answer) expect.fail(`${name} was refused: ${JSON.stringify(answer.error)}`)
  return answer.value
}
const statusOf = async (ask: (name: string) => Promise<unknown>) => Status.parse(await ask('sync.status'))
const one_ = (name: string, input?: unknown) => one.ask('lea', name, input)
async function until(what: () => Promise<boolean>, ms = 15_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) expect.fail('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const rowOn = async (ask: (name: string, input: unknown) => Promise<unknown>) => Items.parse(await ask('mission.list', { filter: { id: mission } })).items[0]
const retitle = async (ask: (name: string, input: unknown) => Promise<unknown>, title: string): Promise<unknown> => ask('mission.update', { id: mission, version: (await rowOn(ask))?.['version'], changes: { title } })
const titleOn = async (ask: (name: string, input: unknown) => Promise<unknown>): Promise<unknown> => (await rowOn(ask))?.['title']

beforeAll(async () => {
  server = await startTestServer()
  one = await openTestHost()
  folder = mkdtempSync(join(tmpdir(), 'callboard-host-'))
  two = await createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
  project = String((await one_('project.create', { code: 'NBL', name: 'Nuit blanche', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
  mission = String((await one_('mission.create', { project_id: project, title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))['id'])
}, 60_000)
afterAll(async () => {
  await two.close()
  await one.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('two computers and a server', () => {
  it('leave an organization as it is when its server cannot be reached or says no', async () => {
    expect(await statusOf(one_)).toMatchObject({ phase: 'local', can: ['sync.connect'] })
    expect(await one.code('lea', 'sync.connect', { url: 'http://127.0.0.1:9', code: 'ABCD-EFGH', password: PASSWORD })).toBe('sync.unreachable')
    expect(await one.code('lea', 'sync.connect', { url: server.url, code: 'ABCD-EFGH-JKMN', password: PASSWORD })).toBe('invitation.unusable')
    expect(await statusOf(one_)).toMatchObject({ phase: 'local' })
    expect(await titleOn(one_)).toBe('Montage')
  })
  it('take everything up once, and follow the server from then on', async () => {
    await one_('sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
    expect(await titleOn(one_)).toBe('Montage')
    await until(async () => (await statusOf(one_)).phase === 'synced')
    expect(existsSync(one.file)).toBe(false)
    expect(readdirSync(join(one.folder, 'organizations', one.org)).some((name) => name.startsWith('organization.sqlite.replaced-'))).toBe(true)
    expect(await one_('sync.verify')).toEqual({ comparable: true, differing: [] })
    expect(await one.code('lea', 'sync.connect', { url: server.url, code: 'ABCD-EFGH', password: PASSWORD })).toBe('sync.follows_already')
  }, 60_000)
  it('send what is entered by themselves', async () => {
    await retitle(one_, 'Montage du gradin')
    expect(await titleOn(one_)).toBe('Montage du gradin')
    await until(async () => (await statusOf(one_)).mine.waiting === 0)
  })
  it('let a person join from another computer with the code of their invitation', async () => {
    const { code } = await one_('invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'org_admin', project_id: null })
    await one_('sync.now')
    const joined = await askTwo('sync.join', { url: server.url, code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
    expect(joined).toMatchObject({ open: one.org, session: { name: 'Karim Haddad' } })
    expect(await titleOn(askTwo)).toBe('Montage du gradin')
    await until(async () => (await statusOf(askTwo)).phase === 'synced')
  }, 60_000)
  it('hear of each other’s work', async () => {
    await retitle(askTwo, 'Montage du grand gradin')
    await until(async () => (await titleOn(one_)) === 'Montage du grand gradin')
  })
  it('keep both when both changed the same, and nobody’s is lost', async () => {
    await Promise.all([retitle(one_, 'Chez Léa'), retitle(askTwo, 'Chez Karim')])
    await until(async () => (await statusOf(one_)).mine.waiting + (await statusOf(askTwo)).mine.waiting === 0)
    await until(async () => (await titleOn(one_)) === (await titleOn(askTwo)))
    expect((await statusOf(one_)).mine.conflicts + (await statusOf(askTwo)).mine.conflicts).toBe(1)
  }, 30_000)
  it('know the server’s version and their last contact with it, also right after a restart', async () => {
    const told = async () => Told.parse(await one_('sync.status'))
    await until(async () => (await told()).server.version !== null)
    const before = await told()
    await one.reopen()
    await one.signIn('lea', 'lea')
    const after = await told()
    expect(after.server.version).toBe(before.server.version)
    expect(after.last_contact_at).not.toBeNull()
  }, 30_000)
  it('carry attached files from one to the other', async () => {
    const bytes = new Uint8Array(3_000_000).map((_, n) => (n * 7) % 251)
    const { sha256, size } = await one.host().putBlob('lea', bytes)
    const { id } = await one_('attachment.add', { project_id: project, entity: 'mission', entity_id: mission, name: 'plan.pdf', type: 'application/pdf', sha256, size })
    await until(async () => existsSync(join(folder, 'organizations', one.org, 'blobs', sha256.slice(0, 2), sha256)), 40_000)
    const read = await askTwo('attachment.read', { id })
    expect(read['size']).toBe(3_000_000)
  }, 60_000)
  it('bring a file up once more that the server has no more, though it had told that it has it', async () => {
    const { sha256, size } = await one.host().putBlob('lea', new Uint8Array(5_000).fill(7))
    await one_('attachment.add', { project_id: project, entity: 'mission', entity_id: mission, name: 'repas.pdf', type: 'application/pdf', sha256, size })
    const told = (): boolean => readFileSync(join(one.folder, 'organizations', one.org, 'sent-files.txt'), 'utf8').includes(sha256)
    const atServer = join(server.folder, 'organizations', one.org, 'blobs', sha256.slice(0, 2), sha256)
    await until(() => Promise.resolve(existsSync(atServer) && told()), 40_000)
    await one.reopen(() => rmSync(atServer))
    await one.signIn('lea', 'lea')
    await until(() => Promise.resolve(existsSync(atServer)), 40_000)
  }, 90_000)
  it('say who is there, and shut a computer out: it hands over and is wiped', async () => {
    const { devices } = z.object({ devices: z.array(z.object({ device: z.string(), device_name: z.string(), name: z.string() })) }).parse(await one_('server.console'))
    expect(devices).toHaveLength(2)
    // As each computer shows itself to its people: by its code.
    const { device: here } = z.object({ device: z.object({ code: z.string() }) }).parse(await one_('app.state'))
    expect(devices.find(({ name }) => !name.includes('Karim'))?.device_name).toContain(here.code)
    const { device } = devices.find(({ name }) => name.includes('Karim')) ?? { device: '' }
    await two.call({ client: 'nobody', name: 'app.sign_in', input: { email: 'karim@example.org', password: 'pas le bon du tout' } })
    await retitle(askTwo, 'Jamais parti')
    await one_('server.revoke', { device, reason: 'ordinateur perdu' })
    await until(async () => (await statusOf(askTwo)).phase === 'revoked')
    await until(() => Promise.resolve(!existsSync(join(folder, 'organizations', one.org))))
    expect(Answer.parse(JSON.parse(await two.call({ client: 'karim', name: 'mission.list', input: {} })))).toMatchObject({ error: { code: 'sync.sign_in_first' } })
    // What it had not sent is at the server, for whoever may decide about it.
    const asideAt = async () => z.object({ aside: z.array(z.object({ name: z.string(), commands: z.number() })) }).parse(await one_('server.console')).aside
    await until(async () => (await asideAt()).length === 1)
    expect(await asideAt()).toMatchObject([{ name: 'Karim Haddad', commands: 1 }])
    expect(existsSync(join(folder, 'organizations', `${one.org}.handover`))).toBe(false)
    const written = (): string => readdirSync(join(folder, 'logs')).map((name) => readFileSync(join(folder, 'logs', name), 'utf8')).join('')
    await until(() => Promise.resolve(written().includes('"event":"sync.wiped"')))
    expect(written()).toMatch(/"event":"sync\.wiped".*"security_events":[1-9]/)
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe('{}')
  }, 40_000)
  it('come home with a complete copy when the organization leaves its server', async () => {
    expect(await one.code('lea', 'sync.leave', { password: 'pas le bon' })).toBe('auth.failed')
    await one_('sync.leave', { password: PASSWORD })
    expect(await statusOf(one_)).toMatchObject({ phase: 'local' })
    expect(await titleOn(one_)).toMatch(/^Chez /)
    expect(await one_('audit.verify')).toMatchObject({ whole: true })
    await retitle(one_, 'De nouveau ici')
    await one.reopen()
    await one.signIn('lea', 'lea')
    expect(await titleOn(one_)).toBe('De nouveau ici')
  }, 60_000)
})
