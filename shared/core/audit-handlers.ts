import { listAudit, verifyAudit, type AuditLine } from '../domain/audit/operations.ts'
import { verifyChain } from '../store/audit-chain.ts'
import { auditPage } from '../store/audit-page.ts'
import { coreHandler, type CoreHandler } from './organization-core.ts'

export const auditHandlers: readonly CoreHandler[] = [
  coreHandler(listAudit, async (_, input, { engine, org, person }) => {
    const holding = person.holding('audit:read')
    const scope = holding.everywhere ? {} : { projects: [...holding.projects], own: person.collaborator_id, self: person.user_id }
    const { rows, next_cursor, total } = await auditPage(engine, org, { ...input, ...scope, limit: input.limit ?? 50 })
    const items: AuditLine[] = rows.map((row) => ({ ...row, changes: row.changes }))
    return { items, next_cursor, total }
  }),
  coreHandler(verifyAudit, async (_, __, { engine, org }) => verifyChain(engine, org)),
]
