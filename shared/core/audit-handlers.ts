import { listAudit, verifyAudit, type AuditLine } from '../domain/audit/operations.ts'
import { member } from '../domain/organization/model.ts'
import { entities } from '../domain/registry.ts'
import type { Condition, Reader } from '../domain/operation.ts'
import { pageRequestOf } from '../domain/records.ts'
import { isId, type Id } from '../kernel/id-form.ts'
import { verifyChain } from '../store/audit-chain.ts'
import { auditPage } from '../store/audit-page.ts'
import type { Lens } from '../store/reader.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

/** Columns the person may not read are as empty in the log as in the record: before and after both. */
function veiled(line: AuditLine, lens: Lens | null): AuditLine {
  const entity = line.entity === null ? undefined : entities.get(line.entity)
  if (!entity || !lens || typeof line.changes !== 'object' || line.changes === null) return line
  const changes = line.changes as Record<string, unknown>
  const row: Record<string, unknown> = { id: line.entity_id, ...Object.fromEntries(Object.keys(changes).map((name) => [name, true])), project_id: line.project_id }
  lens.redact(entity, row)
  return { ...line, changes: Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, row[name] === null ? [null, null] : change])) }
}

/** Facts of security events that are somebody, by user id. */
const whoFacts: ReadonlySet<string> = new Set(['about', 'by', 'of', 'told_by', 'user_id'])

/** Titles of the records that changed fields point to (a crew role, a place), and names of whom facts are about, as far as the person sees them. */
async function namesIn(lines: readonly AuditLine[], reader: Reader): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, Set<Id>>()
  const people = new Set<Id>()
  const concern = (target: string, id: Id): void => void wanted.set(target, (wanted.get(target) ?? new Set()).add(id))
  for (const line of lines) {
    if (isId(line.on_behalf_of)) concern('collaborator', line.on_behalf_of)
    if (typeof line.changes !== 'object' || line.changes === null) continue
    const entity = line.entity === null ? undefined : entities.get(line.entity)
    if (line.entity === null) for (const [fact, value] of Object.entries(line.changes)) if (whoFacts.has(fact) && isId(value)) people.add(value)
    if (!entity) continue
    for (const [field, change] of Object.entries(line.changes)) {
      const target = entity.fields[field]?.references
      if (!target || !entities.has(target)) continue
      for (const id of Array.isArray(change) ? change : []) if (isId(id)) concern(target, id)
    }
  }
  const names = new Map<string, string>()
  if (people.size > 0) for (const { user_id, name } of await reader.find(member, { user_id: [...people] }, { removed: true })) names.set(user_id, name)
  for (const [target, ids] of wanted) {
    const entity = entities.get(target)
    const column = entity?.search[0] ?? (entity && 'name' in entity.fields ? 'name' : undefined)
    if (!entity || column === undefined) continue
    const rows: Record<string, unknown>[] = await reader.find(entity, { id: [...ids] }, { removed: true })
    for (const row of rows) if (typeof row[column] === 'string') names.set(String(row['id']), row[column])
  }
  return names
}

const withNames = (line: AuditLine, names: ReadonlyMap<string, string>): AuditLine => {
  const changes: unknown[] = typeof line.changes === 'object' && line.changes !== null ? Object.values(line.changes) : []
  const pointed = [line.on_behalf_of, ...changes].flatMap((change): unknown[] => (Array.isArray(change) ? change : [change])).filter((id): id is string => typeof id === 'string' && names.has(id))
  return { ...line, names: Object.fromEntries(pointed.map((id) => [id, names.get(id) ?? ''])) }
}

export const auditHandlers: readonly CoreHandler[] = [
  coreHandler(listAudit, async (reader, input, { engine, org, person, lens }) => {
    const holding = person.holding('audit:read')
    const sight = holding.everywhere ? 'organization' : holding.projects.size > 0 ? 'projects' : 'own'
    const within = holding.everywhere ? null : { projects: [...holding.projects], record: person.collaborator_id, actor: person.user_id }
    const where: Record<string, Condition> = input.project_id === undefined ? {} : { project_id: input.project_id }
    const { rows, ...page } = await auditPage(engine, org, { ...pageRequestOf(input, ['-position']), where }, within)
    const items = rows.map((row) => veiled(row, lens))
    const names = await namesIn(items, reader)
    return { items: items.map((line) => withNames(line, names)), ...page, sight }
  }),
  coreHandler(verifyAudit, async (_, __, { engine, org }) => verifyChain(engine, org)),
]
