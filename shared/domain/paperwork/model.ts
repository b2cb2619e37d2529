/**
 * What an engagement leaves on paper. That a document is expected, and each upload, are consequences: made and changed by the commands that
 * speak of them, so that two laptops that upload are no conflict. Which documents are expected is an ordinary row of the organization.
 */
import { z } from 'zod'
import { entity, f, optional, withInitial } from '../entity.ts'
import { engagementKinds } from '../engagement/rules.ts'
import { paperworkKinds, paperworkStates } from './rules.ts'

export { paperworkKinds, paperworkStates }

const made = { class: 'derived' } as const
const hash = /^[0-9a-f]{64}$/

/** One document of one engagement. Its due day is derived (rules.ts): a moved day moves it. */
export const expectedDocument = entity({
  name: 'expected_document',
  scope: 'mission',
  fields: {
    assignment_id: f.id('assignment', made),
    collaborator_id: f.id('collaborator', made),
    /** The yes that called for it; null: asked for by hand. */
    acceptance_id: optional(f.id('acceptance', made)),
    kind: f.oneOf(paperworkKinds, made),
    state: withInitial(f.oneOf(paperworkStates, made), 'expected'),
    /** Since when it is waited for: asked for, or sent back. */
    expected_at: f.instant(made),
    uploaded_at: optional(f.instant(made)),
    validated_at: optional(f.instant(made)),
    validated_by: optional(f.text(60, made)),
    archived_at: optional(f.instant(made)),
    /** A payslip is named, not kept: its number or month in the payroll. */
    reference: optional(f.text(200, { ...made, personal: true, readable: 'rates:read' })),
    /** Why it was sent back, or not needed; read by whoever sees the document. */
    state_reason: optional(f.text(500, { ...made, personal: true })),
  },
  unique: [['assignment_id', 'kind']],
  owner: 'collaborator_id',
  partOf: 'assignment',
  // What somebody handed in stays, whatever becomes of the assignment.
  frozen: (row, changed) => (changed !== 'part' && changed.includes('deleted_at') && row['uploaded_at'] !== null ? 'paperwork.kept' : null),
})

export const versionStates = ['current', 'superseded', 'rejected', 'redacted'] as const

/** One upload. Never removed: another takes its place, and one that says too much is followed by a redaction. */
export const documentVersion = entity({
  name: 'document_version',
  scope: 'mission',
  fields: {
    expected_document_id: f.id('expected_document', made),
    collaborator_id: f.id('collaborator', made),
    kind: f.oneOf(paperworkKinds, made),
    number: f.integer(1, 9999, made),
    former_id: optional(f.id('document_version', made)),
    /** `redacted`: this one said too much, and is out of the sight of all but who closes engagements. */
    state: withInitial(f.oneOf(versionStates, made), 'current'),
    /** One sheet for everybody of a mission: it names others, so that no single person reads it. */
    shared: withInitial(f.flag(made), false),
    /** Emptied with the person's data; then nothing names the file any more. */
    name: optional(f.text(255, { ...made, personal: true })),
    type: f.text(120, made),
    size: f.integer(0, 100 * 1024 * 1024, made),
    sha256: optional(f.pattern(hash, { ...made, personal: true })),
  },
  unique: [['expected_document_id', 'number']],
  owner: 'collaborator_id',
  partOf: 'expected_document',
  frozen: (_, changed) => (changed !== 'part' && changed.some((name) => name !== 'state' && name !== 'collaborator_id') ? 'paperwork.kept' : null),
})

/** Documents that are expected of who is engaged that way, in place of the usual ones (rules.ts). */
export const paperworkRule = entity({
  name: 'paperwork_rule',
  scope: 'organization',
  fields: {
    engagement_kind: f.oneOf(engagementKinds),
    kinds: f.json(z.array(z.enum(paperworkKinds)).max(paperworkKinds.length).refine((list) => new Set(list).size === list.length, { error: 'repeated' })),
  },
  unique: [['engagement_kind']],
})
