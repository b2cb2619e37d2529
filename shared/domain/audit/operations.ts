import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, query } from '../operation.ts'
import { listInput, ListOutput } from '../records.ts'

export const AuditLine = z.object({
  id: z.string(), position: z.int().nullable(), hash: z.string().nullable(), occurred_at: z.string(), action: z.string(), op: z.string().nullable(), lead: z.boolean(),
  entity: z.string().nullable(), entity_id: z.string().nullable(), title: z.string().nullable(), project_id: z.string().nullable(), mission_id: z.string().nullable(),
  actor_kind: z.string(), actor: z.string(), actor_name: z.string().nullable(),
  /** The collaborator for whom it was done; their name is in `names` for who may see them. */
  on_behalf_of: z.string().nullable(), device: z.string(), changes: z.unknown(), reason: z.string().nullable(),
  request_id: z.string(), correlation_id: z.string(), command_id: z.string().nullable(),
  /** Of the records that the changes point to and the person may see, by id. */
  names: z.record(z.string(), z.string()),
})
/** How far the person sees: the whole log, that of some projects, their own timeline. */
export const auditSights = ['organization', 'projects', 'own'] as const
export type AuditLine = z.infer<typeof AuditLine>

/** Filters of the log; `id` reads lines that were marked. */
export const auditFilters = ['id', 'project_id', 'entity', 'entity_id', 'action', 'op', 'actor', 'correlation_id', 'occurred_at'] as const

export const listAudit = query({
  name: 'audit.list',
  about: 'The log, newest first: who did what to which record, before and after. A `cursor` is the position before which to go on.',
  input: listInput({ filters: auditFilters, sorts: ['position'], searched: false }),
  output: ListOutput.extend({ items: z.array(AuditLine), sight: z.enum(auditSights) }),
  permission: 'audit:read',
  target: { kind: 'visible', project: (input) => input.project_id },
})

export const verifyAudit = query({
  name: 'audit.verify',
  about: 'Walks the whole chain and says whether it holds, or where it first breaks.',
  input: z.strictObject({}),
  output: z.object({ whole: z.boolean(), events: z.int(), head: z.string().optional(), broken_at: z.int().optional(), why: z.string().optional() }),
  permission: 'audit:read',
  target: { kind: 'organization' },
})

export const listHistory = query({
  name: 'history.list',
  about: 'The last things this person did, newest first, with what can be undone or redone.',
  input: z.strictObject({ limit: z.int().min(1).max(100).optional() }),
  output: z.object({
    items: z.array(z.object({
      command_id: z.string(), group_id: z.string().nullable(), name: z.string(), issued_at: z.string(), undoable: z.boolean(), undone_by: z.string().nullable(), undoes: z.string().nullable(), rows: z.int(),
    })),
    /** What Ctrl+Z and Ctrl+Shift+Z would take: command ids. */
    undo: z.string().nullable(), redo: z.string().nullable(),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

/** A row that an undo left as it is. `title` is given by `history.undo_group` only: the log of commands holds no names. */
export const KeptRow = z.object({
  entity: z.string(), id: z.string(), title: z.string().nullable(), fields: z.array(z.string()),
  why: z.enum(['changed_since', 'removed_since', 'restored_since', 'referred_to', 'gone', 'frozen']),
})
export type KeptRow = z.infer<typeof KeptRow>

export const undo = command({
  name: 'history.undo',
  about: 'Undoes one of the person’s own commands: each field still as written goes back, made rows are removed, removed rows come back. Undoing an undo is redo.',
  /** `keep_moved`: what someone changed since is left as it is and listed, instead of refusing the whole. */
  input: z.strictObject({ command_id: wire.id, keep_moved: z.literal(true).optional() }),
  output: z.object({ command_id: z.string(), rows: z.int(), kept: z.array(KeptRow).optional() }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const undoGroup = command({
  name: 'history.undo_group',
  about: 'Undoes all commands of one gesture (an import), the last first. Rows changed since are kept and listed. The answer’s group can be undone in turn.',
  input: z.strictObject({ group_id: wire.id }),
  output: z.object({ group_id: z.string(), undo_group_id: z.string(), commands: z.int(), rows: z.int(), kept: z.array(KeptRow) }),
  permission: 'org:read',
  target: { kind: 'visible' },
  undoable: false,
})

export const search = query({
  name: 'search.query',
  about: 'Finds people, missions, places, projects by the beginnings of their words, without accents.',
  input: z.strictObject({ text: z.string().max(200), entities: z.array(z.enum(['collaborator', 'mission', 'location', 'project', 'crew_role', 'party'])).optional(), limit: z.int().min(1).max(50).optional() }),
  output: z.object({ items: z.array(z.object({ entity: z.string(), id: z.string(), project_id: z.string().nullable(), title: z.string() })) }),
  permission: 'project:read',
  target: { kind: 'visible' },
})
