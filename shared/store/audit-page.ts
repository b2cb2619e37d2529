import type { AuditLine } from '../domain/audit/operations.ts'
import { entities } from '../domain/registry.ts'
import type { Engine, RawRow, Value } from './engine.ts'

export interface AuditFilter {
  project_id?: string | undefined
  entity?: string | undefined
  entity_id?: string | undefined
  action?: string | undefined
  actor?: string | undefined
  correlation_id?: string | undefined
  from?: string | undefined
  to?: string | undefined
  cursor?: string | undefined
  limit: number
  /** Narrowed sight: events of these projects, or of the person's own record, or done by the person. */
  projects?: readonly string[]
  own?: string | null
  self?: string
}

const text = (row: RawRow, name: string): string => String(row[name])
const maybe = (row: RawRow, name: string): string | null => (row[name] === null || row[name] === undefined ? null : String(row[name]))

/** A page of the log, newest first, with the names of actors and records as they are now. */
export async function auditPage(engine: Engine, org: string, filter: AuditFilter): Promise<{ rows: AuditLine[]; next_cursor: string | null; total: number }> {
  const conditions = ['e.org_id = ?']
  const values: Value[] = [org]
  const add = (sql: string, ...given: Value[]): void => {
    conditions.push(sql)
    values.push(...given)
  }
  for (const column of ['project_id', 'entity', 'entity_id', 'action', 'actor', 'correlation_id'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) add(`e.${column} = ?`, wanted)
  }
  if (filter.from !== undefined) add('e.occurred_at >= ?', filter.from)
  if (filter.to !== undefined) add('e.occurred_at < ?', filter.to)
  if (filter.projects) {
    const places = filter.projects.map(() => '?').join(', ')
    add(`(e.actor = ? OR e.entity_id = ?${filter.projects.length > 0 ? ` OR e.project_id IN (${places})` : ''})`, filter.self ?? '', filter.own ?? '', ...filter.projects)
  }
  // The chain has no gaps: with nothing to leave out, its head is the count, however long the log is.
  const [counted] = conditions.length === 1
    ? await engine.all('SELECT position AS total FROM audit_head WHERE org_id = ?', [org])
    : await engine.all(`SELECT count(*) AS total FROM audit_event e WHERE ${conditions.join(' AND ')}`, values)
  if (filter.cursor !== undefined) add('e.position < ?', Number(filter.cursor))
  const found = await engine.all(
    `SELECT e.*, m.name AS actor_name FROM audit_event e LEFT JOIN member m ON m.org_id = e.org_id AND m.user_id = e.actor
     WHERE ${conditions.join(' AND ')} ORDER BY e.position DESC LIMIT ?`, [...values, filter.limit + 1])
  const page = found.slice(0, filter.limit)
  const titles = await titlesOf(engine, org, page)
  const rows = page.map((row): AuditLine => ({
    id: text(row, 'id'), position: Number(row['position']), hash: maybe(row, 'hash'), occurred_at: text(row, 'occurred_at'), action: text(row, 'action'), op: maybe(row, 'op'),
    lead: Number(row['lead']) === 1, entity: maybe(row, 'entity'), entity_id: maybe(row, 'entity_id'), title: titles.get(text(row, 'entity_id')) ?? null,
    project_id: maybe(row, 'project_id'), mission_id: maybe(row, 'mission_id'), actor_kind: text(row, 'actor_kind'), actor: text(row, 'actor'), actor_name: maybe(row, 'actor_name'),
    device: text(row, 'device'), changes: JSON.parse(String(row['changes'] ?? '{}')) as unknown, reason: maybe(row, 'reason'), request_id: text(row, 'request_id'),
    correlation_id: text(row, 'correlation_id'), command_id: maybe(row, 'command_id'), names: {},
  }))
  const last = rows.at(-1)
  return { rows, next_cursor: found.length > filter.limit && last ? String(last.position) : null, total: Number(counted?.['total'] ?? 0) }
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
