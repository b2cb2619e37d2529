/**
 * Asking a person: the draft that says on which terms, telling it, asking again when terms change, and letting go of what is still open
 * (decision 0011, 1 to 4). Nothing of it is entered: made alike wherever the command is decided.
 */
import { canonicalJson, sha256 } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import { fromMs, HOUR, MINUTE, toMs, type Instant } from '../../kernel/instants.ts'
import type { Row } from '../entity.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { location } from '../locations/model.ts'
import type { Reader, Transaction } from '../operation.ts'
import { crewRole } from '../organization/model.ts'
import { mission, project, type assignment } from '../planning/model.ts'
import { acceptance, type OfferedTerms, type tellingChannels } from './model.ts'

export type AssignmentRow = Row<typeof assignment>
export type AcceptanceRow = Row<typeof acceptance>

/** A draft of changed terms is told after that: trying a plan writes to nobody. */
export const tryingMinutes = 15
/** How long somebody has to answer on changed terms. */
export const askedAgainHours = 72

const later = (from: Instant, ms: number): Instant => fromMs(toMs(from) + ms)

/** Never after the call, unless it is past already. */
export function deadlineOfAskingAgain(now: Instant, row: AssignmentRow): Instant {
  const call = row.call_at ?? row.start_at
  const usual = later(now, askedAgainHours * HOUR)
  return call > now && call < usual ? call : usual
}

interface Offer {
  terms: OfferedTerms
  rate: AcceptanceRow['rate']
  digest: string
}

/** What a person answers on: what of two offers must be the same for one answer to hold for both. */
const answeredOn = ({ terms: { start_at, end_at, role, cachets }, rate }: Pick<Offer, 'terms' | 'rate'>): string => canonicalJson({ start_at, end_at, role, cachets, rate })
const sameOffer = (one: Pick<Offer, 'terms' | 'rate'>, other: Pick<Offer, 'terms' | 'rate'>): boolean => answeredOn(one) === answeredOn(other)

/** An assignment in the words of today. Where rates are not on this computer, none is in it. */
async function offerOf(tx: Transaction, row: AssignmentRow): Promise<Offer> {
  const on = await tx.need(mission, row.mission_id)
  const role = row.crew_role_id === null ? null : await tx.get(crewRole, row.crew_role_id)
  const place = on.location_id === null ? null : await tx.get(location, on.location_id)
  const terms: OfferedTerms = {
    project: (await tx.need(project, row.project_id)).name, mission: on.title, role: role?.name ?? null, place: place?.name ?? null,
    start_at: row.start_at, end_at: row.end_at, call_at: row.call_at, zone: on.zone, engagement_kind: row.engagement_kind, part: row.part, quantity: row.quantity, cachets: row.cachets,
  }
  const { rate_basis: basis, rate_minor: minor, rate_currency: currency } = row
  const rate = basis === null || minor === null || currency === null ? null : { basis, minor, currency }
  return { terms, rate, digest: sha256(canonicalJson({ terms, rate })) }
}

export interface Open {
  draft: AcceptanceRow | null
  pending: AcceptanceRow | null
}
/** What still waits of an assignment: at most one that nobody was told of, at most one that somebody was. */
export async function openOf(reader: Reader, assignment_id: Id): Promise<Open> {
  const open = await reader.find(acceptance, { assignment_id, state: ['draft', 'pending'] })
  return { draft: open.find(({ state }) => state === 'draft') ?? null, pending: open.find(({ state }) => state === 'pending') ?? null }
}
/** The last question: no other follows it. */
export async function latestOf(reader: Reader, assignment_id: Id): Promise<AcceptanceRow | null> {
  const asked = await reader.find(acceptance, { assignment_id }, { sort: ['-created_at'] })
  const followed = new Set(asked.map(({ former_id }) => former_id))
  return asked.find(({ id }) => !followed.has(id)) ?? null
}
export const latestYes = async (reader: Reader, assignment_id: Id): Promise<AcceptanceRow | null> =>
  (await reader.find(acceptance, { assignment_id, state: 'accepted' }, { sort: ['-answered_at'], limit: 1 }))[0] ?? null

interface Asking {
  former_id: Id | null
  deadline_at: Instant
  tell_at: Instant
}

/** A draft on the terms of the row as they are. Its id follows from the command and the assignment. */
export async function draftFor(tx: Transaction, row: AssignmentRow, asking: Asking): Promise<AcceptanceRow> {
  const { project_id, mission_id, collaborator_id, id: assignment_id } = row
  return tx.insert(acceptance, `acceptance:${assignment_id}`, { project_id, mission_id, collaborator_id, assignment_id, ...asking, ...(await offerOf(tx, row)) })
}

export async function withdraw(tx: Transaction, one: AcceptanceRow | null): Promise<void> {
  if (one) await tx.update(acceptance, one.id, { state: 'withdrawn' })
}
/** Nobody waits for an answer about this assignment any more. */
export async function closeOpen(tx: Transaction, assignment_id: Id): Promise<void> {
  const { draft, pending } = await openOf(tx, assignment_id)
  await withdraw(tx, draft)
  await withdraw(tx, pending)
}

/**
 * The person was told of a draft: it waits for their answer, and what they had been asked before does not any more. Told already: nothing
 * changes. Throws `acceptance.transition_rejected` for one that is over, `acceptance.deadline_passed` when it is too late to ask.
 */
export async function tell(tx: Transaction, one: AcceptanceRow, channel: (typeof tellingChannels)[number]): Promise<AcceptanceRow> {
  if (one.asked_at !== null && one.state !== 'withdrawn') return one
  if (one.state !== 'draft') throw refuseFor('acceptance', 'transition_rejected', detail('id', 'state', null, one.state))
  if (one.deadline_at <= tx.call.decided_at) throw refuse('acceptance.deadline_passed', detail('deadline_at', 'passed', null, one.deadline_at))
  return markTold(tx, one, channel)
}
/** The same for one whose answer is here: who was never told cannot be late. */
export async function markTold(tx: Transaction, one: AcceptanceRow, channel: (typeof tellingChannels)[number]): Promise<AcceptanceRow> {
  await withdraw(tx, (await openOf(tx, one.assignment_id)).pending)
  return tx.update(acceptance, one.id, { state: 'pending', asked_at: tx.call.now, channel })
}

/** What is to be asked of who had answered, or was asked, now that the row says something else. */
async function rewrite(tx: Transaction, row: AssignmentRow, { draft, pending }: Open, yes: AcceptanceRow | null): Promise<void> {
  const tell_at = later(tx.call.now, tryingMinutes * MINUTE)
  // Nobody was told anything yet: it is still the first question, with its deadline.
  if (draft && draft.former_id === null && !yes && !pending) {
    await tx.update(acceptance, draft.id, await offerOf(tx, row))
    return
  }
  const deadline_at = deadlineOfAskingAgain(tx.call.now, row)
  if (draft) await tx.update(acceptance, draft.id, { ...(await offerOf(tx, row)), deadline_at, tell_at })
  else await draftFor(tx, row, { former_id: (pending ?? yes)?.id ?? null, deadline_at, tell_at })
}

/**
 * After what a person answers on was written: the draft of the new terms, or none when they are again what was asked or answered. Answers
 * since when the row is to be confirmed again; null: it is not.
 */
export async function askOnNewTerms(tx: Transaction, row: AssignmentRow): Promise<Instant | null> {
  if (row.state !== 'proposed' && row.state !== 'accepted' && row.state !== 'confirmed') return row.reconfirm_since
  const open = await openOf(tx, row.id)
  const yes = row.state === 'proposed' ? null : await latestYes(tx, row.id)
  const now = await offerOf(tx, row)
  if (yes && sameOffer(yes, now)) {
    await withdraw(tx, open.draft)
    await withdraw(tx, open.pending)
    return null
  }
  if (open.pending && sameOffer(open.pending, now)) {
    await withdraw(tx, open.draft)
    return row.reconfirm_since
  }
  // Asked before this was recorded: there is no question to write anew.
  if (row.state === 'proposed' && !open.draft && !open.pending) return null
  await rewrite(tx, row, open, yes)
  return row.state === 'proposed' ? null : tx.call.now
}

/** What was read out is what the draft says. */
export function checkTold(one: AcceptanceRow, told: { start_at: Instant; end_at: Instant; role: string | null } | undefined): void {
  if (one.state !== 'draft' || told === undefined) return
  const { start_at, end_at, role } = one.terms
  if (told.start_at !== start_at || told.end_at !== end_at || told.role !== role) throw refuse('acceptance.terms_changed', detail('id', 'terms', null, one.id))
}
