import type { Row } from '../entity.ts'
import type { Law } from '../law.ts'
import { detail, refuse } from '../errors.ts'
import { member } from '../organization/model.ts'
import { availability, collaborator } from './model.ts'

/** Blocks of one person and one scope never overlap (decision A30). */
export const availabilityLaw: Law = async (reader, after) => {
  const over = await reader.find(availability, {
    collaborator_id: String(after['collaborator_id']), availability_project_id: after['availability_project_id'] as string | null,
    start_at: { lt: String(after['end_at']) }, end_at: { gt: String(after['start_at']) }, id: { not: String(after['id']) },
  }, { limit: 20 })
  if (over.length > 0) throw refuse('availability.overlap', ...over.map((one) => detail('start_at', 'overlap', null, `${one.start_at} / ${one.end_at}`)))
}

/** A person of the directory is one user at most: what is "own" must mean one account. Merging two who both sign in is refused the same way. */
export const linkedUserLaw: Law = async (reader, after) => {
  const person = after['collaborator_id'] as Row<typeof member>['collaborator_id']
  if (person === null || person === undefined) return
  const [other] = await reader.find(member, { collaborator_id: person, id: { not: String(after['id']) } }, { limit: 1 })
  if (other) throw refuse('collaborator.user_linked', detail('collaborator_id', 'linked', null, (await reader.get(collaborator, person))?.display_name ?? null))
}
