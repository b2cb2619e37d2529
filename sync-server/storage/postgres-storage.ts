/** The server's storage in one PostgreSQL database, for any number of processes: none of them keeps anything that another needs. */
import { mkdirSync } from 'node:fs'
import type { Id } from '../../shared/kernel/ids.ts'
import { StoreError, type Engine } from '../../shared/store/engine.ts'
import { postgresEngine } from '../../shared/store/postgres-engine.ts'
import { checkRole, listen, migratePostgres, openPool, SERVER_SCHEMA } from '../../shared/store/postgres-pool.ts'
import { lastCommit } from '../../shared/store/sync-log.ts'
import { backupDatabase } from './backup-database.ts'
import { countRows } from './counting.ts'
import { factTables } from '../../shared/sync/facts/tables.ts'
import { hosted } from './hosted.ts'
import { createMoved } from './moved.ts'
import { serverPaths } from './paths.ts'
import type { HostedOrganization, Storage, StorageOptions } from './storage.ts'
import { watchedEngine } from './watched-engine.ts'

/** Of one process: enough for the writers of several organizations at once beside the readers; PostgreSQL allows 100 by default. */
const USUAL_CONNECTIONS = 10
const CHANNEL = 'callboard_commit'

export async function openPostgresStorage(options: StorageOptions, url: string): Promise<Storage> {
  const paths = serverPaths(options.data)
  const lost = (error: Error): void => options.report(new StoreError('unavailable', null, error), 'database')
  const pool = openPool({ url, max: options.connections ?? USUAL_CONNECTIONS, application_name: `callboard ${options.app_version}`, onLost: lost })
  try {
    await checkRole(pool)
    await migratePostgres(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  const slow = options.onSlow ? { onSlow: options.onSlow } : {}
  const accounts = postgresEngine(pool, { ...slow, schema: SERVER_SCHEMA, ownsPool: false })
  const moved = createMoved()
  const opened = new Map<Id, Promise<HostedOrganization>>()
  const engineOf = (org: Id): Engine => postgresEngine(pool, { ...slow, org })

  const listening = listen(options.listen_url ?? url, CHANNEL, {
    message(payload) {
      const [org, seq] = payload.split(' ')
      if (org !== undefined && seq !== undefined) moved.tell(org as Id, Number(seq))
    },
    // What was said meanwhile was not heard: everything that is open here is looked at.
    gap() {
      for (const [org, organization] of opened)
        organization.then(({ readEngine }) => lastCommit(readEngine, org)).then((seq) => moved.tell(org, seq)).catch((error: unknown) => options.report(error, 'database'))
    },
    lost,
  })
  function open(org: Id): Promise<HostedOrganization> {
    const known = opened.get(org)
    if (known) return known
    // After the commit: news of a commit that a process could not tell any more reach devices at their next look.
    const engine = watchedEngine(engineOf(org), org, (seq) => {
      if (moved.tell(org, seq)) pool.query('SELECT pg_notify($1, $2)', [CHANNEL, `${org} ${seq}`]).catch(lost)
    })
    // One engine for both: a reader inside a transaction uses the connection it holds, so that a full pool never waits for itself.
    const organization = hosted(org, engine, engine, paths.organization(org).blobs, options)
    opened.set(org, organization)
    organization.catch(() => opened.delete(org))
    return organization
  }
  const rooms = async (): Promise<Id[]> => (await accounts.all('SELECT org_id FROM server_room ORDER BY org_id', [])).map((row) => String(row['org_id']) as Id)

  return {
    kind: 'postgres',
    accounts,
    organizations: rooms,
    async organization(org) {
      const known = opened.get(org)
      if (known) return known
      const [room] = await accounts.all('SELECT 1 AS one FROM server_room WHERE org_id = ?', [org])
      return room ? open(org) : null
    },
    async createOrganization(org) {
      mkdirSync(paths.organization(org).blobs, { recursive: true })
      await accounts.run('INSERT INTO server_room (org_id, since) VALUES (?, ?) ON CONFLICT (org_id) DO NOTHING', [org, options.now()])
      return open(org)
    },
    async removeOrganization(org) {
      const engine = engineOf(org)
      await engine.transaction(async () => {
        if ((await lastCommit(engine, org)) > 0) throw new StoreError('failed', 'not_empty', new Error('an organization with commands is not removed'))
        await engine.run('DELETE FROM sync_head WHERE org_id = ?', [org])
      })
      await accounts.run('DELETE FROM server_room WHERE org_id = ?', [org])
      opened.delete(org)
      moved.forget(org)
    },
    onChange: (listener) => moved.onChange(listener),
    blobFolder: (org) => paths.organization(org).blobs,
    async sizes(org) {
      const engine = engineOf(org)
      return engine.snapshot(async () => {
        let bytes = 0
        for (const { name } of factTables) {
          const [row] = await engine.all(`SELECT COALESCE(SUM(pg_column_size(t.*)), 0) AS bytes FROM ${name} t WHERE org_id = ?`, [org])
          bytes += Number(row?.['bytes'] ?? 0)
        }
        return { rows: await countRows(engine, org), database_bytes: bytes }
      })
    },
    async check() {
      await accounts.all('SELECT 1 AS one', [])
    },
    backup: (target) => backupDatabase(postgresEngine(pool, { ...slow, ownsPool: false }), SERVER_SCHEMA, paths, target, options),
    async close() {
      await listening.close()
      await pool.end()
    },
  }
}
