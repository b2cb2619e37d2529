/**
 * The facts of a contract from its rows: what was typed in the version, what the assignments say, who the two sides are. A version that was
 * sent answers what it was sent with. Amounts and addresses are as the asker may read them: null is "missing", so who may not read a rate
 * makes no contract of it.
 */
import { addDays, localDateOf, shiftDays, type Instant } from '../../kernel/instants.ts'
import type { Id } from '../../kernel/ids.ts'
import { byId } from '../../kernel/grouping.ts'
import { rateOf } from '../costs/cost.ts'
import type { Row } from '../entity.ts'
import type { Reader } from '../operation.ts'
import { location } from '../locations/model.ts'
import { crewRole, organization, party, rateCard } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { assignment, mission, project } from '../planning/model.ts'
import type { ContractFacts, DayFacts, EmploymentFacts, HouseFacts, OtherPartyFacts, PayFacts } from './facts.ts'
import { contractAssignment, contractSetting, type contract, type contractVersion, type KeptSignature } from './model.ts'
import { readLicence } from './numbers.ts'
import { isEmployment, type ContractKind } from './rules.ts'

export type ContractRow = Row<typeof contract>
export type VersionRow = Row<typeof contractVersion>
export type AssignmentRow = Row<typeof assignment>
type Typed = Partial<VersionRow>

/** What facts are made of: rows of a contract, or of what would be one. */
export interface Draft {
  kind: ContractKind
  project_id: Id
  collaborator_id: Id | null
  party_id: Id | null
  reference: string | null
  amendment: number
  amends_reference: string | null
  assignments: readonly AssignmentRow[]
  typed: Typed
  house_signature: KeptSignature | null
  other_signature: KeptSignature | null
}

/** Assignments under a contract, canceled ones too, in the order of their start. */
export async function assignmentsOf(reader: Reader, contract_id: Id): Promise<AssignmentRow[]> {
  const links = await reader.find(contractAssignment, { contract_id })
  const rows = await reader.getMany(assignment, links.map(({ assignment_id }) => assignment_id))
  return rows.sort((a, b) => (a.start_at + a.id < b.start_at + b.id ? -1 : 1))
}

export async function draftOf(reader: Reader, of: ContractRow, version: VersionRow): Promise<Draft> {
  return {
    kind: of.kind, project_id: of.project_id, collaborator_id: of.collaborator_id, party_id: of.party_id, reference: of.reference, amendment: version.number - 1,
    amends_reference: version.number === 1 ? null : of.reference, assignments: (await assignmentsOf(reader, of.id)).filter(({ state }) => state !== 'canceled'), typed: version,
    house_signature: version.house_signature, other_signature: version.other_signature,
  }
}

const filled = (text: string | null | undefined): string | null => (text == null || text.trim() === '' ? null : text.trim())

/** The stretches of one assignment: one for each day on which it begins anew, the unpaid break on the first. */
function stretches(row: AssignmentRow, on: { title: string; zone: string }, place: string | null): DayFacts[] {
  const days: DayFacts[] = []
  const first = localDateOf(row.start_at, on.zone)
  let from: Instant = row.start_at
  for (let day = 1; from < row.end_at && day <= 400; day++) {
    const next = shiftDays(row.start_at, day, on.zone)
    const until = next < row.end_at ? next : row.end_at
    days.push({ assignment_id: row.id, date: addDays(first, day - 1), start_at: from, end_at: until, zone: on.zone, break_minutes: day === 1 ? row.unpaid_break_minutes : 0, label: on.title, place })
    from = until
  }
  return days
}

async function workOf(reader: Reader, rows: readonly AssignmentRow[]): Promise<{ days: DayFacts[]; pay: PayFacts[]; roles: string[]; parts: string[]; english: string[] }> {
  const missions = byId(await reader.getMany(mission, [...new Set(rows.map(({ mission_id }) => mission_id))]))
  const places = byId(await reader.getMany(location, [...new Set([...missions.values()].flatMap(({ location_id }) => location_id ?? []))]))
  const roles = byId(await reader.getMany(crewRole, [...new Set(rows.flatMap(({ crew_role_id }) => crew_role_id ?? []))]))
  const cards = await reader.find(rateCard, {})
  const days: DayFacts[] = []
  const pay: PayFacts[] = []
  for (const row of rows) {
    const on = missions.get(row.mission_id)
    if (!on) continue
    const place = on.location_id === null ? undefined : places.get(on.location_id)
    days.push(...stretches(row, on, place ? [place.name, filled(place.address)].filter(Boolean).join(', ') : null))
    const rate = rateOf(row, cards, localDateOf(on.start_at, on.zone))
    if (rate) pay.push({ assignment_id: row.id, basis: rate.basis, rate_minor: rate.amount_minor, currency: rate.currency, cachets: rate.basis === 'cachet' ? row.cachets : 0 })
  }
  const held = rows.flatMap(({ crew_role_id }) => (crew_role_id === null ? [] : (roles.get(crew_role_id) ?? [])))
  return {
    days: days.sort((a, b) => (a.start_at + a.assignment_id < b.start_at + b.assignment_id ? -1 : 1)), pay,
    roles: [...new Set(held.map(({ name }) => name))], english: [...new Set(held.map(({ name, name_en }) => name_en ?? name))], parts: [...new Set(rows.flatMap(({ part }) => part ?? []))],
  }
}

type Settings = Row<typeof contractSetting> | null
type House = Row<typeof organization>

function houseOf(home: House, settings: Settings): HouseFacts {
  return {
    name: home.legal_name ?? home.name, legal_form: home.legal_form, address: filled(home.address), siren: home.siren ?? home.siret?.slice(0, 9) ?? null, siret: home.siret, ape: home.ape, vat_number: home.vat_number,
    signatory_name: settings?.signatory_name ?? null, signatory_capacity: settings?.signatory_capacity ?? null,
    licences: home.licences.map((number) => {
      const known = readLicence(number)
      return { number, category: settings?.licence_categories[number] ?? (known.ok ? known.value.category : null) }
    }),
  }
}

/** Civil name first: the name as it is printed elsewhere is then an artist's or a usual one. */
function nameOf(person: Row<typeof collaborator>): { name: string; alias: string | null } {
  const civil = [person.first_name, person.last_name].map(filled).filter((part) => part !== null).join(' ')
  if (filled(person.first_name) === null || filled(person.last_name) === null || civil === person.display_name) return { name: person.display_name, alias: null }
  return { name: civil, alias: person.display_name }
}

async function otherOf(reader: Reader, { kind, collaborator_id, party_id, typed }: Draft): Promise<OtherPartyFacts> {
  const person = collaborator_id === null ? null : await reader.get(collaborator, collaborator_id)
  const company_id = party_id ?? (isEmployment(kind) ? null : (person?.party_id ?? null))
  const company = company_id === null ? null : await reader.get(party, company_id)
  const names = person === null ? { name: null, alias: null } : nameOf(person)
  const employed = isEmployment(kind)
  return {
    name: company?.name ?? names.name, alias: employed ? names.alias : null, address: filled(company?.address) ?? filled(person?.address), birth_date: employed ? (person?.birth_date ?? null) : null,
    nir_masked: null, fund_number: null,
    legal_form: typed.other_legal_form ?? null, siret: company?.siret ?? null, vat_number: company?.vat_number ?? null,
    signatory_name: typed.other_signatory_name ?? (company ? null : names.name), signatory_capacity: typed.other_signatory_capacity ?? null,
  }
}

function employmentOf(typed: Typed, work: Awaited<ReturnType<typeof workOf>>, on: Row<typeof project>, home: House, settings: Settings): EmploymentFacts {
  const roles = typed.language === 'en' ? work.english : work.roles
  return {
    production_title: typed.production_title ?? on.name, temporary_reason: typed.temporary_reason ?? null, is_live: typed.is_live ?? on.sheet_layout !== 'film',
    object_number: typed.object_number ?? null, object_number_due: typed.object_number_due ?? true,
    function_title: typed.function_title ?? (roles.length === 0 ? null : roles.join(', ')), part: work.parts.length === 0 ? null : work.parts.join(', '),
    is_executive: typed.is_executive ?? null, risky_post: typed.risky_post ?? null,
    agreement_title: settings?.agreement_title ?? null, idcc: /^\d{4}$/.test(on.agreement ?? '') ? on.agreement : home.idcc,
    trial_days: typed.trial_days ?? null, day_minutes: typed.day_minutes ?? null, week_minutes: typed.week_minutes ?? null, performances: typed.performances ?? null, rehearsals: typed.rehearsals ?? null,
    pay_periodicity: typed.pay_periodicity ?? settings?.pay_periodicity ?? null, overtime: typed.overtime ?? settings?.overtime ?? null,
    pension: settings?.pension ?? null, welfare: settings?.welfare ?? null, leave_fund: settings?.leave_fund ?? null,
    recording: typed.recording ?? null, dpae_reference: typed.dpae_reference ?? null,
  }
}

/** The same facts, with what this employer says of itself in place of theirs. */
export function employerFactsOf(facts: ContractFacts, home: House, settings: Settings): ContractFacts {
  const { employment } = facts
  return {
    ...facts, house: houseOf(home, settings), signature: { ...facts.signature, place: settings?.signature_place ?? null },
    employment: employment && {
      ...employment, idcc: home.idcc, agreement_title: settings?.agreement_title ?? null, pay_periodicity: settings?.pay_periodicity ?? null, overtime: settings?.overtime ?? null,
      pension: settings?.pension ?? null, welfare: settings?.welfare ?? null, leave_fund: settings?.leave_fund ?? null,
    },
  }
}

const signed = (signature: KeptSignature | null) => (signature === null ? null : { name: signature.name, at: signature.at })

/** The facts as they are now. */
export async function factsOf(reader: Reader, draft: Draft): Promise<ContractFacts> {
  const { kind, typed, assignments } = draft
  const home = await reader.need(organization, reader.call.org)
  const on = await reader.need(project, draft.project_id)
  const [settings = null] = await reader.find(contractSetting, {})
  const work = await workOf(reader, assignments)
  const employed = isEmployment(kind)
  const last = [draft.house_signature, draft.other_signature].flatMap((one) => one?.at ?? []).sort().at(-1)
  return {
    kind, language: typed.language ?? on.document_language, reference: draft.reference, amendment: draft.amendment, amends_reference: draft.amends_reference,
    project_name: on.name, project_code: on.code, zone: on.zone, currency: on.currency,
    house: houseOf(home, settings), other: await otherOf(reader, draft),
    days: work.days, starts_on: typed.starts_on ?? null, ends_on: typed.ends_on ?? null, pay: work.pay, allowances: typed.allowances ?? [], price_minor: typed.price_minor ?? null,
    employment: employed ? employmentOf(typed, work, on, home, settings) : null,
    artist: kind !== 'artist' ? null : { deliverables: typed.deliverables ?? null, exclusivity: typed.exclusivity ?? null, royalties: typed.royalties ?? null, territory: typed.territory ?? null, usage: typed.usage ?? null },
    vendor: kind !== 'vendor' ? null : { scope: typed.scope ?? null, service_level: typed.service_level ?? null, rate_card: typed.rate_card ?? null, invoicing_schedule: typed.invoicing_schedule ?? null },
    client: kind !== 'client' ? null : {
      scope: typed.scope ?? null, milestones: typed.milestones ?? null, acceptance_criteria: typed.acceptance_criteria ?? null, payment_schedule: typed.payment_schedule ?? null, change_control: typed.change_control ?? null,
    },
    governing_law: typed.governing_law ?? settings?.governing_law ?? null, termination: typed.termination ?? null, renewal: typed.renewal ?? null, attachments: typed.attachments ?? [],
    signature: {
      place: typed.signature_place ?? settings?.signature_place ?? null, on: last === undefined ? null : localDateOf(last, on.zone), originals: typed.originals ?? 2,
      house: signed(draft.house_signature), other: signed(draft.other_signature),
    },
  }
}
