/**
 * What a signed contract asks for when its assignments change: an amendment when terms do, a void when an engagement ends (domain chapters 4 and
 * 7). Consequences: made by whoever decides the change, so that no change waits for them; one open request of a kind for an assignment.
 */
import type { Id } from '../../kernel/ids.ts'
import type { Transaction } from '../operation.ts'
import { assignment } from '../planning/model.ts'
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

/** Codes only: words of people go elsewhere. */
const asCode = (cause: string | null): string => (cause !== null && /^[a-z_]{1,60}$/.test(cause) ? cause : 'canceled')

/** An engaged assignment was canceled: what was sent or signed over it alone is to be made void, over others too to be amended. */
export async function requestEnd(tx: Transaction, assignment_id: Id, cause: string | null): Promise<void> {
  const [link] = await tx.find(contractAssignment, { assignment_id })
  if (!link) return
  const others = (await tx.find(contractAssignment, { contract_id: link.contract_id })).filter((one) => one.assignment_id !== assignment_id)
  const left = (await tx.getMany(assignment, others.map((one) => one.assignment_id))).some(({ state }) => state !== 'canceled')
  await ask(tx, { assignment_id, kind: left ? 'amendment' : 'void', cause: asCode(cause) }, null)
}
