import type { Law } from '../law.ts'
import { detail, refuse } from '../errors.ts'
import { availability } from './model.ts'

/** Blocks of one person and one scope never overlap (decision A30). */
export const availabilityLaw: Law = async (reader, after) => {
  const over = await reader.find(availability, {
    collaborator_id: String(after['collaborator_id']), availability_project_id: after['availability_project_id'] as string | null,
    start_at: { lt: String(after['end_at']) }, end_at: { gt: String(after['start_at']) }, id: { not: String(after['id']) },
  }, { limit: 20 })
  if (over.length > 0) throw refuse('availability.overlap', ...over.map((one) => detail('start_at', 'overlap', null, `${one.start_at} / ${one.end_at}`)))
}
