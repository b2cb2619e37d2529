/** Who could work on a mission, the best fit first. */
import type { Row } from '../domain/entity.ts'
import type { Reader } from '../domain/operation.ts'
import { crewRole, department } from '../domain/organization/model.ts'
import { availability, collaborator, collaboratorRole } from '../domain/people/model.ts'
import { assignment, mission, need } from '../domain/planning/model.ts'
import { coverageOf } from '../domain/planning/mission-page.ts'
import { compareCandidates, reasonsOf } from '../domain/planning/candidates.ts'
import { availabilityStates, findPeople, roleFits } from '../domain/planning/picker-operations.ts'
import { takesTime } from '../domain/planning/worked.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { foreseenConflicts } from './foreseen.ts'
import { askedOf, fittingPeople, standingOf, type Asked } from './picker-candidates.ts'

type Mission = Row<typeof mission>
type Block = Row<typeof availability>
type Work = Row<typeof assignment>
type Fit = (typeof roleFits)[number]
interface Availability {
  state: (typeof availabilityStates)[number]
  start_at: string | null
  end_at: string | null
  zone: string
  title: string | null
  day_code: string | null
  on_mission: boolean
}
type Window = Asked['window']

const DEFAULT_LIMIT = 30
/** People looked at for one answer: typing narrows. */
const LOOKED_AT = 60

/** Crew roles of needs nobody stands for yet. */
async function wantedRoles(reader: Reader, on: Mission): Promise<Set<Id>> {
  const needs = await reader.find(need, { mission_id: on.id })
  const people = await reader.find(assignment, { mission_id: on.id, state: { not: 'canceled' } })
  return new Set(needs.filter((one) => {
    const { filled, held } = coverageOf(one, people)
    return filled + held < one.head_count
  }).map((one) => one.crew_role_id))
}

/** Active people whose name matches; without words, those who hold a wanted role come before everybody else. */
async function candidates(reader: Reader, search: string, wanted: ReadonlySet<Id>): Promise<Row<typeof collaborator>[]> {
  const active = { status: 'active' } as const
  if (search.trim() !== '' || wanted.size === 0) return (await reader.page(collaborator, { where: active, sort: ['display_name'], limit: LOOKED_AT, ...(search.trim() ? { search } : {}) })).items
  const holders = [...new Set((await reader.find(collaboratorRole, { crew_role_id: [...wanted] }, { limit: LOOKED_AT * 5 })).map((row) => row.collaborator_id))]
  const first = await reader.find(collaborator, { ...active, id: holders }, { sort: ['display_name'], limit: LOOKED_AT })
  if (first.length >= LOOKED_AT) return first
  const known = new Set<string>(first.map((row) => row.id))
  const others = await reader.find(collaborator, active, { sort: ['display_name'], limit: LOOKED_AT })
  return [...first, ...others.filter((row) => !known.has(row.id))].slice(0, LOOKED_AT)
}

interface Roles {
  fit: Fit
  role: Row<typeof crewRole> | null
}
function fitOf(held: readonly Row<typeof collaboratorRole>[], wanted: ReadonlySet<Id>, roles: ReadonlyMap<string, Row<typeof crewRole>>): Roles {
  const main = held.find((row) => row.is_main) ?? held[0]
  const asked = held.find((row) => wanted.has(row.crew_role_id))
  const role = roles.get(asked?.crew_role_id ?? main?.crew_role_id ?? '') ?? null
  if (asked) return { fit: asked === main ? 'main' : 'held', role }
  const departments = new Set([...wanted].map((id) => roles.get(id)?.department_id ?? null).filter((id) => id !== null))
  return { fit: role?.department_id && departments.has(role.department_id) ? 'department' : 'none', role }
}

/** Blocks that touch each other say one thing: until the end of the last. */
function endOfChain(blocks: readonly Block[], first: Block): string {
  let end: string = first.end_at
  for (const block of blocks) if (block.kind === first.kind && block.start_at <= end && block.end_at > end) end = block.end_at
  return end
}

interface Around {
  window: Window
  on: Mission
  missions: ReadonlyMap<string, Mission>
  reads: (project_id: string) => boolean
}
function availabilityOf(blocks: readonly Block[], work: readonly Work[], { window, on, missions, reads }: Around): Availability {
  const over = (one: Window): boolean => one.start_at < window.end_at && one.end_at > window.start_at
  const none = { start_at: null, end_at: null, zone: on.zone, title: null, day_code: null, on_mission: false }
  const refused = blocks.find((block) => block.kind === 'unavailable' && over(block))
  if (refused) return { ...none, state: 'unavailable', start_at: refused.start_at, end_at: endOfChain(blocks, refused) }
  const here = work.find((row) => row.mission_id === on.id)
  const taken = here ?? work.find((row) => over(row) && missions.get(row.mission_id)?.status !== 'canceled')
  if (taken) {
    const other = missions.get(taken.mission_id)
    const named = reads(taken.project_id)
    return { state: 'assigned', start_at: taken.start_at, end_at: taken.end_at, zone: other?.zone ?? on.zone, title: named ? (other?.title ?? null) : null, day_code: named ? (other?.day_code ?? null) : null, on_mission: here !== undefined }
  }
  return { ...none, state: blocks.some((block) => block.kind === 'available' && block.start_at <= window.start_at && block.end_at >= window.end_at) ? 'available' : 'free' }
}

/** Who is on the mission already comes last: one rarely puts somebody there twice. */
const rankOf = ({ state, on_mission }: Availability): number => (on_mission ? availabilityStates.length : availabilityStates.indexOf(state))

async function around(on: Mission, window: Window, ids: readonly Id[], { all, person }: Inner, moved: Id | undefined) {
  const touching = { start_at: { lt: window.end_at }, end_at: { gt: window.start_at } }
  const blocks = Map.groupBy((await all.find(availability, { collaborator_id: ids, end_at: { gt: window.start_at } }, { sort: ['start_at'] }))
    .filter((row) => row.availability_project_id === null || row.availability_project_id === on.project_id), (row) => row.collaborator_id)
  const taken = [...await all.find(assignment, { collaborator_id: ids, ...touching, state: { not: 'canceled' } }, { sort: ['start_at'] }), ...await all.find(assignment, { collaborator_id: ids, mission_id: on.id, state: { not: 'canceled' } })]
  const work = Map.groupBy(taken.filter((row) => row.id !== moved && (takesTime(row) || row.mission_id === on.id)), (row) => row.collaborator_id)
  const missions = new Map<string, Mission>((await all.getMany(mission, [...new Set(taken.map((row) => row.mission_id))])).map((row) => [row.id, row]))
  const reads = (project_id: string): boolean => person.may('project:read', project_id)
  return (id: Id): Availability => availabilityOf(blocks.get(id) ?? [], work.get(id) ?? [], { window, on, missions, reads })
}

export const pickerHandlers: readonly CoreHandler[] = [
  coreHandler(findPeople, async (reader, input, inner) => {
    const on = await reader.need(mission, input.mission_id)
    const asked = await askedOf(reader, on, input)
    const wanted = asked.crew_role_id === null ? await wantedRoles(reader, on) : new Set([asked.crew_role_id])
    const fitting = input.fitting === true
    const people = fitting ? await fittingPeople(reader, asked, wanted, input.search ?? '') : await candidates(reader, input.search ?? '', wanted)
    const ids = people.map((row) => row.id)
    const held = Map.groupBy(await reader.find(collaboratorRole, { collaborator_id: ids }, { sort: ['-is_main', 'created_at'] }), (row) => row.collaborator_id)
    const roles = new Map<string, Row<typeof crewRole>>((await reader.find(crewRole, {})).map((row) => [row.id, row]))
    const departments = new Map<string, string>((await reader.find(department, {})).map((row) => [row.id, row.code]))
    const availabilityFor = await around(on, asked.window, ids, inner, input.assignment_id)
    const conflicts = await foreseenConflicts(reader, inner, { on, people: ids, ...asked.window, assignment_id: input.assignment_id, need_id: input.need_id })
    const standing = fitting ? await standingOf(reader, inner, asked, ids) : null
    const items = people.map((row) => {
      const { fit, role } = fitOf(held.get(row.id) ?? [], wanted, roles)
      const availability = availabilityFor(row.id)
      const found = conflicts.get(row.id) ?? []
      const known = standing?.(row.id)
      const facts = known && {
        id: row.id, display_name: row.display_name, role_fit: fit, severe: found.filter(({ severity }) => severity === 'severe').length, availability: availability.state, on_mission: availability.on_mission, ...known,
      }
      return {
        facts, here: Number(availability.on_mission),
        item: {
          id: row.id, display_name: row.display_name, kind: row.kind, crew_role_id: role?.id ?? null, crew_role_name: role?.name ?? null, crew_role_name_en: role?.name_en ?? null,
          department_code: role?.department_id ? (departments.get(role.department_id) ?? null) : null, role_fit: fit, availability, conflicts: found,
          reasons: facts ? reasonsOf(facts) : [], currency: facts?.cost?.currency ?? null,
        },
      }
    })
    items.sort((a, b) => a.facts && b.facts ? compareCandidates(a.facts, b.facts)
      : a.here - b.here || roleFits.indexOf(a.item.role_fit) - roleFits.indexOf(b.item.role_fit) || rankOf(a.item.availability) - rankOf(b.item.availability) || a.item.conflicts.length - b.item.conflicts.length || a.item.display_name.localeCompare(b.item.display_name, 'fr') || (a.item.id < b.item.id ? -1 : 1))
    return { items: items.slice(0, input.limit ?? DEFAULT_LIMIT).map(({ item }) => item), total: items.length }
  }),
]
