import { listAudit, verifyAudit, type AuditLine } from '../domain/audit/operations.ts'
import { entities } from '../domain/registry.ts'
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

export const auditHandlers: readonly CoreHandler[] = [
  coreHandler(listAudit, async (_, input, { engine, org, person, lens }) => {
    const holding = person.holding('audit:read')
    const scope = holding.everywhere ? {} : { projects: [...holding.projects], own: person.collaborator_id, self: person.user_id }
    const { rows, next_cursor, total } = await auditPage(engine, org, { ...input, ...scope, limit: input.limit ?? 50 })
    return { items: rows.map((row) => veiled(row, lens)), next_cursor, total }
  }),
  coreHandler(verifyAudit, async (_, __, { engine, org }) => verifyChain(engine, org)),
]
