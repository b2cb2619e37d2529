/** Sending a mission to the people on it for acknowledgement, and what they say. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, query, WrittenMany } from '../operation.ts'
import { readinessSources } from './model.ts'

const onMission = { kind: 'rows', entity: 'mission', ids: (input: { mission_id: z.infer<typeof wire.id> }) => [input.mission_id] } as const

export const requestReadiness = command({
  name: 'mission.request_readiness',
  about: 'Sends a mission for acknowledgement to the people engaged on it who have not acknowledged it; with everyone, to those too who have, after a change. They are told in their inbox, by mail, or by hand.',
  input: z.strictObject({ mission_id: wire.id, everyone: z.boolean().optional() }),
  output: WrittenMany,
  permission: 'assignment:plan',
  target: onMission,
  undoable: false,
})

const asked = { target: { kind: 'rows', entity: 'readiness_request', ids: (input: { id: z.infer<typeof wire.id> }) => [input.id] }, input: z.strictObject({ id: wire.id }), output: WrittenMany, undoable: false, ignoresLock: true } as const
export const acknowledgeReadiness = command({ ...asked, name: 'readiness.acknowledge', about: 'Says of oneself: I have read what is planned, and am ready. The first time counts.', permission: 'assignment:answer' })
export const acknowledgeReadinessFor = command({ ...asked, name: 'readiness.acknowledge_for', about: 'Says of somebody that they have acknowledged it, by telephone or in person.', permission: 'assignment:plan' })

export const listReadiness = query({
  name: 'readiness.list',
  about: 'Who was asked to acknowledge a mission, who has, and who is engaged on it and was not asked. One’s own only, for who does not read the whole project.',
  input: z.strictObject({ mission_id: wire.id }),
  output: z.object({
    items: z.array(z.object({
      id: z.string().nullable().describe('null: not asked'), collaborator_id: z.string(), name: z.string(), is_own: z.boolean(), asked_at: z.string().nullable(), acknowledged_at: z.string().nullable(), source: z.enum(readinessSources).nullable(),
    })),
    asked: z.int(), acknowledged: z.int(),
  }),
  permission: 'project:read',
  target: onMission,
})
