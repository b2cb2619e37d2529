/** The tables of the whole server (accounts, devices, tokens) as lines, both ways; which they are is read from the database. */
import { z } from 'zod'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Engine, Value } from '../../shared/store/engine.ts'
import { SERVER_SCHEMA } from '../../shared/store/postgres-pool.ts'
import { Tally, FactsTrailer } from '../../shared/sync/facts/format.ts'

const FORMAT = 'callboard-accounts'
/** What lives for minutes, what the program itself makes, and what a backup says elsewhere. */
const LEFT_OUT: readonly string[] = ['server_bucket', 'server_idempotency', 'server_schema', 'server_room']
const NAME = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/)
const Head = z.strictObject({ format: z.literal(FORMAT), version: z.literal(1), schema: z.int(), tables: z.array(z.strictObject({ name: NAME, columns: z.array(NAME), rows: z.int().min(0) })) })

interface ServerTable {
  name: string
  columns: string[]
}

async function tablesOf(engine: Engine): Promise<ServerTable[]> {
  const rows = engine.dialect === 'sqlite'
    ? await engine.all("SELECT m.name AS table_name, c.name AS column_name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE 'server\\_%' ESCAPE '\\' ORDER BY m.name, c.cid", [])
    : await engine.all('SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position', [SERVER_SCHEMA])
  const tables = new Map<string, ServerTable>()
  for (const row of rows) {
    const name = String(row['table_name'])
    if (LEFT_OUT.includes(name)) continue
    const table = tables.get(name) ?? { name, columns: [] }
    table.columns.push(String(row['column_name']))
    tables.set(name, table)
  }
  return [...tables.values()]
}

const schemaOf = async (engine: Engine): Promise<number> => Number((await engine.all('SELECT MAX(version) AS version FROM server_schema', []))[0]?.['version'] ?? 0)

/** To be called inside a snapshot. These tables are small beside those of organizations: one table is held at a time. */
export async function* giveServerTables(engine: Engine): AsyncGenerator<string> {
  const tally = new Tally()
  const kept = (line: string): string => {
    tally.add(line)
    return line
  }
  const tables: { table: ServerTable; rows: Value[][] }[] = []
  for (const table of await tablesOf(engine)) {
    const rows = await engine.all(`SELECT ${table.columns.join(', ')} FROM ${table.name} ORDER BY ${table.columns.join(', ')}`, [])
    tables.push({ table, rows: rows.map((row) => table.columns.map((name) => row[name] ?? null)) })
  }
  yield kept(JSON.stringify({ format: FORMAT, version: 1, schema: await schemaOf(engine), tables: tables.map(({ table, rows }) => ({ ...table, rows: rows.length })) } satisfies z.infer<typeof Head>))
  for (const [index, { rows }] of tables.entries()) for (const row of rows) yield kept(JSON.stringify([index, ...row]))
  yield JSON.stringify(tally.trailer)
}

/** Replaces what is in these tables; to be called inside a transaction, which fails with the refusal of what is wrong. */
export async function takeServerTables(engine: Engine, lines: AsyncIterable<string>): Promise<void> {
  const tally = new Tally()
  const known = await tablesOf(engine)
  let head: z.infer<typeof Head> | null = null
  let whole = false
  for await (const line of lines) {
    const parsed: unknown = JSON.parse(line)
    if (head === null) {
      const read = Head.safeParse(parsed)
      if (!read.success) throw refuse('facts.damaged', detail('accounts', 'head'))
      head = read.data
      if (head.schema > (await schemaOf(engine))) throw refuse('facts.newer', detail('accounts', 'newer'))
      for (const { name, columns } of head.tables)
        if (!columns.every((column) => known.find((one) => one.name === name)?.columns.includes(column))) throw refuse('facts.damaged', detail(`accounts.${name}`, 'unknown'))
      for (const { name } of known) await engine.run(`DELETE FROM ${name}`, [])
      tally.add(line)
    } else if (Array.isArray(parsed)) {
      tally.add(line)
      const [index, ...values] = parsed as [number, ...Value[]]
      const table = head.tables[index]
      if (table?.columns.length !== values.length) throw refuse('facts.damaged', detail('accounts', 'columns'))
      await engine.run(`INSERT INTO ${table.name} (${table.columns.join(', ')}) VALUES (${values.map(() => '?').join(', ')})`, values)
    } else {
      const { count, digest } = tally.trailer.trailer
      const said = FactsTrailer.safeParse(parsed).data?.trailer
      if (said?.count !== count || said.digest !== digest) throw refuse('facts.damaged', detail('accounts', 'digest'))
      whole = true
    }
  }
  if (!whole) throw refuse('facts.cut', detail('accounts', 'end'))
}
