/**
 * Answers (decision 0011, 5): a yes, a no, a yes taken back, by the person, by who enters it for them, or through their link. The answer is
 * written on the acceptance, its effect on the assignment; `cancel_reason` holds a code that all may read, the person's words stay with them.
 */
import { requestEnd } from '../contracts/requests.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { expectPaperwork } from '../paperwork/expecting.ts'
import { assignment } from '../planning/model.ts'
import { checkTold, closeOpen, draftFor, latestOf, markTold, openOf, withdraw, type AcceptanceRow, type AssignmentRow } from './asking.ts'
import { acceptance, type answerSources } from './model.ts'

export interface Said {
  source: (typeof answerSources)[number]
  conditions?: string | undefined
  words?: string | undefined
  accepted?: number | undefined
  refused?: number | undefined
  told?: { start_at: Instant; end_at: Instant; role: string | null } | undefined
}

const rejected = (state: string, wanted: string) => refuseFor('acceptance', 'transition_rejected', detail('acceptance_id', 'transition', wanted, state))

/** The acceptance named, of this assignment. */
export async function acceptanceOf(tx: Transaction, row: AssignmentRow, id: Id): Promise<AcceptanceRow> {
  const one = await tx.get(acceptance, id)
  if (one?.assignment_id !== row.id) throw refuseFor('acceptance', 'not_found', detail('acceptance_id', 'not_found', null, id))
  return one
}

/** Their answer shows that they were told, whatever this computer knows of it. */
async function toldBy(tx: Transaction, one: AcceptanceRow, source: Said['source']): Promise<void> {
  if (one.state === 'draft') await markTold(tx, one, source === 'app' ? 'inbox' : source === 'link' ? 'email' : 'hand')
}

/** Of a team: how many come and how many do not; of one person, nothing to count. */
function countsOf({ terms: { quantity } }: AcceptanceRow, { accepted, refused }: Said): { accepted: number; refused: number } | null {
  if (quantity === 1 && accepted === undefined && refused === undefined) return null
  const coming = accepted ?? quantity - (refused ?? 0)
  const absent = refused ?? quantity - coming
  if (coming < 1 || absent < 0 || coming + absent > quantity) throw refuse('validation.invalid', detail('accepted', 'too_big', String(quantity), String(coming + absent)))
  return { accepted: coming, refused: absent }
}

/** Throws `acceptance.terms_changed` when other terms are about to be asked, `acceptance.deadline_passed`, `acceptance.transition_rejected` for one that is over. */
export async function sayYes(tx: Transaction, row: AssignmentRow, one: AcceptanceRow, said: Said): Promise<AssignmentRow> {
  if (one.state === 'accepted') return row
  if (one.state !== 'draft' && one.state !== 'pending') throw rejected(one.state, 'accepted')
  if (row.state !== 'proposed' && row.state !== 'accepted' && row.state !== 'confirmed') throw refuseFor('assignment', 'transition_rejected', detail('state', 'transition', 'accepted', row.state))
  const { draft } = await openOf(tx, row.id)
  if (draft && draft.id !== one.id) throw refuse('acceptance.terms_changed', detail('acceptance_id', 'terms', null, one.id))
  checkTold(one, said.told)
  if (one.state === 'pending' && one.deadline_at <= tx.call.decided_at) throw refuse('acceptance.deadline_passed', detail('deadline_at', 'passed', null, one.deadline_at))
  const counts = countsOf(one, said)
  await toldBy(tx, one, said.source)
  await tx.update(acceptance, one.id, { state: 'accepted', answered_at: tx.call.now, source: said.source, conditions: said.conditions ?? null, words: said.words ?? null, ...counts })
  const counted = counts ? { answers_accepted: counts.accepted, answers_refused: counts.refused } : {}
  await expectPaperwork(tx, row, one.id)
  return tx.update(assignment, row.id, { ...(row.state === 'proposed' ? { state: 'accepted' } : {}), reconfirm_since: null, ...counted })
}

/**
 * A no: who was asked is released; who had accepted and is asked again has withdrawn; confirmed, they stay so, to be confirmed again, for
 * production to decide (only a manager leaves that state).
 */
export async function sayNo(tx: Transaction, row: AssignmentRow, one: AcceptanceRow, { words, source }: Said): Promise<AssignmentRow> {
  if (one.state === 'refused') return row
  if (one.state !== 'draft' && one.state !== 'pending') throw rejected(one.state, 'refused')
  await toldBy(tx, one, source)
  await tx.update(acceptance, one.id, { state: 'refused', answered_at: tx.call.now, source, words: words ?? null })
  if (row.state !== 'proposed' && row.state !== 'accepted') return row
  await closeOpen(tx, row.id)
  const cancel_reason = row.state === 'proposed' ? 'declined_by_collaborator' : 'withdrawn_by_collaborator'
  await requestEnd(tx, row.id, cancel_reason)
  return tx.update(assignment, row.id, { state: 'canceled', reconfirm_since: null, cancel_reason })
}

/** Takes a yes back. Words go beside it; where it had never been recorded, an acceptance is made to hold them. */
export async function takeBackYes(tx: Transaction, row: AssignmentRow, { words, source }: Said): Promise<AssignmentRow> {
  if (row.state === 'canceled' && row.cancel_reason === 'withdrawn_by_collaborator') return row
  if (row.state !== 'accepted') throw refuseFor('assignment', 'transition_rejected', detail('state', 'transition', 'canceled', row.state))
  const { draft, pending } = await openOf(tx, row.id)
  await withdraw(tx, draft)
  await withdraw(tx, pending)
  if (words !== undefined) {
    const latest = (await latestOf(tx, row.id)) ?? (await draftFor(tx, row, { former_id: null, deadline_at: tx.call.now, tell_at: tx.call.now }))
    await tx.update(acceptance, latest.id, { words: latest.words === null ? words : `${latest.words}\n${words}`.slice(0, 2000), ...(latest.state === 'draft' ? { state: 'withdrawn' as const, source } : {}) })
  }
  await requestEnd(tx, row.id, 'withdrawn_by_collaborator')
  return tx.update(assignment, row.id, { state: 'canceled', reconfirm_since: null, cancel_reason: 'withdrawn_by_collaborator' })
}
