/** `can`: what this person may do next. Computed from the declarations and from what is closed, so that pages never decide. */
import { projectColumnOf, type AnyEntity } from '../domain/entity.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import { mission, project } from '../domain/planning/model.ts'
import type { Id } from '../kernel/ids.ts'
import { isOwn, projectIdOf } from './lens.ts'
import type { Person } from './session.ts'

type Loose = Readonly<Record<string, unknown>>

const isArchived = async (reader: Reader, id: unknown): Promise<boolean> => typeof id === 'string' && (await reader.get(project, id as Id))?.status === 'archived'

/** The mission whose lock closes a row. */
function lockingMission(entity: AnyEntity, row: Loose): unknown {
  if (entity.name === 'mission') return row['id']
  if (entity.name === 'dependency') return row['after_mission_id']
  return entity.scope === 'mission' ? row['mission_id'] : null
}

/** Whether an operation still writes a record that stands in an archived project or a locked mission. */
async function openTo(entity: AnyEntity, row: Loose, reader: Reader): Promise<(operation: AnyOperation) => boolean> {
  const column = entity.name === 'role_binding' ? null : projectColumnOf(entity)
  if (column !== null && (await isArchived(reader, row[column])))
    return ({ ignoresLock, target }) => ignoresLock === 'archived' || (ignoresLock && target.kind === 'rows' && target.entity === project.name)
  const id = lockingMission(entity, row)
  if (typeof id === 'string' && (await reader.get(mission, id as Id))?.locked === true) return ({ ignoresLock }) => ignoresLock !== false
  return () => true
}

/** Commands on one record, as its state and the person's rights stand. `reader` sees everything. */
export async function possibleOn(person: Person, entity: AnyEntity, row: Loose, operations: ReadonlyMap<string, AnyOperation>, reader: Reader): Promise<string[]> {
  const home = projectIdOf(entity, row)
  const own = isOwn(entity, row, person)
  const isOpen = await openTo(entity, row, reader)
  const can: string[] = []
  for (const operation of operations.values()) {
    if (operation.kind !== 'command') continue
    const { target } = operation
    const aimed = target.kind === 'rows' ? target.entity === entity.name
      : target.kind === 'project' ? entity.name === 'project'
        : target.kind === 'person' && entity.name === 'collaborator'
    if (!aimed || !person.may(operation.permission, home, own) || !isOpen(operation)) continue
    if (operation.possible && target.kind === 'rows' && !operation.possible(row)) continue
    can.push(operation.name)
  }
  return can
}

/** Commands of the same kind of record, in the project the list was asked for (or anywhere). */
export async function possibleHere(person: Person, asked: AnyOperation, input: unknown, operations: ReadonlyMap<string, AnyOperation>, reader: Reader): Promise<string[]> {
  const family = asked.name.slice(0, asked.name.indexOf('.') + 1)
  const home = asked.target.kind === 'project' ? asked.target.id(input) : asked.target.kind === 'visible' ? asked.target.project?.(input) : undefined
  const archived = await isArchived(reader, home)
  const can: string[] = []
  for (const operation of operations.values()) {
    if (operation.kind !== 'command' || !operation.name.startsWith(family)) continue
    if (archived && family !== 'role.' && family !== 'project.' && operation.ignoresLock !== 'archived') continue
    const holding = person.holding(operation.permission)
    const allowed = home !== undefined ? person.may(operation.permission, home)
      : operation.target.kind === 'organization' ? person.may(operation.permission, null)
        : holding.everywhere || holding.projects.size > 0 || holding.ownEverywhere || holding.ownProjects.size > 0
    if (allowed) can.push(operation.name)
  }
  return can
}
