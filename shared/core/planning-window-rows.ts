/** Loads what a planning shows, in few questions of few columns: rows the asker may read, and work elsewhere, which is read without their lens and never named. */
import type { Row } from '../domain/entity.ts'
import { isAcceptedOrLater } from '../domain/engagement/rules.ts'
import { location } from '../domain/locations/model.ts'
import { pointsOf, type Point } from '../domain/locations/standing.ts'
import type { Reader, Where } from '../domain/operation.ts'
import { crewRole, department } from '../domain/organization/model.ts'
import { availability, collaborator, collaboratorRole } from '../domain/people/model.ts'
import { assignment, dependency, milestone, mission, need } from '../domain/planning/model.ts'
import { planPublication } from '../domain/publication/model.ts'
import { revision, sheetCover } from '../domain/runsheets/model.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'

const shown = [
  'id', 'version', 'collaborator_id', 'mission_id', 'crew_role_id', 'need_id', 'start_at', 'end_at', 'call_at', 'state', 'engagement_kind', 'quantity',
  'answers_accepted', 'answers_refused', 'is_lead', 'part', 'option_rank', 'option_expires_at', 'reconfirm_since',
] as const satisfies readonly (keyof Row<typeof assignment>)[]
export type WindowAssignment = Pick<Row<typeof assignment>, (typeof shown)[number]>

const missionColumns = ['id', 'version', 'title', 'day_code', 'kind', 'status', 'start_at', 'end_at', 'zone', 'location_id', 'locked', 'tags'] as const
export type WindowMission = Pick<Row<typeof mission>, (typeof missionColumns)[number]>

/** Whose place a need may take: what coverage is counted from. */
export type Covering = Pick<Row<typeof assignment>, 'mission_id' | 'need_id' | 'crew_role_id' | 'state' | 'quantity'>

export interface Cut {
  from?: Instant | undefined
  to?: Instant | undefined
}
/** Rows that share a moment with the cut. */
const overlapping = ({ from, to }: Cut): Where => ({ ...(to === undefined ? {} : { start_at: { lt: to } }), ...(from === undefined ? {} : { end_at: { gt: from } }) })
const distinct = <T extends string>(values: readonly (T | null)[]): T[] => [...new Set(values.filter((value) => value !== null))]

export interface Drawn {
  assignments: WindowAssignment[]
  missions: WindowMission[]
  needs: Row<typeof need>[]
  covering: readonly Covering[]
  milestones: Pick<Row<typeof milestone>, 'id' | 'mission_id' | 'label' | 'at' | 'done'>[]
  dependencies: Pick<Row<typeof dependency>, 'id' | 'before_mission_id' | 'after_mission_id' | 'lag_minutes'>[]
}

/** Missions and what is on them: those of the cut, and the mission of every bar. */
export async function drawnRows(reader: Reader, project_id: Id, cut: Cut): Promise<Drawn> {
  const whole = cut.from === undefined && cut.to === undefined
  const assignments = await reader.pick(assignment, shown, { project_id, ...overlapping(cut) }, { sort: ['start_at'] })
  const found = await reader.pick(mission, missionColumns, { project_id, ...overlapping(cut) }, { sort: ['start_at'] })
  const known = new Set<string>(found.map((row) => row.id))
  const others = distinct(assignments.map((row) => row.mission_id)).filter((id) => !known.has(id))
  const missions = others.length === 0 ? found : [...found, ...(await reader.pick(mission, missionColumns, { id: others }, { sort: ['start_at'] }))]
  const of: Where = whole ? { project_id } : { mission_id: missions.map((row) => row.id) }
  const needs = await reader.find(need, of, { sort: ['created_at'] })
  return {
    assignments, missions, needs,
    covering: whole
      ? assignments.filter((row) => row.state !== 'canceled')
      : await reader.pick(assignment, ['mission_id', 'need_id', 'crew_role_id', 'state', 'quantity'], { mission_id: distinct(needs.map((row) => row.mission_id)), state: { not: 'canceled' } }),
    milestones: await reader.pick(milestone, ['id', 'mission_id', 'label', 'at', 'done'], of, { sort: ['at'] }),
    dependencies: await reader.pick(dependency, ['id', 'before_mission_id', 'after_mission_id', 'lag_minutes'], { project_id }, { sort: ['id'] }),
  }
}

export interface Crew {
  people: Pick<Row<typeof collaborator>, 'id' | 'display_name' | 'kind'>[]
  /** By person. */
  mainRole: ReadonlyMap<string, Id>
  roles: Pick<Row<typeof crewRole>, 'id' | 'name' | 'name_en' | 'department_id' | 'is_head'>[]
  departmentCode: ReadonlyMap<string, string>
}

/** Everybody who has a bar somewhere in the project, whatever the cut: a lane may be empty in it. */
export async function crewOf(reader: Reader, project_id: Id, drawn: Drawn): Promise<Crew> {
  const ids = await reader.values(assignment, 'collaborator_id', { project_id })
  const people = await reader.pick(collaborator, ['id', 'display_name', 'kind'], { id: ids }, { sort: ['display_name'] })
  const mainRole = new Map<string, Id>()
  for (const row of await reader.pick(collaboratorRole, ['collaborator_id', 'crew_role_id'], { collaborator_id: ids }, { sort: ['-is_main', 'created_at'] }))
    if (!mainRole.has(row.collaborator_id)) mainRole.set(row.collaborator_id, row.crew_role_id)
  const named = distinct([...mainRole.values(), ...drawn.assignments.map((row) => row.crew_role_id), ...drawn.needs.map((row) => row.crew_role_id)])
  return {
    people, mainRole,
    roles: await reader.pick(crewRole, ['id', 'name', 'name_en', 'department_id', 'is_head'], { id: named }, { sort: ['position'] }),
    departmentCode: new Map((await reader.pick(department, ['id', 'code'], {})).map((row) => [row.id, row.code])),
  }
}

export interface Place extends Pick<Row<typeof location>, 'id' | 'name' | 'zone'> {
  point: Point | null
}
export async function placesOf(reader: Reader, missions: readonly WindowMission[]): Promise<Place[]> {
  const found = await reader.pick(location, ['id', 'name', 'zone', 'parent_id', 'latitude', 'longitude'], { id: distinct(missions.map((row) => row.location_id)) }, { sort: ['name'] })
  const pointOf = await pointsOf(reader, found)
  return found.map((row) => ({ id: row.id, name: row.name, zone: row.zone, point: pointOf(row) }))
}

/** Numbers of the sheets that are out, by mission they cover. */
export async function sheetNumbersOf(reader: Reader, project_id: Id): Promise<ReadonlyMap<string, number>> {
  const out = new Map((await reader.pick(revision, ['sheet_id', 'number'], { project_id, state: 'published' })).map((row) => [row.sheet_id as string, row.number]))
  const covers = await reader.pick(sheetCover, ['covered_mission_id', 'sheet_id'], { project_id })
  return new Map(covers.flatMap(({ covered_mission_id, sheet_id }) => {
    const number = out.get(sheet_id)
    return number === undefined ? [] : [[covered_mission_id, number] as const]
  }))
}

/** Blocks that count in this project: its own, and those said for every project. */
export const blocksOf = (reader: Reader, project_id: Id, people: readonly Id[], from: Instant, to: Instant) =>
  reader.pick(availability, ['collaborator_id', 'kind', 'start_at', 'end_at', 'reason'], {
    collaborator_id: people, availability_project_id: [null, project_id], start_at: { lt: to }, end_at: { gt: from },
  }, { sort: ['start_at'] })

export interface Busy {
  collaborator_id: Id
  start_at: Instant
  end_at: Instant
  firm: boolean
}

/** Work of these people in other projects, when and no more, even where the asker reads them (decision C3). */
export async function busyOf(all: Reader, project_id: Id, people: readonly Id[], from: Instant, to: Instant): Promise<Busy[]> {
  if (people.length === 0) return []
  const rows = await all.pick(assignment, ['collaborator_id', 'project_id', 'mission_id', 'start_at', 'end_at', 'state'], {
    collaborator_id: people, start_at: { lt: to }, end_at: { gt: from }, state: { not: 'canceled' }, project_id: { not: project_id },
  }, { sort: ['start_at'] })
  const canceled = new Set<string>((await all.pick(mission, ['id'], { id: distinct(rows.map((row) => row.mission_id)), status: 'canceled' })).map((row) => row.id))
  return rows.flatMap(({ collaborator_id, mission_id, start_at, end_at, state }) => (canceled.has(mission_id) ? [] : [{ collaborator_id, start_at, end_at, firm: isAcceptedOrLater(state) }]))
}

export async function latestPublication(reader: Reader, project_id: Id) {
  const [latest] = await reader.pick(planPublication, ['id', 'number', 'published_at'], { project_id }, { sort: ['-number'], limit: 1 })
  return latest ?? null
}
