/** What a person may see, as conditions on rows and columns left empty. Computed once per query from bindings and own assignments. */
import type { AnyEntity } from '../domain/entity.ts'
import type { Condition, Reader, Where } from '../domain/operation.ts'
import { assignment, mission } from '../domain/planning/model.ts'
import type { Permission } from '../domain/permissions.ts'
import type { Lens } from '../store/reader.ts'
import type { Person } from './session.ts'

type Loose = Readonly<Record<string, unknown>>

/** Fields of an entity that need a permission to be read, declared in its model. */
const guardedFields = new Map<string, readonly { name: string; permission: Permission }[]>()
function guardedFieldsOf(entity: AnyEntity) {
  let known = guardedFields.get(entity.name)
  if (!known) {
    known = Object.entries(entity.fields).flatMap(([name, field]) => (field.readable ? [{ name, permission: field.readable }] : []))
    guardedFields.set(entity.name, known)
  }
  return known
}

/** Columns that say which project a row of the organization concerns. */
const projectColumn: Readonly<Record<string, string>> = {
  project: 'id', attachment: 'attachment_project_id', conflict_decision: 'decision_project_id', availability: 'availability_project_id',
  role_binding: 'binding_project_id',
}

export const projectIdOf = (entity: AnyEntity, row: Loose): string | null => {
  const column = entity.scope === 'organization' ? projectColumn[entity.name] : 'project_id'
  const value = column ? row[column] : null
  return typeof value === 'string' ? value : null
}

export const isOwn = (entity: AnyEntity, row: Loose, person: Person): boolean => {
  if (entity.owner === null) return false
  if (entity.name === 'member') return row['id'] === person.member_id
  return person.collaborator_id !== null && row[entity.owner] === person.collaborator_id
}

/** The few conditions a lens is made of: a value, null, one of several, not null. */
function meets(value: unknown, wanted: Condition): boolean {
  if (Array.isArray(wanted)) return wanted.includes(String(value))
  if (typeof wanted === 'object' && wanted !== null) return value !== null
  return value === wanted
}

interface Sight {
  projects: readonly string[]
  /** Projects of which only some missions are seen. */
  missions: readonly string[]
  people: ReadonlySet<string>
  places: ReadonlySet<string>
}

/** Rows reachable by somebody who does not see every project. */
async function sightOf(person: Person, reader: Reader): Promise<Sight> {
  const read = person.holding('project:read')
  const whole = [...read.projects]
  const own = person.collaborator_id === null || (!read.ownEverywhere && read.ownProjects.size === 0)
    ? []
    : await reader.find(assignment, { collaborator_id: person.collaborator_id, ...(read.ownEverywhere ? {} : { project_id: [...read.ownProjects] }) })
  const ownMissions = [...new Set(own.filter((row) => row.state !== 'canceled').map((row) => row.mission_id))]
  const seen = await reader.find(mission, whole.length > 0 ? { project_id: whole } : { id: '' })
  const mine = ownMissions.length > 0 ? await reader.getMany(mission, ownMissions) : []
  const colleagues = await reader.find(assignment, ownMissions.length > 0 ? { mission_id: ownMissions } : { id: '' })
  const crew = whole.length > 0 ? await reader.find(assignment, { project_id: whole }) : []
  const people = new Set([...colleagues, ...crew].map((row) => String(row.collaborator_id)))
  if (person.collaborator_id !== null) people.add(person.collaborator_id)
  const places = new Set([...seen, ...mine].flatMap((row) => (row.location_id === null ? [] : [String(row.location_id)])))
  return { projects: [...new Set([...whole, ...mine.map((row) => String(row.project_id))])], missions: ownMissions, people, places }
}

/** What planners keep about people: others see their own only. */
const kept = new Set(['collaborator_skill', 'certification', 'availability', 'consent'])

export async function lensOf(person: Person, reader: Reader, hidden: Set<string>): Promise<Lens> {
  const read = person.holding('project:read')
  const directory = person.may('collaborator:write', null)
  const sight = read.everywhere && directory ? null : await sightOf(person, reader)
  const wholeProjects = [...read.projects]
  const self = person.collaborator_id

  function alternatives(entity: AnyEntity, { projects, missions, people, places }: Sight): readonly Where[] | 'all' {
    if (kept.has(entity.name)) return directory ? 'all' : self === null ? [] : [{ collaborator_id: self }]
    if (entity.name === 'collaborator') return directory || read.everywhere ? 'all' : [{ id: [...people] }]
    if (entity.name === 'collaborator_role') return directory || read.everywhere ? 'all' : [{ collaborator_id: [...people] }]
    if (entity.name === 'location') return directory || read.everywhere ? 'all' : [{ id: [...places] }]
    if (entity.name === 'attachment')
      return [
        ...(read.everywhere ? [{ attachment_project_id: { not: null } }] : [{ attachment_project_id: wholeProjects }, { entity_id: [...missions, ...(self === null ? [] : [self])] }]),
        ...(directory ? [{ attachment_project_id: null }] : []),
      ]
    if (read.everywhere) return 'all'
    if (entity.name === 'project') return [{ id: projects }]
    if (entity.scope === 'organization') {
      const column = projectColumn[entity.name]
      return column ? [{ [column]: null }, { [column]: projects }] : 'all'
    }
    // Members see their own missions; the rest of those projects stays closed.
    if (entity.name === 'mission') return [{ project_id: wholeProjects }, { id: missions }]
    if (entity.scope === 'mission') return [{ project_id: wholeProjects }, { mission_id: missions }]
    if (entity.name === 'dependency') return [{ project_id: wholeProjects }, { before_mission_id: missions }, { after_mission_id: missions }]
    return [{ project_id: projects }]
  }
  const known = new Map<string, readonly Where[] | null>()
  function where(entity: AnyEntity): readonly Where[] | null {
    if (sight === null) return []
    let conditions = known.get(entity.name)
    if (conditions === undefined) {
      const found = alternatives(entity, sight)
      const possible = found === 'all' ? [] : found.filter((one) => Object.values(one).every((wanted) => !Array.isArray(wanted) || wanted.length > 0))
      known.set(entity.name, (conditions = found !== 'all' && possible.length === 0 ? null : possible))
    }
    return conditions
  }
  function sees(entity: AnyEntity, row: Loose): boolean {
    const conditions = where(entity)
    return conditions !== null && (conditions.length === 0 || conditions.some((condition) => Object.entries(condition).every(([column, wanted]) => meets(row[column], wanted))))
  }
  return {
    where,
    sees,
    redact(entity, row) {
      for (const { name, permission } of guardedFieldsOf(entity)) {
        if (row[name] === null || row[name] === undefined) continue
        if (person.may(permission, projectIdOf(entity, row), isOwn(entity, row, person))) continue
        row[name] = null
        hidden.add(`${entity.name}.${name}`)
      }
    },
  }
}
