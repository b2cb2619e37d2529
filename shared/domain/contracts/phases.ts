/** Where a contract stands in the few words that lists are sorted, counted and filtered by; the states of its versions say more. */
import type { ContractVersionState } from './kinds.ts'

/** `to_prepare`: accepted work that no contract covers yet. */
export const contractPhases = ['to_prepare', 'draft', 'review', 'approved', 'sent', 'signed', 'active', 'suspended', 'rejected', 'ended', 'archived'] as const
export type ContractPhase = (typeof contractPhases)[number]

const phases: Readonly<Record<ContractVersionState, ContractPhase>> = {
  draft_preview: 'draft', amendment_draft: 'draft', under_review: 'review', amendment_under_review: 'review', approved: 'approved', sent: 'sent', signed: 'signed', amendment_signed: 'signed', active: 'active',
  suspended: 'suspended', rejected: 'rejected', completed: 'ended', terminated: 'ended', archived: 'archived',
}
export const phaseOf = (state: ContractVersionState): ContractPhase => phases[state]

/** What a list of people says of their contracts: none for accepted work, in the making, with the person, signed by both. */
export const contractMarks = ['missing', 'draft', 'sent', 'signed'] as const
export type ContractMark = (typeof contractMarks)[number]

/** null: put away, or made void. */
export function contractMarkOf(phase: ContractPhase): ContractMark | null {
  switch (phase) {
    case 'to_prepare':
      return 'missing'
    case 'draft':
    case 'review':
    case 'approved':
    case 'rejected':
      return 'draft'
    case 'sent':
      return 'sent'
    case 'signed':
    case 'active':
    case 'suspended':
    case 'ended':
      return 'signed'
    case 'archived':
      return null
  }
}
