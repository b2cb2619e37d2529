/**
 * What the store needs of a database. Asynchronous for every host: better-sqlite3 answers at once, PostgreSQL in its time;
 * the same handlers run on both.
 */
export type Value = string | number | null | Uint8Array
export type RawRow = Record<string, Value>
export type Dialect = 'sqlite' | 'postgres'

export interface Engine {
  readonly dialect: Dialect
  /** Rows of a SELECT. Statements are prepared once per text. */
  all(sql: string, parameters: readonly Value[]): Promise<RawRow[]>
  /** Runs a write; answers the number of rows concerned. */
  run(sql: string, parameters: readonly Value[]): Promise<number>
  /** Several statements without parameters (schema). */
  script(sql: string): Promise<void>
  /** One immediate transaction; rolled back when `work` throws. Calls are queued: one writer at a time. */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /** All reads of `work` see one committed state and make no writer wait; it writes nothing. Not to be called inside a transaction. */
  snapshot<T>(work: () => Promise<T>): Promise<T>
  /** Undoes what `work` wrote when it throws, and goes on with the transaction. */
  savepoint<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type StoreProblem = 'unique' | 'reference' | 'full' | 'read_only' | 'damaged' | 'append_only' | 'unavailable' | 'failed'

/** A refusal of the database itself, in the store's words. `unavailable`: a database of another process does not answer. `object` names the index or table when known. */
export class StoreError extends Error {
  readonly problem: StoreProblem
  readonly object: string | null
  constructor(problem: StoreProblem, object: string | null, cause: unknown) {
    super(`${problem}${object ? ` ${object}` : ''}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'StoreError'
    this.problem = problem
    this.object = object
  }
}

/** What the system says of a folder, in the store's words. */
export function fromSystem(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError || !('code' in error)) return error
  const problem = error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'full' : error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS' ? 'read_only' : error.code === 'EIO' ? 'failed' : null
  return problem ? new StoreError(problem, null, error) : error
}

/** The same for a place that only Callboard writes to: whatever else the system says of a path there, the disk refused. */
export function fromDisk(error: unknown): unknown {
  const known = fromSystem(error)
  return known instanceof Error && 'code' in known && 'path' in known ? new StoreError('failed', null, known) : known
}
