/** What is asked about contracts. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { list } from '../records.ts'
import { languages } from '../organization/model.ts'
import { contractKinds, contractVersionStates } from './rules.ts'

type Id = z.infer<typeof wire.id>
const Row = z.record(z.string(), z.unknown())
const ofProject = { kind: 'project', id: (input: { project_id: Id }) => input.project_id } as const
/** A member reads of themselves in a project of which the rest stays closed. */
const seenProject = { kind: 'rows', entity: 'project', ids: (input: { project_id: Id }) => [input.project_id] } as const

const Missing = z.object({ key: z.string(), article: z.string().nullable(), where: z.string().nullable(), names: z.array(z.string()) })
const Line = z.object({
  id: z.string(), version: z.int(), version_id: z.string(), kind: z.enum(contractKinds), state: z.enum(contractVersionStates), number: z.int(), reference: z.string(), title: z.string().nullable(),
  collaborator_id: z.string().nullable(), party_id: z.string().nullable(), name: z.string().nullable(), first_day: z.string().nullable(), last_day: z.string().nullable(), days: z.int(),
  gross_minor: z.int().nullable(), currency: z.string(), sent_at: wire.instant.nullable(), signed_at: wire.instant.nullable(), assignment_ids: z.array(z.string()),
  /** How many mandatory mentions are missing; null: not asked of what was handed on. */
  missing: z.int().nullable(),
  open_requests: z.array(z.enum(['amendment', 'void'])),
})
const ToPrepare = z.object({
  collaborator_id: z.string(), name: z.string(), kind: z.enum(contractKinds), assignment_ids: z.array(z.string()), missions: z.array(z.string()), first_at: wire.instant, last_at: wire.instant,
})

export const listContracts = query({
  name: 'contract.list',
  about: 'Contracts of a project by state, and who accepted and has none yet, one line for each person and kind. A member reads their own.',
  input: z.strictObject({ project_id: wire.id, states: z.array(z.enum(contractVersionStates)).max(14).optional(), mission_id: wire.id.optional(), collaborator_id: wire.id.optional() }),
  output: z.object({ items: z.array(Line), to_prepare: z.array(ToPrepare), counts: z.record(z.string(), z.int()) }),
  permission: 'project:read',
  target: seenProject,
})
/** Rows: `shared/core/contract-lines.ts`. Days are local ones of the missions; `missing` and `gross_minor` are worked out for the rows of the page. */
export const listContractLines = list({
  name: 'contract.lines',
  about: 'The contracts of a project, and before them the accepted work that has none, a line for each person and kind: filtered, counted and paged, with what may be done to each.',
  permission: 'project:read',
  filters: ['phase', 'state', 'kind', 'collaborator_id', 'mission_id', 'request', 'first_day', 'last_day', 'signed_at', 'id'],
  sorts: ['phase', 'name', 'kind', 'reference', 'first_day', 'last_day', 'sent_at', 'signed_at'],
})
export const getContract = query({
  name: 'contract.get',
  about: 'One contract: what may be done to it, to each version and to each request, what is missing, the facts and the words of the version in work, its assignments, requests and files.',
  input: z.strictObject({ id: wire.id, version_id: wire.id.optional() }),
  output: z.object({
    contract: Row, name: z.string().nullable(), can: z.array(z.string()),
    versions: z.array(z.object({ row: Row, can: z.array(z.string()) })),
    shown: z.object({ version_id: z.string(), facts: Row, written: Row, missing: z.array(Missing), ready: z.boolean(), frozen: z.boolean() }),
    assignments: z.array(Row), requests: z.array(Row), documents: z.array(Row),
  }),
  permission: 'project:read',
  target: { kind: 'rows', entity: 'contract', ids: (input) => [input.id] },
})

const File = z.object({
  file_name: z.string(), media_type: z.literal('application/pdf'), base64: z.string(), sha256: z.string(), pages: z.int().nullable(), variant: z.enum(['preview', 'contract']), content_hash: z.string().nullable(), missing: z.array(Missing),
})
export const previewContract = query({
  name: 'contract.preview',
  about: 'A preview as PDF: of assignments that have no contract, before or after they are accepted, or of a version with changes not saved yet. A watermark, no number; nothing is kept.',
  input: z.strictObject({
    project_id: wire.id, assignment_ids: z.array(wire.id).max(200).optional(), version_id: wire.id.optional(), kind: z.enum(contractKinds).optional(), template_id: wire.id.nullable().optional(),
    language: z.enum(languages).optional(), changes: z.record(z.string(), z.unknown()).optional(),
  }),
  output: File,
  permission: 'contract:draft',
  target: ofProject,
})
export const contractPdf = query({
  name: 'contract.pdf',
  about: 'A version as PDF with its checksum. What was sent is printed as it was sent, the same bytes every time; what was not is a preview. Audited.',
  /** `nir`: given by the host for who holds `pii:read`, on this print alone; nothing that is kept has it. */
  input: z.strictObject({ id: wire.id, nir: z.string().max(40).optional() }),
  output: File,
  permission: 'project:read',
  target: { kind: 'rows', entity: 'contract_version', ids: (input) => [input.id] },
})
export const openContractFile = query({
  name: 'contract.open_file',
  about: 'The name and content hash of a file kept with a contract (a signed copy, the PDF that was handed over, a drawn signature), for whose contract it is and who draws contracts up. Audited.',
  input: z.strictObject({ id: wire.id }),
  output: z.object({ name: z.string(), type: z.string(), size: z.int(), sha256: z.string() }),
  permission: 'project:read',
  target: { kind: 'rows', entity: 'contract_document', ids: (input) => [input.id] },
})
export const builtInTemplatesOf = query({
  name: 'contract_template.built_in',
  about: 'The templates that ship, and every variable and condition that clauses may name.',
  input: z.strictObject({}),
  output: z.object({ items: z.array(Row), variables: z.array(z.object({ name: z.string(), kinds: z.array(z.enum(contractKinds)), printable: z.boolean() })) }),
  permission: 'contract:draft',
  target: { kind: 'visible' },
})
export const getSettings = query({
  name: 'contract_setting.get',
  about: 'What contracts say of the organization beside its identity; null: nothing was set.',
  input: z.strictObject({}),
  output: z.object({ settings: Row.nullable() }),
  permission: 'contract:draft',
  target: { kind: 'visible' },
})

const RegisterLine = z.object({
  contract_id: z.string(), reference: z.string(), state: z.string(), kind: z.enum(contractKinds), name: z.string().nullable(), birth_date: z.string().nullable(), function: z.string().nullable(), status: z.string().nullable(),
  entry: z.string().nullable(), exit: z.string().nullable(), signed_at: wire.instant.nullable(), dpae_reference: z.string().nullable(), object_number: z.string().nullable(), places: z.array(z.string()), days: z.int(), minutes: z.int(),
})
export const registers = query({
  name: 'contract.registers',
  about: 'The register of entries and exits (C. trav., L. 1221-13) and the list shown to a labour inspector: everybody employed on a project, from the contracts, in the order of their entry.',
  input: z.strictObject({ project_id: wire.id, on: wire.localDate.optional() }),
  output: z.object({ items: z.array(RegisterLine), without_contract: z.array(ToPrepare) }),
  permission: 'contract:draft',
  target: ofProject,
})

const RadarLine = z.object({
  rule: z.string(), article: z.string(), unsure: z.boolean(), subject: z.object({ entity: z.string(), id: z.string() }), project_id: z.string().nullable(), collaborator_id: z.string().nullable(), name: z.string().nullable(),
  /** The contract on which it is settled; null: there is none, or it is settled elsewhere. */
  contract_id: z.string().nullable(),
  due: z.string(), due_at: wire.instant.nullable(), days_left: z.int(), late: z.boolean(), severity: z.enum(['info', 'warning', 'severe']), who: z.string(), month: z.string().nullable(), estimated: z.boolean(),
})
export const contractRadar = query({
  name: 'contract.radar',
  about: 'What the law asks of the employer on a project and is not done: each with its date, its article and who must act. Derived, never stored.',
  input: z.strictObject({ project_id: wire.id }),
  output: z.object({ at: wire.instant, items: z.array(RadarLine) }),
  permission: 'contract:draft',
  target: ofProject,
})
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const leftOut = {
  /** Contracts with work in it that are not signed: not in the file. */
  unsigned: z.array(z.string()),
  /** Days whose hours end before they begin. */
  reversed: z.array(z.object({ contract_id: z.string(), date: z.string() })),
}
/** Hours in minutes, money in minor units of the row's currency. */
const PayLine = z.object({
  reference: z.string(), name: z.string(), function_title: z.string().nullable(), basis: z.string(), days: z.number(), minutes: z.number(), cachets: z.number(), gross_minor: z.number().nullable(), currency: z.string(),
  /** `réel`, `prévu`: in the language asked for. */
  hours_source: z.string(),
})
export const payMonth = query({
  name: 'contract.pay_month',
  about: 'What the file of pay variables of a month would hold, and what would be left out of it: read before the file is made.',
  input: z.strictObject({ project_id: wire.id, month, language: z.enum(languages).optional() }),
  output: z.object({ rows: z.array(PayLine), ...leftOut }),
  permission: 'contract:draft',
  target: ofProject,
})
export const payCsv = query({
  name: 'contract.pay_csv',
  about: 'Pay variables of a month of a project as CSV for payroll tools: a row for each signed contract and way of being paid, actual hours where they were entered. No number of any person. Audited.',
  input: z.strictObject({ project_id: wire.id, month, language: z.enum(languages).optional() }),
  output: z.object({
    file_name: z.string(), media_type: z.literal('text/csv; charset=utf-8'), base64: z.string(), sha256: z.string(), rows: z.int(), ...leftOut,
  }),
  permission: 'contract:draft',
  target: ofProject,
})
