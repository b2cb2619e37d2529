import { AsyncLocalStorage } from 'node:async_hooks'
import { hash } from 'node:crypto'
import type { Pool, PoolClient, QueryResult } from 'pg'
import type { Engine, RawRow, Value } from './engine.ts'
import { StoreError, type StoreProblem } from './engine.ts'

const PROBLEMS: Readonly<Record<string, StoreProblem>> = { '23505': 'unique', '23503': 'reference', '53100': 'full', '25006': 'read_only', P0001: 'append_only' }
/** Classes of SQLSTATE, and what the system says, when the server is not there, is stopping, or has no connection left. */
const UNAVAILABLE = /^(08...|57P0[1-5]|53[24]00|53300|E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|NOENT))$/
const LOST = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|server closed the connection|not queryable/

export function asPostgresError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (UNAVAILABLE.test(code) || LOST.test(error.message)) return new StoreError('unavailable', null, error)
  const problem = PROBLEMS[code]
  if (!problem) return error
  const object = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : null
  return new StoreError(problem, object, error)
}

export interface PostgresOptions {
  /** The one organization that statements see (row-level security): commits of the same organization take turns, of different ones do not. */
  org?: string
  /** Schema whose tables are meant, in place of `public`. */
  schema?: string
  /** Called with statements that took over 40 ms. */
  onSlow?: (sql: string, ms: number) => void
  /** The pool ends with this engine. */
  ownsPool?: boolean
}

/** One transaction or snapshot of this engine, on the connection it holds until it ends. */
interface Held {
  client: PoolClient
  depth: number
  open: boolean
}

const SLOW_MS = 40
/** A number of 63 bits for an advisory lock. */
const lockOf = (name: string): string => (BigInt(`0x${hash('sha256', name, 'hex').slice(0, 16)}`) >> 1n).toString()
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * The same store on PostgreSQL: `?` placeholders become `$n`; a transaction holds one connection of the pool. With `org`, settings are
 * made inside each transaction (never of the session), so that a pooler between this process and the server may share connections.
 */
export function postgresEngine(pool: Pool, options: PostgresOptions = {}): Engine {
  const { org, schema, onSlow } = options
  const current = new AsyncLocalStorage<Held>()
  const texts = new Map<string, string>()
  const settings = [
    ...(org === undefined ? [] : [`set_config('callboard.org', ${literal(org)}, true)`]),
    ...(schema === undefined ? [] : [`set_config('search_path', ${literal(schema)}, true)`]),
  ]
  const prelude = settings.length === 0 ? '' : `; SELECT ${settings.join(', ')}`
  const turnLock = lockOf(org === undefined ? `callboard ${schema ?? ''}` : `callboard organization ${org}`)

  function numbered(sql: string): string {
    let text = texts.get(sql)
    if (text === undefined) {
      let count = 0
      text = sql.replace(/\?/g, () => `$${++count}`)
      texts.set(sql, text)
    }
    return text
  }
  const held = (): Held | undefined => {
    const found = current.getStore()
    return found?.open ? found : undefined
  }
  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      throw asPostgresError(error)
    }
  }
  /** Begins, works, ends; a connection that broke is thrown away, not given back. */
  async function within<T>(begin: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await connect()
    let broken: Error | undefined
    const onError = (error: Error): void => {
      broken = error
    }
    client.on('error', onError)
    try {
      await client.query(begin)
      const value = await work(client)
      await client.query('COMMIT')
      return value
    } catch (error) {
      const known = asPostgresError(error)
      if (known instanceof StoreError && known.problem === 'unavailable') broken ??= known
      if (!broken) await client.query('ROLLBACK').catch((failed: unknown) => (broken = failed instanceof Error ? failed : new Error(String(failed))))
      throw known
    } finally {
      client.removeListener('error', onError)
      client.release(broken)
    }
  }
  async function scoped<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
    const scope: Held = { client, depth: 0, open: true }
    try {
      return await current.run(scope, work)
    } finally {
      scope.open = false
    }
  }
  async function query(sql: string, parameters: readonly Value[]): Promise<QueryResult<RawRow>> {
    const text = numbered(sql)
    const values = [...parameters]
    const start = performance.now()
    try {
      const inside = held()
      if (inside) return await inside.client.query<RawRow>(text, values)
      if (prelude === '') return await pool.query<RawRow>(text, values)
      return await within(`BEGIN${prelude}`, (client) => client.query<RawRow>(text, values))
    } catch (error) {
      throw asPostgresError(error)
    } finally {
      const ms = performance.now() - start
      if (ms > SLOW_MS) onSlow?.(sql, ms)
    }
  }

  /** Writers of one organization take turns at the row of its head; before there is one, at a lock of its name. */
  async function waitForTurn(client: PoolClient): Promise<void> {
    const head = async (): Promise<boolean> => org !== undefined && ((await client.query('SELECT 1 FROM sync_head WHERE org_id = $1 FOR UPDATE', [org])).rowCount ?? 0) > 0
    if (await head()) return
    await client.query('SELECT pg_advisory_xact_lock($1)', [turnLock])
    // Whoever had the lock may have made the row: from then on everybody else waits there.
    if (org !== undefined) await head()
  }

  /** As on SQLite, calls take turns; writers of other processes wait at the lock. */
  let tail: Promise<unknown> = Promise.resolve()

  return {
    dialect: 'postgres',
    all: async (sql, parameters) => (await query(sql, parameters)).rows,
    run: async (sql, parameters) => (await query(sql, parameters)).rowCount ?? 0,
    script: async (sql) => {
      try {
        const inside = held()
        if (inside) await inside.client.query(sql)
        else if (prelude === '') await pool.query(sql)
        else await within(`BEGIN${prelude}`, (client) => client.query(sql))
      } catch (error) {
        throw asPostgresError(error)
      }
    },
    transaction(work) {
      const turn = tail.then(() =>
        within(`BEGIN${prelude}`, async (client) => {
          await waitForTurn(client)
          return scoped(client, work)
        }))
      tail = turn.catch(() => undefined)
      return turn
    },
    snapshot: (work) => within(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY${prelude}`, (client) => scoped(client, work)),
    async savepoint(work) {
      const inside = held()
      if (!inside) throw new Error('a savepoint needs a transaction')
      const name = `s${++inside.depth}`
      await inside.client.query(`SAVEPOINT ${name}`)
      try {
        const value = await work()
        await inside.client.query(`RELEASE SAVEPOINT ${name}`)
        return value
      } catch (error) {
        await inside.client.query(`ROLLBACK TO SAVEPOINT ${name}`)
        throw error
      } finally {
        inside.depth--
      }
    },
    close: async () => {
      await tail
      if (options.ownsPool ?? org === undefined) await pool.end()
    },
  }
}
