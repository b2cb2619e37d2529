/** Where what is said of a person holds: everywhere, or in one project. */
import type { Id } from '../../kernel/ids.ts'
import { detail, refuseFor } from '../errors.ts'
import type { Reader } from '../operation.ts'
import { assignment, project } from '../planning/model.ts'

/** A project named beside a person must be one the writer plans, or one they work on themselves; of others nothing is told. */
export async function checkInProject(reader: Reader, collaborator_id: Id, project_id: Id): Promise<void> {
  await reader.need(project, project_id)
  if (reader.may('availability:write', project_id)) return
  const own = collaborator_id === reader.call.collaborator_id && reader.may('availability:write', project_id, true)
  const seen = reader.may('project:read', project_id) || (await reader.find(assignment, { collaborator_id, project_id, state: { not: 'canceled' } }, { limit: 1 })).length > 0
  if (!own || !seen) throw refuseFor('project', 'not_found', detail('project_id', 'not_found', null, project_id))
}
