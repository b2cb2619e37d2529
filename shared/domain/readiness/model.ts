/**
 * A mission sent to the people on it for acknowledgement (domain chapter 4): each says that they have read what is planned and are ready; who planned sees who has not.
 * It moves no state of an engagement: a yes is the acceptance's.
 */
import { entity, f, optional } from '../entity.ts'

/** `app`: by themselves; `hand`: somebody of production heard it (telephone, in person) and says so. */
export const readinessSources = ['app', 'hand'] as const

/** Made by whoever decides: two planners who ask at the same time have asked once. */
const made = { class: 'derived' } as const

export const readinessRequest = entity({
  name: 'readiness_request',
  scope: 'mission',
  fields: {
    collaborator_id: f.id('collaborator', made),
    /** Asked anew, it is another instant, and the person is told again. */
    asked_at: f.instant(made),
    acknowledged_at: optional(f.instant(made)),
    source: optional(f.oneOf(readinessSources, made)),
  },
  unique: [['mission_id', 'collaborator_id']],
  owner: 'collaborator_id',
  partOf: 'mission',
})
