/** Clocks on a server: several processes over one database, one that is killed amid its turn, recovery, what is refused. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { giveFacts } from '../../../shared/sync/facts/give.ts'
import { readHead } from '../../../shared/store/sync-log.ts'
import { migrateServer } from '../../../sync-server/accounts/schema.ts'
import { openStorage } from '../../../sync-server/storage/open-storage.ts'
import type { HostedOrganization, Storage } from '../../../sync-server/storage/storage.ts'
import { openTimers, type ServerTimers } from '../../../sync-server/timers.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../../shared/kernel/instants.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { storageOptions } from '../../fixtures/server-storage.ts'

const postgres: TestPostgres = await startPostgres()
const url = await postgres.database('timers')
afterAll(() => postgres.stop())

const databases: [string, string | null][] = [['SQLite', null], ...(url === null ? [] : [['PostgreSQL', url] satisfies [string, string]])]

describe.each(databases)('the clocks of a server on %s', (_, database) => {
  let folder: string
  let app: TestOrganization
  let storages: Storage[]
  let clocks: ServerTimers[]
  let now: Instant
  let org: Id
  const reported: string[] = []
  const hosted = async (): Promise<HostedOrganization> => (await storages[0]?.organization(org)) ?? expect.fail('not hosted')
  const rows = async (sql: string) => (await hosted()).readEngine.all(sql, [])
  const open = (storage: Storage): ServerTimers => openTimers({
    engine: storage.accounts, organizations: () => storage.organizations(), hosted: (id) => storage.organization(id), now: () => now, report: (error) => reported.push(String(error)), log: () => undefined, random: () => 0,
  })

  beforeEach(async () => {
    reported.length = 0
    now = '2026-10-20T08:00:00.000Z' as Instant
    folder = mkdtempSync(join(tmpdir(), 'callboard-timers-'))
    app = await openTestOrganization({ seed: `timers ${String(database === null)} ${Math.random()}` })
    org = app.org
    const people: string[] = []
    for (let index = 0; index < 12; index++) people.push(String((await app.ask('collaborator.create', { display_name: `Figurant ${index}` }))['id']))
    await app.ask('availability.request', { collaborator_ids: people, windows: [{ start_at: '2026-11-26T08:00:00.000Z', end_at: '2026-11-26T18:00:00.000Z' }], zone: 'Europe/Paris', deadline_at: '2026-10-21T08:00:00.000Z', channel: 'hand' })
    // Two processes where the database allows it.
    storages = [await openStorage(storageOptions(folder, database, { now: () => now }))]
    if (database !== null) storages.push(await openStorage(storageOptions(folder, database, { now: () => now })))
    for (const storage of storages.slice(0, 1)) {
      await migrateServer(storage.accounts)
      await (await storage.createOrganization(org)).importFacts(giveFacts(app.file.readEngine, org, { app_version: 'test', at: now }))
    }
    clocks = [...storages, ...(database === null ? storages : [])].map(open)
  })
  afterEach(async () => {
    for (const clock of clocks) await clock.stop()
    for (const storage of storages) await storage.close()
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
  const lapsed = async (): Promise<number> => Number((await rows("SELECT COUNT(*) AS n FROM command_log WHERE name = 'availability.lapse' AND actor_kind = 'system'"))[0]?.['n'])
  const lookAll = () => Promise.all(clocks.map((clock) => clock.look()))

  it('are looked at from the start, and when something is due, by whichever process: each thing is done once', async () => {
    for (const clock of clocks) await clock.rebuild()
    await lookAll()
    expect(await lapsed()).toBe(0)
    const [line] = await storages[0]?.accounts.all('SELECT at, standing FROM server_due WHERE org_id = ?', [org]) ?? []
    expect(line).toEqual({ at: '2026-10-21T08:00:00.000Z', standing: 'on' })
    now = '2026-10-21T08:00:00.000Z' as Instant
    await lookAll()
    await lookAll()
    expect(await lapsed()).toBe(12)
    expect(await rows("SELECT state, COUNT(*) AS n FROM availability_request GROUP BY state").then(([row]) => row?.['state'])).toBe('no_answer')
    expect(reported).toEqual([])
  })

  it('are taken up by another process a minute after the one that had them was killed', async () => {
    const [one, other] = [clocks[0], clocks.at(-1)]
    await one?.rebuild()
    await lookAll()
    now = '2026-10-21T08:00:00.000Z' as Instant
    // As a process leaves it that took the line and died.
    await storages[0]?.accounts.run('UPDATE server_due SET at = ? WHERE org_id = ?', [fromMs(Date.parse(now) + 60_000), org])
    await other?.look()
    expect(await lapsed()).toBe(0)
    now = fromMs(Date.parse(now) + 60_000)
    await other?.look()
    expect(await lapsed()).toBe(12)
  })

  it('do nothing in recovery, while its laptop joins, and after it has left; only who took them gives them back', async () => {
    const [clock] = clocks
    if (!clock) return
    now = '2026-10-21T08:00:00.000Z' as Instant
    await clock.joining(org)
    const look = async () => {
      await clock.rebuild()
      await lookAll()
      return lapsed()
    }
    expect(await look()).toBe(0)
    expect(await clock.follows(org, 'another', { following: true, joined: false })).toBe('joining')
    expect(await clock.follows(org, 'laptop', { following: true, joined: true })).toBe('on')
    expect(await clock.follows(org, 'laptop', { following: false, joined: true })).toBe('left')
    expect(await clock.follows(org, 'another', { following: true, joined: true })).toBe('left')
    expect(await look()).toBe(0)
    expect(await clock.follows(org, 'laptop', { following: true, joined: true })).toBe('on')
    const { engine } = await hosted()
    await engine.transaction(() => engine.run("UPDATE sync_head SET mode = 'recovery' WHERE org_id = ?", [org]))
    expect(await look()).toBe(0)
    expect((await readHead(engine, org))?.mode).toBe('recovery')
    await engine.transaction(() => engine.run("UPDATE sync_head SET mode = 'open' WHERE org_id = ?", [org]))
    expect(await look()).toBe(12)
  })
})
