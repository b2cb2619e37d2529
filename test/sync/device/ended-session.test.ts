/** A shared computer whose server ends one person's session: nothing that only they held stays, and nothing they entered is lost. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Id } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { openDatabase, sqliteEngine } from '../../../shared/store/sqlite-engine.ts'
import { openSessions } from '../../../sync-server/accounts/sessions.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'
import { until } from '../kills/processes.ts'

const Status = z.looseObject({ phase: z.string(), mine: z.looseObject({ waiting: z.number(), conflicts: z.number() }), others: z.array(z.looseObject({ name: z.string(), waiting: z.number(), signed_in: z.boolean() })) })
const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
const THERE = 'un-autre-mot-de-passe'

let folder = ''
let server: TestServer
let app: TestHost
let karim: Id
let mission = ''
let published = ''
let blob = ''
const bytes = Buffer.from('le plan du gradin')
const sha256 = createHash('sha256').update(bytes).digest('hex')
const hosts: TestHost[] = []

const statusOf = async (client: string) => Status.parse(await app.ask(client, 'sync.status'))
const row = async (client: string) => Items.parse(await app.ask(client, 'mission.list', { filter: { id: mission } })).items[0]
const retitle = async (client: string, title: string) => app.ask(client, 'mission.update', { id: mission, version: (await row(client))?.['version'], changes: { title } })
const replicas = (): string => join(app.folder, 'organizations', app.org, 'replicas')
function numbersKept(): unknown[] {
  const outbox = new Database(join(app.folder, 'organizations', app.org, 'outbox.sqlite'), { readonly: true })
  const found = outbox.prepare('SELECT id, number FROM kept_number').all()
  outbox.close()
  return found
}
const view = (user: Id): string => join(replicas(), `${user}.sqlite`)
const again = async (of = folder): Promise<void> => {
  server = await startTestServer({ PORT: String(server.running.port) }, { folder: of })
}
/** As a changed password elsewhere does. */
async function endSession(user: Id): Promise<void> {
  const engine = sqliteEngine(openDatabase(join(folder, 'server.sqlite')))
  await openSessions(engine, () => new Uint8Array()).endOf(user, {}, 'password', fromMs(Date.now()))
  await engine.close()
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-ended-'))
  server = await startTestServer({}, { folder })
  app = await openTestHost()
  hosts.push(app)
  const project = String((await app.ask('lea', 'project.create', { code: 'NBL', name: 'Nuit blanche', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
  mission = String((await app.ask('lea', 'mission.create', { project_id: project, title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))['id'])
  published = String((await app.ask('lea', 'plan.publish', { project_id: project, start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z' }))['id'])
  const { code } = await app.ask('lea', 'invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'org_admin', project_id: null })
  await app.ask('karim', 'app.join', { code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
  karim = z.object({ session: z.object({ user_id: z.string() }) }).parse(await app.ask('karim', 'app.state')).session.user_id as Id
  await app.ask('lea', 'sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
  const access = await app.ask('lea', 'server.access', { user_id: karim })
  await app.ask('karim', 'sync.sign_in', { code: access['code'], password: THERE })
  await until('both exchange', async () => (await statusOf('lea')).phase === 'synced' && (await statusOf('karim')).phase === 'synced')
}, 60_000)
afterAll(async () => {
  for (const host of hosts) await host.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('a session that the server ends', () => {
  it('leaves nothing on a shared computer that only its person held, and all they had entered', async () => {
    // A file that the server has; copies of his view; what a damage put aside.
    blob = join(app.folder, 'organizations', app.org, 'blobs', sha256.slice(0, 2), sha256)
    mkdirSync(join(blob, '..'), { recursive: true })
    writeFileSync(blob, bytes)
    await app.ask('karim', 'attachment.add', { project_id: null, entity: 'organization', entity_id: app.org, name: 'plan.pdf', type: 'application/pdf', sha256, size: bytes.byteLength })
    await until('it is at the server', async () => existsSync(join(folder, 'organizations', app.org, 'blobs', sha256.slice(0, 2), sha256)))
    await app.ask('lea', 'sync.now')
    const backups = join(app.folder, 'organizations', app.org, 'backups', karim)
    mkdirSync(backups, { recursive: true })
    writeFileSync(join(backups, 'daily.2026-11-22T18-30-00-000Z.sqlite'), 'rows')
    writeFileSync(`${view(karim)}.damaged-2026-11-22`, 'rows')

    await server.stop()
    await retitle('karim', 'Pas encore parti')
    await until('the other sees it at once', async () => (await row('lea'))?.['title'] === 'Pas encore parti')
    await app.ask('lea', 'skill.create', { name: 'Cintrier' })
    await endSession(karim)
    await again()
    await until('his view is gone', async () => (await app.code('karim', 'mission.list', {})) === 'sync.sign_in_first' && !existsSync(view(karim)))
    expect(readdirSync(replicas()).filter((name) => name.includes(karim))).toEqual([])
    expect(existsSync(backups)).toBe(false)
    // Of rows, their numbers are kept for a server that is restored (22b').
    expect(numbersKept()).toContainEqual({ id: published, number: '1' })
    // Léa's view names the file too.
    expect(existsSync(blob)).toBe(true)
    expect((await statusOf('karim')).phase).toBe('needs_sign_in')

    // Hers goes on; his waits in its place, shown with its author.
    await until('hers is sent', async () => (await statusOf('lea')).mine.waiting === 0 && (await statusOf('lea')).phase === 'synced')
    expect((await statusOf('lea')).others).toMatchObject([{ name: 'Karim Haddad', waiting: 1, signed_in: false }])
    expect((await row('lea'))?.['title']).toBe('Pas encore parti')

    await app.ask('karim', 'sync.sign_in', { password: THERE })
    await until('his is sent', async () => (await statusOf('lea')).others.length === 0)
    expect((await row('karim'))?.['title']).toBe('Pas encore parti')
    expect((await statusOf('karim')).mine).toMatchObject({ waiting: 0, conflicts: 0 })
    expect(await app.ask('karim', 'sync.verify')).toEqual({ comparable: true, differing: [] })
  }, 60_000)

  it('is carried out at the next start where it was cut off', async () => {
    const kept = join(folder, 'karim.sqlite')
    const source = new Database(view(karim), { readonly: true })
    source.exec(`VACUUM INTO '${kept}'`)
    source.close()
    await server.stop()
    for (const user of [karim, app.owner]) await endSession(user)
    await again()
    await until('both views are gone', () => Promise.resolve(!existsSync(view(karim)) && !existsSync(view(app.owner))))
    await until('nobody here names the file', () => Promise.resolve(!existsSync(blob)))
    // As if the computer had been switched off before that.
    await app.reopen(() => renameSync(kept, view(karim)))
    expect(existsSync(view(karim))).toBe(false)
    await app.signIn('karim', 'karim')
    expect(await app.code('karim', 'mission.list', {})).toBe('sync.sign_in_first')
    await app.ask('karim', 'sync.sign_in', { password: THERE })
    expect((await row('karim'))?.['title']).toBe('Pas encore parti')
    await until('the file comes again', () => Promise.resolve(existsSync(blob)))
    await app.signIn('lea', 'lea')
    await app.ask('lea', 'sync.sign_in', { password: PASSWORD })
  }, 60_000)
})

describe('a server that knows no such session', () => {
  it('ends nothing: whoever lost its data must not make the last copies go', async () => {
    await server.stop()
    await retitle('lea', 'Seulement ici')
    const other = mkdtempSync(join(tmpdir(), 'callboard-ended-other-'))
    await again(other)
    await until('it asks for a sign-in', async () => (await statusOf('lea')).phase === 'needs_sign_in')
    expect((await row('lea'))?.['title']).toBe('Seulement ici')
    expect((await row('karim'))?.['title']).toBe('Seulement ici')
    expect(existsSync(view(app.owner)) && existsSync(view(karim))).toBe(true)
    await server.stop()
    rmSync(other, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    await again()
    await app.ask('lea', 'sync.sign_in', { password: PASSWORD })
    await until('it is sent', async () => (await statusOf('lea')).phase === 'synced' && (await statusOf('lea')).mine.waiting === 0)
  }, 60_000)
})
