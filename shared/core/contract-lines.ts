/** The contracts of a project as a list: filtered, counted and paged like the store's own, through the asker's lens. */
import { firstDayOf, lastDayOf } from '../domain/contracts/facts.ts'
import type { AssignmentRow, ContractRow, VersionRow } from '../domain/contracts/material.ts'
import { contract, contractAssignment, contractRequest, contractVersion } from '../domain/contracts/model.ts'
import { contractPhases, phaseOf, type ContractPhase } from '../domain/contracts/phases.ts'
import { listContractLines } from '../domain/contracts/queries.ts'
import { isEditable, type ContractKind } from '../domain/contracts/rules.ts'
import { missingIn, saidOf, type FrozenContent } from '../domain/contracts/written.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { Reader } from '../domain/operation.ts'
import { assignment, mission } from '../domain/planning/model.ts'
import { byId } from '../kernel/grouping.ts'
import type { Id } from '../kernel/ids.ts'
import { fromMs, localDateOf, toMs, type Instant, type LocalDate } from '../kernel/instants.ts'
import { namesOf, shownVersion, totalOf, toPrepare } from './contract-rows.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { pageOfRows } from './listed-rows.ts'
import { possibleOn } from './possible.ts'

/** What a line is filtered and sorted by: read for all contracts, so nothing of it needs their words. */
interface Line {
  /** Of the contract; of accepted work that has none, of the person and the kind. */
  id: string
  contract_id: string | null
  version: number | null
  version_id: string | null
  number: number | null
  phase: ContractPhase
  state: string
  kind: ContractKind
  reference: string | null
  title: string | null
  name: string | null
  collaborator_id: string | null
  party_id: string | null
  first_day: LocalDate | null
  last_day: LocalDate | null
  assignment_ids: readonly string[]
  mission_ids: readonly string[]
  missions: readonly string[]
  sent_at: Instant | null
  signed_at: Instant | null
  /** Who signed so far. */
  house_signed: string | null
  other_signed: string | null
  /** What was asked of it and is not settled. */
  requests: readonly ('amendment' | 'void')[]
}

type Missions = ReadonlyMap<string, { title: string; day_code: string | null; zone: string }>
interface Held {
  of: ContractRow
  version: VersionRow
  rows: readonly AssignmentRow[]
}

const wordsOf = (missions: Missions, ids: readonly string[]): string[] => [...new Set(ids.flatMap((id) => missions.get(id) ?? []).map(({ day_code, title }) => day_code ?? title))]

/** Of work that ends at midnight, the day before. */
function daysOf(rows: readonly Pick<AssignmentRow, 'start_at' | 'end_at' | 'mission_id'>[], missions: Missions): { first_day: LocalDate | null; last_day: LocalDate | null } {
  const zoneOf = (id: string): string => missions.get(id)?.zone ?? 'UTC'
  const days = rows.map((row) => [localDateOf(row.start_at, zoneOf(row.mission_id)), localDateOf(fromMs(toMs(row.end_at) - 1), zoneOf(row.mission_id))] as const)
  return { first_day: days.map(([first]) => first).sort()[0] ?? null, last_day: days.map(([, last]) => last).sort().at(-1) ?? null }
}

function lineOf({ of, version, rows }: Held, name: string | null, requests: Line['requests'], missions: Missions): Line {
  const sent = version.content === null ? null : (version.content as unknown as FrozenContent).facts
  const worked = daysOf(rows.filter(({ state }) => state !== 'canceled'), missions)
  const mission_ids = [...new Set(rows.map(({ mission_id }) => mission_id))]
  return {
    id: of.id, contract_id: of.id, version: of.version, version_id: version.id, number: version.number, phase: phaseOf(version.state), state: version.state, kind: of.kind, reference: of.reference,
    title: version.title ?? of.title, name, collaborator_id: of.collaborator_id, party_id: of.party_id,
    first_day: sent ? firstDayOf(sent) : (worked.first_day ?? version.starts_on), last_day: sent ? lastDayOf(sent) : (worked.last_day ?? version.ends_on),
    assignment_ids: rows.map(({ id }) => id), mission_ids, missions: wordsOf(missions, mission_ids), sent_at: version.sent_at, signed_at: version.signed_at,
    house_signed: version.house_signature?.name ?? null, other_signed: version.other_signature?.name ?? null, requests,
  }
}

/** `held`: what a line is made of, for what the page alone works out. */
async function linesOf(reader: Reader, project_id: Id): Promise<{ lines: Line[]; held: ReadonlyMap<string, Held> }> {
  const rows = await reader.find(contract, { project_id }, { sort: ['-created_at'] })
  const versions = Map.groupBy(await reader.find(contractVersion, { project_id }), (row) => row.contract_id)
  const links = await reader.find(contractAssignment, { project_id })
  const requests = Map.groupBy(await reader.find(contractRequest, { project_id, state: 'open' }), (row) => row.contract_id)
  const missions: Missions = byId(await reader.find(mission, { project_id }))
  const assigned = byId(await reader.getMany(assignment, [...new Set(links.map(({ assignment_id }) => assignment_id))]))
  const linked = Map.groupBy(links, ({ contract_id }) => contract_id)
  const nameOf = await namesOf(reader, rows)
  const held = new Map(rows.flatMap((of) => {
    const own = versions.get(of.id)
    if (!own) return []
    const under = (linked.get(of.id) ?? []).flatMap(({ assignment_id }) => assigned.get(assignment_id) ?? []).sort((a, b) => (a.start_at + a.id < b.start_at + b.id ? -1 : 1))
    return [[of.id, { of, version: shownVersion(own, of), rows: under }] as const]
  }))
  const made = [...held.values()].map((one) => lineOf(one, nameOf(one.of), [...new Set((requests.get(one.of.id) ?? []).map(({ kind }) => kind))], missions))
  // Who may make none is not told whom one is waiting for.
  const waiting = reader.may('contract:draft', project_id) && reader.may('rates:read', project_id) ? await toPrepare(reader, project_id) : []
  const without = byId(await reader.getMany(assignment, waiting.flatMap(({ assignment_ids }) => assignment_ids)))
  const none = waiting.map(({ collaborator_id, kind, name, assignment_ids }): Line => {
    const work = assignment_ids.flatMap((id) => without.get(id) ?? [])
    const mission_ids = [...new Set(work.map(({ mission_id }) => mission_id))]
    return {
      id: `${collaborator_id}_${kind}`, contract_id: null, version: null, version_id: null, number: null, phase: 'to_prepare', state: 'to_prepare', kind, reference: null, title: null, name, collaborator_id, party_id: null,
      ...daysOf(work, missions), assignment_ids, mission_ids, missions: wordsOf(missions, mission_ids), sent_at: null, signed_at: null, house_signed: null, other_signed: null, requests: [],
    }
  })
  return { lines: [...none, ...made], held }
}

/** What needs the words of the contract, or the person's rights on it. */
async function filled(reader: Reader, line: Line, held: Held | undefined, { person, operations, all }: Inner) {
  if (!held) return { ...line, missing: null, gross_minor: null, currency: null, can: [] }
  const { of, version } = held
  const said = version.content === null ? await saidOf(reader, of, version) : null
  const facts = said?.facts ?? (version.content as unknown as FrozenContent).facts
  return {
    ...line, missing: said && (isEditable(version.state) || version.state === 'under_review') ? missingIn(said).length : null, gross_minor: totalOf(facts), currency: facts.currency,
    can: await possibleOn(person, contractVersion, version, operations, all),
  }
}

const text = (one: string | null, other: string | null): number => (one === other ? 0 : one === null ? 1 : other === null ? -1 : one.localeCompare(other, 'fr', { numeric: true, sensitivity: 'base' }))
const byText = (key: 'name' | 'kind' | 'reference' | 'first_day' | 'last_day' | 'sent_at' | 'signed_at') => (a: Line, b: Line): number => text(a[key], b[key])

export const contractLineHandlers: readonly CoreHandler[] = [
  coreHandler(listContractLines, async (reader, input, inner) => {
    if (input.project_id === undefined) throw refuse('validation.reference', detail('project_id', 'required', 'a project'))
    const { lines, held } = await linesOf(reader, input.project_id)
    const page = pageOfRows({
      rows: lines,
      sort: ['phase', 'first_day', 'name'],
      words: ({ name, reference, title, missions }) => [name, reference, reference?.replaceAll('-', ' '), title, ...missions].join(' '),
      cell: (row, column) => {
        if (column === 'mission_id') return row.mission_ids
        if (column === 'request') return row.requests
        return column === 'phase' || column === 'state' || column === 'kind' || column === 'collaborator_id' || column === 'first_day' || column === 'last_day' || column === 'signed_at' || column === 'id' ? row[column] : null
      },
      compare: {
        phase: (a, b) => contractPhases.indexOf(a.phase) - contractPhases.indexOf(b.phase), name: byText('name'), kind: byText('kind'), reference: byText('reference'), first_day: byText('first_day'), last_day: byText('last_day'),
        sent_at: byText('sent_at'), signed_at: byText('signed_at'),
      },
    }, input)
    const items = []
    for (const line of page.items) items.push(await filled(reader, line, held.get(line.id), inner))
    return { ...page, items }
  }),
]
