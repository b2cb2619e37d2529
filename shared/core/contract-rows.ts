/** Contracts and the work that has none, as rows: what lists, registers and warnings begin with. */
import type { ContractFacts } from '../domain/contracts/facts.ts'
import type { ContractRow, VersionRow } from '../domain/contracts/material.ts'
import { contract, contractAssignment, contractVersion } from '../domain/contracts/model.ts'
import { contractMarkOf, contractMarks, phaseOf, type ContractMark } from '../domain/contracts/phases.ts'
import { contractKindOf } from '../domain/contracts/rules.ts'
import { totalsOf } from '../domain/contracts/totals.ts'
import { isAcceptedOrLater } from '../domain/engagement/rules.ts'
import type { Reader } from '../domain/operation.ts'
import { party } from '../domain/organization/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { assignment, mission } from '../domain/planning/model.ts'
import { byId } from '../kernel/grouping.ts'
import type { Id } from '../kernel/ids.ts'

/** The version that people mean when they name none: in work, else in force, else the newest. */
export function shownVersion(versions: readonly VersionRow[], of: ContractRow): VersionRow {
  const newest = versions.toSorted((a, b) => b.number - a.number)
  const found = newest.find(({ state }) => state !== 'archived') ?? newest.find(({ id }) => id === of.active_version_id) ?? newest[0]
  if (!found) throw new Error(`contract ${of.id} has no version`)
  return found
}

export async function namesOf(reader: Reader, rows: readonly ContractRow[]): Promise<(row: ContractRow) => string | null> {
  const people = byId(await reader.getMany(collaborator, [...new Set(rows.flatMap(({ collaborator_id }) => collaborator_id ?? []))]))
  const parties = byId(await reader.getMany(party, [...new Set(rows.flatMap(({ party_id }) => party_id ?? []))]))
  return ({ collaborator_id, party_id }) => (party_id === null ? undefined : parties.get(party_id)?.name) ?? (collaborator_id === null ? undefined : people.get(collaborator_id)?.display_name) ?? null
}

/** Who accepted and is under no contract, by person and kind, in the order of their first hour. */
export async function toPrepare(reader: Reader, project_id: Id) {
  const rows = (await reader.find(assignment, { project_id, state: ['accepted', 'confirmed', 'executed', 'closed'] }, { sort: ['start_at'] })).filter(({ state }) => isAcceptedOrLater(state))
  const held = new Set((await reader.find(contractAssignment, { project_id })).map(({ assignment_id }) => assignment_id))
  const waiting = rows.flatMap((row) => {
    const kind = contractKindOf(row.engagement_kind)
    return kind === null || held.has(row.id) ? [] : [{ row, kind }]
  })
  const missions = byId(await reader.getMany(mission, [...new Set(waiting.map(({ row }) => row.mission_id))]))
  const people = byId(await reader.getMany(collaborator, [...new Set(waiting.map(({ row }) => row.collaborator_id))]))
  return [...Map.groupBy(waiting, ({ row, kind }) => `${row.collaborator_id} ${kind}`).values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    return [{
      collaborator_id: first.row.collaborator_id, name: people.get(first.row.collaborator_id)?.display_name ?? '', kind: first.kind, assignment_ids: group.map(({ row }) => row.id),
      missions: [...new Set(group.map(({ row }) => missions.get(row.mission_id)?.title ?? ''))], first_at: first.row.start_at, last_at: group.map(({ row }) => row.end_at).sort().at(-1) ?? first.row.end_at,
    }]
  })
}

/** What each person's contracts stand at, for lists of people; null: the reader draws none up here. */
export async function contractMarksOf(reader: Reader, project_id: Id): Promise<ReadonlyMap<string, readonly ContractMark[]> | null> {
  if (!reader.may('contract:draft', project_id) || !reader.may('rates:read', project_id)) return null
  const marks = new Map<string, Set<ContractMark>>()
  const note = (person: string | null, mark: ContractMark | null): void => {
    if (person === null || mark === null) return
    const known = marks.get(person)
    if (known) known.add(mark)
    else marks.set(person, new Set([mark]))
  }
  for (const { collaborator_id } of await toPrepare(reader, project_id)) note(collaborator_id, 'missing')
  const versions = Map.groupBy(await reader.find(contractVersion, { project_id }), (row) => row.contract_id)
  for (const row of await reader.find(contract, { project_id })) {
    const own = versions.get(row.id)
    if (own) note(row.collaborator_id, contractMarkOf(phaseOf(shownVersion(own, row).state)))
  }
  return new Map([...marks].map(([person, own]) => [person, contractMarks.filter((mark) => own.has(mark))]))
}

export const totalOf = (facts: ContractFacts): number | null => {
  if (facts.pay.length === 0) return facts.price_minor
  const totals = totalsOf(facts)
  return totals.ok ? totals.value.gross_minor : null
}
