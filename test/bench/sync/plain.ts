/**
 * The reference of the sync bench: rows as gzip NDJSON over HTTP into the SQLite table they lie in, with its primary key, its indexes and
 * the same settings, one transaction for 500 rows. Nothing else of ours: no commands, no permissions, no audit, no rules. Beside it, for
 * comparison, the same into a bare table: the columns and the id, nothing to look anything up by.
 */
import type Database from 'better-sqlite3'
import { Buffer } from 'node:buffer'
import { Readable } from 'node:stream'
import { createGunzip, gzipSync } from 'node:zlib'
import { createInterface } from 'node:readline'
import type { RawRow, Value } from '../../../shared/store/engine.ts'
import { openDatabase } from '../../../shared/store/sqlite-engine.ts'

/** Rows of one transaction. */
export const TOGETHER = 500

export const ndjson = (rows: readonly RawRow[]): Buffer => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

export interface PlainTable {
  name: string
  statements: string[]
  columns: string[]
}
/** Without an index but the id's. */
export const bare = ({ columns }: PlainTable): PlainTable => ({ name: 'bare', columns, statements: [`CREATE TABLE bare (${columns.map((column) => `"${column}"`).join(', ')}, PRIMARY KEY (id))`] })

/** A table with its primary key and its indexes, as a file says them. */
export async function tableOf(engine: { all(sql: string, values: string[]): Promise<RawRow[]> }, name: string): Promise<PlainTable> {
  const statements = (await engine.all("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC", [name])).map(({ sql }) => String(sql))
  const columns = (await engine.all('SELECT name FROM pragma_table_info(?)', [name])).map((row) => String(row['name']))
  if (statements.length === 0) throw new Error(`there is no table ${name}`)
  return { name, statements, columns }
}

export interface Plain {
  /** A row of the same id is written over. */
  take(rows: readonly RawRow[]): void
  /** In the order they were written last. */
  after(position: number): IterableIterator<RawRow>
  /** Where the last write stands. */
  head(): number
  close(): void
}

export function openPlain(file: string, { name, statements, columns }: PlainTable): Plain {
  const database: Database.Database = openDatabase(file, { foreignKeys: false })
  for (const statement of statements) database.exec(statement)
  const list = columns.map((column) => `"${column}"`).join(', ')
  const insert = database.prepare<Value[]>(`INSERT OR REPLACE INTO ${name} (${list}) VALUES (${columns.map(() => '?').join(', ')})`)
  const read = database.prepare<Value[], RawRow>(`SELECT ${list} FROM ${name} WHERE rowid > ? ORDER BY rowid`)
  const last = database.prepare<Value[], { head: number | null }>(`SELECT max(rowid) AS head FROM ${name}`)
  return {
    take: database.transaction((rows: readonly RawRow[]) => {
      for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null))
    }),
    after: (position) => read.iterate(position),
    head: () => last.get()?.head ?? 0,
    close: () => void database.close(),
  }
}

/** Sends the rows, 500 in a request, each answered once they are on the server's disk. */
export async function plainPush(url: string, rows: readonly RawRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += TOGETHER) {
    const body = Uint8Array.from(gzipSync(ndjson(rows.slice(start, start + TOGETHER))))
    const answer = await fetch(url, { method: 'POST', body })
    if (!answer.ok) throw new Error(`the plain server answered ${answer.status}`)
    await answer.text()
  }
}

/** Where the plain server's last write stands. */
export async function plainHead(url: string): Promise<number> {
  return Number((await fetch(url, { method: 'HEAD' })).headers.get('x-head'))
}

async function* partsOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
}

/** Fetches what was written after a position into a file; answers how many rows came. */
export async function plainPull(url: string, position: number, into: Plain): Promise<number> {
  const answer = await fetch(`${url}?after=${position}`)
  if (!answer.ok || !answer.body) throw new Error(`the plain server answered ${answer.status}`)
  const lines = createInterface({ input: Readable.from(partsOf(answer.body.getReader())).pipe(createGunzip()), crlfDelay: Infinity })
  let rows: RawRow[] = []
  let count = 0
  for await (const line of lines) {
    rows.push(JSON.parse(line) as RawRow)
    count++
    if (rows.length < TOGETHER) continue
    into.take(rows)
    rows = []
  }
  if (rows.length > 0) into.take(rows)
  return count
}
