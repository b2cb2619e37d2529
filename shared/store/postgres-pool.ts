/** Connections to a PostgreSQL database: a pool, its migrations, and the one connection that hears of other processes' commits. */
import pg from 'pg'
import { StoreError } from './engine.ts'
import { postgresMigrations, type PostgresMigration } from './migrations/postgres.ts'
import { asPostgresError } from './postgres-engine.ts'

export interface PoolOptions {
  url: string
  /** Connections at most. */
  max: number
  application_name: string
  /** A connection broke while nobody used it; the pool makes another when one is asked for. */
  onLost(error: Error): void
}

const CONNECT_MS = 5000
const BIGINT = 20

export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url, max: options.max, application_name: options.application_name, connectionTimeoutMillis: CONNECT_MS, idleTimeoutMillis: 60_000, keepAlive: true,
    // Every number here fits a double; as text they would have to be told apart from texts.
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === BIGINT ? Number : format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')) },
  })
  // Unheard, the loss of an idle connection would end the process.
  pool.on('error', options.onLost)
  return pool
}

/**
 * Row-level security does not bind a superuser or a role with BYPASSRLS: such a role is refused, in words that say what to do.
 * Throws StoreError: `unavailable`, or `failed role`.
 */
export async function checkRole(pool: pg.Pool): Promise<void> {
  let role
  try {
    role = (await pool.query<{ name: string; above: boolean }>('SELECT rolname AS name, rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = current_user')).rows[0]
  } catch (error) {
    throw asPostgresError(error)
  }
  if (role?.above !== false)
    throw new StoreError('failed', 'role', new Error(
      `the role ${role?.name ?? ''} is a superuser or has BYPASSRLS, so that row-level security would not hold: connect as an ordinary role that owns the database (CREATE ROLE callboard LOGIN NOSUPERUSER NOBYPASSRLS; ALTER DATABASE … OWNER TO callboard)`))
}

/** Schema of the tables of the whole server. */
export const SERVER_SCHEMA = 'accounts'

/** Held while the schema is looked at and brought up: of processes that start at once, one migrates and the others find it done. */
const MIGRATING = 20_261_123

/** Brings the database to the newest version. Throws StoreError `failed newer` for one that a newer server wrote. */
export async function migratePostgres(pool: pg.Pool, migrations: readonly PostgresMigration[] = postgresMigrations): Promise<void> {
  let client
  try {
    client = await pool.connect()
  } catch (error) {
    throw asPostgresError(error)
  }
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATING])
    await client.query('CREATE TABLE IF NOT EXISTS callboard_schema (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL DEFAULT now())')
    const { rows } = await client.query<{ version: number | null }>('SELECT MAX(version) AS version FROM callboard_schema')
    const from = Number(rows[0]?.version ?? 0)
    const newest = migrations.at(-1)?.version ?? 0
    if (from > newest) throw new StoreError('failed', 'newer', new Error(`database version ${from}, known ${newest}: a newer server has written it`))
    for (const migration of migrations) {
      if (migration.version <= from) continue
      for (const statement of migration.statements) await client.query(statement)
      await client.query('INSERT INTO callboard_schema (version, name) VALUES ($1, $2)', [migration.version, migration.name])
    }
    // What is of the whole server, beside the tables of organizations and their walls.
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${SERVER_SCHEMA}`)
    await client.query(`CREATE TABLE IF NOT EXISTS ${SERVER_SCHEMA}.server_room (org_id TEXT COLLATE "C" NOT NULL PRIMARY KEY, since TEXT NOT NULL)`)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch((failed: unknown) => (broken = failed instanceof Error ? failed : new Error(String(failed))))
    throw asPostgresError(error)
  } finally {
    client.release(broken)
  }
}

export interface Listening {
  close(): Promise<void>
}

const AGAIN_MS = [250, 1000, 3000, 10_000]

/**
 * Hears what any process says on a channel, for as long as it is open: a connection that breaks is made again, and `gap` is told, since
 * what was said meanwhile was not heard. The pool is no use here: a listener keeps its connection.
 */
export function listen(url: string, channel: string, on: { message(payload: string): void; gap(): void; lost(error: Error): void }): Listening {
  let closed = false
  let client: pg.Client | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let failures = 0
  let opened = 0

  function again(error: Error): void {
    if (closed || timer) return
    on.lost(error)
    timer = setTimeout(() => {
      timer = null
      void open()
    }, AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)])
    timer.unref()
  }
  async function open(): Promise<void> {
    const mine = new pg.Client({ connectionString: url, application_name: 'callboard listening', keepAlive: true, connectionTimeoutMillis: CONNECT_MS })
    client = mine
    let over = false
    const lose = (error: Error): void => {
      if (over) return
      over = true
      void mine.end().catch(() => undefined)
      again(error)
    }
    mine.on('error', lose)
    mine.on('end', () => lose(new Error('the listening connection ended')))
    mine.on('notification', ({ payload }) => on.message(payload ?? ''))
    try {
      await mine.connect()
      await mine.query(`LISTEN ${channel}`)
      failures = 0
      if (opened++ > 0) on.gap()
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)))
    }
  }
  void open()
  return {
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
