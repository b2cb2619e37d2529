/** What the server's process asks of its storage, the same of files and of PostgreSQL. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { verifyChain } from '../../../shared/store/audit-chain.ts'
import { readHead } from '../../../shared/store/sync-log.ts'
import { giveFacts } from '../../../shared/sync/facts/give.ts'
import { migrateServer } from '../../../sync-server/accounts/schema.ts'
import { checkBackup } from '../../../sync-server/storage/backup-manifest.ts'
import { openStorage } from '../../../sync-server/storage/open-storage.ts'
import { restoreStorage } from '../../../sync-server/storage/restore.ts'
import type { HostedOrganization, Storage, StorageOptions } from '../../../sync-server/storage/storage.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { allOf, storageOptions, streamOf } from '../../fixtures/server-storage.ts'
import { buildWorld } from '../../fixtures/world.ts'

let app: TestOrganization
let lines: string[]
let postgres: TestPostgres
let databases = 0
let folder: string
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'hosted' })
  await buildWorld(app)
  lines = await allOf(giveFacts(app.file.readEngine, app.org, { app_version: 'test', at: storageOptions('', null).now() }))
  postgres = await startPostgres()
}, 120_000)
afterAll(async () => {
  await app.close()
  await postgres.stop()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-server-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

const real = async (): Promise<string | null> => postgres.database(`server_${++databases}`)
async function optionsOf(kind: 'sqlite' | 'postgres', name = 'data'): Promise<StorageOptions | null> {
  const url = kind === 'postgres' ? await real() : null
  return kind === 'postgres' && url === null ? null : storageOptions(join(folder, name), url)
}
async function joined(storage: Storage): Promise<HostedOrganization> {
  const organization = await storage.createOrganization(app.org)
  await organization.importFacts(streamOf(lines))
  return organization
}
async function ask(organization: HostedOrganization, name: string, input: unknown): Promise<unknown> {
  const answer = await organization.authority.core.execute({ name, input, id: `${name} ${JSON.stringify(input)}` }, app.owner)
  if ('error' in answer) throw new Error(JSON.stringify(answer.error))
  return answer.value
}
/** Lines but their head and trailer, which say when. */
const rowsOf = async (organization: HostedOrganization): Promise<string[]> => (await allOf(organization.exportFacts())).slice(1, -1)
function giveFile(storage: Storage, org: Id, text: string): string {
  const name = sha256(text)
  mkdirSync(join(storage.blobFolder(org), name.slice(0, 2)), { recursive: true })
  writeFileSync(join(storage.blobFolder(org), name.slice(0, 2), name), text)
  return name
}
const fileOf = (storage: Storage, org: Id, name: string): string => readFileSync(join(storage.blobFolder(org), name.slice(0, 2), name), 'utf8')
const ACCOUNT = `INSERT INTO server_account (user_id, email_key, email, name, password, administrator, created_at, last_sign_in_at, password_at) VALUES (?, ?, ?, 'Léa Martin', 'digest', 1, 'x', NULL, 'x')`
const giveAccount = async (storage: Storage, name: string): Promise<void> => {
  await migrateServer(storage.accounts)
  await storage.accounts.run(ACCOUNT, [deriveId('account', name), name, `${name}@example.org`])
}
const accountsOf = async (storage: Storage): Promise<unknown[]> => (await storage.accounts.all('SELECT email_key, administrator FROM server_account ORDER BY email_key', [])).map((row) => [row['email_key'], row['administrator']])

describe.each(['sqlite', 'postgres'] as const)('the storage of a server on %s', (kind) => {
  it('has room for organizations, takes their facts, and is worked in; what is asked of one is told of it', async (context) => {
    const options = await optionsOf(kind)
    if (!options) return context.skip()
    const storage = await openStorage(options)
    expect(storage.kind).toBe(kind)
    await storage.check()
    expect(await storage.organizations()).toEqual([])
    expect(await storage.organization(app.org)).toBeNull()
    const heard: [Id, number][] = []
    const stop = storage.onChange((org, seq) => heard.push([org, seq]))
    const organization = await joined(storage)
    expect(await storage.organizations()).toEqual([app.org])
    expect(await storage.organization(app.org)).toBe(organization)
    expect(await rowsOf(organization)).toEqual(lines.slice(1, -1))
    const before = (await organization.authority.head()).seq
    await ask(organization, 'skill.create', { name: 'Sur le serveur' })
    expect(await organization.authority.head()).toMatchObject({ seq: before + 1, mode: 'open' })
    expect(heard).toEqual([[app.org, before], [app.org, before + 1]])
    expect(await verifyChain(organization.readEngine, app.org)).toMatchObject({ whole: true })
    const sizes = await storage.sizes(app.org)
    expect(sizes.rows).toBeGreaterThan(100)
    expect(sizes.database_bytes).toBeGreaterThan(10_000)
    stop()
    await storage.close()
    const again = await openStorage(options)
    const found = await again.organization(app.org)
    expect(await found?.authority.head()).toMatchObject({ seq: before + 1 })
    await again.close()
  }, 60_000)

  it('gives the place of an upload that broke to the next one, and takes away none that has commands', async (context) => {
    const options = await optionsOf(kind)
    if (!options) return context.skip()
    const storage = await openStorage(options)
    const organization = await storage.createOrganization(app.org)
    await expect(organization.importFacts(streamOf(lines.slice(0, -5)))).rejects.toThrow('facts.cut')
    await storage.removeOrganization(app.org)
    expect(await storage.organizations()).toEqual([])
    const next = await joined(storage)
    expect(await rowsOf(next)).toEqual(lines.slice(1, -1))
    await expect(storage.removeOrganization(app.org)).rejects.toMatchObject({ object: 'not_empty' })
    await storage.close()
  }, 60_000)

  it('is saved while it works, and comes back in a new epoch and in recovery, with what it replaced kept aside', async (context) => {
    const options = await optionsOf(kind)
    if (!options) return context.skip()
    const storage = await openStorage(options)
    await giveAccount(storage, 'lea')
    const organization = await joined(storage)
    const empty = deriveId('empty', 'organization')
    await storage.createOrganization(empty)
    const file = giveFile(storage, app.org, 'plan de feu')
    const saved = await rowsOf(organization)
    const head = await readHead(organization.readEngine, app.org)
    const target = join(folder, 'saved')
    let done = false
    const working = (async () => {
      for (let at = 0; !done || at < 2; at++) {
        await ask(organization, 'skill.create', { name: `Pendant la sauvegarde ${at}` })
        await setImmediate()
      }
    })()
    const made = await storage.backup(target)
    done = true
    await working
    expect(made).toMatchObject({ organizations: 2 })
    expect(existsSync(`${target}.part`)).toBe(false)
    await expect(storage.backup(target)).rejects.toMatchObject({ object: 'exists' })
    const manifest = await checkBackup(target)
    expect(manifest.organizations.find(({ id }) => id === app.org)?.blobs).toBe(1)
    const commands = manifest.organizations.find(({ id }) => id === app.org)?.commands ?? 0
    // What is done after the backup is lost by the restore; the file of then is in what is kept aside.
    await giveAccount(storage, 'karim')
    await ask(organization, 'skill.create', { name: 'Après la sauvegarde' })
    await expect(restoreStorage(options, target)).rejects.toMatchObject({ object: 'in_use' })
    await storage.close()

    expect(await restoreStorage(options, target)).toEqual({ organizations: 2 })
    const restored = await openStorage(options)
    const back = await restored.organization(app.org)
    if (!back) throw new Error('the organization is gone')
    expect((await rowsOf(back)).length).toBeGreaterThanOrEqual(saved.length)
    expect(await back.authority.head()).toMatchObject({ mode: 'recovery', restored_seq: commands, seq: commands })
    const now = await readHead(back.readEngine, app.org)
    expect(now?.epoch).toBeGreaterThan(head?.epoch ?? 0)
    expect(now?.receipt_key).toBe(head?.receipt_key)
    expect(await verifyChain(back.readEngine, app.org)).toMatchObject({ whole: true })
    expect(fileOf(restored, app.org, file)).toBe('plan de feu')
    expect(await accountsOf(restored)).toEqual([['lea', 1]])
    expect((await restored.organizations()).toSorted()).toEqual([app.org, empty].toSorted())
    await restored.close()
    const aside = [...readdirSync(options.data), ...(existsSync(join(options.data, 'backups')) ? readdirSync(join(options.data, 'backups')) : [])].filter((name) => name.startsWith('replaced-'))
    expect(aside).toHaveLength(1)

    // Once more from the same backup: another epoch again.
    expect(await restoreStorage(options, target)).toEqual({ organizations: 2 })
    const twice = await openStorage(options)
    expect((await readHead((await twice.organization(app.org))?.readEngine ?? back.readEngine, app.org))?.epoch).toBeGreaterThan(now?.epoch ?? 0)
    await twice.close()
  }, 90_000)

  it('does not touch anything for a backup that is not whole', async (context) => {
    const options = await optionsOf(kind)
    if (!options) return context.skip()
    const storage = await openStorage(options)
    await giveAccount(storage, 'lea')
    const organization = await joined(storage)
    const saved = await rowsOf(organization)
    const target = join(folder, 'saved')
    await storage.backup(target)
    await storage.close()
    const part = (await checkBackup(target)).organizations[0]?.file ?? ''
    const bytes = readFileSync(join(target, part))
    writeFileSync(join(target, part), bytes.subarray(0, bytes.length - 100))
    await expect(restoreStorage(options, target)).rejects.toMatchObject({ problem: 'damaged', object: part })
    await expect(restoreStorage(options, join(folder, 'nothing'))).rejects.toMatchObject({ object: 'missing' })
    const after = await openStorage(options)
    const there = await after.organization(app.org)
    if (!there) throw new Error('the organization is gone')
    expect(await rowsOf(there)).toEqual(saved)
    expect(await there.authority.head()).toMatchObject({ mode: 'open' })
    expect(await accountsOf(after)).toEqual([['lea', 1]])
    await after.close()
  }, 60_000)

  it('moves to the other kind by a backup', async (context) => {
    const options = await optionsOf(kind)
    const other = await optionsOf(kind === 'sqlite' ? 'postgres' : 'sqlite', 'other')
    if (!options || !other) return context.skip()
    const storage = await openStorage(options)
    await giveAccount(storage, 'lea')
    const organization = await joined(storage)
    const file = giveFile(storage, app.org, 'plan de feu')
    await ask(organization, 'skill.create', { name: 'Avant de partir' })
    const saved = await rowsOf(organization)
    await storage.backup(join(folder, 'saved'))
    await storage.close()
    mkdirSync(other.data, { recursive: true })
    expect(await restoreStorage(other, join(folder, 'saved'))).toEqual({ organizations: 1 })
    const moved = await openStorage(other)
    const there = await moved.organization(app.org)
    if (!there) throw new Error('the organization is gone')
    expect(await rowsOf(there)).toEqual(saved)
    expect(await accountsOf(moved)).toEqual([['lea', 1]])
    expect(fileOf(moved, app.org, file)).toBe('plan de feu')
    expect(await there.authority.head()).toMatchObject({ mode: 'recovery' })
    await moved.close()
  }, 60_000)
})

describe('files', () => {
  it('are one process’s: a second one is refused, and takes over when the first is gone', async () => {
    const options = storageOptions(join(folder, 'data'), null)
    const first = await openStorage(options)
    await expect(openStorage(options)).rejects.toMatchObject({ object: 'in_use' })
    await first.close()
    await (await openStorage(options)).close()
  })

  it('of many organizations are closed while nobody uses them, and nobody notices', async () => {
    const storage = await openStorage(storageOptions(join(folder, 'data'), null))
    const hosts: HostedOrganization[] = []
    for (let made = 0; made < 70; made++) hosts.push(await storage.createOrganization(deriveId('many', String(made))))
    const descriptors = readdirSync('/proc/self/fd').length
    expect(descriptors).toBeLessThan(70 * 4)
    for (const host of hosts) expect(await host.authority.head()).toMatchObject({ seq: 0 })
    await storage.close()
  }, 120_000)

  it('stand where people look for them', async () => {
    const storage = await openStorage(storageOptions(join(folder, 'data'), null))
    await joined(storage)
    await storage.close()
    expect(statSync(join(folder, 'data', 'server.sqlite')).isFile()).toBe(true)
    expect(readdirSync(join(folder, 'data', 'organizations', app.org)).sort()).toEqual(['blobs', 'organization.sqlite'])
    expect(() => storage.blobFolder('../../elsewhere' as Id)).toThrow('not the id')
  })
})
