/** Blocks of availability against each other. */
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { availability } from './model.ts'

/** Blocks of one person and scope never overlap: those under the new one are cut or taken away (decision A30). */
export async function clearBlocks(tx: Transaction, block: { collaborator_id: Id; project_id: Id | null; start_at: string; end_at: string }, replace: boolean): Promise<void> {
  const overlapping = await tx.find(availability, {
    collaborator_id: block.collaborator_id, availability_project_id: block.project_id, start_at: { lt: block.end_at }, end_at: { gt: block.start_at },
  }, { sort: ['start_at'] })
  if (overlapping.length > 0 && !replace)
    throw refuse('availability.overlap', ...overlapping.map((one) => detail('start_at', 'overlap', null, `${one.start_at} / ${one.end_at}`)))
  for (const one of overlapping) {
    const before = one.start_at < block.start_at
    const after = one.end_at > block.end_at
    if (after)
      await tx.insert(availability, `rest:${one.id}`, {
        collaborator_id: one.collaborator_id, availability_project_id: one.availability_project_id, kind: one.kind, zone: one.zone, source: one.source,
        reason: one.reason, start_at: block.end_at as typeof one.start_at, end_at: one.end_at,
      })
    if (before) await tx.update(availability, one.id, { end_at: block.start_at as typeof one.start_at })
    else await tx.remove(availability, one.id)
  }
}
