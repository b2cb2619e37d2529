import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, query, Written } from '../operation.ts'
import { conflictKinds, severities } from './conflict-kinds.ts'

const Listed = z.record(z.string(), z.unknown())
const Names = z.object({ people: z.record(z.string(), z.string()), missions: z.record(z.string(), z.string()), locations: z.record(z.string(), z.string()) })
const kinds = z.enum(conflictKinds as unknown as [string, ...string[]])

export const listConflicts = query({
  name: 'conflict.list',
  about: 'Conflicts of a project, a mission, a person or a place, as computed from the rows; records of other projects are veiled.',
  input: z.strictObject({
    project_id: wire.id.optional(), mission_id: wire.id.optional(), person_id: wire.id.optional(), location_id: wire.id.optional(),
    kinds: z.array(kinds).optional(), severities: z.array(z.enum(severities)).optional(), acknowledged: z.boolean().optional(),
    limit: z.int().min(1).max(500).optional(),
  }),
  output: z.object({ items: z.array(Listed), total: z.int(), by_severity: z.record(z.string(), z.int()), names: Names, checked_at: z.string() }),
  permission: 'project:read',
  target: { kind: 'visible', project: (input) => input.project_id },
})

export const previewConflicts = query({
  name: 'conflict.preview',
  about: 'What would conflict if these people worked on that mission then: shown before choosing, nothing is written.',
  input: z.strictObject({
    mission_id: wire.id, collaborator_ids: z.array(wire.id).min(1).max(100), start_at: wire.instant.optional(), end_at: wire.instant.optional(),
    need_id: wire.id.optional(), assignment_id: wire.id.optional(),
  }),
  output: z.object({ people: z.array(z.object({ collaborator_id: z.string(), conflicts: z.array(Listed) })) }),
  permission: 'assignment:plan',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})

export const acknowledgeConflict = command({
  name: 'conflict.acknowledge',
  about: 'Says a conflict was seen. It comes back when a window of it changes.',
  input: z.strictObject({ conflict_id: z.string().max(80), fingerprint: z.string().max(80), reason: z.string().trim().min(1).max(500).optional() }),
  output: Written,
  permission: 'conflict:acknowledge',
  target: { kind: 'visible' },
})

export const overrideConflict = command({
  name: 'conflict.override',
  about: 'Goes on in spite of a severe conflict, with a reason that is kept.',
  input: z.strictObject({ conflict_id: z.string().max(80), fingerprint: z.string().max(80), reason: z.string().trim().min(1).max(500) }),
  output: Written,
  permission: 'conflict:override',
  target: { kind: 'visible' },
})
