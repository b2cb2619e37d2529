import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'

const Status = z.looseObject({
  phase: z.string(), secrets: z.string().optional(), mine: z.looseObject({ waiting: z.number(), conflicts: z.number() }),
  others: z.array(z.looseObject({ name: z.string(), waiting: z.number(), signed_in: z.boolean() })),
})
const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })

/** A line to the server that can be cut, and that drops after so many bytes. */
async function openLine(port: number): Promise<{ url: string; cut(): void; mend(): void; dropAfter(bytes: number | null): void; dropEvery(ms: number | null): void; close(): Promise<void> }> {
  let open = true
  let limit: number | null = null
  let life: number | null = null
  const sockets = new Set<Socket>()
  const line: Server = createServer((from) => {
    if (!open) return from.destroy()
    const to = dial(port, '127.0.0.1')
    let passed = 0
    if (life !== null) setTimeout(() => from.destroy(), life)
    for (const [a, b] of [[from, to], [to, from]] as const) {
      sockets.add(a)
      a.on('data', (bytes) => {
        passed += bytes.length
        if (limit !== null && passed > limit) {
          from.destroy()
          to.destroy()
        } else b.write(bytes)
      })
      a.on('error', () => undefined)
      a.on('close', () => {
        sockets.delete(a)
        b.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    cut() {
      open = false
      for (const socket of sockets) socket.destroy()
    },
    mend: () => void (open = true),
    dropAfter: (bytes) => void (limit = bytes),
    dropEvery(ms) {
      life = ms
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => line.close(resolve))
    },
  }
}

let server: TestServer
let line: Awaited<ReturnType<typeof openLine>>
let app: TestHost
let mission = ''
const ask = (client: string) => (name: string, input?: unknown) => app.ask(client, name, input)
const [lea, karim] = [ask('lea'), ask('karim')]
const statusOf = async (of: (name: string) => Promise<unknown>) => Status.parse(await of('sync.status'))
const row = async (of: (name: string, input: unknown) => Promise<unknown>) => Items.parse(await of('mission.list', { filter: { id: mission } })).items[0]
/** As a person does: somebody else's change that comes between reading and writing is looked at, and it is said again. */
const retitle = (client: 'lea' | 'karim', title: string): Promise<void> =>
  until(async () => {
    const said = await app.code(client, 'mission.update', { id: mission, version: (await row(ask(client)))?.['version'], changes: { title } })
    if (said !== 'done' && said !== 'concurrency.version_mismatch') expect.fail(said)
    return said === 'done'
  })
async function until(what: () => Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) expect.fail('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

beforeAll(async () => {
  server = await startTestServer()
  line = await openLine(server.running.port)
  app = await openTestHost()
  const project = String((await lea('project.create', { code: 'NBL', name: 'Nuit blanche', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
  mission = String((await lea('mission.create', { project_id: project, title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))['id'])
  const { code } = await lea('invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'org_admin', project_id: null })
  await karim('app.join', { code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
}, 60_000)
afterAll(async () => {
  await app.close()
  await line.close()
  await server.stop()
})

describe('a line that is cut while an organization goes up', () => {
  it('leaves it here as it was, wherever it is cut, and takes it up again', async () => {
    const code = server.running.first_code
    for (const bytes of [300, 1_500, 4_000, 12_000, 40_000]) {
      line.dropAfter(bytes)
      const refused = await app.code('lea', 'sync.connect', { url: line.url, code, password: PASSWORD })
      if (refused === 'done') break
      expect(refused).toBe('sync.unreachable')
      expect((await statusOf(lea)).phase).toBe('local')
      expect((await row(lea))?.['title']).toBe('Montage')
      await retitle('lea', 'Montage')
    }
    line.dropAfter(null)
    if ((await statusOf(lea)).phase === 'local') await lea('sync.connect', { url: line.url, code, password: PASSWORD })
    await until(async () => (await statusOf(lea)).phase === 'synced')
    expect(await statusOf(lea)).toMatchObject({ secrets: 'file' })
  }, 90_000)
  it('keeps the way into the server in a file that only this account may read, and in no log', () => {
    const file = join(app.folder, 'secrets.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const secrets = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))))
    const written = readdirSync(join(app.folder, 'logs')).map((name) => readFileSync(join(app.folder, 'logs', name), 'utf8')).join('')
    const { access, refresh } = z.object({ access: z.string(), refresh: z.string() }).parse(secrets.flatMap((text) => (text.startsWith('{') ? [JSON.parse(text) as unknown] : []))[0])
    for (const secret of [access, refresh]) expect(written).not.toContain(secret)
    expect(server.logged.join('')).not.toContain(refresh)
  })
})

describe('two people of one computer', () => {
  it('have each their own view: the second sees nothing before they sign in at the server, with the code they were given', async () => {
    expect(await app.code('karim', 'mission.list', {})).toBe('sync.sign_in_first')
    expect((await statusOf(karim)).phase).toBe('needs_sign_in')
    const member = z.object({ session: z.object({ user_id: z.string() }) }).parse(await karim('app.state')).session.user_id
    const { code } = await lea('server.access', { user_id: member })
    await karim('sync.sign_in', { code, password: 'un-autre-mot-de-passe' })
    expect((await row(karim))?.['title']).toBe('Montage')
    expect(readdirSync(join(app.folder, 'organizations', app.org, 'replicas')).filter((name) => name.endsWith('.sqlite'))).toHaveLength(2)
  }, 40_000)
  it('see at once what the other entered without network, and who has how much to send', async () => {
    line.cut()
    await retitle('lea', 'Montage, le matin')
    await until(async () => (await row(karim))?.['title'] === 'Montage, le matin')
    await retitle('karim', 'Montage, le soir')
    await until(async () => (await row(lea))?.['title'] === 'Montage, le soir')
    expect((await statusOf(karim)).others).toMatchObject([{ name: 'Léa Martin', waiting: 1, signed_in: true }])
    await until(async () => (await statusOf(lea)).phase === 'offline')
  }, 40_000)
  it('keep what is not sent over a restart without network', async () => {
    await app.reopen()
    await app.signIn('lea', 'lea')
    expect((await row(lea))?.['title']).toBe('Montage, le soir')
    expect((await statusOf(lea)).mine.waiting).toBe(1)
  }, 40_000)
  it('fill a view anew when its file is damaged: what was not sent is elsewhere', async () => {
    const replicas = join(app.folder, 'organizations', app.org, 'replicas')
    await app.reopen(() => {
      for (const end of ['-wal', '-shm']) if (existsSync(join(replicas, `${app.owner}.sqlite${end}`))) writeFileSync(join(replicas, `${app.owner}.sqlite${end}`), '')
      writeFileSync(join(replicas, `${app.owner}.sqlite`), 'not a database'.repeat(1000))
      line.mend()
    })
    await app.signIn('lea', 'lea')
    await app.signIn('karim', 'karim')
    await until(async () => (await app.code('lea', 'mission.list', {})) === 'done' && (await row(lea))?.['title'] === 'Montage, le soir')
    await until(async () => (await statusOf(lea)).mine.waiting + (await statusOf(karim)).mine.waiting === 0)
    expect((await statusOf(lea)).mine.conflicts + (await statusOf(karim)).mine.conflicts).toBe(0)
  }, 60_000)
  it('goes through a line that drops again and again', async () => {
    line.dropEvery(300)
    for (let n = 0; n < 12; n++) await retitle(n % 2 === 0 ? 'lea' : 'karim', `Montage ${n}`)
    await until(async () => (await statusOf(lea)).mine.waiting + (await statusOf(karim)).mine.waiting === 0, 60_000)
    line.dropEvery(null)
    await until(async () => (await row(lea))?.['title'] === 'Montage 11' && (await row(karim))?.['title'] === 'Montage 11')
  }, 90_000)
  it('takes away what only one of them saw when they sign out, and keeps what they had not sent', async () => {
    line.cut()
    await retitle('karim', 'Pas encore parti')
    await karim('sync.sign_out')
    expect(existsSync(join(app.folder, 'organizations', app.org, 'replicas', `${z.object({ session: z.object({ user_id: z.string() }) }).parse(await karim('app.state')).session.user_id}.sqlite`))).toBe(false)
    expect(await app.code('karim', 'mission.list', {})).toBe('sync.sign_in_first')
    expect((await statusOf(lea)).others).toMatchObject([{ name: 'Karim Haddad', waiting: 1, signed_in: false }])
    line.mend()
    await karim('sync.sign_in', { password: 'un-autre-mot-de-passe' })
    await until(async () => (await row(lea))?.['title'] === 'Pas encore parti' && (await statusOf(lea)).others.length === 0)
  }, 60_000)
  it('carry what is not sent in a file, which the server takes as if it had come by itself', async () => {
    line.cut()
    await retitle('lea', 'Par la clé')
    const parcel = z.object({ text: z.string(), commands: z.number() }).parse(await lea('sync.export'))
    expect(parcel.commands).toBe(1)
    expect(await app.code('lea', 'sync.import', { text: parcel.text.slice(1) })).toBe('sync.parcel')
    line.mend()
    await karim('sync.import', { text: parcel.text })
    await until(async () => (await row(karim))?.['title'] === 'Par la clé' && (await statusOf(lea)).mine.waiting === 0)
    expect((await statusOf(lea)).mine.conflicts).toBe(0)
  }, 40_000)
  it('go on following when the file of sign-ins is lost with its copy', async () => {
    await until(async () => (await statusOf(lea)).mine.waiting === 0)
    await app.reopen(() => {
      for (const name of readdirSync(app.folder)) if (/^app(-copy)?\.sqlite/.test(name)) rmSync(join(app.folder, name))
    })
    // Nobody's password is known any more: an owner begins anew.
    await lea('app.first_run', { name: 'Léa Martin', email: 'lea@example.org', password: PASSWORD, language: 'fr', theme: 'light' })
    expect((await row(lea))?.['title']).toBe('Par la clé')
    await until(async () => (await statusOf(lea)).phase === 'synced')
  }, 40_000)
})
