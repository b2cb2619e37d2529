import { z } from 'zod'
import { command, query } from '../operation.ts'

/** A command of the proposal, as it would be sent. */
const Proposed = z.strictObject({ operation: z.string().max(80), input: z.record(z.string(), z.unknown()) })
const commands = z.array(Proposed).min(1).max(20)
const Conflict = z.record(z.string(), z.unknown())

/** `asks_again`: answered already, so the person is asked to confirm anew. `releases`: their engagement ends. `plans`: one more row. */
export const effectKinds = ['asks_again', 'releases', 'plans'] as const

export const ProposalPreview = z.object({
  /** Rows written, fields that the asker may read only; at most 500, `changed` says how many there are. */
  changes: z.array(z.object({ entity: z.string(), id: z.string(), op: z.enum(['insert', 'update', 'remove', 'restore']), fields: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })) })),
  changed: z.int(),
  /** Conflicts that are not there now, or are graver; the gravest first. */
  broken: z.array(Conflict),
  /** Conflicts that would be gone, or be lighter. */
  mended: z.array(Conflict),
  /** Why it cannot be done, of the first command refused; `details` name each row. */
  refusal: z.object({ command: z.int(), code: z.string(), details: z.array(z.object({ field: z.string().nullable(), issue: z.string(), expected: z.string().nullable().optional(), found: z.string().nullable().optional() })) }).nullable(),
  effects: z.array(z.object({ kind: z.enum(effectKinds), assignment_id: z.string(), collaborator_id: z.string() })),
  /** Whether applying asks for a reason: something severe would be broken. `forbidden`: and this person may not override it. */
  reason: z.enum(['none', 'required', 'forbidden']),
  names: z.object({ people: z.record(z.string(), z.string()), missions: z.record(z.string(), z.string()), locations: z.record(z.string(), z.string()) }),
})

export const previewProposal = query({
  name: 'proposal.preview',
  about: 'What some commands would change and which conflicts they would make or mend: they are run and taken back. Nothing is written.',
  input: z.strictObject({ commands }),
  output: ProposalPreview,
  permission: 'project:read',
  target: { kind: 'visible' },
})

export const applyProposal = command({
  name: 'proposal.apply',
  about: 'Does the commands of a proposal as one gesture, undone as one. What is severe and new needs a reason, and the right to override: it is kept with each conflict.',
  input: z.strictObject({ commands, reason: z.string().trim().min(1).max(500).optional() }),
  output: z.object({ group_id: z.string(), answers: z.array(z.unknown()), overridden: z.int() }),
  permission: 'project:read',
  target: { kind: 'visible' },
})
