/**
 * Taking an organization from its lines, in one transaction: whatever is wrong, nothing was taken. Memory: one batch of rows.
 */
import type { AnyEntity } from '../../domain/entity.ts'
import { detail, refuse } from '../../domain/errors.ts'
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Refusal } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/instants.ts'
import { verifyChain } from '../../store/audit-chain.ts'
import { StoreError, type Engine, type RawRow, type Value } from '../../store/engine.ts'
import { latestVersion } from '../../store/migrations/index.ts'
import type { Column } from '../../store/schema.ts'
import { indexWrite } from '../../store/search.ts'
import { beginHead, markUnmarked } from '../../store/sync-log.ts'
import { FACTS_VERSION, FactsHead, FactsTrailer, Tally } from './format.ts'
import { factTables, quoted, serverTables, type FactTable } from './tables.ts'

export interface TakeOptions {
  /** The organization that is expected; null: whichever it is. */
  org: Id | null
  /** Devices will follow: the order of commits gets its head. `receipt_key`: hexadecimal. Null: the only computer of its organization. */
  follow: { receipt_key: string; at: Instant } | null
  /** From the backup of a server: what the server alone keeps is in it. */
  server?: boolean
  /** Asked in the same transaction once everything is in: by throwing it refuses the whole. */
  accept?: (() => Promise<void>) | undefined
}
export interface TakenFacts {
  org: Id
  rows: number
  commands: number
  events: number
}

const damaged = (where: string, issue: string, found: string | null = null): Refusal => refuse('facts.damaged', detail(where, issue, null, found))

/** One table of the stream: where its values go. */
interface Arriving {
  table: FactTable
  entity: AnyEntity | null
  /** Of each value of a line. */
  columns: readonly Column[]
  /** Columns that the stream does not have, with what they get. */
  added: readonly { name: string; value: Value }[]
  expected: number
  arrived: number
}

function initialOf(entity: AnyEntity | null, column: Column): Value {
  if (column.nullable) return null
  const initial = entity?.fields[column.name]?.initial
  if (initial === undefined) throw refuse('facts.older', detail(column.name, 'missing'))
  return column.storage === 'json' ? JSON.stringify(initial) : column.storage === 'boolean' ? Number(initial) : typeof initial === 'string' || typeof initial === 'number' ? initial : null
}

function readHead(line: string, options: TakeOptions): { head: FactsHead; tables: Arriving[] } {
  let given: unknown
  try {
    given = JSON.parse(line)
  } catch {
    throw damaged('line 1', 'not_json')
  }
  // Looked at first: what else a newer head says may not be known here.
  const said = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {}
  for (const [what, known] of [['version', FACTS_VERSION], ['schema', latestVersion]] as const)
    if (typeof said[what] === 'number' && said[what] > known) throw refuse('facts.newer', detail(what, 'newer', String(known), String(said[what])))
  const parsed = FactsHead.safeParse(given)
  if (!parsed.success) throw damaged('line 1', 'head', parsed.error.issues[0]?.path.join('.') ?? null)
  const head = parsed.data
  if (options.org !== null && head.org !== options.org) throw refuse('facts.other', detail('org', 'other', options.org, head.org))
  const known = options.server ? [...factTables, ...serverTables] : factTables
  const tables = head.tables.map(({ name, columns, rows }): Arriving => {
    const table = known.find((one) => one.name === name)
    if (!table) throw damaged(name, 'unknown_table')
    const entity = entities.get(name) ?? null
    const mine = columns.map((column) => {
      const declared = table.columns.find((one) => one.name === column)
      if (!declared) throw damaged(`${name}.${column}`, 'unknown_column')
      return declared
    })
    const added = table.columns.filter((column) => !mine.includes(column)).map((column) => ({ name: column.name, value: initialOf(entity, column) }))
    return { table, entity, columns: mine, added, expected: rows, arrived: 0 }
  })
  if (new Set(tables.map(({ table }) => table)).size < tables.length || tables.some(({ columns }) => new Set(columns).size < columns.length)) throw damaged('line 1', 'twice')
  for (const table of factTables)
    if (!tables.some((one) => one.table === table) && (head.schema === latestVersion || !entities.has(table.name))) throw damaged(table.name, 'missing_table')
  return { head, tables }
}

/** The value as the database holds it, or why it cannot be. */
function valueOf(column: Column, value: unknown, dialect: Engine['dialect'], where: string): Value {
  const wrong = (issue: string): Refusal => damaged(`${where}.${column.name}`, issue)
  if (value === null) {
    if (!column.nullable) throw wrong('required')
    return null
  }
  if (column.storage === 'text' || column.storage === 'json') {
    if (typeof value !== 'string') throw wrong('not_a_text')
    // PostgreSQL keeps every character but this one.
    if (dialect === 'postgres' && value.includes('\0')) throw wrong('null_character')
    if (column.storage === 'json') {
      try {
        JSON.parse(value)
      } catch {
        throw wrong('not_json')
      }
    }
    return value
  }
  if (typeof value !== 'number' || (column.storage !== 'real' && !Number.isSafeInteger(value))) throw wrong('not_a_number')
  return value
}

const AT_ONCE = 50

/** Writes rows by the batch. */
class Batch {
  readonly #engine: Engine
  readonly #org: Id
  readonly #arriving: Arriving
  readonly #rows: Value[][] = []
  constructor(engine: Engine, org: Id, arriving: Arriving) {
    this.#engine = engine
    this.#org = org
    this.#arriving = arriving
  }
  async add(row: Value[]): Promise<void> {
    this.#rows.push(row)
    if (this.#rows.length === AT_ONCE) await this.flush()
  }
  /** Two texts at most are prepared for a table: of a full batch, and of a single row. */
  async flush(): Promise<void> {
    const rows = this.#rows.splice(0)
    if (rows.length === AT_ONCE) await this.#insert(rows)
    else for (const row of rows) await this.#insert([row])
  }
  async #insert(rows: Value[][]): Promise<void> {
    const { table, entity, columns, added } = this.#arriving
    const names = ['org_id', ...columns.map(({ name }) => quoted(name)), ...added.map(({ name }) => quoted(name))]
    const holes = `(${names.map(() => '?').join(', ')})`
    const extra = added.map(({ value }) => value)
    await this.#engine.run(`INSERT INTO ${table.name} (${names.join(', ')}) VALUES ${rows.map(() => holes).join(', ')}`, rows.flatMap((row) => [this.#org, ...row, ...extra]))
    if (!entity || entity.search.length === 0 || this.#engine.dialect !== 'sqlite') return
    for (const row of rows) {
      const after: RawRow = Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]))
      await indexWrite(this.#engine, this.#org, { entity, id: String(after['id']) as Id, op: 'insert', before: null, after })
    }
  }
}

async function checkEmpty(engine: Engine, org: Id): Promise<void> {
  for (const { name } of factTables)
    if ((await engine.all(`SELECT 1 AS one FROM ${name} WHERE org_id = ? LIMIT 1`, [org])).length > 0) throw refuse('sync.not_empty')
}

/** References are checked at the end of a transaction anyway: here, so that what is wrong can be said. */
async function checkReferences(engine: Engine): Promise<void> {
  if (engine.dialect === 'postgres') {
    await engine.script('SET CONSTRAINTS ALL IMMEDIATE')
    await engine.script('SET CONSTRAINTS ALL DEFERRED')
    return
  }
  const [broken] = await engine.all('PRAGMA foreign_key_check', [])
  if (broken) throw damaged(String(broken['table']), 'reference', String(broken['parent']))
}

async function readRows(engine: Engine, head: FactsHead, tables: readonly Arriving[], lines: AsyncIterator<string>, tally: Tally): Promise<void> {
  let batch: Batch | null = null
  let current: Arriving | null = null
  let seq = 0
  for (let at = 2; ; at++) {
    const { value: line, done } = await lines.next()
    if (done === true) throw refuse('facts.cut', detail(`line ${at}`, 'end'))
    let parsed: unknown
    try {
      parsed = JSON.parse(line)
    } catch {
      // A line cut in its middle is most often the last one.
      throw (await lines.next()).done === true ? refuse('facts.cut', detail(`line ${at}`, 'end')) : damaged(`line ${at}`, 'not_json')
    }
    if (!Array.isArray(parsed)) {
      const trailer = FactsTrailer.safeParse(parsed)
      if (!trailer.success) throw damaged(`line ${at}`, 'trailer')
      await batch?.flush()
      const short = tables.find(({ expected, arrived }) => expected !== arrived)
      if (short) throw damaged(short.table.name, 'count', `${short.arrived} of ${short.expected}`)
      const { count, digest } = tally.trailer.trailer
      if (trailer.data.trailer.count !== count || trailer.data.trailer.digest !== digest) throw damaged(`line ${at}`, 'digest')
      if ((await lines.next()).done !== true) throw damaged(`line ${at + 1}`, 'after_the_end')
      return
    }
    tally.add(line)
    const [index, ...values] = parsed as unknown[]
    const arriving = typeof index === 'number' ? tables[index] : undefined
    if (!arriving) throw damaged(`line ${at}`, 'table')
    const { table, columns } = arriving
    if (values.length !== columns.length) throw damaged(`line ${at}`, 'columns', table.name)
    if (++arriving.arrived > arriving.expected) throw damaged(table.name, 'count')
    const row = columns.map((column, position) => valueOf(column, values[position], engine.dialect, table.name))
    if (table.name === 'command_log') {
      const own = Number(row[columns.findIndex(({ name }) => name === 'seq')])
      if (own <= seq) throw damaged('command_log', 'order', String(own))
      seq = own
    }
    if (table.name === 'organization' && row[columns.findIndex(({ name }) => name === 'id')] !== head.org) throw refuse('facts.other', detail('organization', 'other', head.org))
    if (arriving !== current) {
      await batch?.flush()
      batch = new Batch(engine, head.org, arriving)
      current = arriving
    }
    await batch?.add(row)
  }
}

async function takeInside(engine: Engine, lines: AsyncIterator<string>, options: TakeOptions): Promise<TakenFacts> {
  const first = await lines.next()
  if (first.done === true) throw refuse('facts.cut', detail('line 1', 'end'))
  const { head, tables } = readHead(first.value, options)
  const tally = new Tally()
  tally.add(first.value)
  await checkEmpty(engine, head.org)
  const room = tables.find(({ table }) => table.name === 'sync_head')
  // The head of an empty organization gives way to the one that comes with its key.
  if (room && room.expected > 0) await engine.run('DELETE FROM sync_head WHERE org_id = ?', [head.org])
  await readRows(engine, head, tables, lines, tally)
  const arrivedOf = (name: string): number => tables.find(({ table }) => table.name === name)?.arrived ?? 0
  const rows = tables.reduce((sum, { entity, arrived }) => sum + (entity ? arrived : 0), 0)
  // Room that was made and never filled is in a server's backup too.
  if (arrivedOf('organization') !== 1 && !(options.server === true && rows === 0)) throw damaged('organization', 'missing')
  const chain = await verifyChain(engine, head.org)
  if (!chain.whole) throw damaged('audit_event', `chain_${chain.why}`, String(chain.broken_at))
  await checkReferences(engine)
  if (options.follow) {
    await beginHead(engine, head.org, options.follow.receipt_key, options.follow.at)
    await markUnmarked(engine, head.org, [...entities.keys()])
  }
  await options.accept?.()
  return { org: head.org, rows, commands: arrivedOf('command_log'), events: arrivedOf('audit_event') }
}

/** Rejects with a Refusal: `facts.*`, `sync.not_empty`; with StoreError when the database cannot (full, unavailable). */
export async function takeFacts(engine: Engine, lines: AsyncIterable<string>, options: TakeOptions): Promise<TakenFacts> {
  const reading = lines[Symbol.asyncIterator]()
  try {
    return await engine.transaction(() => takeInside(engine, reading, options))
  } catch (error) {
    if (error instanceof StoreError && (error.problem === 'unique' || error.problem === 'reference')) throw damaged(error.object ?? 'rows', error.problem)
    throw error
  } finally {
    await reading.return?.()
  }
}
