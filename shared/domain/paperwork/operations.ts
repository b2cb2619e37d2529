/**
 * Documents of an engagement: expected, handed in, looked at, put away (domain chapter 4). Nothing here is undone: each step has its way back,
 * and what was handed in is never removed. They pass a locked mission, for no plan changes.
 */
import { z } from 'zod'
import { engagementKinds } from '../engagement/rules.ts'
import { inputOf, wire } from '../entity.ts'
import { bulkRows, command, query, Written, WrittenMany } from '../operation.ts'
import { documentVersion, expectedDocument, paperworkKinds, paperworkRule, paperworkStates, versionStates } from './model.ts'

type Id = z.infer<typeof wire.id>
const one = { kind: 'rows', entity: expectedDocument.name, ids: ({ id }: { id: Id }) => [id] } as const
const standsAt = (...states: readonly string[]) => (row: Readonly<Record<string, unknown>>): boolean => states.includes(String(row['state']))
/** A payslip is words, and its state moves by `paperwork.record_reference`. */
const isFile = (row: Readonly<Record<string, unknown>>): boolean => row['kind'] !== 'payslip_reference'
const Reason = z.string().trim().min(1).max(500)

const file = { name: z.string().trim().min(1).max(255), sha256: z.string().regex(/^[0-9a-f]{64}$/), ...inputOf(documentVersion, ['type', 'size']) }
const steady = { undoable: false, ignoresLock: true } as const

export const expectDocuments = command({
  ...steady,
  name: 'paperwork.expect',
  about: 'Asks for a document of engagements beside those the organization always asks for, or again for one that was put away as not needed. Asked for already: nothing changes.',
  input: z.strictObject({ assignment_ids: z.array(wire.id).min(1).max(bulkRows), kind: z.enum(paperworkKinds) }),
  output: WrittenMany,
  permission: 'assignment:plan',
  target: { kind: 'rows', entity: 'assignment', ids: ({ assignment_ids }) => assignment_ids },
  possible: standsAt('accepted', 'confirmed', 'executed'),
})
export const uploadDocument = command({
  ...steady,
  name: 'paperwork.upload',
  about: 'Hands in a file, one’s own or of who one plans. The former version stays; a validated document is to be looked at again. The same file twice changes nothing.',
  input: z.strictObject({ id: wire.id, ...file }),
  output: Written.extend({ version_id: z.string() }),
  permission: 'document:upload',
  target: one,
  possible: (row) => isFile(row) && standsAt('expected', 'uploaded', 'validated')(row),
  sealed: ({ id }) => [{ path: ['name'], subject: id }, { path: ['sha256'], subject: id }],
})
export const uploadSheet = command({
  ...steady,
  name: 'paperwork.upload_sheet',
  about: 'Hands in one attendance sheet for everybody of a mission of whom one is expected and not validated. It names others: no single person reads it. Answers whom it was handed in for.',
  input: z.strictObject({ mission_id: wire.id, ...file }),
  output: WrittenMany,
  permission: 'assignment:execute',
  target: { kind: 'rows', entity: 'mission', ids: ({ mission_id }) => [mission_id] },
  sealed: ({ mission_id }) => [{ path: ['name'], subject: mission_id }, { path: ['sha256'], subject: mission_id }],
})
export const recordReference = command({
  ...steady,
  name: 'paperwork.record_reference',
  about: 'Notes the reference of a payslip: its number or its month in the payroll. No file is kept.',
  input: z.strictObject({ id: wire.id, reference: z.string().trim().min(1).max(200) }),
  output: Written,
  permission: 'assignment:close',
  target: one,
  possible: (row) => !isFile(row) && standsAt('expected', 'uploaded', 'validated')(row),
  sealed: ({ id }) => [{ path: ['reference'], subject: id }],
})

/** What was looked at: another version may have come meanwhile. Of a payslip: none. */
const looked = { id: wire.id, version_id: wire.id.optional() }

export const validateDocument = command({
  ...steady,
  name: 'paperwork.validate',
  about: 'Says that a document is right, of the version that was looked at.',
  input: z.strictObject(looked),
  output: Written,
  permission: 'assignment:close',
  target: one,
  possible: standsAt('uploaded'),
})
export const rejectDocument = command({
  ...steady,
  name: 'paperwork.reject',
  about: 'Sends a document back with a reason: it is expected again. The version stays.',
  input: z.strictObject({ ...looked, reason: Reason }),
  output: Written,
  permission: 'assignment:close',
  target: one,
  possible: standsAt('uploaded', 'validated'),
  sealed: ({ id }) => [{ path: ['reason'], subject: id }],
})
export const redactDocument = command({
  ...steady,
  name: 'paperwork.redact',
  about: 'Puts a redacted file in the place of one that says too much. It cites the former, which stays out of the sight of all but who closes engagements. The state stays.',
  input: z.strictObject({ id: wire.id, version_id: wire.id, ...file }),
  output: Written.extend({ version_id: z.string() }),
  permission: 'assignment:close',
  target: one,
  possible: (row) => isFile(row) && standsAt('uploaded', 'validated', 'archived')(row) && row['uploaded_at'] !== null,
  sealed: ({ id }) => [{ path: ['name'], subject: id }, { path: ['sha256'], subject: id }],
})
export const archiveDocument = command({
  ...steady,
  name: 'paperwork.archive',
  about: 'Puts a validated document away; or, with a reason, one that is not needed and was never handed in.',
  input: z.strictObject({ id: wire.id, reason: Reason.optional() }),
  output: Written,
  permission: 'assignment:close',
  target: one,
  possible: standsAt('expected', 'validated'),
  sealed: ({ id }) => [{ path: ['reason'], subject: id }],
})

// Which documents are expected

export const savePaperworkRule = command({
  name: 'paperwork_rule.save',
  about: 'Says which documents are expected of who is engaged that way, once they accept. Who accepted before is asked for nothing more.',
  input: z.strictObject({ ...inputOf(paperworkRule, ['engagement_kind', 'kinds']), /** As it was read; left out: there was none. */ version: wire.version.optional() }),
  output: Written,
  permission: 'catalogue:write',
  target: { kind: 'organization' },
})
export const listPaperworkRules = query({
  name: 'paperwork_rule.list',
  about: 'Which documents are expected, by kind of engagement: the organization’s word, else what is usual.',
  input: z.strictObject({}),
  output: z.object({
    items: z.array(z.object({ engagement_kind: z.enum(engagementKinds), kinds: z.array(z.enum(paperworkKinds)), /** Null: the organization says nothing, and this is usual. */ version: z.int().nullable() })),
  }),
  permission: 'org:read',
  target: { kind: 'organization' },
})

// Reading

const Version = z.object({
  id: z.string(), number: z.int(), state: z.enum(versionStates), former_id: z.string().nullable(), shared: z.boolean(),
  /** Null: emptied with the person's data. */
  name: z.string().nullable(), type: z.string(), size: z.int(), sha256: z.string().nullable(),
  at: wire.instant, by_name: z.string().nullable(),
})
export const PaperworkItem = z.object({
  id: z.string(), version: z.int(), assignment_id: z.string(), mission_id: z.string(), mission_title: z.string(), collaborator_id: z.string(), collaborator_name: z.string(), crew_role_id: z.string().nullable(),
  kind: z.enum(paperworkKinds),
  /** As recorded. */
  state: z.enum(paperworkStates),
  /** As it counts: a signed contract is there without an upload. */
  standing: z.enum(paperworkStates),
  due_on: wire.localDate, is_overdue: z.boolean(),
  expected_at: wire.instant, uploaded_at: wire.instant.nullable(), validated_at: wire.instant.nullable(), validated_by_name: z.string().nullable(), archived_at: wire.instant.nullable(),
  reference: z.string().nullable(), state_reason: z.string().nullable(),
  /** The newest first; those the asker may read. */
  versions: z.array(Version),
  can: z.array(z.string()),
})
export type PaperworkItem = z.infer<typeof PaperworkItem>
const Counts = z.object({ expected: z.int(), uploaded: z.int(), validated: z.int(), archived: z.int(), overdue: z.int() })

export const listPaperwork = query({
  name: 'paperwork.list',
  about: 'Documents of an assignment, a mission or a project: what is expected, handed in, validated, by whom; counted. Oneself, and who plans; files of contracts and references of payslips with `contract:draft` and `rates:read`.',
  input: z.strictObject({ assignment_id: wire.id.optional(), mission_id: wire.id.optional(), project_id: wire.id.optional(), standing: z.array(z.enum(paperworkStates)).max(4).optional() })
    .refine(({ assignment_id, mission_id, project_id }) => [assignment_id, mission_id, project_id].filter((id) => id !== undefined).length === 1, { error: 'required', path: ['mission_id'] }),
  output: z.object({ items: z.array(PaperworkItem), counts: Counts, /** May ask for others, of this assignment. */ may_expect: z.boolean() }),
  permission: 'project:read',
  target: { kind: 'visible', project: ({ project_id }) => project_id },
})
export const openDocument = query({
  name: 'paperwork.open',
  about: 'The name and content hash of one version, for who may read it; noted in the log as an export.',
  input: z.strictObject({ version_id: wire.id }),
  output: z.object({ name: z.string(), type: z.string(), size: z.int(), sha256: z.string() }),
  permission: 'project:read',
  target: { kind: 'rows', entity: documentVersion.name, ids: ({ version_id }) => [version_id] },
})
