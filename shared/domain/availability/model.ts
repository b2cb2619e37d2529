import { z } from 'zod'
import { entity, f, optional, wire, withInitial } from '../entity.ts'
import { requestStates } from './rules.ts'

export { requestStates }
export const requestChannels = ['in_app', 'hand'] as const

const asked = z.strictObject({ start_at: wire.instant, end_at: wire.instant }).refine(({ start_at, end_at }) => start_at < end_at, 'ends after it begins')

/**
 * "Are you free?": asked of one person, for some windows. It names neither project, mission nor place, so that asking tells nothing
 * of the job; what is typed in `message` is what the person reads.
 */
export const availabilityRequest = entity({
  name: 'availability_request',
  scope: 'organization',
  fields: {
    collaborator_id: f.id('collaborator'),
    windows: f.json(z.array(asked).min(1).max(60)),
    zone: f.zone(),
    deadline_at: optional(f.instant()),
    message: optional(f.text(500, { personal: true })),
    channel: withInitial(f.oneOf(requestChannels), 'hand'),
    state: withInitial(f.oneOf(requestStates), 'asked'),
    answered_at: optional(f.instant({ class: 'derived' })),
    answer_note: optional(f.text(500, { personal: true })),
  },
  owner: 'collaborator_id',
  partOf: 'collaborator',
})
