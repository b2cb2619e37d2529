/** The ladder of a version, step by step: what each needs is proved here, inside its transaction. */
import { lastDayOf } from './facts.ts'
import type { Id } from '../../kernel/ids.ts'
import { localDateOf } from '../../kernel/instants.ts'
import { isAcceptedOrLater } from '../engagement/rules.ts'
import type { Changes } from '../entity.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import type { Transaction, Written } from '../operation.ts'
import { waysOf } from '../transitions.ts'
import { checkRates } from './making.ts'
import { assignmentsOf, type ContractRow, type VersionRow } from './material.ts'
import { contract, contractRequest, contractVersion, type KeptSignature } from './model.ts'
import { contractTransitions, versionInForce, type ContractVersionState } from './rules.ts'
import { checkComplete, contentOf, hashOfContent, saidNow, saidOf, type SaidContract } from './written.ts'

export interface Place {
  of: ContractRow
  version: VersionRow
}
export async function placeOf(tx: Transaction, version_id: Id): Promise<Place> {
  const version = await tx.need(contractVersion, version_id)
  return { version, of: await tx.need(contract, version.contract_id) }
}
export const writtenOf = (row: { id: string; version: number }): Written => ({ id: row.id, version: row.version })

const notReady = (issue: string, found: string | null = null) => refuse('contract.not_ready', detail(null, issue, null, found))

export async function openRequests(tx: Pick<Transaction, 'find'>, contract_id: Id, kind: 'void' | 'amendment') {
  return tx.find(contractRequest, { contract_id, kind, state: 'open' }, { sort: ['id'] })
}

/** What each need of the table asks. */
async function prove(tx: Transaction, need: string, { of, version }: Place): Promise<void> {
  switch (need) {
    case 'no_open_void':
      if ((await openRequests(tx, of.id, 'void')).length > 0) throw notReady('open_void')
      return
    case 'mandatory_mentions':
      return checkComplete(await saidOf(tx, of, version))
    case 'document':
      if (version.content === null) throw notReady('document')
      return
    case 'every_signature':
      if (version.house_signature === null || version.other_signature === null) throw notReady('signature', version.house_signature === null ? 'house' : 'other')
      return
    case 'linked_assignments_accepted': {
      const linked = await assignmentsOf(tx, of.id)
      // Of one that was canceled beside others an amendment is asked; of all, there is nothing left to put in force.
      const waiting = linked.every(({ state }) => state === 'canceled') ? linked : linked.filter(({ state }) => state !== 'canceled' && !isAcceptedOrLater(state))
      if (waiting.length > 0) throw refuse('contract.not_ready', ...waiting.map(({ id, state }) => detail('assignment_id', 'not_accepted', state, id)))
      return
    }
    case 'window_passed': {
      const { facts } = await saidOf(tx, of, version)
      const last = lastDayOf(facts)
      const ends = facts.days.map(({ end_at }) => end_at).sort().at(-1)
      if (ends !== undefined ? ends > tx.call.decided_at : last !== null && last >= localDateOf(tx.call.decided_at, facts.zone)) throw notReady('window_passed', ends ?? last)
      return
    }
    case 'former_in_force': {
      const former = version.former_version_id === null ? null : await tx.get(contractVersion, version.former_version_id)
      if (former?.state !== 'active' || of.active_version_id !== former.id) throw notReady('former_in_force', former?.state ?? null)
      return
    }
    // Never by a step of its own: by signing the amendment, by settling the request.
    case 'amendment_signed':
    case 'void_granted':
      throw notReady(need)
    default:
      throw new Error(`nobody proves ${need}`)
  }
}

export interface Step {
  to: ContractVersionState
  reason?: string | undefined
  changes?: Changes<typeof contractVersion>
  /** A need that the caller has just met itself. */
  granted?: 'amendment_signed' | 'void_granted'
}

/** Moves a version by the table: permission, reason, needs. There already: nothing changes. */
export async function move(tx: Transaction, place: Place, { to, reason, changes = {}, granted }: Step): Promise<VersionRow> {
  const { version } = place
  if (version.state === to) return version
  const ways = waysOf(contractTransitions, version.state, to)
  if (ways.length === 0) throw refuseFor('contract_version', 'transition_rejected', detail('state', 'transition', version.state, to))
  const way = ways.find(({ permission }) => permission !== 'system' && tx.may(permission, version.project_id))
  if (!way) throw refuse('auth.forbidden', detail(null, 'permission', String(ways[0]?.permission)))
  if (way.reason === 'required' && reason === undefined) throw refuse('reason.required', detail('reason', 'required'))
  for (const need of way.needs ?? []) if (need !== granted) await prove(tx, need, place)
  return tx.update(contractVersion, version.id, { state: to, state_reason: reason ?? null, ...changes })
}

/** Freezes what is handed over: from here on both sides know it as it is. */
export async function frozenNow(tx: Transaction, { of, version }: Place): Promise<Changes<typeof contractVersion>> {
  checkRates(tx, of.project_id)
  const said = await saidNow(tx, of, version)
  checkComplete(said)
  const content = contentOf(said)
  return { content: content as unknown as Record<string, unknown>, content_hash: hashOfContent(content) }
}

/** Whether the rows still say what was handed over: nobody signs what the plan does not mean any more. */
async function checkUnchanged(tx: Transaction, { of, version }: Place): Promise<void> {
  const now: SaidContract = await saidNow(tx, of, { ...version, house_signature: null, other_signature: null })
  const was = await saidOf(tx, of, version)
  if (hashOfContent({ ...contentOf(now), template: contentOf(was).template }) !== version.content_hash) throw refuse('contract.facts_changed', detail('content_hash', 'changed_since', null, version.id))
}

export interface Signed {
  side: 'house' | 'other'
  name: string
  at: KeptSignature['at']
  method: KeptSignature['method']
  image_sha256: string | null
}

/** One side signed. With the other side’s signature the version is signed; an amendment takes the place of its former then. */
export async function sign(tx: Transaction, place: Place, { side, ...given }: Signed): Promise<VersionRow> {
  const { version } = place
  const signable: readonly ContractVersionState[] = ['sent', 'amendment_under_review']
  if (!signable.includes(version.state)) throw refuseFor('contract_version', 'transition_rejected', detail('state', 'transition', version.state, 'signed'))
  if (version.content_hash === null) throw notReady('document')
  if (given.at > tx.call.decided_at || (version.sent_at !== null && given.at < version.sent_at)) throw refuse('validation.invalid', detail('signed_at', 'signed_when', version.sent_at, given.at))
  if ((side === 'house' ? version.house_signature : version.other_signature) !== null) throw refuseFor('contract_version', 'transition_rejected', detail('side', 'signed_already', null, side))
  await prove(tx, 'no_open_void', place)
  await checkUnchanged(tx, place)
  const kept: KeptSignature = { ...given, content_hash: version.content_hash, device: tx.call.device, recorded_by: tx.call.actor }
  const after = await tx.update(contractVersion, version.id, side === 'house' ? { house_signature: kept } : { other_signature: kept })
  if (after.house_signature === null || after.other_signature === null) return after
  const both = { of: place.of, version: after }
  const signed_at = [after.house_signature.at, after.other_signature.at].sort().at(-1) ?? tx.call.now
  if (after.state === 'sent') return move(tx, both, { to: 'signed', changes: { signed_at } })
  const done = await move(tx, both, { to: 'amendment_signed', changes: { signed_at } })
  const former = after.former_version_id === null ? null : await tx.get(contractVersion, after.former_version_id)
  if (former) await move(tx, { of: place.of, version: former }, { to: 'archived', changes: { ended_at: tx.call.now }, granted: 'amendment_signed' })
  await nameInForce(tx, place.of)
  return done
}

/** The contract names the version that binds both sides now. */
export async function nameInForce(tx: Transaction, of: ContractRow): Promise<void> {
  const standing = versionInForce(await tx.find(contractVersion, { contract_id: of.id }))
  await tx.update(contract, of.id, { active_version_id: standing?.id ?? null })
}
