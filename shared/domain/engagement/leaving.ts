/** How production lets go of somebody, by the table: who may, with which cause, in which words. Nothing that was asked waits any more. */
import type { z } from 'zod'
import type { Refusal } from '../../kernel/result.ts'
import { requestEnd } from '../contracts/requests.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { assignment } from '../planning/model.ts'
import type { cancelAssignments } from '../planning/operations.ts'
import { waysOf } from '../transitions.ts'
import { closeOpen, type AssignmentRow } from './asking.ts'
import { engagementTransitions } from './rules.ts'

type Given = Pick<z.infer<typeof cancelAssignments.input>, 'cause' | 'reason'>

/** What is written as the reason: the code of the table where it has some, else the words given; or why not. */
function reasonOf(tx: Transaction, row: AssignmentRow, { cause, reason }: Given, at: string): { cancel_reason: string | null } | Refusal {
  // What the person said is entered as their answer, by those commands.
  const ways = waysOf(engagementTransitions, row.state, 'canceled').filter(({ permission, own }) => permission !== 'system' && permission !== 'assignment:answer_for' && own !== true)
  if (ways.length === 0) return refuseFor('assignment', 'transition_rejected', detail(`${at}.state`, 'transition', 'canceled', row.state))
  const way = ways.find(({ permission }) => permission !== 'system' && tx.may(permission, row.project_id))
  if (!way) return refuse('auth.forbidden', detail('id', 'permission', ways[0]?.permission ?? null, row.id))
  if (way.reasons) {
    const code = way.reasons.length === 1 ? way.reasons[0] : way.reasons.find((one) => one === cause)
    return code === undefined ? refuse('reason.required', detail('cause', 'required', way.reasons.join(', '), row.id)) : { cancel_reason: code }
  }
  if (way.reason === 'required' && reason === undefined) return refuse('reason.required', detail('reason', 'required', null, row.id))
  return { cancel_reason: reason ?? null }
}

export async function cancel(tx: Transaction, { ids, ...given }: z.infer<typeof cancelAssignments.input>): Promise<{ ids: string[] }> {
  if (given.reason !== undefined) tx.reason(given.reason)
  for (const [index, id] of ids.entries()) {
    const row = await tx.need(assignment, id)
    if (row.state === 'canceled') continue
    const leaving = reasonOf(tx, row, given, `ids.${index}`)
    if (!('cancel_reason' in leaving)) throw leaving
    await closeOpen(tx, id)
    await tx.update(assignment, id, { state: 'canceled', cancel_reason: leaving.cancel_reason, reconfirm_since: null })
    await requestEnd(tx, id, leaving.cancel_reason)
  }
  return { ids: [...ids] }
}
