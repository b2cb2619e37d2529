/** What can be done with contracts. Steps of the ladder name a version by its own id; a contract has one, then one more for each amendment. */
import { z } from 'zod'
import { isAcceptedOrLater, type EngagementState } from '../engagement/rules.ts'
import { changesOf, inputOf, wire } from '../entity.ts'
import { command, Written } from '../operation.ts'
import { list } from '../records.ts'
import { languages } from '../organization/model.ts'
import type { Permission } from '../permissions.ts'
import { contractDocument, contractFileKinds, contractSetting, contractTemplate, contractVersion, typedFields } from './model.ts'
import { contractKinds, isEditable, type ContractVersionState } from './rules.ts'

type Id = z.infer<typeof wire.id>
type State = Readonly<Record<string, unknown>>

const ofVersion = { kind: 'rows', entity: 'contract_version', ids: (input: { id: Id }) => [input.id] } as const
const inState = (...states: readonly ContractVersionState[]) => (row: State): boolean => states.includes(row['state'] as ContractVersionState)
const Reason = z.string().trim().min(1).max(300)

// Making

const Made = z.object({
  id: z.string(), version: z.int(), version_id: z.string(), reference: z.string(),
  /** Made already, by the same key or because these assignments are under it. */
  existing: z.boolean(),
})
const chosen = { template_id: wire.id.nullable().optional(), language: z.enum(languages).optional(), kind: z.enum(contractKinds).optional() }

export const generateContract = command({
  name: 'contract.generate',
  about: 'Makes the contract of one person’s accepted assignments of a project, as a draft with its reference. Asked again, by whomever, it answers the contract there is.',
  input: z.strictObject({ assignment_ids: z.array(wire.id).min(1).max(200), ...chosen }),
  output: Made,
  permission: 'contract:draft',
  target: { kind: 'rows', entity: 'assignment', ids: (input) => input.assignment_ids },
  ignoresLock: true,
  possible: (row) => isAcceptedOrLater(row['state'] as EngagementState),
  undoable: false,
})
/** The authority’s own, some time after a yes: whoever accepted and printed offline comes first. */
export const generateDueContract = command({
  name: 'contract.generate_due',
  about: 'Makes the contract that an accepted assignment calls for, by the authority itself.',
  input: z.strictObject({ assignment_ids: z.array(wire.id).min(1).max(200) }),
  output: Made,
  permission: 'system:act',
  target: { kind: 'rows', entity: 'assignment', ids: (input) => input.assignment_ids },
  ignoresLock: true,
  undoable: false,
  again: false,
})
export const generateForMission = command({
  name: 'contract.generate_for_mission',
  about: 'Makes the contracts of everybody who accepted on a mission and has none: one for each person and kind. Who has one already, or needs none, is told.',
  input: z.strictObject({ mission_id: wire.id, language: z.enum(languages).optional() }),
  output: z.object({ items: z.array(Made), skipped: z.array(z.object({ assignment_id: z.string(), why: z.string() })) }),
  permission: 'contract:draft',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
  ignoresLock: true,
  undoable: false,
})
export const createContract = command({
  name: 'contract.create',
  about: 'Makes a contract of no assignment: a framework, a vendor’s, a client’s.',
  input: z.strictObject({
    project_id: wire.id, kind: z.enum(contractKinds), collaborator_id: wire.id.nullable().optional(), party_id: wire.id.nullable().optional(), title: z.string().trim().min(1).max(200).nullable().optional(),
    template_id: wire.id.nullable().optional(), language: z.enum(languages).optional(),
  }),
  output: Made,
  permission: 'contract:draft',
  target: { kind: 'project', id: (input) => input.project_id },
  undoable: false,
})
export const updateContract = command({
  name: 'contract.update',
  about: 'Changes what is typed of a draft or of a drafted amendment.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(contractVersion, typedFields) }),
  output: Written,
  permission: 'contract:draft',
  target: ofVersion,
  possible: (row) => isEditable(row['state'] as ContractVersionState),
  sealed: (input) => [{ path: ['changes', 'other_signatory_name'], subject: input.id }],
})

// The ladder

function step<const N extends string>(name: N, about: string, permission: Permission, from: readonly ContractVersionState[], reason: 'required' | 'none' = 'none') {
  // Left out, the handler says that one is required: a refusal people know, not a malformed call.
  const input: z.ZodType<{ id: Id; reason?: string | undefined }> = reason === 'required' ? z.strictObject({ id: wire.id, reason: Reason.optional() }) : z.strictObject({ id: wire.id })
  return command({ name: `contract.${name}`, about, permission, target: ofVersion, possible: inState(...from), undoable: false, output: Written, input, sealed: (given) => [{ path: ['reason'], subject: given.id }] })
}
export const submitContract = step('submit', 'Hands a draft, or a drafted amendment, on for review. An amendment is frozen as the document that is signed.', 'contract:draft', ['draft_preview', 'amendment_draft'])
export const approveContract = step('approve', 'Approves a version under review: every mandatory mention is there.', 'contract:approve', ['under_review'])
export const rejectContract = step('reject', 'Turns a version down: under review (contract:approve), or sent and not signed. With a reason.', 'contract:send', ['under_review', 'sent'], 'required')
export const reopenContract = step('reopen', 'Takes a rejected version, or an amendment under review, back to draft.', 'contract:draft', ['rejected', 'amendment_under_review'], 'required')
export const sendContract = step('send', 'Sends an approved version: its parties, days, rates and clauses are frozen as the document that is signed.', 'contract:send', ['approved'])
export const activateContract = step('activate', 'Puts a signed version in force: every assignment under it is accepted.', 'contract:activate', ['signed', 'amendment_signed'])
export const completeContract = step('complete', 'Ends a contract whose last day has passed.', 'contract:activate', ['active'])
export const suspendContract = step('suspend', 'Suspends a contract in force: it takes no new assignment. With a reason.', 'contract:suspend', ['active'], 'required')
export const resumeContract = step('resume', 'Puts a suspended contract in force again.', 'contract:suspend', ['suspended'])
export const terminateContract = step('terminate', 'Ends a contract before its term. With a reason.', 'contract:terminate', ['active', 'suspended'], 'required')
export const archiveContract = step('archive', 'Puts a completed or terminated contract away.', 'contract:archive', ['completed', 'terminated'])
export const dropAmendment = step('drop_amendment', 'Gives a drafted amendment up. With a reason.', 'contract:amend', ['amendment_draft'], 'required')

const signable = inState('sent', 'amendment_under_review')
const Side = z.enum(['house', 'other'])
const signer = { id: wire.id, side: Side, name: z.string().trim().min(1).max(160) }
const ofSigner = (input: { id: Id }) => [{ path: ['name'], subject: input.id }]
/** Two sides sign on two laptops that know nothing of each other: whoever decides sees both signatures, and what stands then. An amendment puts its former away. */
const bySigning = { contract_version: ['state', 'state_reason'] } as const

export const signContract = command({
  name: 'contract.sign',
  about: 'Records that one side signed on paper, and when. Once both did, the version is signed and frozen; an amendment takes the place of the former version.',
  input: z.strictObject({ ...signer, signed_at: wire.instant.optional() }),
  output: Written,
  permission: 'contract:sign',
  target: ofVersion,
  possible: signable,
  undoable: false,
  again: false,
  follows: bySigning,
  sealed: ofSigner,
})
export const signOnScreen = command({
  name: 'contract.sign_on_screen',
  about: 'Keeps a signature drawn on this screen as an image, with its evidence: hash of the document, UTC time, device. It is no qualified signature (eIDAS), and the document says so.',
  input: z.strictObject({ ...signer, type: z.enum(['image/png', 'image/jpeg']), ...inputOf(contractDocument, ['size', 'sha256']) }),
  output: Written,
  permission: 'contract:sign',
  target: ofVersion,
  possible: signable,
  undoable: false,
  again: false,
  follows: bySigning,
  sealed: ofSigner,
})
export const attachSigned = command({
  name: 'contract.attach_signed',
  about: 'Keeps the scan of a signed copy, or the PDF that was handed over, with its checksum. Nothing is ever taken away.',
  input: z.strictObject({ id: wire.id, kind: z.enum(contractFileKinds).exclude(['signature']).optional(), ...inputOf(contractDocument, ['name', 'type', 'size', 'sha256']) }),
  output: z.object({ id: z.string(), version: z.int(), sha256: z.string() }),
  permission: 'contract:sign',
  target: ofVersion,
  possible: (row) => !isEditable(row['state'] as ContractVersionState),
  undoable: false,
  sealed: ofSigner,
})

// Amendments and voids

export const amendContract = command({
  name: 'contract.amend',
  about: 'Drafts an amendment: another version with what the former says, in force once it is signed. Open requests of an amendment are met by it.',
  input: z.strictObject({ id: wire.id }),
  output: Made.omit({ existing: true }),
  permission: 'contract:amend',
  target: { kind: 'rows', entity: 'contract', ids: (input) => [input.id] },
  undoable: false,
})
export const requestVoid = command({
  name: 'contract.request_void',
  about: 'Asks that a contract be made void. Until somebody settles it, nothing of it is signed, put in force or paid.',
  input: z.strictObject({ id: wire.id, reason: Reason }),
  output: Written,
  permission: 'contract:draft',
  target: { kind: 'rows', entity: 'contract', ids: (input) => [input.id] },
  undoable: false,
  sealed: (input) => [{ path: ['reason'], subject: input.id }],
})
export const settleRequest = command({
  name: 'contract.settle',
  about: 'Settles a request. A void that is granted archives what was not in force and terminates what was, and frees the assignments; a request that is refused leaves everything as it is.',
  input: z.strictObject({ id: wire.id, outcome: z.enum(['granted', 'refused']), reason: Reason }),
  output: Written,
  permission: 'contract:terminate',
  target: { kind: 'rows', entity: 'contract_request', ids: (input) => [input.id] },
  possible: (row) => row['state'] === 'open',
  undoable: false,
  sealed: (input) => [{ path: ['reason'], subject: input.id }],
})

// Templates and what the organization says of itself

const ofTemplate = { kind: 'rows', entity: 'contract_template', ids: (input: { id: Id }) => [input.id] } as const
export const createTemplate = command({
  name: 'contract_template.create',
  about: 'Makes a template of contracts. What its clauses name wrongly is told with the clause.',
  input: z.strictObject(inputOf(contractTemplate, ['kind', 'language', 'name', 'clauses'])),
  output: Written,
  permission: 'contract:template',
  target: { kind: 'organization' },
})
export const updateTemplate = command({
  name: 'contract_template.update',
  about: 'Changes a template that no contract was made of; of one that was used, makes the next version and archives this one.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(contractTemplate, ['name', 'clauses']) }),
  output: Written,
  permission: 'contract:template',
  target: ofTemplate,
  possible: (row) => row['state'] === 'active',
})
export const archiveTemplate = command({
  name: 'contract_template.archive',
  about: 'Puts a template away: no new contract is made of it.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'contract:template',
  target: ofTemplate,
})
export const listTemplates = list({
  name: 'contract_template.list', about: 'Templates of contracts, each version; those that ship are beside them (contract_template.built_in).', permission: 'contract:draft', filters: ['kind', 'language', 'state', 'name', 'id'], sorts: ['name', 'number', 'updated_at'],
})
export const saveSettings = command({
  name: 'contract_setting.save',
  about: 'Sets what contracts say of the organization beside its identity: who signs, agreement, categories of licences, pension and welfare bodies, leave fund.',
  input: z.strictObject({
    /** Of the settings read; null: there were none. */
    version: z.int().min(1).nullable(),
    ...inputOf(contractSetting, [], ['signatory_name', 'signatory_capacity', 'agreement_title', 'licence_categories', 'pension', 'welfare', 'leave_fund', 'pay_periodicity', 'overtime', 'governing_law', 'signature_place']),
  }),
  output: Written,
  permission: 'contract:template',
  target: { kind: 'organization' },
  sealed: (_, id) => [{ path: ['signatory_name'], subject: id('row') }],
})

