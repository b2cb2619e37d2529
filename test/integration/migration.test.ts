import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveId } from '../../shared/kernel/ids.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { migrations } from '../../shared/store/migrations/index.ts'
import { openOrganizationFile, type OpenOptions } from '../../shared/store/organization-file.ts'
import { openTestOrganization } from '../fixtures/core.ts'
import { nextMigration, withNext } from '../fixtures/next-migration.ts'
import { buildWorld } from '../fixtures/world.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-migration-'))
  file = join(folder, 'organization.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

const options = (more: Partial<OpenOptions> = {}): OpenOptions => ({ backupFolder: join(folder, 'backups'), stamp: 'test', ...more })
const child = fileURLToPath(new URL('../fixtures/migrating-child.ts', import.meta.url))

function look<T>(path: string, work: (database: Database.Database) => T): T {
  const database = new Database(path)
  try {
    return work(database)
  } finally {
    database.close()
  }
}
const contents = (path: string): string =>
  look(path, (database) => {
    const hash = createHash('sha256')
    const tables = database.prepare(`SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'search_words%' ORDER BY name`).all() as { name: string; sql: string | null }[]
    for (const { name, sql } of tables) {
      hash.update(`${name} ${sql ?? ''}`)
      if (sql?.startsWith('CREATE TABLE')) hash.update(JSON.stringify(database.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all()))
    }
    return `${String(database.pragma('user_version', { simple: true }))} ${hash.digest('hex')}`
  })

/** Statements told while opening, in order. */
function statementsOf(more: Partial<OpenOptions>): Promise<string[]> {
  const told: string[] = []
  const opened = openOrganizationFile(file, options({ ...more, onStatement: (sql) => told.push(sql) }))
  return opened.close().then(() => told)
}

const next = nextMigration.version

async function presentVersion(): Promise<void> {
  const app = await openTestOrganization({ seed: 'migrated', folder })
  await buildWorld(app)
  await app.close()
  file = app.path
}

describe('making the first file', () => {
  it('that breaks at any statement leaves nothing, and the next start makes it whole', async () => {
    const told = await statementsOf({})
    const whole = contents(file)
    expect(told.length).toBeGreaterThan(100)
    for (let at = 0; at < told.length; at++) {
      rmSync(file)
      let count = 0
      expect(() => openOrganizationFile(file, options({ onStatement: () => { if (count++ === at) throw new Error('power cut') } }))).toThrow('power cut')
      expect(existsSync(file)).toBe(false)
      await openOrganizationFile(file, options()).close()
      expect(contents(file)).toBe(whole)
      expect(readdirSync(folder).filter((name) => name.includes('migrating'))).toEqual([])
    }
  }, 240_000)
})

describe('bringing a file to the next version', () => {
  it('keeps every row, makes a backup of what was before, and happens once', async () => {
    await presentVersion()
    const before = contents(file)
    await openOrganizationFile(file, options({ migrations: withNext })).close()
    expect(look(file, (database) => [database.pragma('user_version', { simple: true }), database.prepare('SELECT DISTINCT remark FROM skill').pluck().all()])).toEqual([next, ['first']])
    const [backup = ''] = readdirSync(join(folder, 'backups')).filter((name) => name.includes(`before-v${next}`))
    expect(contents(join(folder, 'backups', backup))).toBe(before)
    const after = contents(file)
    expect(await statementsOf({ migrations: withNext })).toEqual([])
    expect(contents(file)).toBe(after)
  })

  it('that breaks at any statement leaves the former file as it was, open to the former program, and the next start finishes', async () => {
    await presentVersion()
    const before = contents(file)
    const copy = readFileSync(file)
    const told = await statementsOf({ migrations: withNext })
    const after = contents(file)
    expect(told.slice(-4)).toEqual([`PRAGMA user_version = ${next}`, 'COMMIT', 'sync', 'swap'])
    expect(told).toHaveLength(nextMigration.statements('sqlite').length + 4)
    for (let at = 0; at < told.length; at++) {
      writeFileSync(file, copy)
      let count = 0
      expect(() => openOrganizationFile(file, options({ migrations: withNext, onStatement: () => { if (count++ === at) throw new Error('power cut') } }))).toThrow('power cut')
      expect(contents(file), told[at]).toBe(before)
      await openOrganizationFile(file, options()).close()
      await openOrganizationFile(file, options({ migrations: withNext })).close()
      expect(contents(file), told[at]).toBe(after)
    }
  }, 240_000)

  it('killed at any statement, really: the same', async () => {
    await presentVersion()
    const before = contents(file)
    const copy = readFileSync(file)
    const count = nextMigration.statements('sqlite').length + 4
    for (let at = 0; at < count; at++) {
      writeFileSync(file, copy)
      const died = spawnSync(process.execPath, [child, file, join(folder, 'backups'), String(at)], { encoding: 'utf8' })
      expect(died.signal, died.stderr).toBe('SIGKILL')
      expect(contents(file)).toBe(before)
      await openOrganizationFile(file, options({ migrations: withNext })).close()
      expect(look(file, (database) => database.pragma('user_version', { simple: true }))).toBe(next)
      rmSync(join(folder, 'backups'), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  }, 240_000)

  it('that would break a reference is given up, and nothing changed', async () => {
    await presentVersion()
    const before = contents(file)
    const broken = { version: next, name: 'broken', statements: () => [`DELETE FROM mission`] }
    expect(() => openOrganizationFile(file, options({ migrations: [...migrations, broken] }))).toThrow('foreign keys')
    expect(contents(file)).toBe(before)
  })

  it('does not touch a file that a newer program wrote, and says so', async () => {
    await presentVersion()
    await openOrganizationFile(file, options({ migrations: withNext })).close()
    const bytes = readFileSync(file)
    let caught: unknown
    try {
      openOrganizationFile(file, options())
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(StoreError)
    expect(caught).toMatchObject({ problem: 'failed', object: 'newer' })
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('does not take somebody else’s database for an empty one', () => {
    look(file, (database) => database.exec('CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES (\'far breton\')'))
    const bytes = readFileSync(file)
    expect(() => openOrganizationFile(file, options())).toThrow('not a Callboard file')
    expect(readFileSync(file).equals(bytes)).toBe(true)
    mkdirSync(join(folder, 'backups'), { recursive: true })
    expect(readdirSync(join(folder, 'backups'))).toEqual([])
  })
})

describe.each([1, 2, 3, 4, 5, 6])('a file of released version %i', (version) => {
  const released = fileURLToPath(new URL(`../fixtures/released/organization-${version}.sqlite.gz`, import.meta.url))
  const rowsOf = (database: Database.Database, table: string, columns: string): unknown[] => database.prepare(`SELECT ${columns} FROM ${table} ORDER BY 1, 2`).all()
  const own = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_words%' ORDER BY name`

  it('comes up to today’s with every row it had, its log unbroken, and can be worked in', async () => {
    writeFileSync(file, gunzipSync(readFileSync(released)))
    const before = look(file, (database) =>
      (database.prepare(own).pluck().all() as string[]).map((table) => {
        const columns = (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name).join(', ')
        return { table, columns, rows: rowsOf(database, table, columns) }
      }))
    expect(before.reduce((all, { rows }) => all + rows.length, 0)).toBeGreaterThan(100)
    await openOrganizationFile(file, options()).close()
    look(file, (database) => {
      for (const { table, columns, rows } of before) expect(rowsOf(database, table, columns), table).toEqual(rows)
      expect(database.prepare('SELECT DISTINCT demo FROM organization').pluck().all()).toEqual([0])
      expect(database.prepare('SELECT COUNT(*) FROM assignment_line').pluck().get()).toBeGreaterThan(0)
    })
    renameSync(file, join(folder, `${deriveId('released', 'organization')}.sqlite`))
    const app = await openTestOrganization({ seed: 'released', folder, found: false })
    expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
    await app.close()
  })
})
