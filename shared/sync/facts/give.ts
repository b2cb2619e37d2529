/** Writing an organization down, from one consistent read, with the memory of one page. */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { Engine, RawRow, Value } from '../../store/engine.ts'
import { latestVersion } from '../../store/migrations/index.ts'
import { FACTS_FORMAT, FACTS_VERSION, Tally, type FactsHead } from './format.ts'
import { streamed } from './streamed.ts'
import { factTables, quoted, serverTables, type FactTable } from './tables.ts'

export interface GiveOptions {
  app_version: string
  at: Instant
  /** With what the server alone keeps: for its own backup. */
  server?: boolean
}

const PAGE = 500

async function* pagesOf(engine: Engine, org: Id, table: FactTable): AsyncGenerator<RawRow[]> {
  const list = [...table.columns.map(({ name }) => quoted(name)), `${table.order} AS page_key`].join(', ')
  let after: Value | null = null
  for (;;) {
    const beyond: string = after === null ? '' : ` AND ${table.order} > ?`
    const page: RawRow[] = await engine.all(`SELECT ${list} FROM ${table.name} WHERE org_id = ?${beyond} ORDER BY ${table.order} LIMIT ?`, [org, ...(after === null ? [] : [after]), PAGE])
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    after = page.at(-1)?.['page_key'] ?? null
  }
}

/** To be called inside a snapshot: everything written down is of one state. */
export async function writeFacts(engine: Engine, org: Id, options: GiveOptions, emit: (lines: string[]) => Promise<void>): Promise<void> {
  const tables = options.server ? [...factTables, ...serverTables] : factTables
  const head: FactsHead = { format: FACTS_FORMAT, version: FACTS_VERSION, schema: latestVersion, app_version: options.app_version, org, at: options.at, tables: [] }
  for (const { name, columns } of tables) {
    const [counted] = await engine.all(`SELECT COUNT(*) AS total FROM ${name} WHERE org_id = ?`, [org])
    head.tables.push({ name, columns: columns.map((column) => column.name), rows: Number(counted?.['total'] ?? 0) })
  }
  const tally = new Tally()
  const told = (lines: string[]): Promise<void> => {
    for (const line of lines) tally.add(line)
    return emit(lines)
  }
  await told([JSON.stringify(head)])
  for (const [index, table] of tables.entries()) {
    if (head.tables[index]?.rows === 0) continue
    for await (const page of pagesOf(engine, org, table))
      await told(page.map((row) => JSON.stringify([index, ...table.columns.map(({ name, storage }) => {
        const value = row[name] ?? null
        // PostgreSQL may give whole numbers as texts.
        return value === null || storage === 'text' || storage === 'json' ? value : Number(value)
      })])))
  }
  await emit([JSON.stringify(tally.trailer)])
}

/** The whole organization as lines without their line feed. An organization without any row gives the head and empty tables. */
export const giveFacts = (engine: Engine, org: Id, options: GiveOptions): AsyncIterable<string> =>
  streamed((emit) => engine.snapshot(() => writeFacts(engine, org, options, emit)))
