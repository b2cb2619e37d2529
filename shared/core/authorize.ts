/** May this person do this, there? Default deny; another organization's record and an invisible one are simply not found. */
import { detail, refuse, refuseFor } from '../domain/errors.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import { entityNamed } from '../domain/registry.ts'
import type { Id } from '../kernel/ids.ts'
import { sha256 } from '../kernel/hashing.ts'
import { isOwn, projectIdOf } from './lens.ts'
import { rowsById } from './named-rows.ts'
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
      const ids = target.ids(input)
      const found = await rowsById(reader, entity, ids, { removed: target.removed ?? false })
      for (const id of ids) {
        const row = await seen(target.entity, id, found.get(id), lens)
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

const visible = async (entity: string, id: Id, reader: Reader, lens: Lens): Promise<Record<string, unknown>> => seen(entity, id, (await rowsById(reader, entityNamed(entity), [id])).get(id), lens)

async function seen(entity: string, id: Id, row: Record<string, unknown> | undefined, lens: Lens): Promise<Record<string, unknown>> {
  if (!row || !(await lens.sees(entityNamed(entity), row))) throw refuseFor(entity, 'not_found', detail('id', 'not_found', null, id))
  return row
}

/** What the audit keeps of an id that was asked for and is not here. */
export const digestOfId = (id: string): string => sha256(`asked ${id}`).slice(0, 16)
