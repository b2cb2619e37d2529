import type { Id } from '../../kernel/ids.ts'
import { detail, refuse } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { member } from '../organization/model.ts'
import { assignment } from '../planning/model.ts'

/** Nobody grants more than they hold: who is linked reads what is the person's own wherever the person works. Throws `member.grants_more`. */
export async function checkLink(tx: Transaction, id: Id, field: string): Promise<void> {
  const projects = await tx.values(assignment, 'project_id', { collaborator_id: id })
  if (!projects.every((project) => tx.may('project:bind', project))) throw refuse('member.grants_more', detail(field, 'more_than_held', null, id))
}

/** Merging hands a user the work of the other entry as their own: the same right as linking them to it. */
export async function checkMergedLink(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  const linked = new Set((await tx.find(member, { collaborator_id: [kept, merged] })).map((row) => row.collaborator_id))
  if (linked.has(kept)) await checkLink(tx, merged, 'merged_id')
  if (linked.has(merged)) await checkLink(tx, kept, 'kept_id')
}
