/** What a yes calls for. A consequence of the answer, made by whoever decides it; what is asked for already is not asked twice. */
import type { Id } from '../../kernel/ids.ts'
import type { Row } from '../entity.ts'
import type { EngagementKind } from '../engagement/rules.ts'
import type { Reader, Transaction } from '../operation.ts'
import type { assignment } from '../planning/model.ts'
import { expectedDocument, paperworkRule } from './model.ts'
import { usualPaperwork, type PaperworkKind } from './rules.ts'

type AssignmentRow = Row<typeof assignment>

/** The organization's word, else what is usual. */
export async function paperworkOf(reader: Reader, engagement_kind: EngagementKind): Promise<readonly PaperworkKind[]> {
  const [rule] = await reader.find(paperworkRule, { engagement_kind })
  return rule?.kinds ?? usualPaperwork[engagement_kind]
}

export async function expectOne(tx: Transaction, row: AssignmentRow, kind: PaperworkKind, acceptance_id: Id | null): Promise<Row<typeof expectedDocument>> {
  const [there] = await tx.find(expectedDocument, { assignment_id: row.id, kind })
  if (there) return there
  const { project_id, mission_id, collaborator_id, id: assignment_id } = row
  return tx.insert(expectedDocument, `expect:${acceptance_id ?? assignment_id}:${kind}`, { project_id, mission_id, collaborator_id, assignment_id, acceptance_id, kind, expected_at: tx.call.now })
}

/** After a yes, by the acceptance that says it. */
export async function expectPaperwork(tx: Transaction, row: AssignmentRow, acceptance_id: Id): Promise<void> {
  for (const kind of await paperworkOf(tx, row.engagement_kind)) await expectOne(tx, row, kind, acceptance_id)
}

/** What nobody handed in goes with an assignment that is removed; throws `paperwork.kept` for what somebody did. */
export async function removePaperwork(tx: Transaction, assignment_id: Id): Promise<void> {
  for (const one of await tx.find(expectedDocument, { assignment_id }, { sort: ['id'] })) await tx.remove(expectedDocument, one.id)
}
