/** What goes with an assignment that is removed: questions nobody was told of. One that was asked stays in history, canceled. */
import type { Id } from '../../kernel/ids.ts'
import type { Transaction } from '../operation.ts'
import { removePaperwork } from '../paperwork/expecting.ts'
import { acceptance } from './model.ts'

/** Throws `acceptance.asked` when somebody was told, `paperwork.kept` when a document was handed in. */
export async function removeQuestions(tx: Transaction, assignment_id: Id): Promise<void> {
  for (const one of await tx.find(acceptance, { assignment_id }, { sort: ['id'] })) await tx.remove(acceptance, one.id)
  await removePaperwork(tx, assignment_id)
}
