/**
 * The file of one person's replica: the tables of an organization without what only an authority can promise. Rows come from the server
 * in an order in which a reference may arrive before what it names and a value may be freed after it is taken again (sync rule 20), and
 * events and commands of a replica are a cache that may be cleared (rule 6): so no unique index, no append-only trigger, no foreign key.
 */
import Database from 'better-sqlite3'
import { migrations } from './migrations/index.ts'
import { openOrganizationFile, type OpenOptions, type OrganizationFile } from './organization-file.ts'
import { sqliteEngine, type SqliteOptions } from './sqlite-engine.ts'

export type FileKind = 'authority' | 'replica'

/** In the header of a replica's file (`PRAGMA application_id`, "CBRE"), so that neither kind is ever opened as the other. */
export const REPLICA_ID = 0x43_42_52_45

/**
 * What a statement of a migration is on a replica; null: nothing. Indexes keep their names, so that later migrations that drop or make
 * them anew fit both kinds of file; their terms lose the COALESCE that makes null a value, so that a look before a write uses them.
 */
export function asReplica(statement: string): string | null {
  if (statement.startsWith('CREATE TRIGGER ')) return null
  if (statement.startsWith('DROP TRIGGER ')) return statement.replace(/^DROP TRIGGER (IF EXISTS )?/, 'DROP TRIGGER IF EXISTS ')
  // A column that the person may not read comes empty, whatever it must be where the whole row is.
  if (statement.startsWith('CREATE TABLE ')) return statement.replaceAll(' NOT NULL', '')
  if (statement.startsWith('CREATE UNIQUE INDEX ')) return statement.replace('CREATE UNIQUE INDEX ', 'CREATE INDEX ').replace(/COALESCE\((\w+), ''\)/g, '$1')
  return statement
}

/** Opens (and makes or migrates) the file of a replica. Throws StoreError as openOrganizationFile does; `failed authority` for a file that is no replica. */
export const openReplicaFile = (file: string, options: OpenOptions): OrganizationFile =>
  openOrganizationFile(file, { ...options, foreignKeys: false, variant: { id: REPLICA_ID, adapt: asReplica } })

const templates = new Map<FileKind, Buffer>()

function templateOf(kind: FileKind, options: SqliteOptions): Buffer {
  const known = templates.get(kind)
  if (known) return known
  const database = new Database(':memory:', options.nativeBinding ? { nativeBinding: options.nativeBinding } : {})
  database.pragma('foreign_keys = OFF')
  for (const migration of migrations)
    for (const statement of migration.statements('sqlite')) {
      const adapted = kind === 'replica' ? asReplica(statement) : statement
      if (adapted !== null) database.exec(adapted)
    }
  if (kind === 'replica') database.pragma(`application_id = ${REPLICA_ID}`)
  database.pragma(`user_version = ${migrations.at(-1)?.version ?? 0}`)
  const bytes = database.serialize()
  database.close()
  templates.set(kind, bytes)
  return bytes
}

/** A file that lives in memory only: for many short lives side by side (a rehearsal of sync). One connection reads and writes. */
export function openMemoryFile(kind: FileKind, options: SqliteOptions = {}): OrganizationFile {
  const database = new Database(templateOf(kind, options), options.nativeBinding ? { nativeBinding: options.nativeBinding } : {})
  database.pragma(`foreign_keys = ${kind === 'authority' ? 'ON' : 'OFF'}`)
  const engine = sqliteEngine(database, options)
  return { engine, readEngine: engine, close: () => engine.close() }
}
