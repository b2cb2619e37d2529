/** What is worked out from contracts over a whole project: the compliance radar and the pay variables. Derived each time, never stored. */
import { complianceRadar, type HireFacts } from '../domain/compliance/radar.ts'
import { checkRates } from '../domain/contracts/making.ts'
import { firstDayOf, lastDayOf, type ContractLanguage } from '../domain/contracts/facts.ts'
import { payCsv as csvOf, payRows, reversedDays, type PayVariablesFacts } from '../domain/contracts/pay-variables.ts'
import { contract, contractAssignment, contractVersion } from '../domain/contracts/model.ts'
import type { ContractRow, VersionRow } from '../domain/contracts/material.ts'
import * as queries from '../domain/contracts/queries.ts'
import { isEmployment, isSigned } from '../domain/contracts/rules.ts'
import { saidOf } from '../domain/contracts/written.ts'
import type { Reader } from '../domain/operation.ts'
import { organization } from '../domain/organization/model.ts'
import { certification, collaborator } from '../domain/people/model.ts'
import { identityPaper } from '../domain/personal-data/model.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import { byId } from '../kernel/grouping.ts'
import { sha256 } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

interface Held {
  of: ContractRow
  /** What binds, or would: never an amendment that is only drafted. */
  version: VersionRow
}
const drafted = ({ state }: VersionRow): boolean => state === 'amendment_draft' || state === 'amendment_under_review'

async function heldIn(reader: Reader, project_id: Id): Promise<Held[]> {
  const versions = Map.groupBy(await reader.find(contractVersion, { project_id }, { sort: ['-number'] }), (row) => row.contract_id)
  return (await reader.find(contract, { project_id })).flatMap((of): Held[] => {
    const own = (versions.get(of.id) ?? []).filter((one) => !drafted(one))
    const version = own.find(({ id }) => id === of.active_version_id) ?? own.find(({ state }) => state !== 'archived') ?? own.find((one) => isSigned(one))
    return version ? [{ of, version }] : []
  })
}

const furthest = ['planned', 'proposed', 'accepted', 'confirmed', 'executed', 'closed'] as const

async function hiresOf(reader: Reader, project_id: Id): Promise<{ hires: HireFacts[]; objectNumbers: string[]; due: boolean }> {
  const rows = await reader.find(assignment, { project_id, state: { not: 'canceled' } }, { sort: ['start_at'] })
  const missions = byId(await reader.find(mission, { project_id }))
  const held = (await heldIn(reader, project_id)).filter(({ of }) => isEmployment(of.kind))
  const contractOf = new Map((await reader.find(contractAssignment, { project_id })).map((one) => [one.assignment_id, held.find(({ of }) => of.id === one.contract_id)]))
  const groups = Map.groupBy(rows, (row) => contractOf.get(row.id)?.of.id ?? row.id)
  const hires = [...groups].flatMap(([id, group]): HireFacts[] => {
    const [first] = group
    if (!first) return []
    const found = contractOf.get(first.id)
    return [{
      id, project_id, collaborator_id: first.collaborator_id, kind: first.engagement_kind,
      state: furthest.findLast((state) => group.some((row) => row.state === state)) ?? 'canceled', zone: missions.get(first.mission_id)?.zone ?? 'Europe/Paris',
      stretches: group.map(({ start_at, end_at }) => ({ start_at, end_at })), dpae_reference: found?.version.dpae_reference ?? null,
      contract: found ? { id: found.of.id, signed_at: found.version.signed_at, sent_at: found.version.sent_at } : null,
      // Certificates are made by the payroll tool: nothing here says that one was sent.
      aem_months: [],
    }]
  })
  return { hires, objectNumbers: held.flatMap(({ version }) => version.object_number ?? []), due: held.every(({ version }) => version.object_number_due) }
}

async function payFactsOf(reader: Reader, { of, version }: Held): Promise<PayVariablesFacts | null> {
  const { facts } = await saidOf(reader, of, version)
  const [starts_on, ends_on, work] = [firstDayOf(facts), lastDayOf(facts), facts.employment]
  if (starts_on === null || ends_on === null || work === null || of.collaborator_id === null) return null
  const person = await reader.get(collaborator, of.collaborator_id)
  const rows = byId(await reader.getMany(assignment, [...new Set(facts.days.map(({ assignment_id }) => assignment_id))] as Id[]))
  const days = facts.days.map((day) => {
    const row = rows.get(day.assignment_id)
    const single = facts.days.filter(({ assignment_id }) => assignment_id === day.assignment_id).length === 1
    // Hours entered are of the whole assignment: of one that lasts several days they tell no day's.
    const actual = single && row?.actual_start_at != null && row.actual_end_at !== null ? { start_at: row.actual_start_at, end_at: row.actual_end_at } : null
    return { ...day, actual }
  })
  return {
    contract_id: of.id, reference: of.reference, employer_siret: facts.house.siret, project_code: facts.project_code ?? '', production_title: work.production_title, object_number: work.object_number, idcc: work.idcc,
    person_id: of.collaborator_id, payroll_number: null, last_name: person?.last_name ?? facts.other.name ?? '', first_name: person?.first_name ?? '', annex: of.kind === 'artist' ? 10 : 8,
    function_title: work.function_title, is_executive: work.is_executive, starts_on, ends_on, dpae_reference: work.dpae_reference, days, pay: facts.pay, allowances: facts.allowances,
  }
}

/** The rows of a month, of what is signed; what has work in it and is not. */
async function payOf(reader: Reader, project_id: Id, month: string, language: ContractLanguage | undefined) {
  checkRates(reader, project_id)
  const home = await reader.need(project, project_id)
  const said = language ?? home.document_language
  const facts: PayVariablesFacts[] = []
  const unsigned: string[] = []
  for (const held of (await heldIn(reader, project_id)).filter(({ of }) => isEmployment(of.kind))) {
    const one = await payFactsOf(reader, held)
    if (!one?.days.some(({ date }) => date.startsWith(month))) continue
    if (isSigned(held.version)) facts.push(one)
    else if (held.version.state !== 'archived') unsigned.push(held.of.reference)
  }
  return { home, said, rows: payRows(facts, month, said), unsigned, reversed: reversedDays(facts) }
}

export const contractReportHandlers: readonly CoreHandler[] = [
  coreHandler(queries.contractRadar, async (reader, { project_id }) => {
    const home = await reader.need(project, project_id)
    const house = await reader.need(organization, reader.call.org)
    const { hires, objectNumbers, due } = await hiresOf(reader, project_id)
    const people = [...new Set(hires.map(({ collaborator_id }) => collaborator_id))] as Id[]
    const held = people.length === 0 ? [] : await reader.find(certification, { collaborator_id: people })
    const permits = people.length === 0 ? [] : await reader.find(identityPaper, { collaborator_id: people, kind: ['residence_permit', 'work_permit'] })
    const names = byId(await reader.getMany(collaborator, people))
    const now = reader.call.now
    const lines = complianceRadar({
      now, zone: home.zone, hires, projects: [{ id: project_id, object_number: objectNumbers[0] ?? null, object_number_due: due }],
      licences: house.licences.map((number) => ({ number, expires_on: null, declared_on: null })), certifications: held,
      // Of these, who draws contracts up in the whole organization reads the kind and the day, nothing else.
      permits: permits.map(({ id, collaborator_id, kind, expires_on }) => ({ id, collaborator_id, kind_id: kind, expires_on })),
    })
    const contracts = new Map(hires.map(({ id, contract: made }) => [id, made?.id ?? null]))
    return { at: now, items: lines.map((line) => ({ ...line, contract_id: contracts.get(line.subject.id) ?? null, name: line.collaborator_id === null ? null : (names.get(line.collaborator_id)?.display_name ?? null) })) }
  }),
  coreHandler(queries.payMonth, async (reader, { project_id, month, language }) => {
    const { rows, unsigned, reversed } = await payOf(reader, project_id, month, language)
    return {
      rows: rows.map((row) => ({
        reference: String(row.reference), name: [row.first_name, row.last_name].filter(Boolean).join(' '), function_title: row.function_title === null ? null : String(row.function_title), basis: String(row.basis),
        days: Number(row.days), minutes: Number(row.minutes), cachets: Number(row.cachets), gross_minor: row.gross === null ? null : Number(row.gross), currency: String(row.currency), hours_source: String(row.hours_source),
      })),
      unsigned, reversed,
    }
  }),
  coreHandler(queries.payCsv, async (reader, { project_id, month, language }, { record }) => {
    const { home, said, rows, unsigned, reversed } = await payOf(reader, project_id, month, language)
    const bytes = Buffer.from(csvOf(rows, said), 'utf8')
    const digest = sha256(bytes)
    await record?.('export.pay_variables', { month, rows: rows.length, sha256: digest }, project_id)
    return {
      file_name: `${month}_${home.code}_${said === 'fr' ? 'variables-de-paie' : 'pay-variables'}.csv`, media_type: 'text/csv; charset=utf-8' as const, base64: bytes.toString('base64'),
      sha256: digest, rows: rows.length, unsigned, reversed,
    }
  }),
]
