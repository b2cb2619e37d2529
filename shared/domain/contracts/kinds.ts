/** The words of contracts that screens know too: kinds, states of a version, what is asked of one. */
import type { EngagementKind } from '../engagement/rules.ts'

/** `artist`: employment too (an artist of a show is presumed employed), with the rights on what is recorded. */
export const contractKinds = ['cddu', 'artist', 'vendor', 'client'] as const
export type ContractKind = (typeof contractKinds)[number]

/** With a person who is employed: the mentions that the labour code asks for must all be there. */
export const isEmployment = (kind: ContractKind): boolean => kind === 'cddu' || kind === 'artist'

/** The contract that an engagement asks for; null: none is expected here (permanent staff have theirs, volunteers and trainees other papers). */
export function contractKindOf(engagement: EngagementKind): ContractKind | null {
  switch (engagement) {
    case 'cddu_technician':
      return 'cddu'
    case 'cddu_artist':
      return 'artist'
    case 'freelance':
    case 'agency':
      return 'vendor'
    case 'employee':
    case 'volunteer':
    case 'intern':
      return null
  }
}

export const contractVersionStates = [
  'draft_preview', 'under_review', 'approved', 'sent', 'signed', 'active', 'completed', 'archived', 'rejected', 'suspended', 'terminated',
  'amendment_draft', 'amendment_under_review', 'amendment_signed',
] as const
export type ContractVersionState = (typeof contractVersionStates)[number]

/** Why an amendment or a void is asked: codes only, words of a person go to the request. */
export const requestKinds = ['amendment', 'void'] as const
export type RequestKind = (typeof requestKinds)[number]

/** Whether the words and terms of a version may still be written. Archived too: it is kept as it was. */
export const isEditable = (state: ContractVersionState): boolean => state === 'draft_preview' || state === 'amendment_draft'
