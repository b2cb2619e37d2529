/** Files that no row names any more leave a server: identity papers that were taken away, what erased people had attached; and nothing else ever does. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { DAY, fromMs, HOUR, type Instant } from '../../../shared/kernel/instants.ts'
import { giveFacts } from '../../../shared/sync/facts/give.ts'
import { migrateServer } from '../../../sync-server/accounts/schema.ts'
import { openBlobStore } from '../../../sync-server/blobs/blob-store.ts'
import { openBlobClearing } from '../../../sync-server/blobs/clearing.ts'
import { openStorage } from '../../../sync-server/storage/open-storage.ts'
import type { HostedOrganization, Storage } from '../../../sync-server/storage/storage.ts'
import { isError, openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { storageOptions } from '../../fixtures/server-storage.ts'

const postgres: TestPostgres = await startPostgres()
const url = await postgres.database('clearing')
afterAll(() => postgres.stop())

const databases: [string, string | null][] = [['SQLite', null], ...(url === null ? [] : [['PostgreSQL', url] satisfies [string, string]])]
const child = fileURLToPath(new URL('../../fixtures/clearing-child.ts', import.meta.url))
const START = Date.parse('2026-11-20T08:00:00.000Z')

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

describe.each(databases)('files of a server on %s', (_, database) => {
  let folder: string
  let app: TestOrganization
  let org: Id
  let storages: Storage[]
  let person: string
  let clock: number
  let home: boolean
  let calls = 0
  const reported: string[] = []
  const now = (): Instant => fromMs(clock)
  const first = (): Storage => storages[0] ?? expect.fail('no storage')
  const hosted = async (): Promise<HostedOrganization> => (await first().organization(org)) ?? expect.fail('not hosted')
  const clearingOf = (storage: Storage) => openBlobClearing({ storage, hosted: (id) => storage.organization(id), isHome: () => Promise.resolve(home), now, report: (error) => reported.push(String(error)), cleared: () => undefined })
  /** One look of every process at once; answers the files that went. */
  const look = async (): Promise<number> => (await Promise.all(storages.map((storage) => clearingOf(storage).turn()))).reduce((sum, { files }) => sum + files, 0)
  const pathOf = (name: string): string => join(first().blobFolder(org), name.slice(0, 2), name)
  const kept = (name: string): boolean => existsSync(pathOf(name))

  async function ask(name: string, input: unknown): Promise<Record<string, unknown>> {
    const { authority } = await hosted()
    const answer = await authority.core.execute({ name, input, id: `clearing-${++calls}` }, app.owner)
    return isError(answer) ? expect.fail(`${name}: ${JSON.stringify(answer.error)}`) : (answer.value as Record<string, unknown>)
  }
  async function upload(text: string): Promise<string> {
    const bytes = Buffer.from(text.padEnd(64))
    const name = sha256(bytes)
    expect(await openBlobStore(first()).put(org, name, 'lea laptop', { offset: 0, size: bytes.byteLength }, once(bytes), null, now())).toMatchObject({ whole: true })
    return name
  }
  const paper = async (name: string): Promise<string> => String((await ask('vault.put_paper', { collaborator_id: person, kind: 'passport', expires_on: null, sha256: name, size: 64, key_round: 1 }))['id'])
  /** A paper whose file is here, and that was then taken away. */
  async function takenAway(text: string): Promise<string> {
    const name = await upload(text)
    await ask('vault.remove_paper', { collaborator_id: person, id: await paper(name) })
    return name
  }

  beforeEach(async () => {
    reported.length = 0
    home = true
    clock = START
    folder = mkdtempSync(join(tmpdir(), 'callboard-clearing-'))
    app = await openTestOrganization({ seed: `clearing ${String(database === null)} ${Math.random()}` })
    org = app.org
    person = String((await app.ask('collaborator.create', { kind: 'person', display_name: 'Paul Le Goff' }))['id'])
    const [me] = (await app.ask('member.list', {}))['items'] as { id: string }[]
    await app.ask('permission.grant', { member_id: me?.id, permission: 'pii:read', reason: 'Paie', until_at: null })
    storages = [await openStorage(storageOptions(folder, database, { now }))]
    if (database !== null) storages.push(await openStorage(storageOptions(folder, database, { now })))
    await migrateServer(first().accounts)
    await (await first().createOrganization(org)).importFacts(giveFacts(app.file.readEngine, org, { app_version: 'test', at: now() }))
  })
  afterEach(async () => {
    for (const storage of storages) await storage.close()
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    expect(reported).toEqual([])
  })

  it('go a day after they were first seen unnamed, once, whichever of two processes looks; those that are named stay', async () => {
    const [gone, standing] = [await takenAway('a passport that was taken away'), await upload('a passport that is kept')]
    await paper(standing)
    const attached = await upload('what somebody had attached')
    const { id: project_id } = await ask('project.create', { code: 'NDP', name: 'Les Nuits du Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-11-01T00:00:00.000Z', end_at: '2026-12-30T00:00:00.000Z', document_language: 'fr' })
    await ask('attachment.add', { project_id, entity: 'collaborator', entity_id: person, name: 'CV.pdf', type: 'application/pdf', size: 64, sha256: attached })
    expect(await look()).toBe(0)
    clock += DAY - 1
    expect(await look()).toBe(0)
    expect(kept(gone)).toBe(true)
    clock += 1
    expect(await look()).toBe(1)
    expect([kept(gone), kept(standing), kept(attached)]).toEqual([false, true, true])
    expect(await openBlobStore(first()).usage(org)).toMatchObject({ blobs: 2 })

    await ask('collaborator.erase', { id: person, reason: 'Demande de la personne' })
    await look()
    clock += DAY
    expect(await look()).toBe(2)
    expect([kept(standing), kept(attached)]).toEqual([false, false])
    expect(await openBlobStore(first()).usage(org)).toEqual({ blobs: 0, bytes: 0 })
    expect(await first().accounts.all('SELECT * FROM server_blob_unnamed WHERE org_id = ?', [org])).toEqual([])
  })

  it('stay when a row names them again before their day is over, and their day begins anew after that', async () => {
    const name = await takenAway('a permit')
    await look()
    clock += 23 * HOUR
    const id = await paper(name)
    clock += 2 * HOUR
    expect(await look()).toBe(0)
    await ask('vault.remove_paper', { collaborator_id: person, id })
    expect(await look()).toBe(0)
    clock += 23 * HOUR
    expect(await look()).toBe(0)
    expect(kept(name)).toBe(true)
    clock += HOUR
    expect(await look()).toBe(1)
  })

  it('stay when a row comes to name them while they are being cleared, or are awaited from whoever wrote it', async () => {
    const names = await Promise.all(Array.from({ length: 12 }, (_each, index) => upload(`a paper of many ${index}`)))
    await look()
    clock += DAY
    const { authority } = await hosted()
    const naming = names.map((name, index) => authority.core.execute({ name: 'vault.put_paper', input: { collaborator_id: person, kind: 'passport', expires_on: null, sha256: name, size: 64, key_round: 1 }, id: `race-${index}` }, app.owner).then(() => kept(name)))
    await Promise.all([look(), ...naming])
    const there = await Promise.all(naming)
    // Whoever was told that it is there finds it there for good.
    clock += 3 * DAY
    await look()
    for (const [index, name] of names.entries()) if (there[index]) expect(kept(name), String(index)).toBe(true)
    expect(await openBlobStore(first()).usage(org)).toMatchObject({ blobs: names.filter(kept).length })
  })

  it('stay in recovery, while the organization joins and after it left; no day begins then', async () => {
    const name = await takenAway('a paper from before a restore')
    await look()
    const { engine } = await hosted()
    await engine.transaction(() => engine.run("UPDATE sync_head SET mode = 'recovery' WHERE org_id = ?", [org]))
    clock += 9 * DAY
    expect(await look()).toBe(0)
    await engine.transaction(() => engine.run("UPDATE sync_head SET mode = 'open' WHERE org_id = ?", [org]))
    expect(await look()).toBe(0)
    home = false
    clock += 9 * DAY
    expect(await look()).toBe(0)
    home = true
    expect(await look()).toBe(0)
    expect(kept(name)).toBe(true)
    clock += DAY
    expect(await look()).toBe(1)
  })

  it('stay while a bundle that was put aside names them', async () => {
    const name = await upload('a paper of a shut-out laptop')
    const { engine } = await hosted()
    await engine.transaction(() => engine.run('INSERT INTO sync_aside (org_id, id, user_id, device, command, reason, received_at) VALUES (?, ?, ?, ?, ?, ?, ?)', [org, person, app.owner.user_id, 'laptop', JSON.stringify([{ command: { input: { sha256: name } } }]), 'revoked', now()]))
    await look()
    clock += 2 * DAY
    expect(await look()).toBe(0)
    await engine.transaction(() => engine.run('UPDATE sync_aside SET closed_at = ? WHERE org_id = ?', [now(), org]))
    await look()
    clock += DAY
    expect(await look()).toBe(1)
    expect(kept(name)).toBe(false)
  })

  it('are cleared whole by the next turn wherever a process was killed, and nothing named is lost', async () => {
    const standing = await upload('a paper that is kept')
    await paper(standing)
    const gone = [await takenAway('one paper'), await takenAway('another paper')]
    // Embedded files belong to one process at a time.
    for (const storage of storages) await storage.close()
    storages = []
    const run = (at: number, kill: number): Promise<{ signal: string | null; said: string }> =>
      new Promise((resolve) => {
        const process_ = spawn(process.execPath, [child, folder, database ?? '', fromMs(at), String(kill)], { stdio: ['ignore', 'pipe', 'pipe'] })
        let said = ''
        for (const stream of [process_.stdout, process_.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()))
        process_.on('close', (_code, signal) => resolve({ signal, said }))
      })
    const signals: (string | null)[] = []
    // Two marks, then two files with two writes each.
    for (const [at, kill] of [[0, 1], [0, 2], [0, 0], [DAY, 1], [DAY, 2], [DAY, 3]] as const) signals.push((await run(START + at, kill)).signal)
    const last = await run(START + DAY, 0)
    expect(signals).toEqual(['SIGKILL', 'SIGKILL', null, 'SIGKILL', 'SIGKILL', 'SIGKILL'])
    expect(last).toMatchObject({ signal: null })
    storages = [await openStorage(storageOptions(folder, database, { now }))]
    expect([kept(standing), ...gone.map(kept)]).toEqual([true, false, false])
    expect(await openBlobStore(first()).usage(org)).toMatchObject({ blobs: 1 })
    expect(await first().accounts.all('SELECT * FROM server_blob_unnamed WHERE org_id = ?', [org])).toEqual([])
  }, 60_000)
})
