/** How a contract comes to be: from accepted assignments, or of no assignment. The same assignments never have two. */
import { sha256 } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import { localDateOf } from '../../kernel/instants.ts'
import type { CallContext } from '../call-context.ts'
import { isAcceptedOrLater } from '../engagement/rules.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { party } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { assignment, project } from '../planning/model.ts'
import type { ContractLanguage } from './facts.ts'
import { contractReference, defaultSeries, generationKey } from './generation.ts'
import type { AssignmentRow, ContractRow, VersionRow } from './material.ts'
import { contract, contractAssignment, contractTemplate, contractVersion } from './model.ts'
import { contractKindOf, isEmployment, type ContractKind } from './rules.ts'
import { builtInTemplate } from './templates/built-in.ts'

export interface Made {
  id: string
  version: number
  version_id: string
  reference: string
  existing: boolean
}
export interface Chosen {
  template_id?: Id | null | undefined
  language?: ContractLanguage | undefined
  kind?: ContractKind | undefined
}

/** The version that people work on: the newest that is not put away, else the newest. */
export async function workingVersion(tx: Pick<Transaction, 'find'>, contract_id: Id): Promise<VersionRow> {
  const versions = await tx.find(contractVersion, { contract_id }, { sort: ['-number'] })
  const found = versions.find(({ state }) => state !== 'archived') ?? versions[0]
  if (!found) throw new Error(`contract ${contract_id} has no version`)
  return found
}

/** Who may not read rates makes no document of them. */
export function checkRates(tx: Pick<Transaction, 'may'>, project_id: Id): void {
  if (!tx.may('rates:read', project_id)) throw refuse('auth.forbidden', detail(null, 'permission', 'rates:read'))
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
/** Four letters of the device that gives the reference, so that two of them offline never give the same; `SRV`: the authority itself. */
export function deviceCode({ device, actor_kind }: Pick<CallContext, 'device' | 'actor_kind'>): string {
  if (actor_kind === 'system') return 'SRV'
  const digest = sha256(`device ${device}`)
  return [0, 8, 16, 24].map((at) => LETTERS[Number.parseInt(digest.slice(at, at + 6), 16) % LETTERS.length] ?? 'A').join('')
}

/**
 * The number comes from the command, not from a count: the server gives the very one that was shown offline, whatever became of the commands
 * before it (decision C34). Taken by another of the same device, it is the next free one.
 */
async function referenceOf(tx: Transaction, kind: ContractKind, zone: string, label: string): Promise<string> {
  const year = Number(localDateOf(tx.call.now, zone).slice(0, 4))
  let n = 10_000 + (Number.parseInt(sha256(`${tx.call.seed} ${label}`).slice(0, 12), 16) % 90_000)
  for (;;) {
    const reference = contractReference({ series: defaultSeries[kind], year, device_code: deviceCode(tx.call), n })
    if (!reference.ok) throw new Error(`no reference: ${reference.error}`)
    const [taken] = await tx.find(contract, { reference: reference.value }, { removed: true, limit: 1 })
    if (!taken) return reference.value
    n += 1
  }
}

/** Own template, of the right kind and still offered, or the newest that ships. Once used it stands for ever. */
async function templateFor(tx: Transaction, kind: ContractKind, language: ContractLanguage, template_id: Id | null | undefined) {
  if (template_id == null) return { template_id: null, built_in: builtInTemplate(kind, language).id, language, key: builtInTemplate(kind, language).id }
  const row = await tx.need(contractTemplate, template_id)
  if (row.kind !== kind) throw refuse('validation.reference', detail('template_id', 'kind', kind, row.kind))
  if (row.state === 'archived') throw refuseFor('contract_template', 'transition_rejected', detail('template_id', 'archived', 'active', row.state))
  if (row.used_at === null) await tx.update(contractTemplate, row.id, { used_at: tx.call.now })
  return { template_id: row.id, built_in: null, language: row.language, key: row.id }
}

const made = (of: ContractRow, version: VersionRow, existing: boolean): Made => ({ id: of.id, version: of.version, version_id: version.id, reference: of.reference, existing })

interface Making {
  project_id: Id
  kind: ContractKind
  collaborator_id: Id | null
  party_id: Id | null
  title: string | null
  assignments: readonly AssignmentRow[]
  chosen: Chosen
  label: string
  /** Versions that these assignments had before, voids included. */
  before: number
}

async function write(tx: Transaction, { project_id, kind, collaborator_id, party_id, title, assignments, chosen, label, before }: Making): Promise<Made> {
  const home = await tx.need(project, project_id)
  const { key, ...template } = await templateFor(tx, kind, chosen.language ?? home.document_language, chosen.template_id)
  const generation_key = generationKey({
    org_id: tx.call.org, project_id, assignment_ids: assignments.map(({ id }) => id), template_version_id: key, amendment: before, framework_id: assignments.length > 0 ? null : tx.id(`${label}:contract`),
  })
  const [there] = await tx.find(contract, { generation_key })
  if (there) return made(there, await workingVersion(tx, there.id), true)
  const reference = await referenceOf(tx, kind, home.zone, label)
  const row = await tx.insert(contract, `${label}:contract`, { project_id, kind, title, reference, generation_key, collaborator_id, party_id })
  const version = await tx.insert(contractVersion, `${label}:version`, { project_id, contract_id: row.id, collaborator_id, number: 1, state: 'draft_preview', title, ...template })
  await tx.insertMany(contractAssignment, assignments.map(({ id }) => ({ label: `${label}:assignment:${id}`, values: { project_id, contract_id: row.id, assignment_id: id, collaborator_id } })))
  return made(row, version, false)
}

/** Why an assignment cannot be under this contract; null: it can. */
function unfit(row: AssignmentRow, first: AssignmentRow, kind: ContractKind): string | null {
  if (row.project_id !== first.project_id) return 'other_project'
  if (row.collaborator_id !== first.collaborator_id) return 'other_person'
  if (!isAcceptedOrLater(row.state)) return 'not_accepted'
  const own = contractKindOf(row.engagement_kind)
  return own !== null && own !== kind ? 'other_kind' : null
}

/** The contract of these assignments, made now or there already. Throws `contract.assignments` with what stands against it. */
export async function generate(tx: Transaction, ids: readonly Id[], chosen: Chosen, label: string): Promise<Made> {
  const rows: AssignmentRow[] = []
  for (const id of new Set(ids)) rows.push(await tx.need(assignment, id))
  const [first] = rows
  if (!first) throw refuseFor('assignment', 'not_found', detail('assignment_ids', 'not_found'))
  checkRates(tx, first.project_id)
  const links = await tx.find(contractAssignment, { assignment_id: rows.map(({ id }) => id) }, { removed: true })
  const living = links.filter(({ deleted_at }) => deleted_at === null)
  const [held] = living
  if (held && living.length === rows.length && living.every(({ contract_id }) => contract_id === held.contract_id))
    return made(await tx.need(contract, held.contract_id), await workingVersion(tx, held.contract_id), true)
  if (held) throw refuse('contract.assignments', ...living.map((one) => detail('assignment_ids', 'has_contract', one.contract_id, one.assignment_id)))
  const kind = chosen.kind ?? contractKindOf(first.engagement_kind)
  if (kind === null) throw refuse('contract.assignments', ...rows.map(({ id, engagement_kind }) => detail('assignment_ids', 'no_contract_kind', engagement_kind, id)))
  const wrong = rows.flatMap((row) => {
    const why = unfit(row, first, kind)
    return why === null ? [] : [detail('assignment_ids', why, null, row.id)]
  })
  if (wrong.length > 0) throw refuse('contract.assignments', ...wrong)
  const former = [...new Set(links.map(({ contract_id }) => contract_id))]
  const before = former.length === 0 ? 0 : await tx.count(contractVersion, { contract_id: former })
  const person = isEmployment(kind) ? null : await tx.get(collaborator, first.collaborator_id)
  return write(tx, {
    project_id: first.project_id, kind, collaborator_id: first.collaborator_id, party_id: person?.party_id ?? null, title: null,
    assignments: rows.sort((a, b) => (a.start_at + a.id < b.start_at + b.id ? -1 : 1)), chosen, label, before,
  })
}

/** One for each person and kind; whoever has one, or needs none, is told. */
export async function generateOn(tx: Transaction, mission_id: Id, language: ContractLanguage | undefined): Promise<{ items: Made[]; skipped: { assignment_id: string; why: string }[] }> {
  const rows = await tx.find(assignment, { mission_id }, { sort: ['start_at'] })
  const held = new Set((rows.length === 0 ? [] : await tx.find(contractAssignment, { assignment_id: rows.map(({ id }) => id) })).map(({ assignment_id }) => assignment_id))
  const groups = new Map<string, Id[]>()
  const skipped: { assignment_id: string; why: string }[] = []
  for (const row of rows) {
    const kind = contractKindOf(row.engagement_kind)
    const why = held.has(row.id) ? 'has_contract' : !isAcceptedOrLater(row.state) ? 'not_accepted' : kind === null ? 'no_contract_kind' : null
    if (why !== null) skipped.push({ assignment_id: row.id, why })
    else groups.set(`${row.collaborator_id} ${String(kind)}`, [...(groups.get(`${row.collaborator_id} ${String(kind)}`) ?? []), row.id])
  }
  const items: Made[] = []
  for (const [key, ids] of groups) items.push(await generate(tx, ids, { language }, key))
  return { items, skipped }
}

export async function createFree(tx: Transaction, input: { project_id: Id; kind: ContractKind; collaborator_id?: Id | null | undefined; party_id?: Id | null | undefined; title?: string | null | undefined } & Chosen): Promise<Made> {
  const { project_id, kind, collaborator_id = null, party_id = null, title = null } = input
  checkRates(tx, project_id)
  if (collaborator_id !== null) await tx.need(collaborator, collaborator_id)
  if (party_id !== null) await tx.need(party, party_id)
  if (collaborator_id === null && (isEmployment(kind) || party_id === null)) throw refuse('validation.reference', detail(isEmployment(kind) ? 'collaborator_id' : 'party_id', 'required', isEmployment(kind) ? 'collaborator' : 'party'))
  return write(tx, { project_id, kind, collaborator_id, party_id, title, assignments: [], chosen: input, label: 'free', before: 0 })
}
