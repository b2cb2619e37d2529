/**
 * Putting a server's backup in place of what is there. Everything is verified before anything is touched; what was there is kept aside.
 * Every organization opens in a new epoch and in recovery (sync rules 30 and 31). Either kind of backup goes into either storage: this
 * is also how a server moves from files to PostgreSQL.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Id } from '../../shared/kernel/ids.ts'
import { fromMs, toMs, type Instant } from '../../shared/kernel/instants.ts'
import { StoreError, type Engine } from '../../shared/store/engine.ts'
import { openOrganizationFile, syncToDisk } from '../../shared/store/organization-file.ts'
import { postgresEngine } from '../../shared/store/postgres-engine.ts'
import { checkRole, migratePostgres, openPool, SERVER_SCHEMA } from '../../shared/store/postgres-pool.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import { readHead } from '../../shared/store/sync-log.ts'
import { enterRecovery } from '../../shared/sync/authority/recovery.ts'
import { checkFacts } from '../../shared/sync/facts/check.ts'
import { giveFacts } from '../../shared/sync/facts/give.ts'
import { takeFacts } from '../../shared/sync/facts/take.ts'
import { factTables, serverTables } from '../../shared/sync/facts/tables.ts'
import { migrateServer } from '../accounts/schema.ts'
import { backupDatabase, lookAt } from './backup-database.ts'
import { blobsOfBackup, checkBackup, type BackupManifest } from './backup-manifest.ts'
import { giveBlobs } from './blobs-beside.ts'
import { readLines } from './line-file.ts'
import { serverPaths, type ServerPaths } from './paths.ts'
import { giveServerTables, takeServerTables } from './server-tables.ts'
import { lockFolder } from './sqlite-storage.ts'
import type { RestoreStorage, StorageOptions } from './storage.ts'

const stampOf = (at: Instant): string => at.replace(/[:.]/g, '-')

/** Reads a backup of either kind. */
interface Source {
  manifest: BackupManifest
  facts(org: Id): AsyncIterable<string>
  accounts(): AsyncIterable<string>
}

async function openSource(folder: string, scratch: string, options: StorageOptions): Promise<Source> {
  const manifest = await checkBackup(folder)
  const fileOf = (org: Id): string => join(folder, manifest.organizations.find(({ id }) => id === org)?.file ?? '')
  async function* accountsOf(path: string): AsyncGenerator<string> {
    const copy = join(scratch, 'accounts.sqlite')
    copyFileSync(path, copy)
    const engine = sqliteEngine(openDatabase(copy))
    try {
      await migrateServer(engine)
      yield* giveServerTables(engine)
    } finally {
      await engine.close()
    }
  }
  return {
    manifest,
    async *facts(org) {
      if (manifest.kind === 'postgres') {
        yield* readLines(fileOf(org))
        return
      }
      // Of a copy: a file of an older version is brought up first, and a backup stays what it was.
      const copy = join(scratch, `${org}.sqlite`)
      copyFileSync(fileOf(org), copy)
      const file = openOrganizationFile(copy, { backupFolder: join(scratch, 'before'), stamp: stampOf(options.now()) })
      try {
        yield* giveFacts(file.readEngine, org, { app_version: options.app_version, at: options.now(), server: true })
      } finally {
        await file.close()
        for (const part of [copy, `${copy}-wal`, `${copy}-shm`]) rmSync(part, { force: true })
      }
    },
    accounts: () => (manifest.kind === 'postgres' ? readLines(join(folder, manifest.accounts.file)) : accountsOf(join(folder, manifest.accounts.file))),
  }
}

async function take(engine: Engine, source: Source, org: Id, former: number, options: StorageOptions): Promise<void> {
  await takeFacts(engine, source.facts(org), { org, server: true, follow: { receipt_key: Buffer.from(options.random(32)).toString('hex'), at: options.now() } })
  // Above the epoch of what is replaced, even when the clock was ahead then.
  await enterRecovery(engine, org, fromMs(Math.max(toMs(options.now()), (former + 1) * 1000)))
}

async function restoreFiles(paths: ServerPaths, source: Source, options: StorageOptions): Promise<void> {
  const unlock = lockFolder(paths.lock)
  const draft = join(paths.root, 'restoring')
  try {
    rmSync(draft, { recursive: true, force: true })
    const made = serverPaths(draft)
    for (const { id } of source.manifest.organizations) {
      const { file, backups, blobs } = made.organization(id)
      const formerPath = paths.organization(id).file
      let former = 0
      if (existsSync(formerPath)) {
        try {
          const database = openDatabase(formerPath, { readonly: true })
          try {
            former = (await readHead(sqliteEngine(database), id))?.epoch ?? 0
          } finally {
            database.close()
          }
        } catch {
          // A damaged file is why people restore; the clock keeps the epoch apart.
        }
      }
      const open = openOrganizationFile(file, { backupFolder: backups, stamp: stampOf(options.now()) })
      try {
        await take(open.engine, source, id, former, options)
      } finally {
        await open.close()
      }
      giveBlobs(paths.organization(id).blobs, blobs)
      syncToDisk(file)
    }
    const accounts = sqliteEngine(openDatabase(made.accounts))
    try {
      await migrateServer(accounts)
      await accounts.transaction(() => takeServerTables(accounts, source.accounts()))
    } finally {
      await accounts.close()
    }
    swap(paths, made, join(paths.root, `replaced-${stampOf(options.now())}`))
  } finally {
    rmSync(draft, { recursive: true, force: true })
    unlock()
  }
}

/** What is there goes aside, what was made takes its place; a failure puts everything back. */
function swap(paths: ServerPaths, made: ServerPaths, aside: string): void {
  mkdirSync(aside, { recursive: true })
  const names = ['organizations', ...['', '-wal', '-shm'].map((suffix) => `${basename(paths.accounts)}${suffix}`)]
  const moves: [from: string, to: string][] = []
  const move = (from: string, to: string): void => {
    if (!existsSync(from)) return
    renameSync(from, to)
    moves.push([from, to])
  }
  try {
    for (const name of names) move(join(paths.root, name), join(aside, name))
    for (const name of names) move(join(made.root, name), join(paths.root, name))
  } catch (error) {
    for (const [from, to] of moves.reverse()) renameSync(to, from)
    throw error
  }
  syncToDisk(dirname(paths.accounts))
}

async function restoreDatabase(url: string, paths: ServerPaths, source: Source, options: StorageOptions): Promise<void> {
  const pool = openPool({ url, max: 4, application_name: 'callboard restoring', onLost: (error) => options.report(error, 'database') })
  try {
    await checkRole(pool)
    await migratePostgres(pool)
    const engine = postgresEngine(pool, { ownsPool: false })
    const [busy] = await engine.all("SELECT COUNT(*) AS others FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'callboard %' AND application_name <> 'callboard restoring'", [])
    if (Number(busy?.['others'] ?? 0) > 0) throw new StoreError('failed', 'in_use', new Error('a Callboard server is connected to this database: stop every process first'))
    await migrateServer(postgresEngine(pool, { schema: SERVER_SCHEMA, ownsPool: false }))
    const [filled] = await engine.all(`SELECT COUNT(*) AS rooms FROM ${SERVER_SCHEMA}.server_room`, [])
    const [people] = await engine.all(`SELECT COUNT(*) AS accounts FROM ${SERVER_SCHEMA}.server_account`, [])
    if (Number(filled?.['rooms'] ?? 0) + Number(people?.['accounts'] ?? 0) > 0) {
      mkdirSync(paths.backups, { recursive: true })
      await backupDatabase(engine, SERVER_SCHEMA, paths, join(paths.backups, `replaced-${stampOf(options.now())}`), options)
    }
    await engine.transaction(async () => {
      // The wall is between organizations, not before who owns the tables: a table is emptied at once.
      const epochs = new Map<Id, number>()
      for (const { id } of source.manifest.organizations) {
        await lookAt(engine, id, 'public')
        epochs.set(id, (await readHead(engine, id))?.epoch ?? 0)
      }
      await engine.run(`TRUNCATE ${[...factTables, ...serverTables].map(({ name }) => name).join(', ')}, sync_change, sync_scope`, [])
      const inside: Engine = { ...engine, transaction: (work) => work() }
      for (const { id } of source.manifest.organizations) {
        await lookAt(engine, id, 'public')
        await take(inside, source, id, epochs.get(id) ?? 0, options)
      }
      await lookAt(engine, null, SERVER_SCHEMA)
      await takeServerTables(engine, source.accounts())
      await engine.run('DELETE FROM server_room', [])
      for (const { id } of source.manifest.organizations) await engine.run('INSERT INTO server_room (org_id, since) VALUES (?, ?)', [id, options.now()])
    })
  } finally {
    await pool.end()
  }
}

/**
 * The server must not run. Throws StoreError: `failed missing` (no backup there), `damaged <file>`, `failed in_use`, full, unavailable;
 * or a refusal `facts.*` that says where a backup is not whole. Nothing is changed then.
 */
export const restoreStorage: RestoreStorage = async (options, folder) => {
  const paths = serverPaths(options.data)
  const scratch = mkdtempSync(join(options.data, 'reading-'))
  try {
    const source = await openSource(folder, scratch, options)
    if (source.manifest.kind === 'postgres') for (const { id } of source.manifest.organizations) await checkFacts(source.facts(id))
    if (options.database_url === null) await restoreFiles(paths, source, options)
    else await restoreDatabase(options.database_url, paths, source, options)
    for (const { id } of source.manifest.organizations) giveBlobs(blobsOfBackup(folder, id), paths.organization(id).blobs)
    return { organizations: source.manifest.organizations.length }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
