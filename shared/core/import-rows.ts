/** From proposals to the rows of `import.write`, cut into commands of at most 500 rows. */
import { describe } from './import-settle.ts'
import type { Known } from './import-existing.ts'
import { catalogueIndex, type CatalogueIndex } from '../documents/import/catalogue.ts'
import type { AssignmentDraft, FieldChange, ImportPreview, LocationDraft, MissionDraft, PersonDraft, Proposal } from '../documents/import/preview-types.ts'
import {
  personWeight, type ChangedAssignment, type ChangedMission, type ChangedPerson, type ImportRows, type LocationRow, type NewAssignment, type NewMission, type NewPerson,
} from '../domain/imports/operations.ts'
import { bulkRows } from '../domain/operation.ts'
import { isId, type Id } from '../kernel/ids.ts'

export type ImportItem =
  | { list: 'locations'; row: LocationRow }
  | { list: 'people'; row: NewPerson }
  | { list: 'changed_people'; row: ChangedPerson }
  | { list: 'missions'; row: NewMission }
  | { list: 'changed_missions'; row: ChangedMission }
  | { list: 'assignments'; row: NewAssignment }
  | { list: 'changed_assignments'; row: ChangedAssignment }

const MAX_NAME_PART = 80
const MAX_LIST = 60

const values = (changes: readonly FieldChange[]): ReadonlyMap<string, unknown> => new Map(changes.map(({ field, new: value }) => [field, value]))
/** Kept only where the file gave one, or where the key was made to be one. */
const given = (text: string | null, max: number): string | null => (text !== null && text.length > max ? null : text)
const skillIds = (names: readonly string[], catalogue: CatalogueIndex): Id[] => names.flatMap((name) => (catalogue.skill(name)?.id as Id | undefined) ?? [])
const roleId = (name: unknown, catalogue: CatalogueIndex): Id | null => (typeof name === 'string' ? ((catalogue.crewRole(name)?.id as Id | undefined) ?? null) : null)

function newPerson({ external, draft }: Proposal<PersonDraft>, key: string, catalogue: CatalogueIndex): NewPerson {
  const role = roleId(draft.crew_role, catalogue)
  const skills = skillIds(draft.skills, catalogue)
  return {
    key, kind: draft.kind, display_name: draft.full_name, first_name: given(draft.first_name, MAX_NAME_PART), last_name: given(draft.last_name, MAX_NAME_PART),
    email: draft.email, phone: draft.phone, birth_date: draft.birth_date, languages: draft.languages.slice(0, MAX_LIST), tags: draft.tags.slice(0, MAX_LIST), notes: draft.notes, external_id: external.external_id,
    ...(role ? { crew_role_id: role } : {}), ...(skills.length > 0 ? { skill_ids: skills } : {}),
  }
}

/** Names of fields as the records have them, where a file's differ. */
const recordName: Readonly<Record<string, string>> = { full_name: 'display_name', starts_at: 'start_at', ends_at: 'end_at' }
const apart: ReadonlySet<string> = new Set(['crew_role', 'skills', 'location_id', 'status', 'description'])
const plain = (changes: readonly FieldChange[]): Record<string, unknown> =>
  Object.fromEntries(changes.filter(({ field }) => !apart.has(field)).map(({ field, new: value }) => [recordName[field] ?? field, Array.isArray(value) ? value.slice(0, MAX_LIST) : value]))

function changedPerson({ changes }: Proposal<PersonDraft>, target: { key: string; id: Id; version: number }, catalogue: CatalogueIndex): ChangedPerson {
  const wanted = values(changes)
  const role = roleId(wanted.get('crew_role'), catalogue)
  const named = wanted.get('skills')
  const skills = Array.isArray(named) ? skillIds(named.map(String), catalogue) : []
  return { ...target, changes: plain(changes), ...(role ? { crew_role_id: role } : {}), ...(skills.length > 0 ? { skill_ids: skills } : {}) }
}

function newMission({ external, draft }: Proposal<MissionDraft>, key: string, at: { location_id?: Id; location_key?: string }): NewMission {
  return {
    key, title: draft.title, start_at: draft.starts_at, end_at: draft.ends_at, zone: draft.zone, day_code: draft.day_code, ...(draft.kind ? { kind: draft.kind } : {}),
    tags: draft.tags.slice(0, MAX_LIST), description: describe(draft), external_id: external.external_id, ...at,
  }
}

function changedMission({ changes, draft }: Proposal<MissionDraft>, target: { key: string; id: Id; version: number }, placeKey: (key: string) => string | null): ChangedMission {
  const wanted = values(changes)
  const place = wanted.get('location_id')
  const key = typeof place === 'string' && !isId(place) ? placeKey(place) : null
  return {
    ...target,
    changes: { ...plain(changes), ...(wanted.has('description') ? { description: describe(draft) } : {}), ...(isId(place) ? { location_id: place } : {}) },
    ...(key ? { location_key: key } : {}), ...(wanted.has('status') ? { canceled: true as const } : {}),
  }
}

function newAssignment({ key: madeKey, external, draft }: Proposal<AssignmentDraft>, key: string, catalogue: CatalogueIndex): NewAssignment {
  const { rate } = draft
  return {
    key, start_at: draft.start_at, end_at: draft.end_at, call_at: draft.call_at, crew_role_id: roleId(draft.crew_role, catalogue),
    ...(draft.engagement_kind ? { engagement_kind: draft.engagement_kind } : {}), notes: draft.notes,
    ...(rate ? { rate_basis: rate.unit, rate_minor: rate.amount_minor, rate_currency: rate.currency } : {}),
    // A made key names the person; the pair of person and mission finds the assignment again as well.
    ...(external.external_id === madeKey ? {} : { external_id: external.external_id }),
  }
}

/** Every row to be written, in an order where each refers only to what comes before it. */
export function itemsOf({ proposals }: ImportPreview, known: Known): ImportItem[] {
  const catalogue = catalogueIndex(known.catalogue)
  const items: ImportItem[] = []
  const target = (key: string, id: string) => ({ key, id: id as Id, version: known.versions.get(id) ?? 1 })
  const places = new Map(proposals.locations.map((one, index) => [one.key, { key: `l${index}`, id: one.match?.id ?? null }]))
  const people = new Map(proposals.people.map((one, index) => [one.key, { key: `p${index}`, id: one.match?.id ?? null }]))
  const missions = new Map(proposals.missions.map((one, index) => [one.key, { key: `m${index}`, id: one.match?.id ?? null }]))
  const zones = new Map<string, string>()
  for (const { draft } of proposals.missions) if (draft.location_key !== null && !zones.has(draft.location_key)) zones.set(draft.location_key, draft.zone)

  for (const [index, one] of proposals.locations.entries()) if (one.decision === 'create') items.push({ list: 'locations', row: newLocation(one, `l${index}`, zones.get(one.key) ?? known.project.zone) })
  for (const [index, one] of proposals.people.entries()) {
    if (one.decision === 'create') items.push({ list: 'people', row: newPerson(one, `p${index}`, catalogue) })
    else if (one.decision === 'update' && one.match) items.push({ list: 'changed_people', row: changedPerson(one, target(`p${index}`, one.match.id), catalogue) })
  }
  for (const [index, one] of proposals.missions.entries()) {
    const place = one.draft.location_key === null ? undefined : places.get(one.draft.location_key)
    if (one.decision === 'create') items.push({ list: 'missions', row: newMission(one, `m${index}`, !place ? {} : place.id === null ? { location_key: place.key } : { location_id: place.id as Id }) })
    else if (one.decision === 'update' && one.match)
      items.push({ list: 'changed_missions', row: changedMission(one, target(`m${index}`, one.match.id), (key) => places.get(key)?.key ?? null) })
  }
  for (const [index, one] of proposals.assignments.entries()) {
    const person = people.get(one.draft.person_key)
    const mission = missions.get(one.draft.mission_key)
    if (one.decision === 'create' && person && mission)
      items.push({
        list: 'assignments',
        row: {
          ...newAssignment(one, `a${index}`, catalogue), ...(person.id === null ? { person_key: person.key } : { collaborator_id: person.id as Id }),
          ...(mission.id === null ? { mission_key: mission.key } : { mission_id: mission.id as Id }),
        },
      })
    else if (one.decision === 'update' && one.match) {
      const role = roleId(values(one.changes).get('crew_role'), catalogue)
      items.push({ list: 'changed_assignments', row: { ...target(`a${index}`, one.match.id), changes: { ...plain(one.changes), ...(role ? { crew_role_id: role } : {}) } } })
    }
  }
  return items
}

const newLocation = ({ external, draft }: Proposal<LocationDraft>, key: string, zone: string): LocationRow => ({ key, name: draft.name, zone, external_id: external.external_id })

const weightOf = (item: ImportItem): number => (item.list === 'people' || item.list === 'changed_people' ? personWeight(item.row) : 1)

export function chunksOf(items: readonly ImportItem[]): ImportItem[][] {
  const chunks: ImportItem[][] = []
  let room = 0
  for (const item of items) {
    const weight = weightOf(item)
    const last = chunks.at(-1)
    if (last && weight <= room) last.push(item)
    else {
      chunks.push([item])
      room = bulkRows
    }
    room -= weight
  }
  return chunks
}

/** A row whose references to rows written by former commands are their ids. */
function linked(item: ImportItem, ids: ReadonlyMap<string, Id>): ImportItem {
  const idOf = (key: string | undefined): Id | undefined => (key === undefined ? undefined : ids.get(key))
  if (item.list === 'missions' || item.list === 'changed_missions') {
    const location_id = idOf(item.row.location_key)
    if (location_id === undefined) return item
    const { location_key: _key, ...row } = item.row
    return 'changes' in row ? { list: 'changed_missions', row: { ...row, changes: { ...row.changes, location_id } } } : { list: 'missions', row: { ...row, location_id } }
  }
  if (item.list !== 'assignments') return item
  const { person_key, mission_key, ...row } = item.row
  const person = idOf(person_key)
  const mission = idOf(mission_key)
  return {
    list: 'assignments',
    row: {
      ...row, ...(person ? { collaborator_id: person } : person_key ? { person_key } : {}), ...(mission ? { mission_id: mission } : mission_key ? { mission_key } : {}),
    },
  }
}

type Lists = { [L in ImportItem['list']]?: Extract<ImportItem, { list: L }>['row'][] }

/** Input of one `import.write`. */
export function inputOf(chunk: readonly ImportItem[], project_id: Id, source: string, ids: ReadonlyMap<string, Id>): ImportRows {
  const lists: Lists = {}
  for (const item of chunk) {
    const { list, row } = linked(item, ids)
    const rows: unknown[] = (lists[list] ??= [])
    rows.push(row)
  }
  return { project_id, source, ...lists }
}
