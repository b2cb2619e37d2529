/** The life of a version of a sheet (domain chapter 6), and what may still be written in each state. */
import type { ErrorCode } from '../errors.ts'
import type { TransitionTable } from '../transitions.ts'

export const revisionStates = ['draft', 'validated', 'published', 'archived'] as const
export type RevisionState = (typeof revisionStates)[number]

export const revisionTransitions: TransitionTable<RevisionState> = {
  entity: 'revision',
  states: revisionStates,
  initial: ['draft'],
  transitions: [
    { from: 'draft', to: 'validated', permission: 'sheet:validate' },
    { from: 'validated', to: 'draft', permission: 'sheet:validate' },
    { from: 'validated', to: 'draft', permission: 'sheet:draft' },
    { from: 'validated', to: 'published', permission: 'sheet:publish', needs: ['checks_passed', 'two_people', 'former_archived'] },
    // By publishing the next version in the same command, or by withdrawing this one.
    { from: 'published', to: 'archived', permission: 'sheet:publish' },
  ],
}

/** What publishing and numbering write on a version that nobody may edit any more. */
const writtenByPublishing: ReadonlySet<string> = new Set([
  'state', 'language', 'validated_by', 'validated_at', 'published_by', 'published_at', 'content_hash', 'snapshot', 'replaces_revision_id', 'recipients', 'number', 'device_code',
])
/** The deciding server may give a published version another number (decision C9). */
const writtenOnceFrozen: ReadonlySet<string> = new Set(['state', 'number', 'device_code'])

/** Why these fields (`part`: rows of the version) may not be written in this state; null: they may. Holds for undo too. */
export function whyFrozen(state: unknown, changed: readonly string[] | 'part'): ErrorCode | null {
  if (state === 'draft') return null
  const open = state === 'validated' ? writtenByPublishing : writtenOnceFrozen
  if (changed !== 'part' && changed.every((field) => open.has(field))) return null
  return state === 'validated' ? 'sheet.validated' : 'sheet.frozen'
}

/**
 * `to_tell`: it says something to them and nobody told them. `told`, `opened`, `read`: how far they are, with this version or, when nothing
 * changed for them, with the last one they were told of.
 */
export const recipientStates = ['to_tell', 'told', 'opened', 'read'] as const
export type RecipientState = (typeof recipientStates)[number]
