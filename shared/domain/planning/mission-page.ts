/** What the page of one mission shows beside its own fields. */
import type { Id } from '../../kernel/ids.ts'
import { localDateOf } from '../../kernel/instants.ts'
import type { Row } from '../entity.ts'
import type { location } from '../locations/model.ts'
import { pointsOf } from '../locations/standing.ts'
import { sunTimes } from '../locations/sun.ts'
import type { Reader } from '../operation.ts'
import { crewRole, department } from '../organization/model.ts'
import { revision } from '../runsheets/model.ts'
import { dependency, mission, type assignment, type need } from './model.ts'

type MissionRow = Row<typeof mission>
type NeedRow = Row<typeof need>
type PersonRow = Pick<Row<typeof assignment>, 'need_id' | 'crew_role_id' | 'state' | 'quantity'>
const answered: readonly string[] = ['accepted', 'confirmed', 'executed', 'closed']

/** People who fill a need: named for it, or of its crew role without being named for another (decision P4; `quantity` counts). */
export function coverageOf(one: Pick<NeedRow, 'id' | 'crew_role_id'>, people: readonly PersonRow[]): { held: number; filled: number } {
  const on = people.filter((person) => person.need_id === one.id || (person.need_id === null && person.crew_role_id === one.crew_role_id))
  const filled = on.filter((person) => answered.includes(person.state)).reduce((sum, person) => sum + person.quantity, 0)
  return { filled, held: on.reduce((sum, person) => sum + person.quantity, 0) - filled }
}

/** Needed, answered and held people by department, in the organization's order; a crew role without department counts under null. */
export async function coverageByDepartment(reader: Reader, needs: readonly (NeedRow & { held: number; filled: number })[]) {
  const roles = new Map((await reader.getMany(crewRole, [...new Set(needs.map((one) => one.crew_role_id))])).map((role) => [role.id, role.department_id]))
  const known = await reader.find(department, {}, { sort: ['position'] })
  return [...known, null].flatMap((row) => {
    const its = needs.filter((one) => (roles.get(one.crew_role_id) ?? null) === (row?.id ?? null))
    if (its.length === 0) return []
    const sum = (field: 'head_count' | 'filled' | 'held'): number => its.reduce((total, one) => total + one[field], 0)
    return [{ code: row?.code ?? null, name: row?.name ?? null, name_en: row?.name_en ?? null, needed: sum('head_count'), filled: sum('filled'), held: sum('held') }]
  })
}

export interface LinkedMission {
  id: Id
  lag_minutes: number
  mission: Pick<MissionRow, 'id' | 'title' | 'day_code' | 'start_at' | 'end_at' | 'zone'>
}
export async function dependenciesOf(reader: Reader, id: Id, side: 'before' | 'after'): Promise<LinkedMission[]> {
  const links = await reader.find(dependency, side === 'before' ? { after_mission_id: id } : { before_mission_id: id })
  const others = new Map((await reader.getMany(mission, links.map((link) => (side === 'before' ? link.before_mission_id : link.after_mission_id)))).map((row) => [row.id, row]))
  return links.flatMap((link) => {
    const other = others.get(side === 'before' ? link.before_mission_id : link.after_mission_id)
    if (!other) return []
    const { id: other_id, title, day_code, start_at, end_at, zone } = other
    return [{ id: link.id, lag_minutes: link.lag_minutes, mission: { id: other_id, title, day_code, start_at, end_at, zone } }]
  })
}

/** Its sheet with what is typed there of the weather, and the sun over its place on its first day. */
export async function aroundMission(reader: Reader, row: MissionRow, place: Row<typeof location> | null) {
  const { items } = await reader.view('mission_line', { where: { id: row.id }, sort: ['id'], limit: 1 })
  const line = items[0] ?? {}
  const sheet_id = typeof line['sheet_id'] === 'string' ? (line['sheet_id'] as Id) : null
  const point = place && (await pointsOf(reader, [place]))(place)
  const versions = sheet_id === null ? [] : await reader.find(revision, { sheet_id, state: ['draft', 'validated', 'published'] }, { sort: ['-number'], limit: 1 })
  return {
    first_call_at: line['first_call_at'] ?? row.start_at, head_count: line['head_count'] ?? 0, assigned_count: line['assigned_count'] ?? 0,
    filled_count: line['filled_count'] ?? 0, held_count: line['held_count'] ?? 0,
    sheet_id, sheet_published_number: line['sheet_published_number'] ?? null, sheet_next_number: line['sheet_next_number'] ?? null, sheet_next_state: line['sheet_next_state'] ?? null,
    weather: versions[0]?.weather ?? null,
    sun: point && sunTimes(point.latitude, point.longitude, localDateOf(row.start_at, row.zone), row.zone),
  }
}
