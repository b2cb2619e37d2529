/** Two processes of a server over one PostgreSQL: one order of commits, nothing lost, nothing seen of another organization. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { verifyChain } from '../../../shared/store/audit-chain.ts'
import { postgresMigrations } from '../../../shared/store/migrations/postgres.ts'
import { postgresEngine } from '../../../shared/store/postgres-engine.ts'
import { migratePostgres, openPool } from '../../../shared/store/postgres-pool.ts'
import { postgresSchema } from '../../../shared/store/postgres-schema.ts'
import { giveFacts } from '../../../shared/sync/facts/give.ts'
import { openStorage } from '../../../sync-server/storage/open-storage.ts'
import type { Storage } from '../../../sync-server/storage/storage.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { storageOptions } from '../../fixtures/server-storage.ts'

let postgres: TestPostgres
let url: string | null
let app: TestOrganization
let other: TestOrganization
let storage: Storage
let folder: string
const reported: string[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-processes-'))
  postgres = await startPostgres()
  url = await postgres.database('processes')
  if (url === null) return
  app = await openTestOrganization({ seed: 'one' })
  other = await openTestOrganization({ seed: 'other' })
  storage = await openStorage(storageOptions(folder, url, { report: (error) => reported.push(String(error)) }))
  for (const one of [app, other]) {
    const organization = await storage.createOrganization(one.org)
    await organization.importFacts(giveFacts(one.file.readEngine, one.org, { app_version: 'test', at: storageOptions('', null).now() }))
  }
}, 60_000)
afterAll(async () => {
  if (url !== null) {
    await storage.close()
    await app.close()
    await other.close()
  }
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

interface Said { ready?: boolean; done?: string; heard?: number; refused?: string; finished?: boolean; reported?: string }
interface Child {
  process: ChildProcess
  said: Said[]
  until(what: (said: Said) => boolean, count?: number): Promise<void>
  ended: Promise<void>
}
const path = fileURLToPath(new URL('../../fixtures/writing-child.ts', import.meta.url))
function child(name: string, count: number): Child {
  const started = spawn(process.execPath, [path, folder, url ?? '', app.org, app.owner.user_id, name, String(count)], { stdio: ['pipe', 'pipe', 'pipe'] })
  const said: Said[] = []
  const waiting = new Set<() => void>()
  let errors = ''
  started.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()))
  createInterface({ input: started.stdout }).on('line', (line) => {
    said.push(JSON.parse(line) as Said)
    for (const look of waiting) look()
  })
  const ended = new Promise<void>((resolve) => started.on('exit', () => resolve()))
  return {
    process: started, said, ended,
    until: (what, times = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.filter(what).length < times) return
          waiting.delete(look)
          resolve()
        }
        void ended.then(() => reject(new Error(`${name} has ended: ${errors}`)))
        waiting.add(look)
        look()
      }),
  }
}
const done = (said: Said): boolean => said.done !== undefined
async function started(...children: Child[]): Promise<void> {
  await Promise.all(children.map((one) => one.until((said) => said.ready === true)))
  for (const one of children) one.process.stdin?.write('go\n')
}
async function stopped(...children: Child[]): Promise<void> {
  for (const one of children) one.process.stdin?.end()
  await Promise.all(children.map((one) => one.ended))
}
/** Every commit has its place, one after the other, and everything that was answered is among them. */
async function orderIsWhole(answered: readonly string[]): Promise<void> {
  const organization = await storage.organization(app.org)
  if (!organization) throw new Error('the organization is gone')
  const seqs = (await organization.readEngine.all('SELECT seq FROM command_log WHERE org_id = ? ORDER BY seq', [app.org])).map((row) => Number(row['seq']))
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  expect(await verifyChain(organization.readEngine, app.org)).toMatchObject({ whole: true })
  const names = new Set((await organization.readEngine.all('SELECT name FROM skill WHERE org_id = ?', [app.org])).map((row) => String(row['name'])))
  for (const name of answered) expect(names.has(name), name).toBe(true)
  const places = await organization.readEngine.all('SELECT COUNT(*) AS places FROM sync_change c WHERE c.org_id = ? AND c.seq > ?', [app.org, seqs.length])
  expect(Number(places[0]?.['places'])).toBe(0)
}
const answeredBy = (...children: Child[]): string[] => children.flatMap(({ said }) => said.flatMap((one) => (one.done === undefined ? [] : [one.done])))
const doneBy = (one: Child): number => one.said.filter(done).length

describe('two processes that write into one organization', () => {
  it('give one order without a gap, lose nothing, and each hears of the other’s commits', async (context) => {
    if (url === null) return context.skip()
    const [left, right] = [child('gauche', 60), child('droite', 60)]
    const heard: number[] = []
    const stop = storage.onChange((org, seq) => {
      if (org === app.org) heard.push(seq)
    })
    await started(left, right)
    await Promise.all([left, right].map((one) => one.until((said) => said.finished === true)))
    expect([...left.said, ...right.said].filter(({ refused }) => refused !== undefined)).toEqual([])
    expect([doneBy(left), doneBy(right)]).toEqual([60, 60])
    await orderIsWhole(answeredBy(left, right))
    const last = Math.max(...heard)
    const head = await (await storage.organization(app.org))?.authority.head()
    await Promise.all([left, right].map((one) => one.until(({ heard: seq }) => seq === head?.seq)))
    expect(last).toBe(head?.seq)
    expect(heard).toEqual(heard.toSorted((a, b) => a - b))
    // Work was shared: neither waited for the other to be done.
    const order = await (await storage.organization(app.org))?.readEngine.all('SELECT device FROM command_log WHERE org_id = ? ORDER BY seq', [app.org])
    const devices = (order ?? []).map((row) => row['device']).filter((device) => device === 'gauche' || device === 'droite')
    expect(devices.slice(1).filter((device, index) => device !== devices[index]).length).toBeGreaterThan(4)
    stop()
    await stopped(left, right)
  }, 60_000)

  it('go on when one of them is killed: what it had answered is there, and no place in the order is missing', async (context) => {
    if (url === null) return context.skip()
    const [killed, stays] = [child('tué', 5000), child('reste', 120)]
    await started(killed, stays)
    await killed.until(done, 15)
    killed.process.kill('SIGKILL')
    await killed.ended
    await stays.until((said) => said.finished === true)
    expect(doneBy(stays)).toBe(120)
    expect(doneBy(killed)).toBeGreaterThanOrEqual(15)
    expect(doneBy(killed)).toBeLessThan(5000)
    await orderIsWhole(answeredBy(killed, stays))
    await stopped(stays)
  }, 60_000)

  it('outlive the database’s restart: what is asked meanwhile is refused as unavailable, then all is well again', async (context) => {
    if (url === null) return context.skip()
    const organization = await storage.organization(app.org)
    if (!organization) throw new Error('the organization is gone')
    const answers = new Set<string>()
    let at = 0
    const asking = async (): Promise<void> => {
      const answer = await organization.authority.core.execute({ name: 'skill.create', input: { name: `redémarrage ${++at}` }, id: `restart-${at}` }, app.owner)
      answers.add('error' in answer ? answer.error.code : 'done')
    }
    const many = (async () => {
      for (let turn = 0; turn < 60; turn++) await asking()
    })()
    await postgres.disconnect('processes')
    await many
    expect([...answers].sort()).toEqual(expect.arrayContaining(['done']))
    expect([...answers].filter((code) => code !== 'done' && code !== 'storage.unavailable')).toEqual([])
    await storage.check()
    await orderIsWhole([])
    // The listening connection is made again, and what was said meanwhile is not missed.
    const heard = new Promise<void>((resolve) => storage.onChange((org) => {
      if (org === app.org) resolve()
    }))
    const writer = child('après', 1)
    await started(writer)
    await writer.until((said) => said.finished === true)
    await heard
    await stopped(writer)
    expect(reported.some((error) => error.includes('unavailable'))).toBe(true)
  }, 60_000)
})

describe('the wall around each organization', () => {
  const counted = async (pool: pg.Pool, org: string | null): Promise<number> => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      if (org !== null) await client.query("SELECT set_config('callboard.org', $1, true)", [org])
      // As a statement that forgot to say whose rows it means.
      const { rows } = await client.query<{ total: number }>('SELECT (SELECT COUNT(*) FROM command_log) + (SELECT COUNT(*) FROM organization) + (SELECT COUNT(*) FROM collaborator_line) + (SELECT COUNT(*) FROM sync_head) AS total')
      await client.query('ROLLBACK')
      return Number(rows[0]?.total)
    } finally {
      client.release()
    }
  }

  it('shows nothing to a statement that names no organization, and nothing of another to one that names one', async (context) => {
    if (url === null) return context.skip()
    const pool = openPool({ url, max: 2, application_name: 'wall', onLost: () => undefined })
    const [own, others] = [await counted(pool, app.org), await counted(pool, other.org)]
    expect(own).toBeGreaterThan(others)
    expect(others).toBeGreaterThan(0)
    expect(await counted(pool, null)).toBe(0)
    expect(await counted(pool, '')).toBe(0)
    expect(await counted(pool, deriveId('nobody', 'organization'))).toBe(0)
    const stranger = postgresEngine(pool, { org: other.org })
    expect(await stranger.all('SELECT id FROM command_log WHERE org_id = ?', [app.org])).toEqual([])
    expect(await stranger.run('UPDATE skill SET name = ? WHERE org_id = ?', ['pris', app.org])).toBe(0)
    expect(await stranger.run('DELETE FROM sync_change WHERE org_id = ?', [app.org])).toBe(0)
    await expect(stranger.run('INSERT INTO sync_scope (org_id, digest, scope, made_at) VALUES (?, ?, ?, ?)', [app.org, 'd', 's', 'x'])).rejects.toThrow('row-level security')
    // A connection that is used again does not remember whom it served.
    expect((await pool.query('SELECT COUNT(*) AS total FROM command_log')).rows).toEqual([{ total: 0 }])
    await pool.end()
  })

  it('stands around every table, whose keys all begin with the organization', async (context) => {
    if (url === null) return context.skip()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const tables = (await client.query<{ name: string; walled: boolean }>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) AS walled
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'callboard_schema'`)).rows
    expect(tables.length).toBeGreaterThan(50)
    expect(tables.filter(({ walled }) => !walled)).toEqual([])
    const keys = (await client.query<{ table_name: string; constraint_name: string; column_name: string }>(
      `SELECT k.table_name, k.constraint_name, k.column_name FROM information_schema.key_column_usage k
       WHERE k.table_schema = 'public' AND k.table_name <> 'callboard_schema' AND k.ordinal_position = 1`)).rows
    expect(new Set(keys.map(({ table_name }) => table_name)).size).toBe(tables.length)
    expect(keys.filter(({ column_name }) => column_name !== 'org_id')).toEqual([])
    const indexes = (await client.query<{ indexname: string; indexdef: string }>("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'callboard_schema'")).rows
    expect(indexes.filter(({ indexdef }) => !/USING btree \(org_id\b/.test(indexdef))).toEqual([])
    await client.end()
  })

  it('is not passed by a superuser, who is told how to connect', async (context) => {
    if (url === null) return context.skip()
    const above = new URL(url)
    above.username = 'callboard'
    await expect(openStorage(storageOptions(folder, above.href))).rejects.toMatchObject({ object: 'role' })
  })
})

describe('the schema of PostgreSQL', () => {
  it('is brought up once by processes that start together, and kept from a newer one', async (context) => {
    const address = await postgres.database('together')
    if (address === null) return context.skip()
    const pools = [1, 2, 3, 4].map(() => openPool({ url: address, max: 1, application_name: 'together', onLost: () => undefined }))
    await Promise.all(pools.map((pool) => migratePostgres(pool)))
    const [first, second] = pools
    if (!first || !second) throw new Error('no pool')
    expect((await first.query('SELECT version, name FROM callboard_schema')).rows).toEqual(postgresMigrations.map(({ version, name }) => ({ version, name })))
    const next = { version: (postgresMigrations.at(-1)?.version ?? 0) + 1, name: 'next', statements: ['CREATE TABLE extra (org_id TEXT NOT NULL PRIMARY KEY)', "INSERT INTO extra VALUES ('once')"] }
    const broken = { ...next, statements: [...next.statements, 'SELECT nothing FROM nowhere'] }
    await expect(migratePostgres(first, [...postgresMigrations, broken])).rejects.toThrow('nowhere')
    expect((await first.query("SELECT to_regclass('extra') AS made")).rows).toEqual([{ made: null }])
    await Promise.all(pools.map((pool) => migratePostgres(pool, [...postgresMigrations, next])))
    expect((await first.query('SELECT * FROM extra')).rows).toEqual([{ org_id: 'once' }])
    await expect(migratePostgres(second)).rejects.toMatchObject({ problem: 'failed', object: 'newer' })
    for (const pool of pools) await pool.end()
  }, 60_000)

  it('is, brought up by its migrations, what follows from the models: a changed model needs a new migration', async (context) => {
    const [frozen, fresh] = [await postgres.database('frozen'), await postgres.database('fresh')]
    if (frozen === null || fresh === null) return context.skip()
    const described = async (address: string, make: (pool: pg.Pool) => Promise<unknown>): Promise<string[]> => {
      const pool = openPool({ url: address, max: 1, application_name: 'described', onLost: () => undefined })
      await make(pool)
      const all: string[] = []
      for (const sql of [
        `SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'callboard_schema'`,
        `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'callboard_schema'`,
        `SELECT conrelid::regclass::text AS of, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'callboard_schema'`,
        `SELECT tgrelid::regclass::text AS of, pg_get_triggerdef(oid) AS def FROM pg_trigger WHERE NOT tgisinternal`,
        `SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'`, `SELECT tablename, policyname, qual, with_check FROM pg_policies`,
      ]) all.push(...(await pool.query(sql)).rows.map((row) => JSON.stringify(row)))
      await pool.end()
      return all.sort()
    }
    expect(await described(frozen, (pool) => migratePostgres(pool))).toEqual(await described(fresh, (pool) => pool.query(postgresSchema().join('\n'))))
  }, 60_000)
})

it('an id of another organization is another organization', async (context) => {
  if (url === null) return context.skip()
  const there = await storage.organization(other.org)
  expect(await there?.readEngine.all('SELECT COUNT(*) AS total FROM skill WHERE org_id = ?', [app.org])).toEqual([{ total: 0 }])
  expect(await storage.organization(deriveId('none', 'organization'))).toBeNull()
})
