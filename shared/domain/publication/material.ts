/** The plan as it stands, and the plans that were published, read for comparing. */
import type { Id } from '../../kernel/ids.ts'
import type { Row } from '../entity.ts'
import { location } from '../locations/model.ts'
import type { Reader } from '../operation.ts'
import { crewRole } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { assignment, mission, project } from '../planning/model.ts'
import { knownAfter, knownOf, type SaidPlan } from './changes.ts'
import { planNotice, planPublication } from './model.ts'
import { canonicalPlan, linesOf, overlaps, planSnapshotSchema, type PlanLine, type PlanSnapshot, type Window } from './snapshot.ts'

export type PublicationRow = Row<typeof planPublication>
type AssignmentRow = Row<typeof assignment>
type MissionRow = Row<typeof mission>

const byId = <T extends { id: string }>(rows: readonly T[]): ReadonlyMap<string, T> => new Map(rows.map((row) => [row.id, row]))
const distinct = <T>(values: Iterable<T>): T[] => [...new Set(values)]

/** Who an entry of the directory became: merged entries are the person they were merged into. */
export async function personNow(reader: Reader): Promise<(id: string) => string> {
  const into = new Map<string, string>()
  for (const row of await reader.find(collaborator, { merged_into: { not: null } }, { removed: true })) if (row.merged_into !== null) into.set(row.id, row.merged_into)
  return (id) => {
    let now = id
    for (let next = into.get(now); next !== undefined; next = into.get(now)) now = next
    return now
  }
}

/** Names as they are printed, also of people who have left the directory. */
export async function namesOf(reader: Reader, ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const wanted = distinct(ids) as Id[]
  const people = wanted.length === 0 ? [] : await reader.find(collaborator, { id: wanted }, { removed: true })
  return new Map(people.map((row) => [row.id, row.display_name]))
}

/** Where each mission is, by the name of the place. */
async function placeNames(reader: Reader, missions: ReadonlyMap<string, MissionRow>): Promise<(one: MissionRow) => string | null> {
  const ids = distinct([...missions.values()].flatMap((row) => row.location_id ?? []))
  const places = byId(ids.length === 0 ? [] : await reader.find(location, { id: ids }, { removed: true }))
  return ({ location_id }) => (location_id === null ? null : (places.get(location_id)?.name ?? null))
}

/** Makes the lines of assignments as they stand; `mission_status` and words are today's. */
export async function lineMaker(reader: Reader, missions: ReadonlyMap<string, MissionRow>): Promise<(row: AssignmentRow) => PlanLine | null> {
  const roles = byId(await reader.find(crewRole, {}, { removed: true }))
  const placeOf = await placeNames(reader, missions)
  return (row) => {
    const of = missions.get(row.mission_id)
    if (!of) return null
    const role = row.crew_role_id === null ? undefined : roles.get(row.crew_role_id)
    return {
      id: row.id, person_id: row.collaborator_id, mission_id: row.mission_id, title: of.title, day_code: of.day_code, mission_status: of.status,
      place: placeOf(of), zone: of.zone, start_at: row.start_at, end_at: row.end_at, call_at: row.call_at,
      role: role?.name ?? null, role_en: role?.name_en ?? null, state: row.state,
    }
  }
}

/** The plans published of a project, oldest first, with what each said of whom. */
export async function saidPlans(reader: Reader, project_id: Id): Promise<{ row: PublicationRow; said: SaidPlan }[]> {
  const rows = await reader.find(planPublication, { project_id }, { sort: ['published_at', 'number'] })
  const now = rows.length === 0 ? (id: string) => id : await personNow(reader)
  return rows.map((row) => ({ row, said: { id: row.id, published_at: row.published_at, start_at: row.start_at, end_at: row.end_at, lines: linesOf(frozenPlan(row), now) } }))
}

/** The content of a published plan: written by `planAt`, never changed since. */
export const frozenPlan = (row: PublicationRow): PlanSnapshot => planSnapshotSchema.parse(row.snapshot)

/** Who was told of which plan; `before`: until that moment. */
export async function toldOf(reader: Reader, project_id: Id): Promise<(plan: { id: string }, person_id: string, before?: string) => boolean> {
  const at = new Map((await reader.find(planNotice, { project_id, told_at: { not: null } })).map((row) => [`${row.publication_id} ${row.collaborator_id}`, row.told_at ?? '']))
  return (plan, person_id, before) => {
    const told = at.get(`${plan.id} ${person_id}`)
    return told !== undefined && (before === undefined || told <= before)
  }
}

/**
 * The plan of a window as it stands: what overlaps it, and assignments that a published plan had in it and that were moved out of it
 * since, so that they are said to be moved and not to be gone.
 */
export async function planAt(reader: Reader, project_id: Id, window: Window, published: readonly SaidPlan[]): Promise<PlanSnapshot> {
  const { zone } = await reader.need(project, project_id)
  const start_at = { lt: window.end_at }
  const end_at = { gt: window.start_at }
  const rows = await reader.find(assignment, { project_id, start_at, end_at, state: { not: 'canceled' } })
  const inside = new Set<string>(rows.map(({ id }) => id))
  const named = distinct(published.flatMap(({ lines }) => lines.filter((line) => overlaps(line, window) && !inside.has(line.id)).map(({ id }) => id))) as Id[]
  const moved = named.length === 0 ? [] : await reader.find(assignment, { project_id, id: named, state: { not: 'canceled' } })
  const all = [...rows, ...moved]
  const own = await reader.find(mission, { project_id, start_at, end_at })
  const known = new Set<string>(own.map(({ id }) => id))
  const other = distinct(all.flatMap((row) => (known.has(row.mission_id) ? [] : [row.mission_id])))
  const missions = byId([...own, ...(other.length === 0 ? [] : await reader.find(mission, { id: other }))])
  const lineOf = await lineMaker(reader, missions)
  const lines = all.flatMap((row) => lineOf(row) ?? [])
  const names = await namesOf(reader, lines.map((line) => line.person_id))
  const placeOf = await placeNames(reader, missions)
  return canonicalPlan(planSnapshotSchema.parse({
    zone, start_at: window.start_at, end_at: window.end_at,
    missions: [...missions.values()].map((one) => ({
      id: one.id, title: one.title, day_code: one.day_code, status: one.status, start_at: one.start_at, end_at: one.end_at, zone: one.zone, place: placeOf(one),
    })),
    people: [...names].map(([id, name]) => ({ id, name })),
    lines: lines.map(({ id, mission_id, person_id, start_at: from, end_at: to, call_at, role, role_en, state }) => ({ id, mission_id, person_id, start_at: from, end_at: to, call_at, role, role_en, state })),
  }))
}

/** Missions of a plan that do not take place. */
export const canceledIn = (plan: PlanSnapshot): ReadonlySet<string> => new Set(plan.missions.filter(({ status }) => status === 'canceled').map(({ id }) => id))

/** What people knew of a window when a plan was published or is about to be: from the plans before it, as each was told. */
export function knownBefore(plan: Window & { lines: readonly PlanLine[] }, former: readonly SaidPlan[], told: (one: SaidPlan, person_id: string) => boolean): PlanLine[] {
  return knownOf(knownAfter(former, told), plan)
}
