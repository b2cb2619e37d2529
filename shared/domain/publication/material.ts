/** The plan as it stands, and the plans that were published, read for comparing. */
import { byId } from '../../kernel/grouping.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Row } from '../entity.ts'
import { location } from '../locations/model.ts'
import type { Reader, Where } from '../operation.ts'
import { crewRole } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { assignment, mission, project } from '../planning/model.ts'
import { knownAfter, knownOf, type SaidPlan } from './changes.ts'
import { planNotice, planPublication } from './model.ts'
import { canonicalPlan, linesOf, overlaps, planSnapshotSchema, type PlanLine, type PlanSnapshot, type Window } from './snapshot.ts'

/** Columns that a plan says something of. */
const lineColumns = ['id', 'mission_id', 'collaborator_id', 'crew_role_id', 'start_at', 'end_at', 'call_at', 'state'] as const
export type PlannedRow = Pick<Row<typeof assignment>, (typeof lineColumns)[number]>
const missionColumns = ['id', 'title', 'day_code', 'status', 'start_at', 'end_at', 'zone', 'location_id'] as const
export type PlannedMission = Pick<Row<typeof mission>, (typeof missionColumns)[number]>

export const missionsIn = (reader: Reader, where: Where): Promise<PlannedMission[]> => reader.pick(mission, missionColumns, where)

const distinct = <T>(values: Iterable<T>): T[] => [...new Set(values)]

/** Who an entry of the directory became: merged entries are the person they were merged into. */
export async function personNow(reader: Reader): Promise<(id: string) => string> {
  const into = new Map<string, string>()
  for (const row of await reader.pick(collaborator, ['id', 'merged_into'], { merged_into: { not: null } }, { removed: true })) if (row.merged_into !== null) into.set(row.id, row.merged_into)
  return (id) => {
    let now = id
    for (let next = into.get(now); next !== undefined; next = into.get(now)) now = next
    return now
  }
}

/** Names as they are printed, also of people who have left the directory. */
export async function namesOf(reader: Reader, ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const wanted = distinct(ids) as Id[]
  const people = wanted.length === 0 ? [] : await reader.pick(collaborator, ['id', 'display_name'], { id: wanted }, { removed: true })
  return new Map(people.map((row) => [row.id, row.display_name]))
}

/** Where each mission is, by the name of the place. */
async function placeNames(reader: Reader, missions: ReadonlyMap<string, PlannedMission>): Promise<(one: PlannedMission) => string | null> {
  const ids = distinct([...missions.values()].flatMap((row) => row.location_id ?? []))
  const places = byId(ids.length === 0 ? [] : await reader.pick(location, ['id', 'name'], { id: ids }, { removed: true }))
  return ({ location_id }) => (location_id === null ? null : (places.get(location_id)?.name ?? null))
}

/** Makes the lines of assignments as they stand; `mission_status` and words are today's. */
export async function lineMaker(reader: Reader, missions: ReadonlyMap<string, PlannedMission>): Promise<(row: PlannedRow) => PlanLine | null> {
  const roles = byId(await reader.pick(crewRole, ['id', 'name', 'name_en'], {}, { removed: true }))
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

/** A published plan without its content. */
const headColumns = [
  'id', 'project_id', 'version', 'number', 'start_at', 'end_at', 'zone', 'note', 'published_at', 'published_by', 'content_hash',
] as const satisfies readonly (keyof Row<typeof planPublication>)[]
export type PublicationHead = Pick<Row<typeof planPublication>, (typeof headColumns)[number]>
export const headsOf = (reader: Reader, where: Where, sort: readonly string[]): Promise<PublicationHead[]> => reader.pick(planPublication, headColumns, where, { sort })

/** Contents already read: they never change, and a planning asks for them after every gesture. */
const read = new Map<string, PlanSnapshot>()
const MOST_READ = 40

async function contentOf(reader: Reader, { id, content_hash }: PublicationHead): Promise<PlanSnapshot | null> {
  const key = `${id} ${content_hash}`
  const known = read.get(key)
  if (known) return known
  const [row] = await reader.find(planPublication, { id })
  if (!row) return null
  const plan = planSnapshotSchema.parse(row.snapshot)
  const [oldest] = read.keys()
  if (read.size >= MOST_READ && oldest !== undefined) read.delete(oldest)
  read.set(key, plan)
  return plan
}

export interface Published {
  row: PublicationHead
  plan: PlanSnapshot
  said: SaidPlan
}
/** The plans published of a project, oldest first, with what each said of whom. */
export async function saidPlans(reader: Reader, project_id: Id): Promise<Published[]> {
  const rows = await headsOf(reader, { project_id }, ['published_at', 'number'])
  const now = rows.length === 0 ? (id: string) => id : await personNow(reader)
  const plans: Published[] = []
  for (const row of rows) {
    const plan = await contentOf(reader, row)
    if (plan) plans.push({ row, plan, said: { id: row.id, published_at: row.published_at, start_at: row.start_at, end_at: row.end_at, lines: linesOf(plan, now) } })
  }
  return plans
}

/** One published plan with its content; null: none that this person sees. */
export async function publishedPlan(reader: Reader, id: Id): Promise<{ row: PublicationHead; plan: PlanSnapshot } | null> {
  const [row] = await headsOf(reader, { id }, [])
  const plan = row ? await contentOf(reader, row) : null
  return row && plan ? { row, plan } : null
}

/** Who was told of which plan; `before`: until that moment. */
export async function toldOf(reader: Reader, project_id: Id): Promise<(plan: { id: string }, person_id: string, before?: string) => boolean> {
  const at = new Map((await reader.pick(planNotice, ['publication_id', 'collaborator_id', 'told_at'], { project_id, told_at: { not: null } })).map((row) => [`${row.publication_id} ${row.collaborator_id}`, row.told_at ?? '']))
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
  const rows = await reader.pick(assignment, lineColumns, { project_id, start_at, end_at, state: { not: 'canceled' } })
  const inside = new Set<string>(rows.map(({ id }) => id))
  const named = distinct(published.flatMap(({ lines }) => lines.filter((line) => overlaps(line, window) && !inside.has(line.id)).map(({ id }) => id))) as Id[]
  const moved = named.length === 0 ? [] : await reader.pick(assignment, lineColumns, { project_id, id: named, state: { not: 'canceled' } })
  const all = [...rows, ...moved]
  const own = await missionsIn(reader, { project_id, start_at, end_at })
  const known = new Set<string>(own.map(({ id }) => id))
  const other = distinct(all.flatMap((row) => (known.has(row.mission_id) ? [] : [row.mission_id])))
  const missions = byId([...own, ...(other.length === 0 ? [] : await missionsIn(reader, { id: other }))])
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
