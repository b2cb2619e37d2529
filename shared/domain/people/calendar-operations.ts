import { z } from 'zod'
import { inputOf, wire } from '../entity.ts'
import { query } from '../operation.ts'
import { availability } from './model.ts'

const Window = z.object({ start_at: z.string(), end_at: z.string() })

export const previewAvailability = query({
  name: 'availability.preview',
  about: 'What a new block of availability would replace, shorten or split, and the work it would stand against. Writes nothing.',
  input: z.strictObject({ collaborator_id: wire.id, ...inputOf(availability, ['kind', 'start_at', 'end_at']), project_id: wire.id.nullable() }),
  output: z.object({
    blocks: z.array(Window.extend({
      id: z.string(), kind: z.string(), zone: z.string(), reason: z.string().nullable(), becomes: z.enum(['removed', 'shortened', 'split']),
      /** What stays of it. */
      parts: z.array(Window),
    })),
    /** Work under the block; without title where the project is not the asker's to read. */
    work: z.array(Window.extend({ title: z.string().nullable(), day_code: z.string().nullable(), state: z.string().nullable(), zone: z.string() })),
  }),
  permission: 'availability:write',
  target: { kind: 'person', id: (input) => input.collaborator_id },
})

export const personTimeline = query({
  name: 'collaborator.timeline',
  about: 'One person between two instants: blocks of availability, assignments in the projects the asker reads, work elsewhere as busy times without name.',
  input: z.strictObject({ id: wire.id, from: wire.instant, to: wire.instant }),
  output: z.object({
    blocks: z.array(Window.extend({ id: z.string(), kind: z.string(), project_id: z.string().nullable(), zone: z.string(), reason: z.string().nullable(), source: z.string() })),
    assignments: z.array(Window.extend({
      id: z.string(), project_id: z.string(), project_name: z.string().nullable(), mission_id: z.string(), title: z.string().nullable(), day_code: z.string().nullable(), zone: z.string(),
      state: z.string(), crew_role_id: z.string().nullable(),
    })),
    busy: z.array(Window.extend({ firm: z.boolean() })),
    /** False: work elsewhere is not the asker's to know of, and `busy` says nothing. */
    busy_known: z.boolean(),
  }),
  permission: 'project:read',
  target: { kind: 'rows', entity: 'collaborator', ids: (input) => [input.id] },
})
