/** An organization goes up to a server and comes down again as one stream of lines: the same rows on either database, or nothing at all. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { createOrganizationCore } from '../../shared/core/organization-core.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import type { Engine, StoreError } from '../../shared/store/engine.ts'
import { latestVersion } from '../../shared/store/migrations/index.ts'
import { openOrganizationFile } from '../../shared/store/organization-file.ts'
import { postgresEngine } from '../../shared/store/postgres-engine.ts'
import { migratePostgres, openPool } from '../../shared/store/postgres-pool.ts'
import { openMemoryFile } from '../../shared/store/replica-file.ts'
import { lastCommit, readHead } from '../../shared/store/sync-log.ts'
import { checkFacts } from '../../shared/sync/facts/check.ts'
import { Tally } from '../../shared/sync/facts/format.ts'
import { giveFacts } from '../../shared/sync/facts/give.ts'
import { takeFacts } from '../../shared/sync/facts/take.ts'
import { takeFactsInto } from '../../shared/sync/facts/take-file.ts'
import { factTables, serverTables } from '../../shared/sync/facts/tables.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { startPostgres, type TestPostgres } from '../fixtures/postgres.ts'
import { buildWorld } from '../fixtures/world.ts'

const AT = '2026-11-23T06:00:00.000Z' as Instant
const follow = { receipt_key: 'ab'.repeat(32), at: AT }

let app: TestOrganization
let lines: string[]
let postgres: TestPostgres
let url: string | null
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-facts-'))
  app = await openTestOrganization({ seed: 'facts' })
  await buildWorld(app)
  lines = await allOf(giveFacts(app.file.readEngine, app.org, { app_version: 'test', at: AT }))
  postgres = await startPostgres()
  url = await postgres.database('facts')
}, 120_000)
afterAll(async () => {
  await app.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

async function allOf(stream: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const line of stream) all.push(line)
  return all
}
async function* streamOf(given: readonly string[]): AsyncGenerator<string> {
  for (const line of given) yield await Promise.resolve(line)
}
/** Every row of every table that crosses, in one order. */
async function contentsOf(engine: Engine, org: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const { name, columns } of factTables) {
    const list = columns.map((column) => (column.name === 'after' ? '"after"' : column.name)).join(', ')
    const rows = await engine.all(`SELECT ${list} FROM ${name} WHERE org_id = ?`, [org])
    found[name] = rows.map((row) => JSON.stringify(columns.map((column) => row[column.name] ?? null))).sort()
  }
  return found
}
/** The same stream with other lines, its trailer right again. */
function rewritten(change: (lines: string[]) => string[]): string[] {
  const tally = new Tally()
  const changed = change(lines.slice(0, -1))
  for (const line of changed) tally.add(line)
  return [...changed, JSON.stringify(tally.trailer)]
}
const headWith = (line: string | undefined, change: (head: { schema: number; version: number; org: string; tables: { name: string; columns: string[]; rows: number }[] }) => void): string => {
  const head = JSON.parse(line ?? '') as Parameters<typeof change>[0]
  change(head)
  return JSON.stringify(head)
}
const tableIndex = (name: string): number => factTables.findIndex((table) => table.name === name)

async function emptyPostgres(name: string): Promise<{ engine: Engine; close(): Promise<void> }> {
  const address = url === null ? null : await postgres.database(name)
  if (address === null) throw new Error('needs a PostgreSQL server')
  const pool = openPool({ url: address, max: 4, application_name: 'facts', onLost: () => undefined })
  await migratePostgres(pool)
  return { engine: postgresEngine(pool, { org: app.org }), close: () => pool.end() }
}

it('names every column of every table of an organization, so that nothing stays behind', () => {
  const database = new Database(app.path, { readonly: true })
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'").pluck().all() as string[]
  // What follows from the rest (places of rows, scopes), and what is one computer's.
  const left = tables.filter((name) => !name.startsWith('replica_') && !['sync_change', 'sync_scope'].includes(name))
  expect([...factTables, ...serverTables].map(({ name }) => name).sort()).toEqual(left.sort())
  // An authority has placed every event.
  const placed = ['audit_event.position', 'audit_event.hash']
  for (const { name, columns } of [...factTables, ...serverTables]) {
    const declared = database.pragma(`table_info(${name})`) as { name: string; type: string; notnull: number }[]
    expect(columns.map((column) => [column.name, column.nullable]).sort(), name).toEqual(declared.filter((column) => column.name !== 'org_id').map((column) => [column.name, column.notnull === 0 && !placed.includes(`${name}.${column.name}`)]).sort())
    for (const column of columns) expect(declared.find((one) => one.name === column.name)?.type === 'TEXT', `${name}.${column.name}`).toBe(column.storage === 'text' || column.storage === 'json')
  }
  database.close()
})

describe('an organization that joins a server', () => {
  it('is there with every row, its commands in order and its chain whole, and devices can follow it from its first commit', async () => {
    const { engine } = openMemoryFile('authority')
    const taken = await takeFacts(engine, streamOf(lines), { org: app.org, follow })
    expect(await contentsOf(engine, app.org)).toEqual(await contentsOf(app.file.readEngine, app.org))
    const chain = await verifyChain(app.file.readEngine, app.org)
    expect(await verifyChain(engine, app.org)).toEqual(chain)
    expect(taken).toMatchObject({ org: app.org, commands: await lastCommit(engine, app.org), events: chain.events })
    expect(await readHead(engine, app.org)).toMatchObject({ epoch: 1, restored_seq: 0, mode: 'open', receipt_key: follow.receipt_key })
    const [places] = await engine.all('SELECT COUNT(*) AS places, MIN(seq) AS first, MAX(seq) AS last FROM sync_change WHERE org_id = ?', [app.org])
    expect(places).toMatchObject({ places: taken.rows })
    expect(Number(places?.['first'])).toBeGreaterThanOrEqual(1)
    expect(Number(places?.['last'])).toBeLessThanOrEqual(taken.commands)
  })

  it('is found by its words and can be worked in', async () => {
    const { engine, readEngine } = openMemoryFile('authority')
    await takeFacts(engine, streamOf(lines), { org: app.org, follow })
    const words = 'SELECT COUNT(*) AS words FROM search_row WHERE org_id = ?'
    expect(await engine.all(words, [app.org])).toEqual(await app.file.readEngine.all(words, [app.org]))
    const core = createOrganizationCore({
      org: app.org, engine, readEngine, handlers: organizationOperations,
      outside: { now: () => AT, random: (bytes) => Buffer.alloc(bytes, 7), app_version: 'test', report: (error) => { throw error } },
    })
    const answer = await core.execute({ name: 'skill.create', input: { name: 'Repris' }, id: 'after' }, app.owner)
    expect(answer).not.toHaveProperty('error')
    expect(await core.execute({ name: 'audit.verify', input: {} }, app.owner)).toMatchObject({ value: { whole: true } })
  })

  it('comes down again as the same lines, and makes a complete file that opens as an authority with all its guards', async () => {
    const { engine, readEngine } = openMemoryFile('authority')
    await takeFacts(engine, streamOf(lines), { org: app.org, follow })
    expect(await allOf(giveFacts(readEngine, app.org, { app_version: 'test', at: AT }))).toEqual(lines)
    const file = join(folder, 'left', 'organization.sqlite')
    await takeFactsInto(file, giveFacts(readEngine, app.org, { app_version: 'test', at: AT }), app.org, { backupFolder: join(folder, 'backups'), stamp: 'test' })
    expect(readdirSync(join(folder, 'left'))).toEqual(['organization.sqlite'])
    const opened = openOrganizationFile(file, { backupFolder: join(folder, 'backups'), stamp: 'test' })
    expect(await contentsOf(opened.readEngine, app.org)).toEqual(await contentsOf(app.file.readEngine, app.org))
    expect(await readHead(opened.engine, app.org)).toBeNull()
    for (const table of ['audit_event', 'command_log']) await expect(opened.engine.run(`DELETE FROM ${table}`, [])).rejects.toThrow('append_only')
    await expect(opened.engine.run(`UPDATE mission SET location_id = 'nowhere' WHERE location_id IS NOT NULL`, [])).rejects.toThrow('reference')
    await opened.close()
    await expect(takeFactsInto(file, streamOf(lines), app.org, { backupFolder: join(folder, 'backups'), stamp: 'test' })).rejects.toThrow('exists')
  })

  it('goes to PostgreSQL and comes back row for row', async (context) => {
    if (url === null) return context.skip()
    const there = await emptyPostgres('facts_both')
    const taken = await takeFacts(there.engine, streamOf(lines), { org: app.org, follow })
    expect(await contentsOf(there.engine, app.org)).toEqual(await contentsOf(app.file.readEngine, app.org))
    expect(await verifyChain(there.engine, app.org)).toEqual(await verifyChain(app.file.readEngine, app.org))
    const [places] = await there.engine.all('SELECT COUNT(*) AS places FROM sync_change WHERE org_id = ?', [app.org])
    expect(Number(places?.['places'])).toBe(taken.rows)
    expect(await allOf(giveFacts(there.engine, app.org, { app_version: 'test', at: AT }))).toEqual(lines)
    const back = openMemoryFile('authority')
    await takeFacts(back.engine, giveFacts(there.engine, app.org, { app_version: 'test', at: AT }), { org: app.org, follow: null })
    expect(await contentsOf(back.engine, app.org)).toEqual(await contentsOf(app.file.readEngine, app.org))
    await there.close()
  }, 60_000)
})

describe('a stream that is not whole leaves nothing', () => {
  const refusedBy = async (given: readonly string[], engine: Engine): Promise<{ code: string; where: string | null | undefined; issue: string | undefined }> => {
    const caught: unknown = await takeFacts(engine, streamOf(given), { org: app.org, follow }).then(() => null, (error: unknown) => error)
    const { failure } = caught as { failure?: { code: string; details: { field: string | null; issue: string }[] } }
    if (!failure) throw new Error('it was taken, or broke otherwise', { cause: caught })
    for (const [table, rows] of Object.entries(await contentsOf(engine, app.org))) expect(rows, `${table} after ${failure.code}`).toEqual([])
    expect(await readHead(engine, app.org)).toBeNull()
    return { code: failure.code, where: failure.details[0]?.field, issue: failure.details[0]?.issue }
  }
  const row = (name: string, given = lines): number => given.findIndex((line) => line.startsWith(`[${tableIndex(name)},`))

  it('cut anywhere: after its head, between two rows, in a row, before its trailer', async () => {
    const { engine } = openMemoryFile('authority')
    expect(await refusedBy([], engine)).toMatchObject({ code: 'facts.cut' })
    for (const end of [1, 2, row('command_log'), lines.length - 1]) expect(await refusedBy(lines.slice(0, end), engine), String(end)).toMatchObject({ code: 'facts.cut', where: `line ${end + 1}` })
    const middle = lines.slice(0, 40)
    middle.push((lines[40] ?? '').slice(0, 20))
    expect(await refusedBy(middle, engine)).toMatchObject({ code: 'facts.cut' })
    await expect(checkFacts(streamOf(lines.slice(0, -1)))).rejects.toThrow('facts.cut')
    expect(await checkFacts(streamOf(lines))).toMatchObject({ org: app.org })
    // And then it is sent again.
    await takeFacts(engine, streamOf(lines), { org: app.org, follow })
    expect(await contentsOf(engine, app.org)).toEqual(await contentsOf(app.file.readEngine, app.org))
  })

  it('changed on the way: another value, a row less, a row twice, a row after the end', async () => {
    const { engine } = openMemoryFile('authority')
    const at = row('mission')
    const damaged = lines.with(at, (lines[at] ?? '').replace(/"planned"|"draft"|"confirmed"/, '"canceled"').replace('Répétition', 'Repetition').replace(/,1,/, ',2,'))
    expect(damaged).not.toEqual(lines)
    expect(await refusedBy(damaged, engine)).toMatchObject({ code: 'facts.damaged', issue: 'digest' })
    expect(await refusedBy(lines.toSpliced(at, 1), engine)).toMatchObject({ code: 'facts.damaged', where: 'mission', issue: 'count' })
    expect(await refusedBy(lines.toSpliced(at, 0, lines[at] ?? ''), engine)).toMatchObject({ code: 'facts.damaged', where: 'mission', issue: 'count' })
    expect(await refusedBy([...lines, lines[at] ?? ''], engine)).toMatchObject({ code: 'facts.damaged', issue: 'after_the_end' })
  })

  it('false in itself though its digest is right: the chain, a reference, an order, a value of another kind, somebody else’s', async () => {
    const { engine } = openMemoryFile('authority')
    const rewriteRow = (name: string, change: (values: unknown[]) => void, nth = 0) => rewritten((given) => given.map((line, index) => {
      if (index !== row(name, given) + nth) return line
      const values = JSON.parse(line) as unknown[]
      change(values)
      return JSON.stringify(values)
    }))
    const column = (table: string, name: string): number => 1 + (factTables[tableIndex(table)]?.columns.findIndex((one) => one.name === name) ?? -1)
    expect(await refusedBy(rewriteRow('audit_event', (values) => { values[column('audit_event', 'actor')] = 'somebody' }, 3), engine)).toEqual({ code: 'facts.damaged', where: 'audit_event', issue: 'chain_hash' })
    expect(await refusedBy(rewriteRow('audit_head', (values) => { values[column('audit_head', 'position')] = 999_999 }), engine)).toMatchObject({ issue: 'chain_tail' })
    expect(await refusedBy(rewriteRow('mission', (values) => { values[column('mission', 'project_id')] = deriveId('none', 'project') }), engine)).toMatchObject({ code: 'facts.damaged', issue: 'reference' })
    expect(await refusedBy(rewriteRow('command_log', (values) => { values[column('command_log', 'seq')] = 1 }, 5), engine)).toMatchObject({ where: 'command_log', issue: 'order' })
    expect(await refusedBy(rewriteRow('mission', (values) => { values[column('mission', 'title')] = 12 }), engine)).toMatchObject({ where: 'mission.title', issue: 'not_a_text' })
    expect(await refusedBy(rewriteRow('mission', (values) => { values[column('mission', 'title')] = null }), engine)).toMatchObject({ where: 'mission.title', issue: 'required' })
    expect(await refusedBy(rewriteRow('mission', (values) => { values[column('mission', 'tags')] = '[' }), engine)).toMatchObject({ where: 'mission.tags', issue: 'not_json' })
    expect(await refusedBy(rewriteRow('organization', (values) => { values[column('organization', 'id')] = deriveId('other', 'organization') }), engine)).toMatchObject({ code: 'facts.other' })
    expect(await refusedBy(rewritten((given) => given.with(0, headWith(given[0], (head) => { head.org = deriveId('other', 'organization') }))), engine)).toMatchObject({ code: 'facts.other' })
    const [first, second] = [row('skill'), row('skill') + 1]
    const twice = rewritten((given) => given.with(second, given[first] ?? ''))
    expect(await refusedBy(twice, engine)).toMatchObject({ code: 'facts.damaged', issue: 'unique' })
  })

  it('of a newer Callboard: a newer form, tables or columns that are not known here', async () => {
    const { engine } = openMemoryFile('authority')
    expect(await refusedBy(rewritten((given) => given.with(0, headWith(given[0], (head) => { head.version = 2 }))), engine)).toMatchObject({ code: 'facts.newer', where: 'version' })
    expect(await refusedBy(rewritten((given) => given.with(0, headWith(given[0], (head) => { head.schema = latestVersion + 1; head.tables.push({ name: 'rocket', columns: ['id'], rows: 0 }) }))), engine)).toMatchObject({ code: 'facts.newer', where: 'schema' })
    expect(await refusedBy(rewritten((given) => given.with(0, headWith(given[0], (head) => { head.tables.push({ name: 'sync_head', columns: ['mode'], rows: 0 }) }))), engine)).toMatchObject({ code: 'facts.damaged', where: 'sync_head' })
  })

  it('of an older Callboard: an optional column that it lacked is empty, one that must be given is asked for', async () => {
    const without = (name: string) => rewritten((given) => {
      const index = factTables[tableIndex('mission')]?.columns.findIndex((one) => one.name === name) ?? -1
      return given.map((line, at) =>
        at === 0 ? headWith(line, (head) => { head.schema = latestVersion - 1; head.tables.find((table) => table.name === 'mission')?.columns.splice(index, 1) })
          : line.startsWith(`[${tableIndex('mission')},`) ? JSON.stringify((JSON.parse(line) as unknown[]).toSpliced(index + 1, 1)) : line)
    })
    const { engine } = openMemoryFile('authority')
    await takeFacts(engine, streamOf(without('description')), { org: app.org, follow: null })
    expect(await engine.all('SELECT DISTINCT description FROM mission', [])).toEqual([{ description: null }])
    expect(await refusedBy(without('title'), openMemoryFile('authority').engine)).toMatchObject({ code: 'facts.older', where: 'title' })
  })

  it('into an organization that has something already: what is there stays', async () => {
    const { engine } = openMemoryFile('authority')
    await takeFacts(engine, streamOf(lines), { org: app.org, follow })
    const before = await contentsOf(engine, app.org)
    await expect(takeFacts(engine, streamOf(lines), { org: app.org, follow })).rejects.toThrow('sync.not_empty')
    expect(await contentsOf(engine, app.org)).toEqual(before)
  })

  it('on PostgreSQL too', async (context) => {
    if (url === null) return context.skip()
    const there = await emptyPostgres('facts_cut')
    expect(await refusedBy(lines.slice(0, -1), there.engine)).toMatchObject({ code: 'facts.cut' })
    const orphan = rewritten((given) => given.map((line) => line.startsWith(`[${tableIndex('mission')},`) ? line.replaceAll(/"[0-9a-f-]{36}"/g, `"${deriveId('none', 'x')}"`) : line))
    expect(await refusedBy(orphan, there.engine)).toMatchObject({ code: 'facts.damaged' })
    await there.close()
  }, 60_000)

  it('whose reader goes away is closed, and a writer is not kept waiting', async () => {
    for await (const line of giveFacts(app.file.readEngine, app.org, { app_version: 'test', at: AT })) {
      expect(line).toContain('callboard-facts')
      break
    }
    await app.ask('skill.create', { name: 'Pendant la copie' })
    const reading = giveFacts(app.file.readEngine, app.org, { app_version: 'test', at: AT })[Symbol.asyncIterator]()
    const head = JSON.parse(String((await reading.next()).value)) as { tables: { name: string; rows: number }[] }
    await app.ask('skill.create', { name: 'Pendant la lecture' })
    let skills = 0
    for (let next = await reading.next(); next.done !== true; next = await reading.next()) if (String(next.value).startsWith(`[${tableIndex('skill')},`)) skills++
    expect(skills).toBe(head.tables.find(({ name }) => name === 'skill')?.rows)
  })
})

it('a database that cannot be reached is said to be unavailable', async () => {
  const pool = openPool({ url: 'postgres://nobody@127.0.0.1:1/none', max: 1, application_name: 'facts', onLost: () => undefined })
  const engine = postgresEngine(pool, { org: app.org })
  for (const work of [() => engine.all('SELECT 1', []), () => engine.transaction(() => Promise.resolve()), () => engine.snapshot(() => Promise.resolve()), () => migratePostgres(pool)])
    await expect(work()).rejects.toMatchObject({ name: 'StoreError', problem: 'unavailable' } satisfies Partial<StoreError>)
  await pool.end()
})
