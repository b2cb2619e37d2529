/** The ladder, step by step. Several rows are refused together, each with its reason, before any of them is written. */
import type { Id } from '../../kernel/ids.ts'
import type { ErrorDetail } from '../../kernel/result.ts'
import { contractAssignment, contractVersion } from '../contracts/model.ts'
import { contractKindOf } from '../contracts/rules.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { handle, type Handler, type Transaction } from '../operation.ts'
import { lackingFor, type ExpectedRow } from '../paperwork/missing.ts'
import { assignment } from '../planning/model.ts'
import { transitionOf } from '../transitions.ts'
import { acceptanceOf, sayNo, sayYes, takeBackYes } from './answering.ts'
import { checkTold, closeOpen, deadlineOfAskingAgain, draftFor, latestOf, openOf, tell, type AcceptanceRow, type AssignmentRow } from './asking.ts'
import { acceptance, reminder } from './model.ts'
import * as operations from './operations.ts'
import { engagementTransitions, type EngagementState } from './rules.ts'

const rejected = (row: AssignmentRow, to: EngagementState, at = 'state') => refuseFor('assignment', 'transition_rejected', detail(at, 'transition', to, row.state))
const written = ({ id, version }: { id: Id; version: number }): { id: Id; version: number } => ({ id, version })

/** What a person answers about: a role, hours, a rate where this computer knows rates. */
function missingOf(tx: Transaction, row: AssignmentRow, at: string): ErrorDetail[] {
  const rates = tx.may('rates:read', row.project_id) && row.engagement_kind !== 'volunteer'
  return [
    ...(row.crew_role_id === null ? [detail(`${at}.crew_role_id`, 'required', null, row.id)] : []),
    ...(rates && row.rate_minor === null ? [detail(`${at}.rate_minor`, 'required', null, row.id)] : []),
  ]
}

interface ToAsk {
  row: AssignmentRow
  deadline_at: AcceptanceRow['deadline_at']
}

/** Made ready to be told. From canceled, a new question that names the former. */
async function ask(tx: Transaction, { row, deadline_at }: ToAsk): Promise<AcceptanceRow> {
  const former = await latestOf(tx, row.id)
  if (row.state !== 'proposed') await tx.update(assignment, row.id, { state: 'proposed', cancel_reason: null, reconfirm_since: null })
  return draftFor(tx, row, { former_id: former?.id ?? null, deadline_at, tell_at: tx.call.now })
}

/** The question that stands already, when it does: one's own is not asked twice, nobody's is asked over. */
async function asked(tx: Transaction, { row, deadline_at }: ToAsk): Promise<AcceptanceRow | null> {
  if (row.state !== 'proposed') return null
  const { draft, pending } = await openOf(tx, row.id)
  const open = pending ?? draft
  if (!open) return null
  const mine = open.created_by === tx.call.actor
  // Nobody was told, and it is too late to tell: it gets another deadline.
  if (!pending && open.deadline_at !== deadline_at && (mine || open.deadline_at <= tx.call.decided_at)) return tx.update(acceptance, open.id, { deadline_at })
  if (!mine) throw refuse('assignment.asked_already', detail('id', 'asked', open.created_at, row.id))
  return open
}

/** Rows as they were when their asker read them: what is asked is on their screen. */
const terms = ['start_at', 'end_at', 'crew_role_id', 'rate_minor', 'rate_currency', 'cachets', 'collaborator_id'] as const

async function propose(tx: Transaction, { changes }: { changes: readonly { id: Id; version: number; deadline_at: AcceptanceRow['deadline_at'] }[] }) {
  const wanted: ToAsk[] = []
  const missing: ErrorDetail[] = []
  for (const [index, { id, version, deadline_at }] of changes.entries()) {
    const row = await tx.need(assignment, id)
    if (row.state !== 'proposed' && transitionOf(engagementTransitions, row.state, 'proposed') === null) throw rejected(row, 'proposed', `changes.${index}.state`)
    await tx.checkVersion(assignment, row, version, terms)
    if (deadline_at <= tx.call.decided_at) missing.push(detail(`changes.${index}.deadline_at`, 'passed', null, deadline_at))
    missing.push(...missingOf(tx, row, `changes.${index}`))
    wanted.push({ row, deadline_at })
  }
  if (missing.length > 0) throw refuse('assignment.not_askable', ...missing)
  const acceptance_ids: Id[] = []
  for (const one of wanted) acceptance_ids.push(((await asked(tx, one)) ?? (await ask(tx, one))).id)
  return { ids: wanted.map(({ row }) => row.id), acceptance_ids }
}

/** The draft of changed terms, told without waiting; where none is left (a question that passed), another. */
async function again(tx: Transaction, { id, deadline_at }: { id: Id; deadline_at?: AcceptanceRow['deadline_at'] | undefined }): Promise<AcceptanceRow> {
  const row = await tx.need(assignment, id)
  const { draft, pending } = await openOf(tx, id)
  const until = deadline_at ?? null
  if (until !== null && until <= tx.call.decided_at) throw refuse('assignment.not_askable', detail('deadline_at', 'passed', null, until))
  if (draft) return tx.update(acceptance, draft.id, { tell_at: draft.tell_at < tx.call.now ? draft.tell_at : tx.call.now, ...(until === null ? {} : { deadline_at: until }) })
  if (pending) return pending
  if (row.reconfirm_since === null) throw rejected(row, 'proposed')
  const former = await latestOf(tx, id)
  return draftFor(tx, row, { former_id: former?.id ?? null, deadline_at: until ?? deadlineOfAskingAgain(tx.call.now, row), tell_at: tx.call.now })
}

/** Who is spoken for is named in the audit; what they said is not. */
async function answeringFor(tx: Transaction, { id, reason }: { id: Id; reason: string }): Promise<AssignmentRow> {
  const row = await tx.need(assignment, id)
  tx.onBehalfOf(row.collaborator_id)
  tx.reason(reason)
  return row
}

/** A telephone call: asked, told and answered at once. */
async function askedByVoice(tx: Transaction, row: AssignmentRow): Promise<AcceptanceRow> {
  if (row.state !== 'planned' && row.state !== 'canceled') throw rejected(row, 'accepted')
  if (!tx.may('assignment:plan', row.project_id)) throw refuse('auth.forbidden', detail(null, 'permission', 'assignment:plan'))
  const missing = missingOf(tx, row, 'id')
  if (missing.length > 0) throw refuse('assignment.not_askable', ...missing)
  return ask(tx, { row, deadline_at: deadlineOfAskingAgain(tx.call.now, row) })
}

/** The assignment of an acceptance that the authority speaks of. */
async function asAsked(tx: Transaction, id: Id): Promise<{ one: AcceptanceRow; row: AssignmentRow }> {
  const one = await tx.need(acceptance, id)
  return { one, row: await tx.need(assignment, one.assignment_id) }
}

/** Releases who was asked and did not answer; who had accepted before stays, to be confirmed again. */
async function expire(tx: Transaction, id: Id): Promise<AcceptanceRow> {
  const { one, row } = await asAsked(tx, id)
  if (one.state === 'expired') return one
  if (one.state !== 'pending') throw refuseFor('acceptance', 'transition_rejected', detail('id', 'transition', 'expired', one.state))
  if (one.deadline_at > tx.call.decided_at) throw refuse('acceptance.not_due', detail('deadline_at', 'to_come', null, one.deadline_at))
  const after = await tx.update(acceptance, id, { state: 'expired' })
  // Other terms are about to be asked: that question takes its place.
  if (row.state === 'proposed' && (await openOf(tx, row.id)).draft === null) await tx.update(assignment, row.id, { state: 'canceled', cancel_reason: 'expired' })
  return after
}

async function executed(tx: Transaction, row: AssignmentRow, at = 'state'): Promise<AssignmentRow> {
  if (row.state === 'executed') return row
  if (row.state !== 'confirmed') throw rejected(row, 'executed', at)
  // They came: what was still asked of them is answered by that, and no terms change any more.
  await closeOpen(tx, row.id)
  return tx.update(assignment, row.id, { state: 'executed', reconfirm_since: null })
}

/** Nothing more is waited for: its contract is signed, or its engagement calls for none any more. */
async function isUnderSigned(tx: Transaction, row: AssignmentRow): Promise<boolean> {
  if (contractKindOf(row.engagement_kind) === null) return true
  const [link] = await tx.find(contractAssignment, { assignment_id: row.id })
  return link !== undefined && (await tx.find(contractVersion, { contract_id: link.contract_id })).some(({ signed_at }) => signed_at !== null)
}

/** What was asked for and is still missing, by the reminders that were given. */
async function openReminders(tx: Transaction, row: AssignmentRow, lacking: readonly ExpectedRow[]): Promise<ErrorDetail[]> {
  const open = await openOf(tx, row.id)
  const waiting = new Set<string>([open.draft, open.pending].flatMap((one) => (one ? [one.id] : [])))
  const given = await tx.find(reminder, { assignment_id: row.id })
  const signed = given.some(({ kind }) => kind === 'contract_expected') && (await isUnderSigned(tx, row))
  const isOpen = { acceptance_missing: (subject: string) => waiting.has(subject), contract_expected: () => !signed, document_missing: (subject: string) => lacking.some(({ id }) => id === subject) }
  return given.filter(({ kind, subject_id }) => isOpen[kind](subject_id)).map(({ kind }) => detail('reminder', kind, null, row.id))
}

/** What was done, with attendance entered, every document looked at, and nothing that anybody was reminded of still missing. */
async function closed(tx: Transaction, ids: readonly Id[]) {
  const rows: AssignmentRow[] = []
  const missing: ErrorDetail[] = []
  const papers = await lackingFor(tx, ids, 'close')
  for (const [index, id] of ids.entries()) {
    const row = await tx.need(assignment, id)
    if (row.state === 'closed') continue
    if (row.state !== 'executed') throw rejected(row, 'closed', `ids.${index}`)
    if (row.presence === null) missing.push(detail('presence', 'required', null, id))
    const lacking = papers.get(id) ?? []
    missing.push(...lacking.map(({ kind, state }) => detail('document', kind, state, id)))
    missing.push(...(await openReminders(tx, row, lacking)))
    rows.push(row)
  }
  if (missing.length > 0) throw refuse('assignment.not_closable', ...missing)
  for (const row of rows) await tx.update(assignment, row.id, { state: 'closed' })
  return { ids: [...ids] }
}

export const engagementHandlers: readonly Handler[] = [
  handle(operations.proposeAssignments, propose),
  handle(operations.askAgain, async (tx, { changes }) => {
    const acceptance_ids: Id[] = []
    for (const one of changes) acceptance_ids.push((await again(tx, one)).id)
    return { ids: changes.map(({ id }) => id), acceptance_ids }
  }),
  handle(operations.dispatchAcceptances, async (tx, { changes, channel }) => {
    for (const { id, told } of changes) {
      const one = await tx.need(acceptance, id)
      checkTold(one, told)
      await tell(tx, one, channel)
    }
    return { ids: changes.map(({ id }) => id) }
  }),
  handle(operations.revokeLink, async (tx, { id, version }) => {
    const one = await tx.need(acceptance, id)
    await tx.checkVersion(acceptance, one, version, ['round'])
    return written(await tx.update(acceptance, id, { round: one.round + 1 }))
  }),

  handle(operations.acceptOwn, async (tx, input) => {
    const row = await tx.need(assignment, input.id)
    return written(await sayYes(tx, row, await acceptanceOf(tx, row, input.acceptance_id), { ...input, source: 'app' }))
  }),
  handle(operations.declineOwn, async (tx, input) => {
    const row = await tx.need(assignment, input.id)
    return written(await sayNo(tx, row, await acceptanceOf(tx, row, input.acceptance_id), { ...input, source: 'app' }))
  }),
  handle(operations.withdrawOwn, async (tx, input) => written(await takeBackYes(tx, await tx.need(assignment, input.id), { ...input, source: 'app' }))),
  handle(operations.acceptFor, async (tx, input) => {
    const row = await answeringFor(tx, input)
    return written(await sayYes(tx, row, await acceptanceOf(tx, row, input.acceptance_id), input))
  }),
  handle(operations.acceptByVoice, async (tx, input) => {
    const one = await askedByVoice(tx, await answeringFor(tx, input))
    return written(await sayYes(tx, await tx.need(assignment, input.id), one, input))
  }),
  handle(operations.declineFor, async (tx, input) => {
    const row = await answeringFor(tx, input)
    return written(await sayNo(tx, row, await acceptanceOf(tx, row, input.acceptance_id), input))
  }),
  handle(operations.withdrawFor, async (tx, input) => written(await takeBackYes(tx, await answeringFor(tx, input), input))),

  handle(operations.recordPresence, async (tx, { changes }) => {
    for (const [index, { id, version, ...values }] of changes.entries()) {
      const row = await tx.need(assignment, id)
      if (row.state !== 'accepted' && row.state !== 'confirmed' && row.state !== 'executed') throw rejected(row, 'executed', `changes.${index}.state`)
      await tx.checkVersion(assignment, row, version, Object.keys(values))
      const after = await tx.update(assignment, id, values)
      if (after.actual_start_at !== null && after.actual_end_at !== null && after.actual_start_at >= after.actual_end_at)
        throw refuse('validation.window_reversed', detail('actual_end_at', 'validation.window_reversed', null, `${after.actual_start_at} / ${after.actual_end_at}`))
    }
    return { ids: changes.map(({ id }) => id) }
  }),
  handle(operations.executeAssignments, async (tx, { ids }) => {
    for (const [index, id] of ids.entries()) await executed(tx, await tx.need(assignment, id), `ids.${index}`)
    return { ids: [...ids] }
  }),
  handle(operations.closeAssignments, (tx, { ids }) => closed(tx, ids)),

  handle(operations.toldBySystem, async (tx, { id, channel }) => written(await tell(tx, await tx.need(acceptance, id), channel))),
  handle(operations.openedBySystem, async (tx, { id }) => {
    const one = await tx.need(acceptance, id)
    return written(one.opened_at === null ? await tx.update(acceptance, id, { opened_at: tx.call.now }) : one)
  }),
  handle(operations.answerByLink, async (tx, { id, answer, ...said }) => {
    const { one, row } = await asAsked(tx, id)
    tx.onBehalfOf(row.collaborator_id)
    await (answer === 'accepted' ? sayYes : sayNo)(tx, row, one, { ...said, source: 'link' })
    return written(await tx.need(acceptance, id))
  }),
  handle(operations.expireBySystem, async (tx, { id }) => written(await expire(tx, id))),
  handle(operations.noteLateBySystem, async (tx, { id, ...late }) => written(await tx.update(acceptance, id, { late }))),
  handle(operations.executeBySystem, async (tx, { id }) => {
    const row = await tx.need(assignment, id)
    if (row.state === 'confirmed') {
      if (row.end_at > tx.call.decided_at) throw refuse('assignment.not_over', detail('end_at', 'to_come', null, row.end_at))
      if (row.presence === null || row.presence === 'absent') throw refuse('assignment.not_over', detail('presence', 'required', null, row.id))
    }
    return written(await executed(tx, row))
  }),
]
