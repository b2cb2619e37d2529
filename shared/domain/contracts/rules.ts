/**
 * Contracts: the ladder of one version (domain chapter 7, decision C52), what signing freezes, which version is in force.
 *
 * The ladder belongs to the version; an amendment is another version of the same contract, and the former stays in force until the
 * amendment is signed. Three ways out are not drawn in chapter 7, which leaves them open: an amendment goes back to its draft or is
 * dropped, a version that never came into force is archived once its contract was made void (`void_granted`).
 */
import type { TransitionTable } from '../transitions.ts'
import { contractVersionStates, type ContractVersionState } from './kinds.ts'

export { contractKindOf, contractKinds, contractVersionStates, isEditable, isEmployment, requestKinds } from './kinds.ts'
export type { ContractKind, ContractVersionState, RequestKind } from './kinds.ts'

const voided = { to: 'archived', permission: 'contract:terminate', needs: ['void_granted'], reason: 'required' } as const

export const contractTransitions: TransitionTable<ContractVersionState> = {
  entity: 'contract_version',
  states: contractVersionStates,
  initial: ['draft_preview', 'amendment_draft'],
  transitions: [
    { from: 'draft_preview', to: 'under_review', permission: 'contract:draft', needs: ['no_open_void'] },
    { from: 'under_review', to: 'approved', permission: 'contract:approve', needs: ['mandatory_mentions'] },
    { from: 'under_review', to: 'rejected', permission: 'contract:approve', reason: 'required' },
    { from: 'approved', to: 'sent', permission: 'contract:send', needs: ['mandatory_mentions', 'document', 'no_open_void'] },
    { from: 'sent', to: 'signed', permission: 'contract:sign', needs: ['mandatory_mentions', 'document', 'every_signature', 'no_open_void'] },
    { from: 'sent', to: 'rejected', permission: 'contract:send', reason: 'required' },
    { from: 'rejected', to: 'draft_preview', permission: 'contract:draft' },
    { from: 'signed', to: 'active', permission: 'contract:activate', needs: ['linked_assignments_accepted', 'no_open_void'] },
    { from: 'active', to: 'completed', permission: 'contract:activate', needs: ['window_passed', 'no_open_void'] },
    { from: 'active', to: 'suspended', permission: 'contract:suspend', reason: 'required' },
    { from: 'active', to: 'terminated', permission: 'contract:terminate', reason: 'required' },
    { from: 'active', to: 'archived', permission: 'contract:sign', needs: ['amendment_signed'] },
    { from: 'suspended', to: 'active', permission: 'contract:suspend' },
    { from: 'suspended', to: 'terminated', permission: 'contract:terminate', reason: 'required' },
    { from: 'completed', to: 'archived', permission: 'contract:archive' },
    { from: 'terminated', to: 'archived', permission: 'contract:archive' },
    { from: 'amendment_draft', to: 'amendment_under_review', permission: 'contract:amend', needs: ['former_in_force'] },
    { from: 'amendment_under_review', to: 'amendment_signed', permission: 'contract:sign', needs: ['former_in_force', 'mandatory_mentions', 'document', 'every_signature', 'no_open_void'] },
    { from: 'amendment_signed', to: 'active', permission: 'contract:activate', needs: ['linked_assignments_accepted'] },
    // Left open by the chapter.
    { from: 'amendment_under_review', to: 'amendment_draft', permission: 'contract:amend', reason: 'required' },
    { from: 'amendment_draft', to: 'archived', permission: 'contract:amend', reason: 'required' },
    { from: 'draft_preview', ...voided },
    { from: 'under_review', ...voided },
    { from: 'approved', ...voided },
    { from: 'sent', ...voided },
    { from: 'rejected', ...voided },
    { from: 'signed', ...voided },
    { from: 'amendment_signed', ...voided },
  ],
}

/** Signed by everybody once: what it says never changes again, whatever becomes of it. */
const signedStates: ReadonlySet<ContractVersionState> = new Set(['signed', 'amendment_signed', 'active', 'suspended', 'completed', 'terminated'])

/** `signed_at` decides for an archived version, which may have been made void before. */
export const isSigned = (version: { state: ContractVersionState; signed_at: string | null }): boolean => signedStates.has(version.state) || version.signed_at !== null

/** Binds both sides now. Between a signature and its activation an amendment already does: the former is archived when it is signed. */
export const isInForce = (state: ContractVersionState): boolean => state === 'active' || state === 'suspended' || state === 'amendment_signed'

/** The version in force, the latest when an amendment and its former both say so; null: none. */
export function versionInForce<V extends { state: ContractVersionState; number: number }>(versions: readonly V[]): V | null {
  const standing = versions.filter(({ state }) => isInForce(state))
  return standing.reduce<V | null>((latest, one) => (latest === null || one.number > latest.number ? one : latest), null)
}

/** A suspended contract takes no new assignment and no invoice, one that ended neither. */
export const takesWork = (state: ContractVersionState): boolean => state !== 'suspended' && state !== 'terminated' && state !== 'completed' && state !== 'archived'

/**
 * What signing freezes. `version`: copied from the rows into the version at that moment, and payable from there. `assignment`: columns
 * of each linked assignment that refuse any change from then on; a change of terms asks for an amendment instead.
 */
export const frozenBySigning = {
  version: ['kind', 'language', 'title', 'parties', 'currency', 'rates', 'windows', 'template_id', 'content', 'document_sha256', 'reference'],
  assignment: ['rate_card_id', 'rate_basis', 'rate_minor', 'rate_currency', 'cachets', 'contract_id'],
} as const

/** Columns of an assignment that the answer already protects (`assignment.change`): under a signed contract, changing one asks for an amendment. */
export const termsUnderContract = ['collaborator_id', 'crew_role_id', 'start_at', 'end_at', ...frozenBySigning.assignment] as const
/** Whether a change of these columns must become a request of an amendment. */
export const asksAmendment = (version: { state: ContractVersionState; signed_at: string | null }, columns: readonly string[]): boolean =>
  isSigned(version) && version.state !== 'archived' && columns.some((column) => (termsUnderContract as readonly string[]).includes(column))
