/**
 * Databases that are used again: a history works inside one outer transaction that is rolled back at its end, so that opening costs
 * nothing and statements stay prepared. What the engine calls a transaction is a savepoint here; references, which SQLite checks at the
 * end of the outer one, are looked at by a law.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fileOver, type MemoryDatabase } from './mortal.ts'

interface Kept {
  database: Database.Database
  facade: Database.Database
}
const free = new Map<string, Kept[]>()

/** A copy whose pages are the connection's own (a deserialized one shows only what is committed when it is read as bytes). */
function load(bytes: Buffer): Database.Database {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-simulator-'))
  const database = new Database(':memory:')
  try {
    const file = join(folder, 'template.sqlite')
    writeFileSync(file, bytes)
    database.pragma('foreign_keys = OFF')
    // The tables inside the index of words are closed to others otherwise.
    database.unsafeMode(true)
    database.exec(`ATTACH '${file}' AS template`)
    const objects = database.prepare<[], { type: string; name: string; sql: string | null }>('SELECT type, name, sql FROM template.sqlite_master').all()
    const tables = objects.filter(({ type, name, sql }) => type === 'table' && sql !== null && !name.startsWith('sqlite_'))
    // The index of words is a table made of tables: those come with it, and are filled like others.
    const virtual = tables.filter(({ sql }) => sql?.startsWith('CREATE VIRTUAL TABLE')).map(({ name }) => name)
    const inside = (name: string): boolean => virtual.some((whole) => name.startsWith(`${whole}_`))
    for (const { name, sql } of tables) if (!inside(name)) database.exec(sql ?? '')
    for (const { name } of tables) if (!virtual.includes(name)) database.exec(`DELETE FROM main."${name}"; INSERT INTO main."${name}" SELECT * FROM template."${name}"`)
    for (const { type, sql } of objects) if (type !== 'table' && sql !== null) database.exec(sql)
    if (objects.some(({ name }) => name === 'sqlite_sequence')) database.exec('DELETE FROM main.sqlite_sequence; INSERT INTO main.sqlite_sequence SELECT * FROM template.sqlite_sequence')
    database.exec('DETACH template')
    database.unsafeMode(false)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  return database
}

const STEP = 'history_step'

function facadeOf(database: Database.Database): Database.Database {
  const statements = new Map<string, Database.Statement>()
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = database.prepare(sql)))
    return statement
  }
  let open = false
  const words: Readonly<Record<string, () => void>> = {
    'BEGIN IMMEDIATE': () => {
      prepare(`SAVEPOINT ${STEP}`).run()
      open = true
    },
    COMMIT: () => {
      prepare(`RELEASE ${STEP}`).run()
      open = false
    },
    ROLLBACK: () => {
      prepare(`ROLLBACK TO ${STEP}`).run()
      prepare(`RELEASE ${STEP}`).run()
      open = false
    },
  }
  return new Proxy(database, {
    get(target, name) {
      if (name === 'inTransaction') return open
      if (name === 'prepare') return (sql: string) => (sql in words ? { run: words[sql] } : prepare(sql))
      if (name === 'exec') return (sql: string) => (sql in words ? words[sql]?.() : database.exec(sql))
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(target) : value
    },
  })
}

/** The database of that name as it was given first. `references`: they are checked, as an authority does. */
export function pooled(name: string, bytes: Buffer, references = false): MemoryDatabase {
  const waiting = free.get(name) ?? []
  free.set(name, waiting)
  let kept = waiting.pop()
  if (!kept) {
    const database = load(bytes)
    database.pragma('temp_store = MEMORY')
    database.pragma(`foreign_keys = ${references ? 'ON' : 'OFF'}`)
    kept = { database, facade: facadeOf(database) }
  }
  const { database, facade } = kept
  database.exec('BEGIN')
  return fileOver(facade, () => {
    if (facade.inTransaction) facade.exec('ROLLBACK')
    database.exec('ROLLBACK')
    waiting.push({ database, facade })
  })
}
