/** `can`: what this person may do next. Computed from the declarations, so that pages never decide. */
import type { AnyEntity } from '../domain/entity.ts'
import type { AnyOperation } from '../domain/operation.ts'
import { isOwn, projectIdOf } from './lens.ts'
import type { Person } from './session.ts'

/** Commands on one record, as its state and the person's rights stand. */
export function possibleOn(person: Person, entity: AnyEntity, row: Readonly<Record<string, unknown>>, operations: ReadonlyMap<string, AnyOperation>): string[] {
  const project = projectIdOf(entity, row)
  const own = isOwn(entity, row, person)
  const can: string[] = []
  for (const operation of operations.values()) {
    if (operation.kind !== 'command') continue
    const { target } = operation
    const aimed = target.kind === 'rows' ? target.entity === entity.name
      : target.kind === 'project' ? entity.name === 'project'
        : target.kind === 'person' && entity.name === 'collaborator'
    if (!aimed || !person.may(operation.permission, project, own)) continue
    if (operation.possible && target.kind === 'rows' && !operation.possible(row)) continue
    can.push(operation.name)
  }
  return can
}

/** Commands of the same kind of record, in the project the list was asked for (or anywhere). */
export function possibleHere(person: Person, asked: AnyOperation, input: unknown, operations: ReadonlyMap<string, AnyOperation>): string[] {
  const family = asked.name.slice(0, asked.name.indexOf('.') + 1)
  const project = asked.target.kind === 'project' ? asked.target.id(input) : asked.target.kind === 'visible' ? asked.target.project?.(input) : undefined
  const can: string[] = []
  for (const operation of operations.values()) {
    if (operation.kind !== 'command' || !operation.name.startsWith(family)) continue
    const holding = person.holding(operation.permission)
    const allowed = project !== undefined ? person.may(operation.permission, project)
      : operation.target.kind === 'organization' ? person.may(operation.permission, null)
        : holding.everywhere || holding.projects.size > 0 || holding.ownEverywhere || holding.ownProjects.size > 0
    if (allowed) can.push(operation.name)
  }
  return can
}
