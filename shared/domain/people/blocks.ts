/** Blocks of availability against each other. */
import type { Id } from '../../kernel/ids.ts'
import type { Row } from '../entity.ts'
import { detail, refuse } from '../errors.ts'
import type { Reader, Transaction } from '../operation.ts'
import { availability } from './model.ts'

export type Block = Row<typeof availability>
type Window = Pick<Block, 'start_at' | 'end_at'>
export interface NewBlock {
  collaborator_id: Id
  project_id: Id | null
  start_at: string
  end_at: string
}

/** What stays of a block once another lies over it: nothing, one part, or both ends. */
export function partsBeside(block: Window, over: { start_at: string; end_at: string }): Window[] {
  return [
    ...(block.start_at < over.start_at ? [{ start_at: block.start_at, end_at: over.start_at as Block['end_at'] }] : []),
    ...(block.end_at > over.end_at ? [{ start_at: over.end_at as Block['start_at'], end_at: block.end_at }] : []),
  ]
}

/** Blocks of the same person and scope that a new one would lie over, the earliest first. */
export const blocksUnder = (reader: Reader, block: NewBlock): Promise<Block[]> => reader.find(availability, {
  collaborator_id: block.collaborator_id, availability_project_id: block.project_id, start_at: { lt: block.end_at }, end_at: { gt: block.start_at },
}, { sort: ['start_at'] })

/** What a piece of a block keeps of it. */
export const restOf = ({ collaborator_id, availability_project_id, kind, zone, source, reason, availability_request_id, external_id }: Block) =>
  ({ collaborator_id, availability_project_id, kind, zone, source, reason, availability_request_id, external_id })

/** Blocks of one person and scope never overlap: those under the new one are cut or taken away (decision A30). */
export async function clearBlocks(tx: Transaction, block: NewBlock, replace: boolean): Promise<void> {
  const overlapping = await blocksUnder(tx, block)
  if (overlapping.length > 0 && !replace)
    throw refuse('availability.overlap', ...overlapping.map((one) => detail('start_at', 'overlap', null, `${one.start_at} / ${one.end_at}`)))
  for (const one of overlapping) {
    const parts = partsBeside(one, block)
    const before = parts.find((part) => part.start_at === one.start_at)
    const after = parts.find((part) => part !== before)
    if (after) await tx.insert(availability, `rest:${one.id}`, { ...restOf(one), ...after })
    if (before) await tx.update(availability, one.id, { end_at: before.end_at })
    else await tx.remove(availability, one.id)
  }
}
