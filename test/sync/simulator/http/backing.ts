/** What the server's processes keep their rows in: a folder with SQLite files, or a PostgreSQL database; copied for every history, read at its end. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Engine } from '../../../../shared/store/engine.ts'
import { postgresEngine } from '../../../../shared/store/postgres-engine.ts'
import { openPool } from '../../../../shared/store/postgres-pool.ts'
import { serverPaths } from '../../../../sync-server/storage/paths.ts'
import type { TestPostgres } from '../../../fixtures/postgres.ts'
import { createLife, memoryDatabase, type MemoryDatabase } from '../mortal.ts'
import { emptyFile, org } from '../world.ts'

/** The organization as the server left it. */
export interface Left {
  /** The database itself. */
  engine: Engine
  /** All its rows, in the tables of a file. */
  memory: MemoryDatabase
  close(): Promise<void>
}
export interface Kept {
  folder: string
  environment: Record<string, string>
  /** When no process is at it. */
  read(): Promise<Left>
  remove(): Promise<void>
}
export interface Backing {
  kind: string
  /** Processes over it at once. */
  processes: number
  /** What every history begins with; made once. */
  first: Kept
  copy(): Promise<Kept>
  close(): Promise<void>
}

const folderFor = (): string => mkdtempSync(join(tmpdir(), 'callboard-history-'))
const removed = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

function ofFile(folder: string): Left {
  const database = new Database(serverPaths(folder).organization(org).file)
  // A copy in memory has no log beside it.
  database.pragma('journal_mode = DELETE')
  const memory = memoryDatabase(database.serialize())
  database.close()
  const engine = memory.open(createLife())
  return {
    engine, memory,
    close() {
      memory.close()
      return Promise.resolve()
    },
  }
}

export function sqliteBacking(): Backing {
  const kept = (folder: string): Kept => ({
    folder, environment: {}, read: () => Promise.resolve(ofFile(folder)),
    remove() {
      removed(folder)
      return Promise.resolve()
    },
  })
  const first = kept(folderFor())
  return {
    kind: 'SQLite', processes: 1, first,
    copy() {
      const folder = folderFor()
      cpSync(first.folder, folder, { recursive: true })
      return Promise.resolve(kept(folder))
    },
    close: () => first.remove(),
  }
}

/** Every row of the organization, in the tables of a file. */
async function asFile(engine: Engine): Promise<MemoryDatabase> {
  const memory = memoryDatabase(emptyFile('authority'))
  const tables = await engine.all(`SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    WHERE c.table_schema = 'public' AND c.column_name = 'org_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`, [])
  await engine.snapshot(async () => {
    for (const name of tables.map((table) => String(table['name']))) {
      for (const row of await engine.all(`SELECT * FROM ${name} WHERE org_id = ?`, [org])) {
        const columns = Object.keys(row)
        memory.database.prepare(`INSERT INTO ${name} (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...Object.values(row))
      }
    }
  })
  return memory
}
async function ofDatabase(url: string): Promise<Left> {
  const pool = openPool({ url, max: 3, application_name: 'laws', onLost: () => undefined })
  const engine = postgresEngine(pool, { org, ownsPool: true })
  const memory = await asFile(engine)
  return {
    engine, memory,
    async close() {
      memory.close()
      await engine.close()
    },
  }
}

/** Null: only PGlite is here, which is no server for two processes. */
export async function postgresBacking(postgres: TestPostgres): Promise<Backing | null> {
  const name = 'histories'
  const url = await postgres.database(name)
  if (url === null) return null
  let copies = 0
  const kept = (folder: string, address: string, drop: () => Promise<void>): Kept => ({
    folder, environment: { DATABASE_URL: address, DATABASE_CONNECTIONS: '6' }, read: () => ofDatabase(address),
    async remove() {
      await drop()
      removed(folder)
    },
  })
  const first = kept(folderFor(), url, () => Promise.resolve())
  return {
    kind: postgres.kind, processes: 2, first,
    async copy() {
      const copy = `history_${++copies}`
      return kept(folderFor(), await postgres.copy(name, copy), () => postgres.drop(copy))
    },
    close: () => first.remove(),
  }
}
