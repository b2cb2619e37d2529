/** Databases in memory whose owner can die between any two statements: what was not committed is gone, what was is there at the next opening. */
import Database from 'better-sqlite3'
import type { Engine } from '../../../shared/store/engine.ts'
import { sqliteEngine } from '../../../shared/store/sqlite-engine.ts'

/** The process is dead: nothing of it runs any more. */
export class Killed extends Error {
  constructor() {
    super('killed')
    this.name = 'Killed'
  }
}

/** One process: all its files die with it. */
export interface Life {
  readonly dead: boolean
  /** Statements run so far. */
  readonly statements: number
  /** Dies at the n-th statement from now (commits count: before each, and after each). Null: lives on. */
  dieAfter(statements: number | null): void
  die(): void
  step(): void
}

export function createLife(onDeath: () => void = () => undefined): Life {
  let dead = false
  let statements = 0
  let last: number | null = null
  function die(): void {
    if (dead) return
    dead = true
    onDeath()
  }
  return {
    get dead() {
      return dead
    },
    get statements() {
      return statements
    },
    dieAfter(more) {
      last = more === null ? null : statements + more
    },
    die,
    step() {
      if (dead) throw new Killed()
      statements++
      if (last !== null && statements > last) {
        die()
        throw new Killed()
      }
    },
  }
}

export interface MemoryDatabase {
  database: Database.Database
  /** As it is on the disk now. */
  bytes(): Buffer
  /** The same database, opened by another life. */
  open(life: Life): Engine
  close(): void
}

export function memoryDatabase(bytes?: Buffer): MemoryDatabase {
  const database = bytes ? new Database(bytes) : new Database(':memory:')
  database.pragma('temp_store = MEMORY')
  // Only an authority checks references; whoever opens one says so.
  database.pragma('foreign_keys = OFF')
  return fileOver(database, () => {
    database.close()
  })
}

export function fileOver(database: Database.Database, close: () => void): MemoryDatabase {
  return {
    database,
    bytes: () => database.serialize(),
    open(life) {
      // What a dead process had begun is undone by whoever opens the file next.
      if (database.inTransaction) database.exec('ROLLBACK')
      return mortal(sqliteEngine(database), life)
    },
    close,
  }
}

function mortal(inner: Engine, life: Life): Engine {
  return {
    dialect: inner.dialect,
    async all(sql, parameters) {
      life.step()
      return inner.all(sql, parameters)
    },
    async run(sql, parameters) {
      life.step()
      return inner.run(sql, parameters)
    },
    async script(sql) {
      life.step()
      return inner.script(sql)
    },
    async transaction(work) {
      life.step()
      const value = await inner.transaction(async () => {
        life.step()
        const made = await work()
        life.step()
        return made
      })
      // Committed, and nobody was told.
      life.step()
      return value
    },
    savepoint: (work) =>
      inner.savepoint(async () => {
        life.step()
        const made = await work()
        if (life.dead) throw new Killed()
        return made
      }),
    snapshot: (work) => inner.snapshot(() => work()),
    close: () => inner.close(),
  }
}
