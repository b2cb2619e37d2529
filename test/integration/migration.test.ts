import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreError } from '../../shared/store/engine.ts'
import { openOrganizationFile, type OpenOptions } from '../../shared/store/organization-file.ts'
import { openTestOrganization } from '../fixtures/core.ts'
import { secondMigration, twoMigrations } from '../fixtures/second-migration.ts'
import { buildWorld } from '../fixtures/world.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-migration-'))
  file = join(folder, 'organization.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

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

async function firstVersion(): Promise<void> {
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
  }, 60_000)
})

describe('bringing a file to the next version', () => {
  it('keeps every row, makes a backup of what was before, and happens once', async () => {
    await firstVersion()
    const before = contents(file)
    await openOrganizationFile(file, options({ migrations: twoMigrations })).close()
    expect(look(file, (database) => [database.pragma('user_version', { simple: true }), database.prepare('SELECT DISTINCT remark FROM skill').pluck().all()])).toEqual([2, ['first']])
    const [backup = ''] = readdirSync(join(folder, 'backups')).filter((name) => name.includes('before-v2'))
    expect(contents(join(folder, 'backups', backup))).toBe(before)
    const after = contents(file)
    expect(await statementsOf({ migrations: twoMigrations })).toEqual([])
    expect(contents(file)).toBe(after)
  })

  it('that breaks at any statement leaves the former file as it was, open to the former program, and the next start finishes', async () => {
    await firstVersion()
    const before = contents(file)
    const copy = readFileSync(file)
    const { writeFileSync } = await import('node:fs')
    const told = await statementsOf({ migrations: twoMigrations })
    const after = contents(file)
    expect(told.slice(-4)).toEqual(['PRAGMA user_version = 2', 'COMMIT', 'sync', 'swap'])
    expect(told).toHaveLength(secondMigration.statements('sqlite').length + 4)
    for (let at = 0; at < told.length; at++) {
      writeFileSync(file, copy)
      let count = 0
      expect(() => openOrganizationFile(file, options({ migrations: twoMigrations, onStatement: () => { if (count++ === at) throw new Error('power cut') } }))).toThrow('power cut')
      expect(contents(file), told[at]).toBe(before)
      await openOrganizationFile(file, options()).close()
      await openOrganizationFile(file, options({ migrations: twoMigrations })).close()
      expect(contents(file), told[at]).toBe(after)
    }
  }, 60_000)

  it('killed at any statement, really: the same', async () => {
    await firstVersion()
    const before = contents(file)
    const copy = readFileSync(file)
    const { writeFileSync } = await import('node:fs')
    const count = secondMigration.statements('sqlite').length + 4
    for (let at = 0; at < count; at++) {
      writeFileSync(file, copy)
      const died = spawnSync(process.execPath, [child, file, join(folder, 'backups'), String(at)], { encoding: 'utf8' })
      expect(died.signal, died.stderr).toBe('SIGKILL')
      expect(contents(file)).toBe(before)
      await openOrganizationFile(file, options({ migrations: twoMigrations })).close()
      expect(look(file, (database) => database.pragma('user_version', { simple: true }))).toBe(2)
      rmSync(join(folder, 'backups'), { recursive: true, force: true })
    }
  }, 60_000)

  it('that would break a reference is given up, and nothing changed', async () => {
    await firstVersion()
    const before = contents(file)
    const broken = { version: 2, name: 'broken', statements: () => [`DELETE FROM mission`] }
    expect(() => openOrganizationFile(file, options({ migrations: [twoMigrations[0] ?? broken, broken] }))).toThrow('foreign keys')
    expect(contents(file)).toBe(before)
  })

  it('does not touch a file that a newer program wrote, and says so', async () => {
    await firstVersion()
    await openOrganizationFile(file, options({ migrations: twoMigrations })).close()
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
