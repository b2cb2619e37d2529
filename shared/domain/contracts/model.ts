/**
 * Contracts as rows (domain chapter 7, decision 0011.15): the contract, its versions, which assignments it covers, what was asked of it, its
 * files; templates; what the organization says of itself as an employer. Days, functions, rates and people are never typed here: they are read
 * from the assignments, and copied into a version when it is sent. What is typed stands in a column of its own, so that two people who fill in
 * the same draft dispute a field and not the contract.
 */
import { z } from 'zod'
import { entity, f, optional, wire, withInitial, windowInvariant, type Violation } from '../entity.ts'
import { languages } from '../organization/model.ts'
import { payPeriodicities, recordingRights } from './facts.ts'
import { contractKinds, contractVersionStates, isEditable, requestKinds, type ContractVersionState } from './rules.ts'

const made = { class: 'derived' } as const
const hash = /^[0-9a-f]{64}$/

/** A name on paper: of an organism, with where it is. */
const Body = z.strictObject({ name: z.string().trim().min(1).max(200), address: z.string().max(300).nullable() })
const Allowance = z.strictObject({ label: z.string().trim().min(1).max(120), amount_minor: z.int().min(0).max(10_000_000), currency: z.string().regex(/^[A-Z]{3}$/), quantity: z.int().min(1).max(100_000_000) })
const StoredClause = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/), title: z.string().max(200), text: z.string().max(8000) })

export const contract = entity({
  name: 'contract',
  scope: 'project',
  fields: {
    kind: f.oneOf(contractKinds),
    title: optional(f.text(200)),
    /** Given offline at the first draft, never changed; previews have none. */
    reference: f.text(40, made),
    /** What makes it one, whatever is retried or replayed. */
    generation_key: f.pattern(hash, made),
    /** Who is engaged; null: a company that is nobody's entry in the directory. */
    collaborator_id: optional(f.id('collaborator')),
    /** The company, of a vendor's or a client's contract. */
    party_id: optional(f.id('party')),
    /** The version in force; null: none yet. */
    active_version_id: optional(f.id('contract_version', made)),
  },
  unique: [['generation_key'], ['reference']],
  owner: 'collaborator_id',
  search: ['reference', 'title'],
})

/** An assignment is under one contract at most. Taken away when the contract is made void, so that another can be made. */
export const contractAssignment = entity({
  name: 'contract_assignment',
  scope: 'project',
  fields: { contract_id: f.id('contract'), assignment_id: f.id('assignment'), collaborator_id: optional(f.id('collaborator')) },
  unique: [['assignment_id']],
  owner: 'collaborator_id',
  partOf: 'contract',
})

/** How somebody signed: on paper (a signed copy is attached), or with their finger on a screen, which is no qualified signature. */
export const signingMethods = ['paper', 'screen'] as const
const Signature = z.strictObject({
  name: z.string().max(160), at: wire.instant, method: z.enum(signingMethods),
  /** Of the image drawn on the screen. */
  image_sha256: z.string().nullable(),
  /** Of the content that was signed. */
  content_hash: z.string(),
  device: z.string(), recorded_by: z.string(),
})
export type KeptSignature = z.infer<typeof Signature>

/** What people type of a version, beside what its assignments say. Empty: missing, where the law asks for it. */
const typed = {
  language: f.oneOf(languages),
  template_id: optional(f.id('contract_template')),
  title: optional(f.text(200)),
  /** Of a framework or a client's contract, which have no days of their own. */
  starts_on: optional(f.date()),
  ends_on: optional(f.date()),
  price_minor: optional(f.integer(0, 1_000_000_000, { readable: 'rates:read' })),
  allowances: withInitial(f.json(z.array(Allowance).max(20)), []),
  production_title: optional(f.text(200)),
  temporary_reason: optional(f.text(2000)),
  is_live: optional(f.flag()),
  object_number: optional(f.text(20)),
  /** False: none is asked for here. */
  object_number_due: withInitial(f.flag(), true),
  function_title: optional(f.text(200)),
  is_executive: optional(f.flag()),
  risky_post: optional(f.flag()),
  /** 0: none. */
  trial_days: optional(f.integer(0, 90)),
  day_minutes: optional(f.integer(1, 1440)),
  week_minutes: optional(f.integer(1, 10_080)),
  performances: optional(f.integer(0, 999)),
  rehearsals: optional(f.integer(0, 999)),
  pay_periodicity: optional(f.oneOf(payPeriodicities)),
  overtime: optional(f.text(1000)),
  recording: optional(f.oneOf(recordingRights)),
  dpae_reference: optional(f.text(60)),
  deliverables: optional(f.text(2000)),
  exclusivity: optional(f.text(2000)),
  royalties: optional(f.text(2000)),
  territory: optional(f.text(500)),
  usage: optional(f.text(2000)),
  scope: optional(f.text(4000)),
  service_level: optional(f.text(2000)),
  rate_card: optional(f.text(2000, { readable: 'rates:read' })),
  invoicing_schedule: optional(f.text(2000)),
  milestones: optional(f.text(2000)),
  acceptance_criteria: optional(f.text(2000)),
  payment_schedule: optional(f.text(2000)),
  change_control: optional(f.text(2000)),
  governing_law: optional(f.text(500)),
  termination: optional(f.text(2000)),
  renewal: optional(f.text(2000)),
  attachments: withInitial(f.json(z.array(z.string().trim().min(1).max(200)).max(20)), []),
  other_legal_form: optional(f.text(80)),
  other_signatory_name: optional(f.text(160, { personal: true })),
  other_signatory_capacity: optional(f.text(120)),
  signature_place: optional(f.text(120)),
  originals: withInitial(f.integer(1, 9), 2),
} as const
export const typedFields = Object.keys(typed) as readonly (keyof typeof typed)[]

const ofContent: ReadonlySet<string> = new Set([...typedFields, 'contract_id', 'number', 'former_version_id', 'built_in', 'deleted_at'])
/** Frozen with the document that people sign. */
const ofDocument: ReadonlySet<string> = new Set(['content', 'content_hash'])

export const contractVersion = entity({
  name: 'contract_version',
  scope: 'project',
  fields: {
    contract_id: f.id('contract'),
    collaborator_id: optional(f.id('collaborator')),
    /** 1 for the contract, then its amendments. */
    number: f.integer(1, 999, made),
    former_version_id: optional(f.id('contract_version', made)),
    state: f.oneOf(contractVersionStates),
    /** The template that ships, by its name and version, where no own one is named. */
    built_in: optional(f.text(40, made)),
    ...typed,
    /** Why it was turned down, taken back, suspended, ended: words of the last step that asked for a reason. */
    state_reason: optional(f.text(300, { personal: true })),
    approved_at: optional(f.instant(made)),
    approved_by: optional(f.text(60, made)),
    sent_at: optional(f.instant(made)),
    signed_at: optional(f.instant(made)),
    activated_at: optional(f.instant(made)),
    ended_at: optional(f.instant(made)),
    house_signature: optional(f.json(Signature, { ...made, personal: true })),
    other_signature: optional(f.json(Signature, { ...made, personal: true })),
    /** Parties, days, rates and clauses as they were sent and signed: payable from there, whatever becomes of the assignments. */
    content: optional(f.json(z.record(z.string(), z.unknown()), { ...made, personal: true, readable: 'rates:read' })),
    content_hash: optional(f.text(64, made)),
  },
  unique: [['contract_id', 'number']],
  owner: 'collaborator_id',
  partOf: 'contract',
  invariants: (row) => [...windowInvariant('starts_on', 'ends_on')(row).filter(() => row.starts_on !== row.ends_on), ...unpriced(row)],
  frozen: (row, changed) => {
    if (changed === 'part') return null
    const state = row['state'] as ContractVersionState
    if (!isEditable(state) && changed.some((name) => ofContent.has(name))) return 'contract.frozen'
    return row['signed_at'] !== null && changed.some((name) => ofDocument.has(name)) ? 'contract.frozen' : null
  },
})

/** The law knows no allowance without an amount; a price without a currency cannot be here: it is in the project's. */
const unpriced = ({ allowances }: { allowances: readonly { amount_minor: number }[] }): Violation[] =>
  allowances.some(({ amount_minor }) => amount_minor === 0) ? [{ code: 'validation.invalid', field: 'allowances' }] : []

export const templateStates = ['active', 'archived'] as const
/** One version of a template. Once a contract was made of it, it stands for ever: another version takes its place. */
export const contractTemplate = entity({
  name: 'contract_template',
  scope: 'organization',
  fields: {
    kind: f.oneOf(contractKinds),
    language: f.oneOf(languages),
    name: f.text(120),
    /** Id of its first version; null: it is the first. */
    family_id: optional(f.id('contract_template', made)),
    number: withInitial(f.integer(1, 9999, made), 1),
    clauses: f.json(z.array(StoredClause).min(1).max(80)),
    state: withInitial(f.oneOf(templateStates), 'active'),
    used_at: optional(f.instant(made)),
  },
  frozen: (row, changed) => (changed !== 'part' && row['used_at'] !== null && changed.some((name) => name !== 'state' && name !== 'used_at') ? 'contract_template.used' : null),
})

export const requestStates = ['open', 'granted', 'refused'] as const
/** What became necessary: an amendment because terms changed after a signature, a void because an engagement ended. Payments wait for an open void. */
export const contractRequest = entity({
  name: 'contract_request',
  scope: 'project',
  fields: {
    contract_id: f.id('contract', made),
    contract_version_id: f.id('contract_version', made),
    assignment_id: optional(f.id('assignment', made)),
    collaborator_id: optional(f.id('collaborator', made)),
    kind: f.oneOf(requestKinds, made),
    state: withInitial(f.oneOf(requestStates, made), 'open'),
    /** What changed: columns of the assignment, or why it ended. */
    cause: f.text(300, made),
    words: optional(f.text(2000, { ...made, personal: true, readable: 'contract:draft' })),
    settled_at: optional(f.instant(made)),
    settled_by: optional(f.text(60, made)),
    settled_words: optional(f.text(300, { ...made, personal: true, readable: 'contract:draft' })),
  },
  owner: 'collaborator_id',
  partOf: 'contract',
})

export const contractFileKinds = ['pdf', 'signed_copy', 'signature'] as const
/** A file of a version, kept under the name of its content: nothing is ever taken away. */
export const contractDocument = entity({
  name: 'contract_document',
  scope: 'project',
  fields: {
    contract_id: f.id('contract'),
    contract_version_id: f.id('contract_version'),
    collaborator_id: optional(f.id('collaborator')),
    kind: f.oneOf(contractFileKinds),
    /** As the file was called: it says whose it is. */
    name: f.text(255, { personal: true }),
    type: f.text(120),
    size: f.integer(0, 100 * 1024 * 1024),
    sha256: f.pattern(hash),
  },
  owner: 'collaborator_id',
  partOf: 'contract',
  // Two entries of one person become one: a file goes with them, and nothing else of it changes.
  frozen: (_, changed) => (changed !== 'part' && changed.some((name) => name !== 'collaborator_id') ? 'contract.frozen' : null),
})

/** What every contract says of the organization, beside its identity: one row. */
export const contractSetting = entity({
  name: 'contract_setting',
  scope: 'organization',
  fields: {
    name: withInitial(f.oneOf(['contracts']), 'contracts'),
    signatory_name: optional(f.text(160, { personal: true })),
    signatory_capacity: optional(f.text(120)),
    agreement_title: optional(f.text(200)),
    /** Category of each licence by its number: 1 venue, 2 producer, 3 diffuser. */
    licence_categories: withInitial(f.json(z.record(z.string().max(60), z.literal([1, 2, 3]))), {}),
    pension: optional(f.json(Body)),
    welfare: optional(f.json(Body)),
    leave_fund: optional(f.json(Body)),
    pay_periodicity: optional(f.oneOf(payPeriodicities)),
    overtime: optional(f.text(1000)),
    governing_law: optional(f.text(500)),
    signature_place: optional(f.text(120)),
  },
  unique: [['name']],
})
