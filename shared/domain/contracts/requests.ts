/**
 * What a signed contract asks for when its assignments change: an amendment when terms do, a void when an engagement ends (domain chapters 4 and
 * 7). Consequences: made by whoever decides the change, so that no change waits for them; one open request of a kind for an assignment.
 */
import type { Id } from '../../kernel/ids.ts'
import type { Transaction } from '../operation.ts'
import { contract, contractAssignment, contractRequest, contractVersion } from './model.ts'
import { asksAmendment, isSigned, versionInForce, type RequestKind } from './rules.ts'

interface Asked {
  assignment_id: Id
  kind: RequestKind
  /** Columns that changed, or the code of why it ended. */
  cause: string
}

async function ask(tx: Transaction, { assignment_id, kind, cause }: Asked, columns: readonly string[] | null): Promise<void> {
  const [link] = await tx.find(contractAssignment, { assignment_id })
  if (!link) return
  const of = await tx.get(contract, link.contract_id)
  if (!of) return
  const versions = await tx.find(contractVersion, { contract_id: of.id }, { sort: ['-number'] })
  const standing = versionInForce(versions) ?? versions.find((one) => isSigned(one) && one.state !== 'archived') ?? versions.find(({ state }) => state === 'sent') ?? null
  if (!standing || (columns !== null && !asksAmendment(standing, columns))) return
  const open = await tx.find(contractRequest, { contract_id: of.id, assignment_id, kind, state: 'open' })
  if (open.length > 0) return
  await tx.insert(contractRequest, `request:${kind}:${assignment_id}`, {
    project_id: of.project_id, contract_id: of.id, contract_version_id: standing.id, assignment_id, collaborator_id: of.collaborator_id, kind, cause: cause.slice(0, 300),
  })
}

/** Terms of an answered assignment changed: a signed contract over it is to be amended. */
export const requestAmendment = (tx: Transaction, assignment_id: Id, columns: readonly string[]): Promise<void> => ask(tx, { assignment_id, kind: 'amendment', cause: columns.join(', ') || 'terms' }, columns)

/** An engaged assignment was canceled: a contract that was sent or signed over it is to be amended or made void. */
export const requestVoidOf = (tx: Transaction, assignment_id: Id, cause: string): Promise<void> => ask(tx, { assignment_id, kind: 'void', cause }, null)
