/** Everything a sheet is made of, read once: the version's own rows, and the live rows of its missions. */
import { byId } from '../../kernel/grouping.ts'
import { addDays, fromLocal, localDateOf } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Row } from '../entity.ts'
import type { Reader } from '../operation.ts'
import { location } from '../locations/model.ts'
import { crewRole, department, member, organization } from '../organization/model.ts'
import { collaborator, collaboratorRole, consent } from '../people/model.ts'
import { assignment, mission, need, project } from '../planning/model.ts'
import { keyTime, runSheet, sheetCover, sheetLayoutSetting, sheetNote, sheetPerson, sheetRow, sheetSlot, type revision } from './model.ts'

export type SheetRow = Row<typeof runSheet>
export type RevisionRow = Row<typeof revision>
export type MissionRow = Row<typeof mission>

export interface SheetRows {
  key_times: Row<typeof keyTime>[]
  slots: Row<typeof sheetSlot>[]
  people: Row<typeof sheetPerson>[]
  notes: Row<typeof sheetNote>[]
  rows: Row<typeof sheetRow>[]
}

/** What a sheet says of a person beside their assignment. */
export type SaidOfPerson = Pick<Row<typeof sheetPerson>, 'assignment_id' | 'meal_at' | 'call_at' | 'call_base' | 'channel' | 'remarks'>

export interface SheetMaterial extends Omit<SheetRows, 'people'> {
  people: readonly SaidOfPerson[]
  organization: Row<typeof organization>
  project: Row<typeof project>
  sheet: SheetRow
  revision: RevisionRow
  /** Lead mission first. */
  missions: readonly [MissionRow, ...MissionRow[]]
  date: LocalDate
  zone: string
  /** Where to go, innermost first: room, site, venue. */
  places: Row<typeof location>[]
  assignments: Row<typeof assignment>[]
  needs: Row<typeof need>[]
  collaborators: ReadonlyMap<string, Row<typeof collaborator>>
  crew_roles: ReadonlyMap<string, Row<typeof crewRole>>
  /** In the organization's order. */
  departments: Row<typeof department>[]
  /** What the organization set for this layout; null: as it ships. */
  layout_setting: Row<typeof sheetLayoutSetting> | null
  /** By person: may the telephone stand on sheets? Absent: never asked. */
  phone_consents: ReadonlyMap<string, 'given' | 'refused'>
  validator: { name: string; role: string | null } | null
  /** The project's missions of the following day, with their places. */
  next_day: { mission: MissionRow; place: string | null }[]
}

/** Rows of a version in their order on paper. */
export async function rowsOf(reader: Reader, revision_id: Id): Promise<SheetRows> {
  const ordered = { sort: ['position'] }
  return {
    key_times: await reader.find(keyTime, { revision_id }, ordered),
    slots: await reader.find(sheetSlot, { revision_id }, ordered),
    people: await reader.find(sheetPerson, { revision_id }),
    notes: await reader.find(sheetNote, { revision_id }, ordered),
    rows: await reader.find(sheetRow, { revision_id }, ordered),
  }
}

/** The missions of a sheet that are still there, the lead one first, the others by start. */
export async function missionsOf(reader: Reader, sheet: SheetRow): Promise<MissionRow[]> {
  const covers = await reader.find(sheetCover, { sheet_id: sheet.id })
  const ids = [...new Set([sheet.lead_mission_id, ...covers.map((cover) => cover.covered_mission_id)])]
  const rank = (row: MissionRow): string => `${row.id === sheet.lead_mission_id ? 0 : 1}${row.start_at}${row.id}`
  return (await reader.getMany(mission, ids)).sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

async function placesOf(reader: Reader, id: Id | null): Promise<Row<typeof location>[]> {
  const places: Row<typeof location>[] = []
  for (let next = id; next !== null && places.length < 3; ) {
    const place = await reader.get(location, next)
    if (!place) break
    places.push(place)
    next = place.parent_id
  }
  return places
}

async function validatorOf(reader: Reader, user_id: string | null): Promise<SheetMaterial['validator']> {
  if (user_id === null) return null
  const [found] = await reader.find(member, { user_id })
  if (!found) return null
  const [main] = found.collaborator_id === null ? [] : await reader.find(collaboratorRole, { collaborator_id: found.collaborator_id }, { sort: ['-is_main', 'created_at'], limit: 1 })
  const role = main ? await reader.get(crewRole, main.crew_role_id) : null
  return { name: found.name, role: role?.name ?? null }
}

async function nextDayOf(reader: Reader, project_id: Id, date: LocalDate, zone: string): Promise<SheetMaterial['next_day']> {
  const found = await reader.find(mission, {
    project_id, status: { not: 'canceled' }, start_at: { gte: fromLocal(addDays(date, 1), '00:00', zone), lt: fromLocal(addDays(date, 2), '00:00', zone) },
  }, { sort: ['start_at'], limit: 20 })
  const places = byId(await reader.getMany(location, [...new Set(found.flatMap((row) => (row.location_id === null ? [] : [row.location_id])))]))
  return found.map((row) => ({ mission: row, place: (row.location_id && places.get(row.location_id)?.name) ?? null }))
}

export async function materialOf(reader: Reader, revisionRow: RevisionRow): Promise<SheetMaterial> {
  const sheet = await reader.need(runSheet, revisionRow.sheet_id)
  const missions = await missionsOf(reader, sheet)
  const lead = missions[0] ?? (await reader.need(mission, sheet.lead_mission_id))
  const mission_id = missions.map((row) => row.id)
  const assignments = await reader.find(assignment, { mission_id, state: { not: 'canceled' } }, { sort: ['start_at'] })
  const people = [...new Set(assignments.map((row) => row.collaborator_id))]
  const consents = await reader.find(consent, { collaborator_id: people, purpose: 'phone_on_sheets' })
  const date = localDateOf(lead.start_at, lead.zone)
  return {
    ...(await rowsOf(reader, revisionRow.id)),
    organization: await reader.need(organization, sheet.org_id),
    project: await reader.need(project, sheet.project_id),
    sheet,
    revision: revisionRow,
    missions: [lead, ...missions.slice(1)],
    date,
    zone: lead.zone,
    places: await placesOf(reader, revisionRow.sheet_location_id ?? lead.location_id),
    assignments,
    needs: await reader.find(need, { mission_id }, { sort: ['created_at'] }),
    collaborators: byId(await reader.getMany(collaborator, people)),
    crew_roles: byId(await reader.find(crewRole, {})),
    departments: await reader.find(department, {}, { sort: ['position'] }),
    layout_setting: (await reader.find(sheetLayoutSetting, { layout: sheet.layout }))[0] ?? null,
    phone_consents: new Map(consents.map((row) => [row.collaborator_id, row.answer])),
    validator: await validatorOf(reader, revisionRow.validated_by),
    next_day: await nextDayOf(reader, sheet.project_id, date, lead.zone),
  }
}
