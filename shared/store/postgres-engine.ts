import { AsyncLocalStorage } from 'node:async_hooks'
import type { Pool, PoolClient } from 'pg'
import type { Engine, Value } from './engine.ts'
import { StoreError, type StoreProblem } from './engine.ts'

function asStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  const problems: Record<string, StoreProblem> = { '23505': 'unique', '23503': 'reference', '53100': 'full', '25006': 'read_only', P0001: 'append_only' }
  const problem = problems[error.code]
  if (!problem) return error
  const object = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : null
  return new StoreError(problem, object, error)
}

/** Key of the lock that a writer holds until its commit. */
const WRITER = 20_261_122

/** The same store on PostgreSQL: `?` placeholders become `$n`; a transaction holds one connection of the pool. */
export function postgresEngine(pool: Pool): Engine {
  const current = new AsyncLocalStorage<{ client: PoolClient; depth: number }>()
  const texts = new Map<string, string>()

  function numbered(sql: string): string {
    let text = texts.get(sql)
    if (text === undefined) {
      let count = 0
      text = sql.replace(/\?/g, () => `$${++count}`)
      texts.set(sql, text)
    }
    return text
  }
  async function query(sql: string, parameters: readonly Value[]) {
    try {
      const values = [...parameters]
      const held = current.getStore()
      return held ? await held.client.query(numbered(sql), values) : await pool.query(numbered(sql), values)
    } catch (error) {
      throw asStoreError(error)
    }
  }

  /** As on SQLite, calls take turns; writers of other processes wait at the lock. */
  let tail: Promise<unknown> = Promise.resolve()
  async function oneTransaction<T>(work: () => Promise<T>): Promise<T> {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT pg_advisory_xact_lock($1)', [WRITER])
      const value = await current.run({ client, depth: 0 }, work)
      await client.query('COMMIT')
      return value
    } catch (error) {
      await client.query('ROLLBACK')
      throw asStoreError(error)
    } finally {
      client.release()
    }
  }

  return {
    dialect: 'postgres',
    all: async (sql, parameters) => (await query(sql, parameters)).rows,
    run: async (sql, parameters) => (await query(sql, parameters)).rowCount ?? 0,
    script: async (sql) => {
      const held = current.getStore()
      await (held ? held.client : pool).query(sql)
    },
    transaction(work) {
      const turn = tail.then(() => oneTransaction(work))
      tail = turn.catch(() => undefined)
      return turn
    },
    async savepoint(work) {
      const held = current.getStore()
      if (!held) throw new Error('a savepoint needs a transaction')
      const name = `s${++held.depth}`
      await held.client.query(`SAVEPOINT ${name}`)
      try {
        const value = await work()
        await held.client.query(`RELEASE SAVEPOINT ${name}`)
        return value
      } catch (error) {
        await held.client.query(`ROLLBACK TO SAVEPOINT ${name}`)
        throw error
      } finally {
        held.depth--
      }
    },
    close: () => pool.end(),
  }
}
