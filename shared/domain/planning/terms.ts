/**
 * The one law of terms (domain chapter 4, decisions C12, P2, P14): who may change what of an assignment, by where its engagement stands.
 *
 * - planned: written as asked; proposed: the same, and the person will be asked on the new terms;
 * - accepted, confirmed: the state stays and the person is to be asked again (`reconfirm_since`) when what they answered on changes;
 * - executed, closed, canceled; a locked mission; an archived project: refused.
 * - Another person on a planned row is written; on an engaged one they take its place: the former leaves by the table of the chapter and
 *   a new planned row names it.
 *
 * Several rows are refused together, each with its reason, before any of them is written.
 */
import type { Id } from '../../kernel/ids.ts'
import type { ErrorDetail, Refusal } from '../../kernel/result.ts'
import { askOnNewTerms, closeOpen } from '../engagement/asking.ts'
import { requestAmendment, requestEnd } from '../contracts/requests.ts'
import { engagementTransitions } from '../engagement/rules.ts'
import type { Changes, Row } from '../entity.ts'
import { detail, refuse, refuseFor, type ErrorCode } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { rateCard } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import type { Permission } from '../permissions.ts'
import { waysOf } from '../transitions.ts'
import type { changeableTerms } from './change-operations.ts'
import { assignment, mission, project } from './model.ts'
import { withEnds } from './moving.ts'

type AssignmentRow = Row<typeof assignment>
export type Terms = { readonly [K in (typeof changeableTerms)[number]]?: Changes<typeof assignment>[K] }

export interface AskedChange {
  readonly row: AssignmentRow
  readonly terms: Terms
}

/** What a person answers on. The call and the unpaid breaks are told, not agreed. */
export const answeredTerms = ['start_at', 'end_at', 'crew_role_id', 'rate_card_id', 'rate_basis', 'rate_minor', 'rate_currency', 'cachets'] as const
const figures = ['rate_basis', 'rate_minor', 'rate_currency'] as const

export const isOpen = ({ state }: AssignmentRow): boolean => state === 'planned' || state === 'proposed'
export const hasAnswered = ({ state }: AssignmentRow): boolean => state === 'accepted' || state === 'confirmed'

/** The rate of the card in force, copied on the assignment when it names one and gives no figure of its own. */
export async function withRate(tx: Transaction, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const id = values['rate_card_id']
  if (typeof id !== 'string' || values['rate_minor'] !== undefined) return values
  const card = await tx.get(rateCard, id as Id)
  return card ? { ...values, rate_basis: card.basis, rate_minor: card.amount_minor, rate_currency: card.currency } : values
}

/** What would be written: fields that differ. The call goes with the start unless it is given. */
async function differing(tx: Transaction, { row, terms }: AskedChange): Promise<Terms> {
  const { call_at } = withEnds(row, terms)
  const wanted = await withRate(tx, { ...(terms.start_at === undefined ? {} : { call_at }), ...defined(terms) })
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => row[name as keyof Terms] !== value))
}
const defined = (terms: Terms): Terms => Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined))

/** How the former person leaves an engaged row, by the table: with the code it lists, or else in the words given. */
function release(tx: Transaction, row: AssignmentRow, words: string | undefined): { cancel_reason: string } | { code: ErrorCode; detail: ErrorDetail } {
  const ways = waysOf(engagementTransitions, row.state, 'canceled').filter(({ permission, own }) => permission !== 'system' && permission !== 'assignment:answer_for' && own !== true)
  const way = ways.find(({ permission }) => permission !== 'system' && tx.may(permission, row.project_id))
  if (!way) return { code: 'auth.forbidden', detail: detail('id', 'permission', ways[0]?.permission ?? null, row.id) }
  const listed = way.reasons?.find((one) => one === 'replaced') ?? way.reasons?.[0]
  if (listed !== undefined) return { cancel_reason: listed }
  return words === undefined ? { code: 'reason.required', detail: detail('id', 'required', 'reason', row.id) } : { cancel_reason: words }
}

interface Refused {
  code: ErrorCode | null
  detail: ErrorDetail
}

/** Why this row cannot change, the nearest to its closing first; null: it can. `code` null: by its state. */
async function refusalOf(tx: Transaction, { row, terms }: AskedChange, changed: Terms, words: string | undefined): Promise<Refused | null> {
  const closed = (code: ErrorCode | null, issue: string, expected: string | null): Refused => ({ code, detail: detail('id', issue, expected, row.id) })
  // Typed, even when the figure is the present one: a refusal must not tell whether it was guessed.
  const typesFigures = figures.some((name) => terms[name] !== undefined)
  const rates: Permission = 'rates:read'
  if (typesFigures && !tx.may(rates, row.project_id, tx.call.collaborator_id === row.collaborator_id)) return closed('auth.forbidden', 'permission', rates)
  if (Object.keys(changed).length === 0) return null
  // Half a rate is none: an amount of no currency would be counted as nothing, and shown as something.
  const rate = figures.filter((name) => (changed[name] === undefined ? row[name] : changed[name]) !== null)
  const missing = figures.find((name) => !rate.includes(name))
  if (figures.some((name) => name in changed) && rate.length > 0 && missing !== undefined) return closed('validation.invalid', 'required', missing)
  const home = await tx.need(project, row.project_id)
  if (home.status === 'archived') return closed('project.archived', 'archived', home.name)
  const on = await tx.need(mission, row.mission_id)
  if (on.locked) return closed('mission.locked', 'locked', on.title)
  if (!isOpen(row) && !hasAnswered(row)) return closed(null, 'state', row.state)
  if (changed.collaborator_id === undefined || row.state === 'planned') return null
  const leaving = release(tx, row, words)
  return 'code' in leaving ? leaving : null
}

/** One reason for all: its own code, as for one row; several: they are listed. */
function refuseRows(refused: readonly Refused[]): Refusal {
  const codes = new Set(refused.map(({ code }) => code))
  const [only] = codes
  const details = refused.map((one) => one.detail)
  if (codes.size > 1 || only === undefined) return refuse('assignment.refused_rows', ...details)
  return only === null ? refuseFor('assignment', 'transition_rejected', ...details) : refuse(only, ...details)
}

/** What a replacement takes over: the post with its rate, which is what it costs until somebody says otherwise; not what was said of the former person. */
function takenOver(row: AssignmentRow) {
  const {
    project_id, mission_id, crew_role_id, need_id, start_at, end_at, call_at, engagement_kind, rate_card_id, rate_basis, rate_minor, rate_currency, cachets, is_lead, part, quantity,
    unpaid_break_minutes,
  } = row
  return {
    project_id, mission_id, crew_role_id, need_id, start_at, end_at, call_at, engagement_kind, rate_card_id, rate_basis, rate_minor, rate_currency, cachets, is_lead, part, quantity,
    unpaid_break_minutes,
  }
}

/** The draft of what is asked now, when what a person answers on was written. */
export async function asksAgain(tx: Transaction, after: AssignmentRow, changed: readonly string[]): Promise<void> {
  if (after.state === 'planned' || !answeredTerms.some((name) => changed.includes(name))) return
  const reconfirm_since = await askOnNewTerms(tx, after)
  if (reconfirm_since !== after.reconfirm_since) await tx.update(assignment, after.id, { reconfirm_since })
}

async function write(tx: Transaction, row: AssignmentRow, changed: Terms, words: string | undefined): Promise<Id> {
  if (Object.keys(changed).length === 0) return row.id
  const { collaborator_id, ...terms } = changed
  if (collaborator_id !== undefined && row.state !== 'planned') {
    const leaving = release(tx, row, words)
    if ('code' in leaving) throw refuseRows([leaving])
    await closeOpen(tx, row.id)
    await tx.update(assignment, row.id, { state: 'canceled', cancel_reason: leaving.cancel_reason, reconfirm_since: null })
    await requestEnd(tx, row.id, leaving.cancel_reason)
    return (await tx.insert(assignment, `replacement:${row.id}`, { ...takenOver(row), ...terms, collaborator_id, replaces_assignment_id: row.id })).id
  }
  await asksAgain(tx, await tx.update(assignment, row.id, changed), Object.keys(changed))
  await requestAmendment(tx, row.id, Object.keys(changed))
  return row.id
}

/** Changes the terms of these rows. Answers an id for each, in the order given: of a replacement, the new assignment. `words` are kept in the audit. */
export async function changeTerms(tx: Transaction, asked: readonly AskedChange[], words?: string): Promise<Id[]> {
  for (const person of new Set(asked.map(({ terms }) => terms.collaborator_id).filter((id) => id !== undefined))) await tx.need(collaborator, person)
  const changes = []
  const refused: Refused[] = []
  for (const one of asked) {
    const changed = await differing(tx, one)
    const refusal = await refusalOf(tx, one, changed, words)
    if (refusal) refused.push(refusal)
    else changes.push({ row: one.row, changed })
  }
  if (refused.length > 0) throw refuseRows(refused)
  if (words !== undefined) tx.reason(words)
  const ids: Id[] = []
  for (const { row, changed } of changes) ids.push(await write(tx, row, changed, words))
  return ids
}
