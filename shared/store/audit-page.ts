/** The log as a list: a page of it, its values with their counts, the ids of all that the filters name. */
import type { AuditLine } from '../domain/audit/operations.ts'
import { detail, refuse } from '../domain/errors.ts'
import { mostFacets, mostIds, type FacetValue, type PageRequest, type Where } from '../domain/operation.ts'
import { entities } from '../domain/registry.ts'
import type { Dialect, Engine, RawRow } from './engine.ts'
import { codecOf } from './schema.ts'
import { createStatements, type Query, type SelectShape, type Statements } from './statements.ts'

/** Narrowed sight: events of these projects, or of the person's own record, or done by the person. */
export interface AuditSight {
  projects: readonly string[]
  record: string | null
  actor: string
}
export interface AuditPage {
  rows: AuditLine[]
  next_cursor: string | null
  total: number
  facets?: Record<string, FacetValue[]>
  ids?: string[]
}

const TABLE = 'audit_event'
const required = ['id', 'action', 'actor_kind', 'actor', 'occurred_at', 'request_id', 'correlation_id', 'device'] as const
const empty = ['entity', 'entity_id', 'project_id', 'mission_id', 'op', 'command_id', 'reason', 'hash', 'changes', 'on_behalf_of'] as const
const codec = codecOf([
  ...required.map((name) => ({ name, storage: 'text', nullable: false }) as const),
  ...empty.map((name) => ({ name, storage: 'text', nullable: true }) as const),
  { name: 'lead', storage: 'integer', nullable: false }, { name: 'position', storage: 'integer', nullable: false },
])

/** Texts of statements are compiled once for a kind of database. */
const known: Partial<Record<Dialect, Statements>> = {}

const text = (row: RawRow, name: string): string => String(row[name])
const maybe = (row: RawRow, name: string): string | null => (row[name] === null || row[name] === undefined ? null : String(row[name]))

const alternatives = ({ projects, record, actor }: AuditSight): Where[] => [{ actor }, ...(record === null ? [] : [{ entity_id: record }]), ...projects.map((project_id) => ({ project_id }))]

/** A page of the log in the order asked for, with the names of actors and records as they are now. `within` null: all of it is seen. */
export async function auditPage(engine: Engine, org: string, request: PageRequest, within: AuditSight | null): Promise<AuditPage> {
  const statements = (known[engine.dialect] ??= createStatements(engine.dialect))
  const rising = request.sort[0] === 'position'
  const sort = [rising ? 'position' : '-position']
  const shapeOf = (filter: Where, after?: Where): SelectShape => ({ where: [request.where ?? {}, filter, ...(after ? [after] : [])], any: within ? alternatives(within) : [], removed: true })
  const ask = ({ sql, parameters }: Query): Promise<RawRow[]> => engine.all(sql, parameters)
  const filter = request.filter ?? {}
  const whole = shapeOf(filter)

  // The chain has no gaps: with nothing to leave out, its head is the count, however long the log is.
  const unfiltered = within === null && Object.keys({ ...request.where, ...filter }).length === 0
  const [counted] = unfiltered ? await engine.all('SELECT position AS total FROM audit_head WHERE org_id = ?', [org]) : await ask(statements.count(TABLE, codec, org, whole))
  const from = request.cursor === undefined ? undefined : positionOf(request.cursor)
  const passed = from !== undefined || request.page === undefined ? 0 : (request.page - 1) * request.limit
  const shape = from === undefined ? whole : shapeOf(filter, { position: rising ? { gt: from } : { lt: from } })
  const found = await ask(statements.select(TABLE, codec, org, { ...shape, sort, limit: request.limit + 1, ...(passed > 0 ? { offset: passed } : {}) }))
  const rows = await linesOf(engine, org, found.slice(0, request.limit))

  const facets: Record<string, FacetValue[]> = {}
  for (const column of request.facets ?? []) {
    const { [column]: _, ...others } = filter
    const values = await ask(statements.facet(TABLE, column, codec, org, { ...shapeOf(others), limit: mostFacets }))
    facets[column] = values.map((row) => ({ value: maybe(row, 'value'), count: Number(row['total']) }))
  }
  const ids = request.ids ? (await ask(statements.ids(TABLE, codec, org, { ...whole, sort, limit: mostIds }))).map((row) => text(row, 'id')) : null
  const last = rows.at(-1)
  return {
    rows, next_cursor: found.length > request.limit && last ? String(last.position) : null, total: Number(counted?.['total'] ?? 0),
    ...(request.facets ? { facets } : {}), ...(ids ? { ids } : {}),
  }
}

function positionOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw refuse('validation.invalid', detail('cursor', 'cursor', 'the next_cursor of a former answer', cursor))
}

async function linesOf(engine: Engine, org: string, page: readonly RawRow[]): Promise<AuditLine[]> {
  const titles = await titlesOf(engine, org, page)
  const actors = await actorsOf(engine, org, page)
  return page.map((row) => ({
    id: text(row, 'id'), position: Number(row['position']), hash: maybe(row, 'hash'), occurred_at: text(row, 'occurred_at'), action: text(row, 'action'), op: maybe(row, 'op'),
    lead: Number(row['lead']) === 1, entity: maybe(row, 'entity'), entity_id: maybe(row, 'entity_id'), title: titles.get(text(row, 'entity_id')) ?? null,
    project_id: maybe(row, 'project_id'), mission_id: maybe(row, 'mission_id'), actor_kind: text(row, 'actor_kind'), actor: text(row, 'actor'), actor_name: actors.get(text(row, 'actor')) ?? null,
    on_behalf_of: maybe(row, 'on_behalf_of'), device: text(row, 'device'), changes: JSON.parse(String(row['changes'] ?? '{}')) as unknown, reason: maybe(row, 'reason'), request_id: text(row, 'request_id'),
    correlation_id: text(row, 'correlation_id'), command_id: maybe(row, 'command_id'), names: {},
  }))
}

/** Those who left too: what they did stays theirs. */
async function actorsOf(engine: Engine, org: string, page: readonly RawRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(page.map((row) => text(row, 'actor')))]
  if (ids.length === 0) return new Map()
  const rows = await engine.all(`SELECT user_id, name FROM member WHERE org_id = ? AND user_id IN (${ids.map(() => '?').join(', ')}) ORDER BY updated_at`, [org, ...ids])
  return new Map(rows.map((row) => [text(row, 'user_id'), text(row, 'name')]))
}

/** First searched column of the records named, so that a line reads as a sentence. */
async function titlesOf(engine: Engine, org: string, page: readonly RawRow[]): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for (const name of new Set(page.map((row) => String(row['entity'])))) {
    const rows = page.filter((row) => row['entity'] === name)
    const column = entities.get(name)?.search[0] ?? (name === 'member' ? 'name' : null)
    if (!column) continue
    const ids = [...new Set(rows.map((row) => text(row, 'entity_id')))]
    for (const row of await engine.all(`SELECT id, ${column} AS title FROM ${name} WHERE org_id = ? AND id IN (${ids.map(() => '?').join(', ')})`, [org, ...ids]))
      titles.set(text(row, 'id'), text(row, 'title'))
  }
  return titles
}
