import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, query, Written } from '../operation.ts'
import { duplicateReasons } from './duplicates.ts'

/** Days within which a merge can be undone while nothing it moved has changed (decision B8). */
export const mergeUndoDays = 30

/** Fields of which one value is kept: the kept person's own unless the other's is asked for, or theirs is empty. */
export const mergedFields = [
  'display_name', 'first_name', 'last_name', 'kind', 'email', 'phone', 'address', 'birth_date', 'emergency_contact', 'backup_contact', 'party_id', 'retain_until', 'source', 'external_id', 'notes',
] as const
export type MergedField = (typeof mergedFields)[number]

const pair = { kept_id: wire.id, merged_id: wire.id }
const people = { kind: 'rows', entity: 'collaborator', ids: (input: { kept_id: z.infer<typeof wire.id>; merged_id: z.infer<typeof wire.id> }) => [input.kept_id, input.merged_id] } as const

export const mergeCollaborators = command({
  name: 'collaborator.merge',
  about: 'Makes one person of two: references move to the kept one, the other stays in history. Fields in `take` come from the other.',
  input: z.strictObject({ ...pair, take: z.array(z.enum(mergedFields)).max(mergedFields.length).optional() }),
  output: Written,
  permission: 'collaborator:merge',
  target: people,
  ignoresLock: 'archived',
})

export const previewMerge = query({
  name: 'collaborator.preview_merge',
  about: 'Both people side by side, field by field, and how many records would move to the kept one. Writes nothing.',
  input: z.strictObject(pair),
  output: z.object({
    fields: z.array(z.object({ field: z.enum(mergedFields), kept: z.unknown(), merged: z.unknown(), same: z.boolean(), /** What stays unless the other is asked for. */ result: z.enum(['kept', 'merged']) })),
    moves: z.array(z.object({ entity: z.string(), column: z.string(), count: z.int() })),
  }),
  permission: 'collaborator:merge',
  target: people,
})

export const listDuplicates = query({
  name: 'collaborator.list_duplicates',
  about: 'Directory entries that look like one person: same e-mail, telephone or name once spelling is folded.',
  input: z.strictObject({ limit: z.int().min(1).max(200).optional() }),
  output: z.object({
    items: z.array(z.object({
      reasons: z.array(z.enum(duplicateReasons)),
      people: z.array(z.object({ id: z.string(), display_name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), created_at: z.string() })),
    })),
    total: z.int(),
  }),
  permission: 'collaborator:merge',
  target: { kind: 'visible' },
})

export const listMerged = query({
  name: 'collaborator.list_merged',
  about: 'The last merges, newest first: who became whom, and until when it can be undone.',
  input: z.strictObject({ limit: z.int().min(1).max(100).optional() }),
  output: z.object({
    items: z.array(z.object({
      command_id: z.string(), at: z.string(), by_name: z.string().nullable(), mine: z.boolean(), kept_id: z.string(), kept_name: z.string().nullable(), merged_id: z.string(), merged_name: z.string().nullable(),
      undo_until: z.string(), /** Null: `history.undo` may take it back, if nothing changed since. */ why_not: z.enum(['undone', 'not_yours', 'too_old']).nullable(),
    })),
  }),
  permission: 'collaborator:merge',
  target: { kind: 'visible' },
})
