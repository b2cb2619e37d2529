/**
 * SQL built with Kysely, compiled once per shape, and run as prepared statements (four to six times faster than building each
 * time). Every statement is bound to one organization: `org_id = ?` is always the first condition.
 */
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql, type RawBuilder } from 'kysely'
import type { Condition, Where } from '../domain/operation.ts'
import type { Codec } from './schema.ts'
import type { Dialect, Value } from './engine.ts'

type Tables = Record<string, Record<string, unknown>>

/** Only builds and compiles; the engine runs. Its `?` placeholders are numbered for PostgreSQL by that engine. */
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

export interface Query {
  sql: string
  parameters: Value[]
}

interface Term {
  /** What makes the shape: same key, same SQL. */
  key: string
  build: () => RawBuilder<boolean>
  values: Value[]
}

const hole = sql`?`
const comparison = { gte: '>=', gt: '>', lte: '<=', lt: '<' } as const

function inList(column: string, dialect: Dialect): RawBuilder<boolean> {
  return dialect === 'sqlite'
    ? sql<boolean>`${sql.ref(column)} IN (SELECT value FROM json_each(${hole}))`
    : sql<boolean>`${sql.ref(column)}::text IN (SELECT json_array_elements_text(${hole}::json))`
}

function termsOf(where: Where, codec: Codec, dialect: Dialect): Term[] {
  const terms: Term[] = []
  const known = new Set(codec.names)
  const add = (key: string, build: () => RawBuilder<boolean>, ...values: Value[]) => terms.push({ key, build, values })
  for (const [column, condition] of Object.entries(where) as [string, Condition | undefined][]) {
    if (condition === undefined) continue
    if (!known.has(column)) throw new Error(`no column ${column}`)
    if (condition === null) add(`${column}:null`, () => sql<boolean>`${sql.ref(column)} IS NULL`)
    else if (Array.isArray(condition)) {
      const values = JSON.stringify(condition.flatMap((value) => (value === null ? [] : [codec.encode(column, value)])))
      if (condition.includes(null)) add(`${column}:in or null`, () => sql<boolean>`(${sql.ref(column)} IS NULL OR ${inList(column, dialect)})`, values)
      else add(`${column}:in`, () => inList(column, dialect), values)
    }
    else if (typeof condition === 'object') {
      const { not, ...range } = condition as { not?: string | number | null | readonly (string | number | boolean | null)[]; [bound: string]: unknown }
      for (const [name, operator] of Object.entries(comparison)) {
        const bound = range[name]
        if (bound !== undefined && bound !== null) add(`${column}:${name}`, () => sql<boolean>`${sql.ref(column)} ${sql.raw(operator)} ${hole}`, codec.encode(column, bound))
      }
      if (not === null) add(`${column}:notnull`, () => sql<boolean>`${sql.ref(column)} IS NOT NULL`)
      else if (Array.isArray(not)) {
        const values = JSON.stringify(not.flatMap((value: unknown) => (value === null ? [] : [codec.encode(column, value)])))
        if (not.includes(null)) add(`${column}:out and known`, () => sql<boolean>`(${sql.ref(column)} IS NOT NULL AND NOT ${inList(column, dialect)})`, values)
        else add(`${column}:out`, () => sql<boolean>`(${sql.ref(column)} IS NULL OR NOT ${inList(column, dialect)})`, values)
      } else if (not !== undefined) add(`${column}:not`, () => sql<boolean>`${sql.ref(column)} <> ${hole}`, codec.encode(column, not))
    } else add(`${column}:is`, () => sql<boolean>`${sql.ref(column)} = ${hole}`, codec.encode(column, condition))
  }
  return terms
}

interface SortColumn {
  column: string
  descending: boolean
}

function sortOf(sort: readonly string[]): SortColumn[] {
  const columns = sort.map((name) => (name.startsWith('-') ? { column: name.slice(1), descending: true } : { column: name, descending: false }))
  if (!columns.some(({ column }) => column === 'id')) columns.push({ column: 'id', descending: columns.at(-1)?.descending ?? false })
  return columns
}

/** Sorting by a nullable column puts its empty values first, in the same place on both databases. */
function sortKey(column: string, codec: Codec): RawBuilder<unknown> {
  const declared = codec.columns.find((one) => one.name === column)
  if (!declared) throw new Error(`no column ${column}`)
  if (!declared.nullable) return sql`${sql.ref(column)}`
  const empty = declared.storage === 'text' || declared.storage === 'json' ? sql`''` : sql`-1`
  return sql`COALESCE(${sql.ref(column)}, ${empty})`
}

/** The rows strictly after a cursor, in the order of the sort (key paging: cost does not grow with the page). */
function afterCursor(columns: readonly SortColumn[], codec: Codec): RawBuilder<boolean> {
  const alternatives = columns.map((last, index) => {
    const equal = columns.slice(0, index).map(({ column }) => sql`${sortKey(column, codec)} = ${hole}`)
    const beyond = sql`${sortKey(last.column, codec)} ${sql.raw(last.descending ? '<' : '>')} ${hole}`
    return sql`(${sql.join([...equal, beyond], sql` AND `)})`
  })
  return sql<boolean>`(${sql.join(alternatives, sql` OR `)})`
}

const cursorValues = (values: readonly Value[]): Value[] => values.flatMap((_, index) => values.slice(0, index + 1))

export interface SelectShape {
  /** Left out: all. */
  columns?: readonly string[]
  /** All must hold. */
  where?: readonly Where[]
  /** One of these must hold too; none given: no condition. */
  any?: readonly Where[]
  /** None of these may hold (unknown is not true); none given: no condition. */
  none?: readonly Where[]
  sort?: readonly string[]
  limit?: number
  /** Rows passed over before the first. */
  offset?: number
  removed?: boolean
  /** Values of the sort columns of the last row seen. */
  after?: readonly Value[]
  /** Extra condition on ids, such as a search; one parameter each. */
  extra?: readonly { key: string; sql: string; values: readonly Value[] }[]
}

export interface Statements {
  select(table: string, codec: Codec, org: string, shape: SelectShape): Query
  count(table: string, codec: Codec, org: string, shape: SelectShape): Query
  /** Distinct values of one column. */
  values(table: string, column: string, codec: Codec, org: string, shape: SelectShape): Query
  /** Values of one column with their rows (`value`, `total`), the most frequent first. */
  facet(table: string, column: string, codec: Codec, org: string, shape: SelectShape & { limit: number }): Query
  /** Ids in the order asked for. */
  ids(table: string, codec: Codec, org: string, shape: SelectShape & { limit: number }): Query
  /** The table with all its columns, as an INSERT names them. */
  into(table: string, codec: Codec): string
  /** Parameters: the columns' values, version, updated_at, updated_by, deleted_at, then org_id and id. */
  update(table: string, columns: readonly string[]): string
  /** Values of the sort columns of a row, for the next cursor. */
  cursorOf(row: Record<string, unknown>, sort: readonly string[], codec: Codec): Value[]
}

const made = new Map<Dialect, Statements>()
/** Texts depend on the dialect alone: every organization of a process shares them. */
export function createStatements(dialect: Dialect): Statements {
  let statements = made.get(dialect)
  if (!statements) made.set(dialect, (statements = newStatements(dialect)))
  return statements
}

function newStatements(dialect: Dialect): Statements {
  const compiled = new Map<string, string>()
  function once(key: string, build: () => string): string {
    let text = compiled.get(key)
    if (text === undefined) compiled.set(key, (text = build()))
    return text
  }
  function conditions(codec: Codec, org: string, shape: SelectShape) {
    const terms = (shape.where ?? []).flatMap((where) => termsOf(where, codec, dialect))
    const alternatives = (shape.any ?? []).map((where) => termsOf(where, codec, dialect))
    const excluded = (shape.none ?? []).map((where) => termsOf(where, codec, dialect))
    const oneOf = (groups: readonly Term[][]) => sql`(${sql.join(groups.map((one) => sql`(${sql.join(one.map((term) => term.build()), sql` AND `)})`), sql` OR `)})`
    const keyOf = (word: string, groups: readonly Term[][]) => groups.map((one) => `${word}(${one.map((term) => term.key).join(',')})`)
    const living = shape.removed ? '' : 'living'
    const extra = shape.extra ?? []
    const key = [living, ...terms.map((term) => term.key), ...keyOf('or', alternatives), ...keyOf('nor', excluded), ...extra.map((one) => one.key)].join(';')
    const build = () => [
      sql<boolean>`org_id = ${hole}`,
      ...(shape.removed ? [] : [sql<boolean>`deleted_at IS NULL`]),
      ...terms.map((term) => term.build()),
      ...(alternatives.length === 0 ? [] : [sql<boolean>`${oneOf(alternatives)}`]),
      ...(excluded.length === 0 ? [] : [sql<boolean>`(${oneOf(excluded)} IS NOT TRUE)`]),
      ...extra.map((one) => sql<boolean>`${sql.raw(one.sql)}`),
    ]
    const values: Value[] = [org, ...[...terms, ...alternatives.flat(), ...excluded.flat()].flatMap((term) => term.values), ...extra.flatMap((one) => one.values)]
    return { key, build, values }
  }

  return {
    select(table, codec, org, shape) {
      const where = conditions(codec, org, shape)
      const columns = sortOf(shape.sort ?? [])
      const sorted = shape.sort !== undefined || shape.limit !== undefined
      // SQLite would rather walk a whole index in the order asked for than look up a list of ids, or what is of one record, and sort the few
      // rows found: right only for the first rows of many. A plus before the column forbids it.
      const few = where.key.includes(':in') || where.key.includes('entity_id:is') || (shape.extra ?? []).length > 0
      const walks = dialect !== 'sqlite' || (shape.limit !== undefined && !few)
      const key = `select ${table} ${shape.columns?.join(',') ?? ''} ${where.key} / ${sorted ? columns.map((one) => `${one.descending ? '-' : ''}${one.column}`).join(',') : ''} ${shape.after ? 'after' : ''} ${shape.limit === undefined ? '' : 'limit'} ${shape.offset === undefined ? '' : 'offset'}`
      const text = once(key, () => {
        let query = builder.selectFrom(table).select((shape.columns ?? codec.names).map((name) => sql.ref(name).as(name)))
        for (const condition of where.build()) query = query.where(condition)
        if (shape.after) query = query.where(afterCursor(columns, codec))
        const order = (column: string) => (walks ? sortKey(column, codec) : sql`+${sortKey(column, codec)}`)
        if (sorted) for (const { column, descending } of columns) query = query.orderBy(order(column), descending ? 'desc' : 'asc')
        const text = query.compile().sql
        return shape.limit === undefined ? text : `${text} limit ?${shape.offset === undefined ? '' : ' offset ?'}`
      })
      return { sql: text, parameters: [...where.values, ...(shape.after ? cursorValues(shape.after) : []), ...(shape.limit === undefined ? [] : [shape.limit]), ...(shape.offset === undefined ? [] : [shape.offset])] }
    },
    count(table, codec, org, shape) {
      const where = conditions(codec, org, shape)
      const text = once(`count ${table} ${where.key}`, () => {
        let query = builder.selectFrom(table).select(sql<number>`count(*)`.as('total'))
        for (const condition of where.build()) query = query.where(condition)
        return query.compile().sql
      })
      return { sql: text, parameters: where.values }
    },
    values(table, column, codec, org, shape) {
      const where = conditions(codec, org, shape)
      const text = once(`values ${table}.${column} ${where.key}`, () => {
        let query = builder.selectFrom(table).distinct().select(sql.ref(column).as('value'))
        for (const condition of where.build()) query = query.where(condition)
        return query.compile().sql
      })
      return { sql: text, parameters: where.values }
    },
    facet(table, column, codec, org, shape) {
      const where = conditions(codec, org, shape)
      const text = once(`facet ${table}.${column} ${where.key}`, () => {
        let query = builder.selectFrom(table).select([sql.ref(column).as('value'), sql<number>`count(*)`.as('total')]).groupBy(sql.ref(column))
        for (const condition of where.build()) query = query.where(condition)
        return `${query.orderBy(sql`count(*)`, 'desc').orderBy(sortKey(column, codec)).compile().sql} limit ?`
      })
      return { sql: text, parameters: [...where.values, shape.limit] }
    },
    ids(table, codec, org, shape) {
      const where = conditions(codec, org, shape)
      const columns = sortOf(shape.sort ?? [])
      const text = once(`ids ${table} ${where.key} / ${columns.map((one) => `${one.descending ? '-' : ''}${one.column}`).join(',')}`, () => {
        let query = builder.selectFrom(table).select(sql.ref('id').as('id'))
        for (const condition of where.build()) query = query.where(condition)
        for (const { column, descending } of columns) query = query.orderBy(sortKey(column, codec), descending ? 'desc' : 'asc')
        return `${query.compile().sql} limit ?`
      })
      return { sql: text, parameters: [...where.values, shape.limit] }
    },
    into: (table, codec) => once(`into ${table}`, () => `"${table}" (${codec.names.map((name) => `"${name}"`).join(', ')})`),
    update: (table, columns) =>
      once(`update ${table} ${columns.join(',')}`, () => {
        const set: Record<string, RawBuilder<unknown>> = {}
        for (const column of [...columns, 'version', 'updated_at', 'updated_by', 'deleted_at']) set[column] = hole
        return builder.updateTable(table).set(set).where(sql<boolean>`org_id = ${hole}`).where(sql<boolean>`id = ${hole}`).compile().sql
      }),
    cursorOf: (row, sort, codec) =>
      sortOf(sort).map(({ column }) => {
        const value = row[column]
        const declared = codec.columns.find((one) => one.name === column)
        if (value === null || value === undefined) return declared?.storage === 'text' || declared?.storage === 'json' ? '' : -1
        return codec.encode(column, value)
      }),
  }
}
