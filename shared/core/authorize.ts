/** May this person do this, there? Default deny; another organization's record and an invisible one are simply not found. */
import { detail, refuse, refuseFor } from '../domain/errors.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import { entityNamed } from '../domain/registry.ts'
import type { Id } from '../kernel/ids.ts'
import { sha256 } from '../kernel/hashing.ts'
import { isOwn, projectIdOf } from './lens.ts'
import type { Lens } from '../store/reader.ts'
import type { Person, Session } from './session.ts'

const forbidden = (operation: AnyOperation) => refuse('auth.forbidden', detail(null, 'permission', operation.permission))

/** Before the input is looked at: does the session hold the permission anywhere at all? */
export function holdsSomewhere(person: Person, session: Session, operation: AnyOperation): void {
  if (session.scope && !session.scope.has(operation.permission)) throw refuse('auth.scope', detail(null, 'scope', operation.permission))
  const held = person.holding(operation.permission)
  if (!held.everywhere && held.projects.size === 0 && !held.ownEverywhere && held.ownProjects.size === 0) throw forbidden(operation)
}

/** With the input: each record it names must exist, be visible, and be where the permission holds. Answers the target rows. */
export async function authorize(person: Person, operation: AnyOperation, input: unknown, reader: Reader, lens: Lens): Promise<Record<string, unknown>[]> {
  const { target, permission } = operation
  switch (target.kind) {
    case 'organization':
      if (!person.may(permission, null)) throw forbidden(operation)
      return []
    case 'project': {
      const project = await visible('project', target.id(input), reader, lens)
      if (!person.may(permission, String(project['id']))) throw forbidden(operation)
      return [project]
    }
    case 'rows': {
      const entity = entityNamed(target.entity)
      const rows: Record<string, unknown>[] = []
      for (const id of target.ids(input)) {
        const row = await visible(target.entity, id, reader, lens, target.removed)
        // Who reads what is what a lens is: seen is allowed.
        if (permission !== 'project:read' && !person.may(permission, projectIdOf(entity, row), isOwn(entity, row, person))) throw forbidden(operation)
        rows.push(row)
      }
      return rows
    }
    case 'person': {
      const row = await visible('collaborator', target.id(input), reader, lens)
      if (!person.may(permission, null, row['id'] === person.collaborator_id)) throw forbidden(operation)
      return [row]
    }
    case 'visible': {
      const project = target.project?.(input)
      if (project !== undefined) await visible('project', project, reader, lens)
      return []
    }
  }
}

async function visible(entityName: string, id: Id, reader: Reader, lens: Lens, removed = false): Promise<Record<string, unknown>> {
  const entity = entityNamed(entityName)
  const [row]: Record<string, unknown>[] = await reader.find(entity, { id }, { removed })
  if (!row || !(await lens.sees(entity, row))) throw refuseFor(entityName, 'not_found', detail('id', 'not_found', null, id))
  return row
}

/** What the audit keeps of an id that was asked for and is not here. */
export const digestOfId = (id: string): string => sha256(`asked ${id}`).slice(0, 16)
