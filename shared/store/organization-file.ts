/**
 * One SQLite file per organization. Opening it checks it, saves it, migrates a copy and swaps; a damaged or newer file is refused
 * with a clear state and left untouched.
 */
import { closeSync, constants, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { backupName } from './backup-name.ts'
import { fromSystem, StoreError, type Engine } from './engine.ts'
import { migrations as released, type Migration } from './migrations/index.ts'
import { asStoreError, openDatabase, sqliteEngine, type SqliteOptions } from './sqlite-engine.ts'

export interface OpenOptions extends SqliteOptions {
  /** Where the copy made before a migration is kept. */
  backupFolder: string
  /** Part of backup names, `2026-11-22T18-30-00`. */
  stamp: string
  /** Told before each statement of a migration (tests crash there). */
  onStatement?: (sql: string) => void
  /** Those of the program, unless a test brings others. */
  migrations?: readonly Migration[]
  /** Another kind of file with the same tables (a replica): its mark in the header, and what each statement of a migration is there. */
  variant?: { id: number; adapt: (statement: string) => string | null }
}

export interface OrganizationFile {
  engine: Engine
  readEngine: Engine
  close(): Promise<void>
}

const userVersion = (database: Database.Database): number => Number(database.pragma('user_version', { simple: true }))

export function syncToDisk(path: string): void {
  const handle = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A snapshot of the whole database in one new file; the original may be in use. */
export function vacuumInto(database: Database.Database, target: string): void {
  mkdirSync(dirname(target), { recursive: true })
  // Under another name until it is whole: what is called a backup is one, and a former one of that name is not lost to a failure.
  const part = `${target}.part`
  rmSync(part, { force: true })
  try {
    database.prepare('VACUUM INTO ?').run(part)
  } catch (error) {
    rmSync(part, { force: true })
    throw asStoreError(error)
  }
  syncToDisk(part)
  renameSync(part, target)
}

/** Throws `damaged` unless SQLite finds the file sound. */
export function checkIntegrity(database: Database.Database): void {
  let verdict: unknown
  try {
    verdict = database.pragma('quick_check(1)', { simple: true })
  } catch (error) {
    throw asStoreError(error)
  }
  if (verdict !== 'ok') throw new StoreError('damaged', null, new Error(String(verdict)))
}

function migrate(database: Database.Database, from: number, migrations: readonly Migration[], options: OpenOptions): void {
  const { variant, onStatement = () => undefined } = options
  database.pragma('foreign_keys = OFF')
  database.exec('BEGIN IMMEDIATE')
  try {
    for (const migration of migrations) {
      if (migration.version <= from) continue
      for (const released of migration.statements('sqlite')) {
        const statement = variant ? variant.adapt(released) : released
        if (statement === null) continue
        onStatement(statement)
        database.exec(statement)
      }
      onStatement(`PRAGMA user_version = ${migration.version}`)
      database.pragma(`user_version = ${migration.version}`)
    }
    if (variant) database.pragma(`application_id = ${variant.id}`)
    const broken = variant ? [] : database.pragma('foreign_key_check')
    if (Array.isArray(broken) && broken.length > 0) throw new Error(`foreign keys broken by the migration: ${JSON.stringify(broken.slice(0, 5))}`)
    onStatement('COMMIT')
    database.exec('COMMIT')
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw asStoreError(error)
  } finally {
    if (database.open && !variant) database.pragma('foreign_keys = ON')
  }
}

const sidecars = (file: string): string[] => [`${file}-wal`, `${file}-shm`]

function migrateCopyAndSwap(file: string, from: number, migrations: readonly Migration[], options: OpenOptions): void {
  const onStatement = options.onStatement ?? (() => undefined)
  const copy = `${file}.migrating`
  for (const leftover of [copy, ...sidecars(copy)]) rmSync(leftover, { force: true })
  if (from > 0) {
    const original = openDatabase(file, options)
    try {
      const backup = join(options.backupFolder, backupName(`before-v${migrations.at(-1)?.version ?? 0}`, options.stamp))
      vacuumInto(original, backup)
      copyFileSync(backup, copy)
    } finally {
      original.close()
    }
  }
  const database = openDatabase(copy, options)
  try {
    migrate(database, from, migrations, options)
    database.pragma('wal_checkpoint(TRUNCATE)')
    checkIntegrity(database)
  } finally {
    database.close()
  }
  onStatement('sync')
  syncToDisk(copy)
  for (const leftover of sidecars(file)) rmSync(leftover, { force: true })
  onStatement('swap')
  renameSync(copy, file)
  syncToDisk(dirname(file))
}

/** Opens (and creates or migrates) the file of one organization. Throws StoreError: damaged, newer (as `failed newer`), a replica (`failed replica`), full, read_only. */
export function openOrganizationFile(file: string, options: OpenOptions): OrganizationFile {
  try {
    return openChecked(file, options)
  } catch (error) {
    throw fromSystem(asStoreError(error))
  }
}

function openChecked(file: string, options: OpenOptions): OrganizationFile {
  const migrations = options.migrations ?? released
  const latestVersion = migrations.at(-1)?.version ?? 0
  mkdirSync(dirname(file), { recursive: true })
  let version = 0
  if (existsSync(file)) {
    // Only looked at: a damaged, newer or foreign file stays as it is, byte for byte.
    const probe = openDatabase(file, { ...options, readonly: true })
    try {
      checkIntegrity(probe)
      version = userVersion(probe)
      const kind = Number(probe.pragma('application_id', { simple: true }))
      // An empty file is one that lost its contents, one without our version is somebody else's: neither is ours to replace.
      if (version === 0) throw new StoreError('damaged', 'foreign', new Error('not a Callboard file'))
      if (kind !== (options.variant?.id ?? 0)) throw new StoreError('failed', kind === 0 ? 'authority' : 'replica', new Error(`a file of another kind (${kind})`))
    } catch (error) {
      throw asStoreError(error)
    } finally {
      probe.close()
    }
    if (version > latestVersion) throw new StoreError('failed', 'newer', new Error(`file version ${version}, known ${latestVersion}`))
  }
  if (version < latestVersion) migrateCopyAndSwap(file, version, migrations, options)
  const database = openDatabase(file, options)
  const reading = openDatabase(file, { ...options, readonly: true })
  const engine = sqliteEngine(database, options)
  const readEngine = sqliteEngine(reading, options)
  return {
    engine,
    readEngine,
    async close() {
      await readEngine.close()
      await engine.close()
    },
  }
}
