import { AsyncLocalStorage } from 'node:async_hooks'
import Database from 'better-sqlite3'
import type { Engine, RawRow, Value } from './engine.ts'
import { StoreError, type StoreProblem } from './engine.ts'

export interface SqliteOptions {
  readonly?: boolean
  /** better-sqlite3's binary, when it is not the one inside the package. */
  nativeBinding?: string | undefined
  /** False: references are not checked (a replica). */
  foreignKeys?: boolean
  /** Called with statements that took over 40 ms. */
  onSlow?: (sql: string, ms: number) => void
}

const SLOW_MS = 40
/** Connections for snapshots that are kept for the next one. */
const SPARE_READERS = 2

function problemOf(code: string): StoreProblem | null {
  if (code.startsWith('SQLITE_CONSTRAINT_UNIQUE') || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return 'unique'
  if (code.startsWith('SQLITE_CONSTRAINT_FOREIGNKEY')) return 'reference'
  if (code === 'SQLITE_CONSTRAINT_TRIGGER') return 'append_only'
  // The index beside the log of writes takes its 32 kB when the file is opened.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return 'full'
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_PERM') return 'read_only'
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged'
  if (code.startsWith('SQLITE_')) return 'failed'
  return null
}

export function asStoreError(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const problem = problemOf(error.code)
    if (problem) return new StoreError(problem, /index '([^']+)'/.exec(error.message)?.[1] ?? /failed: (\S+)/.exec(error.message)?.[1] ?? null, error)
  }
  return error
}

/** Opens a file with the settings every Callboard file has: WAL, synchronous FULL (a power cut loses nothing answered), foreign keys. */
export function openDatabase(file: string, options: SqliteOptions = {}): Database.Database {
  try {
    const database = new Database(file, {
      readonly: options.readonly ?? false,
      ...(options.nativeBinding ? { nativeBinding: options.nativeBinding } : {}),
    })
    if (!options.readonly) {
      database.pragma('journal_mode = WAL')
      database.pragma('synchronous = FULL')
      // Ids are random, so a bulk command touches thousands of pages: copied back every 32 MB rather than at each commit.
      database.pragma('wal_autocheckpoint = 8000')
    }
    database.pragma(`foreign_keys = ${options.foreignKeys === false ? 'OFF' : 'ON'}`)
    database.pragma('busy_timeout = 5000')
    database.pragma('cache_size = -32000')
    database.pragma('temp_store = MEMORY')
    return database
  } catch (error) {
    throw asStoreError(error)
  }
}

/** A connection with its prepared statements. */
class Connection {
  readonly database: Database.Database
  readonly #statements = new Map<string, Database.Statement<Value[], RawRow>>()
  constructor(database: Database.Database) {
    this.database = database
  }
  prepared(sql: string): Database.Statement<Value[], RawRow> {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.database.prepare<Value[], RawRow>(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
  close(): void {
    this.#statements.clear()
    if (this.database.open) this.database.close()
  }
}

export function sqliteEngine(database: Database.Database, options: Pick<SqliteOptions, 'onSlow' | 'nativeBinding'> = {}): Engine {
  const own = new Connection(database)
  const spare: Connection[] = []
  /** What reads see inside a snapshot; asked only while one is open. */
  const looking = new AsyncLocalStorage<{ at: Connection | null }>()
  let snapshots = 0
  let closed = false
  let tail: Promise<unknown> = Promise.resolve()
  let depth = 0

  const prepared = (sql: string) => ((snapshots > 0 && looking.getStore()?.at) || own).prepared(sql)
  function timed<T>(sql: string, work: () => T): T {
    const start = performance.now()
    try {
      return work()
    } catch (error) {
      throw asStoreError(error)
    } finally {
      const ms = performance.now() - start
      if (ms > SLOW_MS) options.onSlow?.(sql, ms)
    }
  }
  const exec = (sql: string) => timed(sql, () => own.prepared(sql).run())
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = tail.then(work)
    tail = turn.catch(() => undefined)
    return turn
  }
  /** On a connection of its own: what is committed meanwhile on the others is not seen, and they do not wait. */
  async function onItsOwn<T>(work: () => Promise<T>): Promise<T> {
    const connection = spare.pop() ?? new Connection(openDatabase(database.name, { ...options, readonly: true }))
    // What was begun inside and goes on after it reads like everybody else.
    const snapshot: { at: Connection | null } = { at: connection }
    snapshots++
    try {
      timed('BEGIN', () => connection.prepared('BEGIN').run())
      return await looking.run(snapshot, work)
    } finally {
      snapshots--
      snapshot.at = null
      if (connection.database.inTransaction) connection.prepared('COMMIT').run()
      if (closed || spare.length >= SPARE_READERS) connection.close()
      else spare.push(connection)
    }
  }

  return {
    dialect: 'sqlite',
    all: async (sql, parameters) => timed(sql, () => prepared(sql).all(...parameters)),
    run: async (sql, parameters) => timed(sql, () => prepared(sql).run(...parameters).changes),
    script: async (sql) => {
      timed(sql, () => database.exec(sql))
    },
    transaction: (work) =>
      inTurn(async () => {
        exec('BEGIN IMMEDIATE')
        try {
          const value = await work()
          exec('COMMIT')
          return value
        } catch (error) {
          // A failed COMMIT may have rolled back by itself (disk full).
          if (database.inTransaction) exec('ROLLBACK')
          throw error
        }
      }),
    // Nobody else can open a database in memory: there a snapshot takes its turn among the writers.
    snapshot: (work) => (database.memory ? inTurn(work) : onItsOwn(work)),
    async savepoint(work) {
      const name = `s${++depth}`
      exec(`SAVEPOINT ${name}`)
      try {
        const value = await work()
        exec(`RELEASE ${name}`)
        return value
      } catch (error) {
        if (database.inTransaction) {
          exec(`ROLLBACK TO ${name}`)
          exec(`RELEASE ${name}`)
        }
        throw error
      } finally {
        depth--
      }
    },
    close: async () => {
      await tail
      closed = true
      for (const connection of spare.splice(0)) connection.close()
      own.close()
    },
  }
}
