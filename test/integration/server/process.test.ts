/** The server as a process: one command starts it, one signal stops it, nothing accepted is lost; what is done beside it. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { askingAt } from '../../fixtures/server-process.ts'
import { bring, firstAdministrator, issue, PASSWORD, pullOf, pushOf, signed, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

const launcher = new URL('../../../sync-server/cli/callboard-server.mjs', import.meta.url).pathname
const Said = z.object({ url: z.string(), port: z.number(), first_code: z.string().nullable() })

interface Running {
  child: ChildProcess
  said: z.infer<typeof Said>
  logs: () => string
  /** Exit code, once it has ended. */
  ended: Promise<number | null>
}
// Compiled code is kept between the starts of this test.
const environment = (more: Record<string, string>) => ({ ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'callboard-compiled'), CALLBOARD_TEST_CHEAP_PASSWORDS: '1', PORT: '0', ...more })

async function start(folder: string, more: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, [launcher, 'serve', '--json', '--data', folder], { env: environment(more), stdio: ['ignore', 'pipe', 'pipe'] })
  let logs = ''
  let out = ''
  child.stderr.on('data', (bytes: Buffer) => {
    logs += bytes.toString()
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  const said = await new Promise<z.infer<typeof Said>>((resolve, reject) => {
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString()
      if (out.includes('\n')) resolve(Said.parse(JSON.parse(out)))
    })
    void ended.then((code) => reject(new Error(`ended with ${code}: ${logs}`)))
  })
  return { child, said, logs: () => logs, ended }
}
const run = (folder: string, ...args: string[]) => spawnSync(process.execPath, [launcher, ...args, '--data', folder], { env: environment({}), encoding: 'utf8' })

let app: TestOrganization
let folder: string
let server: Running
let lea: Signed

const asking = ({ said }: Running): TestServer => askingAt(said.url, said.first_code, folder)

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'process' })
  folder = mkdtempSync(join(tmpdir(), 'callboard-process-'))
  server = await start(folder)
  const ask = asking(server)
  lea = await firstAdministrator(ask, app)
  await bring(ask, app, lea)
}, 60_000)
afterAll(async () => {
  server.child.kill('SIGKILL')
  await server.ended
  await app.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('one command', () => {
  it('starts a server that prints the code of its first administrator once', async () => {
    expect(server.said.first_code).toMatch(/^[2-9A-Z-]{19}$/)
    expect((await fetch(`${server.said.url}/health/ready`)).status).toBe(200)
    expect(server.logs()).not.toContain(String(server.said.first_code))
  })
  it('answers help, version and mistakes', () => {
    expect(run(folder, '--help').stdout).toContain('callboard-server')
    expect(run(folder, 'version').stdout).toMatch(/^\d+\.\d+\.\d+/)
    expect(run(folder, 'dance')).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no command dance') as unknown })
    expect(spawnSync(process.execPath, [launcher, 'serve'], { env: environment({ PORT: 'x', DATA_DIR: folder }), encoding: 'utf8' })).toMatchObject({ status: 2, stderr: expect.stringContaining('PORT') as unknown })
  })
  it('is not started twice on one folder', () => {
    expect(run(folder, 'serve').status).toBe(1)
  })
})

describe('beside a server that runs', () => {
  it('codes, proof and backup are had', () => {
    expect(run(folder, 'codes', 'first')).toMatchObject({ status: 1 })
    expect(run(folder, 'codes', 'new').stdout.trim()).toMatch(/^[2-9A-Z-]{19}$/)
    expect(run(folder, 'codes', 'member', 'lea@example.org').stdout.trim()).toMatch(/^[2-9A-Z-]{19}$/)
    expect(run(folder, 'codes', 'member', 'personne@example.org').status).toBe(1)
    expect(JSON.parse(run(folder, 'verify').stdout)).toMatchObject({ org: app.org, whole: true })
    expect(run(folder, 'recovery').stdout).toBe('')
    const target = join(folder, '..', `backup-${process.pid}`)
    expect(run(folder, 'backup', target)).toMatchObject({ status: 0, stdout: expect.stringContaining('1 organizations') as unknown })
    rmSync(target, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
})

describe('stopping', () => {
  it('ends streams, lets what runs end, and loses nothing that was accepted', async () => {
    const ask = asking(server)
    const stream = await fetch(`${server.said.url}/api/v1/orgs/${app.org}/sync/events`, { headers: { authorization: `Bearer ${lea.access}` } })
    const commands = []
    for (let n = 0; n < 20; n++) commands.push(await issue(app, 'department.create', { code: `D${String.fromCharCode(65 + n)}X`, name: `Service ${n}`, colour: '#7A3FB0' }))
    const pushes = commands.map((command) => ask.ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([command], lea.user_id, { [lea.user_id]: lea.access }) }).catch(() => null))
    await Promise.race(pushes)
    server.child.kill('SIGTERM')
    const answered = await Promise.all(pushes)
    expect(await server.ended).toBe(0)
    expect(server.logs()).toContain('"server.stopped"')
    await stream.text().catch(() => '')
    const accepted = commands.filter((_, index) => answered[index]?.status === 200)
    expect(accepted.length).toBeGreaterThan(0)
    server = await start(folder)
    expect(server.said.first_code).toBeNull()
    const page = await asking(server).ask('POST', `orgs/${app.org}/sync/pull`, { token: lea.access, body: { ...pullOf(1, 0) } })
    const outcomes = (page.body['outcomes'] as { id: string }[]).map(({ id }) => id)
    for (const { id } of accepted) expect(outcomes).toContain(id)
  }, 60_000)
  it('survives being killed', async () => {
    const command = await issue(app, 'department.create', { code: 'KIL', name: 'Coupure', colour: '#7A3FB0' })
    const before = asking(server)
    expect((await before.ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([command], lea.user_id, { [lea.user_id]: lea.access }) })).body).toMatchObject({ taken: [command.id] })
    server.child.kill('SIGKILL')
    await server.ended
    server = await start(folder)
    const page = await asking(server).ask('POST', `orgs/${app.org}/sync/pull`, { token: lea.access, body: { ...pullOf(1, 0) } })
    expect((page.body['outcomes'] as { id: string }[]).map(({ id }) => id)).toContain(command.id)
  }, 60_000)
})

describe('backups that lie in a folder', () => {
  it('are named newest first, and those that others stand for go once that is meant', () => {
    const place = mkdtempSync(join(tmpdir(), 'callboard-backups-'))
    expect(run(folder, 'backup', join(place, 'newest')).status).toBe(0)
    const manifest = z.looseObject({ made_at: z.string() }).parse(JSON.parse(readFileSync(join(place, 'newest', 'manifest.json'), 'utf8')))
    const day = (ago: number): string => new Date(Date.parse(manifest.made_at) - ago * 86_400_000).toISOString()
    for (const ago of [1, 2, 3, 4, 5, 6, 9, 10]) {
      cpSync(join(place, 'newest'), join(place, `${ago} days old`), { recursive: true })
      writeFileSync(join(place, `${ago} days old`, 'manifest.json'), JSON.stringify({ ...manifest, made_at: day(ago) }))
    }
    cpSync(join(place, '10 days old'), join(place, 'replaced-earlier'), { recursive: true })
    mkdirSync(join(place, 'begun.part'))
    mkdirSync(join(place, 'photos'))
    const named = (): string[] => run(folder, 'backups', place).stdout.trim().split('\n').map((line) => z.object({ name: z.string() }).parse(JSON.parse(line)).name)
    const all = named()
    expect(all.slice(0, 3)).toEqual(['newest', '1 days old', '2 days old'])
    expect(all).toHaveLength(10)
    const spare = run(folder, 'backups', 'thin', place)
    // One of both that are more than a week old stands for their week, or each for its own.
    const names = spare.stdout.trim() === '' ? [] : spare.stdout.trim().split('\n')
    expect(names.every((name) => name === '10 days old' || name === '9 days old')).toBe(true)
    expect(spare.stderr).toContain('Nothing was removed.')
    expect(named()).toEqual(all)
    // One more of a day that another stands for already.
    cpSync(join(place, '3 days old'), join(place, 'earlier that day'), { recursive: true })
    writeFileSync(join(place, 'earlier that day', 'manifest.json'), JSON.stringify({ ...manifest, made_at: new Date(Date.parse(day(3)) - 1).toISOString() }))
    const both = run(folder, 'backups', 'thin', place).stdout.trim().split('\n')
    expect(both).toContain('earlier that day')
    const gone = run(folder, 'backups', 'thin', place, '--yes')
    expect(gone.stdout.trim().split('\n').toSorted()).toEqual(both.toSorted())
    expect(readdirSync(place).toSorted()).toEqual([...all.filter((name) => !both.includes(name)), 'begun.part', 'photos'].toSorted())
    expect(run(folder, 'backups').status).toBe(2)
    rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }, 60_000)
})

describe('a restored server', () => {
  it('opens its organizations in recovery, until somebody closes it', async () => {
    const target = join(folder, '..', `backup-again-${process.pid}`)
    expect(run(folder, 'backup', target).status).toBe(0)
    // Done after the backup: a member is added, whom the restored server does not know.
    const added = await issue(app, 'member.add', { user_id: deriveId('process', 'nils'), name: 'Nils Berger', email: 'nils@example.org', role: 'planner', project_id: null })
    const before = asking(server)
    expect((await before.ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([added], lea.user_id, { [lea.user_id]: lea.access }) })).body).toMatchObject({ taken: [added.id] })
    const told = (await before.ask('POST', `orgs/${app.org}/sync/pull`, { token: lea.access, body: { ...pullOf(1, 0) } })).body['outcomes'] as { id: string; receipt: unknown }[]
    server.child.kill('SIGTERM')
    await server.ended
    const asked = run(folder, 'restore', target)
    expect({ status: asked.status, said: JSON.parse(asked.stdout) }).toMatchObject({ status: 1, said: { kind: 'sqlite', organizations: [{ id: app.org }] } })
    expect(asked.stderr).toContain('Nothing was changed.')
    expect(readdirSync(folder).some((name) => name.startsWith('replaced-'))).toBe(false)
    expect(run(folder, 'restore', target, '--yes')).toMatchObject({ status: 0 })
    expect(JSON.parse(run(folder, 'recovery').stdout)).toMatchObject({ org: app.org })
    expect(JSON.parse(run(folder, 'recovery', 'show').stdout)).toMatchObject({ org: app.org, offered: 0, heard: false, rights: [], review: null, numbers: [] })
    server = await start(folder)
    const ask = asking(server)
    lea = signed(await ask.ask('POST', 'auth/login', { body: { email: 'lea@example.org', password: PASSWORD, device: lea.device.identity } }), lea.device)
    const seen = await ask.ask('GET', `orgs/${app.org}/console`, { token: lea.access })
    expect(seen.body).toMatchObject({ mode: 'recovery' })
    const command = await issue(app, 'department.create', { code: 'REC', name: 'Reprise', colour: '#7A3FB0' })
    expect((await ask.ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([command], lea.user_id, {}) })).body).toMatchObject({ taken: [], recovering: true })
    const offered = { protocol: 1, epoch: 1, done: true, numbers: [], commands: [{ issuer: lea.user_id, command: added, receipt: told.find(({ id }) => id === added.id)?.receipt }] }
    expect((await ask.ask('POST', `orgs/${app.org}/sync/reoffer`, { token: lea.access, body: offered })).body).toEqual({ taken: 1, mode: 'recovery' })
    // Whoever closes it has looked at the member who comes back.
    const { recovery, numbers } = (await ask.ask('GET', `orgs/${app.org}/console`, { token: lea.access })).body as { recovery: { review: string; rights: unknown[] }; numbers: unknown[] }
    expect(recovery.rights).toContainEqual(expect.objectContaining({ name: 'member.add', by_name: 'Léa Martin', role: 'planner', member: expect.objectContaining({ name: 'Nils Berger' }) as unknown }))
    expect(numbers).toEqual([])
    const close = (review?: string) => ask.ask('POST', `orgs/${app.org}/console/recovery`, { token: lea.access, body: { confirm: true, ...(review === undefined ? {} : { review }) } })
    expect((await close()).code).toBe('sync.recovery_unreviewed')
    expect((await close(recovery.review)).body).toEqual({ executed: 1, failed: 0, stored: 0 })
    expect((await ask.ask('POST', `orgs/${app.org}/console/missing`, { token: lea.access, body: { entity: 'revision', id: added.id, field: 'number', reason: 'Perdu' } })).code).toBe('sync.number_not_missing')
    expect((await ask.ask('GET', `orgs/${app.org}/console`, { token: lea.access })).body).toMatchObject({ mode: 'open' })
    rmSync(target, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }, 60_000)
})

describe('on the network', () => {
  it('speaks TLS with a certificate of its own', async () => {
    const keys = mkdtempSync(join(tmpdir(), 'callboard-tls-'))
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', join(keys, 'key.pem'), '-out', join(keys, 'cert.pem'), '-days', '2', '-subj', '/CN=localhost'], { stdio: 'ignore' })
    const secure = await start(join(keys, 'data'), { TLS_CERT: join(keys, 'cert.pem'), TLS_KEY: join(keys, 'key.pem') })
    const answered = await new Promise<{ status: number | undefined; strict: string | undefined }>((resolve, reject) => {
      request({ host: '127.0.0.1', port: secure.said.port, path: '/health/live', ca: readFileSync(join(keys, 'cert.pem')), servername: 'localhost' }, (response) => {
        response.resume()
        resolve({ status: response.statusCode, strict: response.headers['strict-transport-security'] })
      }).on('error', reject).end()
    })
    expect(answered).toEqual({ status: 200, strict: 'max-age=31536000' })
    expect(secure.said.url).toMatch(/^https:/)
    secure.child.kill('SIGTERM')
    expect(await secure.ended).toBe(0)
    rmSync(keys, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }, 60_000)
  it('answers what is no HTTP with a refusal and goes on', async () => {
    const answered = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.said.port, '127.0.0.1', () => socket.write('\u0016\u0003\u0001 not http\r\n\r\n'))
      let text = ''
      socket.on('data', (bytes) => {
        text += bytes.toString()
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answered).toContain('400')
    expect((await fetch(`${server.said.url}/health/live`)).status).toBe(200)
  })
})
