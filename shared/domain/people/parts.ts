/** What belongs to a person of the directory and comes and goes with them. */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import { availabilityRequest } from '../availability/model.ts'
import { detail, refuseFor } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { restoreParts } from '../parts.ts'
import { assignment } from '../planning/model.ts'
import { availability, certification, collaboratorRole, collaboratorSkill, consent } from './model.ts'

const parts = [collaboratorRole, collaboratorSkill, certification, availability, availabilityRequest, consent] as const

/** Someone who is or was planned stays on history: their row is kept, inactive, never dropped from under an assignment. */
export async function removeCollaboratorParts(tx: Transaction, id: Id): Promise<void> {
  const coming = await tx.find(assignment, { collaborator_id: id, end_at: { gt: tx.call.now }, state: { not: 'canceled' } }, { limit: 20 })
  if (coming.length > 0) throw refuseFor('collaborator', 'in_use', ...coming.map((one) => detail('assignment', 'in_use', null, one.id)))
  for (const part of parts) for (const row of await tx.find(part, { collaborator_id: id })) await tx.remove(part, row.id)
}
export async function restoreCollaboratorParts(tx: Transaction, id: Id, at: Instant): Promise<void> {
  for (const part of parts) await restoreParts(tx, part, { collaborator_id: id }, at)
}
