/**
 * The operations every plain record has: create, update, remove, restore, list. What is more than plain (transitions, cascades,
 * overlaps) is written in its context's handlers.
 */
import { z } from 'zod'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import { changesOf, inputOf, wire, type AnyEntity, type Entity, type Field, type Scope } from './entity.ts'
import { answer, command, handle, query, Written, type Condition, mostFacets, mostIds, type Handler, type IgnoresLock, type Operation, type PageRequest, type Transaction, type Where } from './operation.ts'
import { removedAt } from './parts.ts'
import type { Permission } from './permissions.ts'
import { mission } from './planning/model.ts'

const Scalar = z.union([z.string(), z.number(), z.boolean()])
const Values = z.array(z.union([z.null(), Scalar])).max(500)
const Range = z.strictObject({
  gte: z.union([z.string(), z.number()]).optional(), gt: z.union([z.string(), z.number()]).optional(),
  lte: z.union([z.string(), z.number()]).optional(), lt: z.union([z.string(), z.number()]).optional(),
})
const FilterValue = z.union([z.null(), Scalar, Values, Range, z.strictObject({ not: z.union([z.null(), Scalar, Values]) })])

export interface ListInput {
  project_id?: Id | undefined
  filter?: Partial<Record<string, z.infer<typeof FilterValue>>> | undefined
  sort?: string[] | undefined
  cursor?: string | undefined
  page?: number | undefined
  limit?: number | undefined
  search?: string | undefined
  facets?: string[] | undefined
  ids?: boolean | undefined
}
const Facet = z.object({ value: z.union([z.null(), Scalar]), count: z.int() })
export const ListOutput = z.object({
  items: z.array(z.record(z.string(), z.unknown())),
  next_cursor: z.string().nullable(),
  total: z.int(),
  facets: z.record(z.string(), z.array(Facet)).optional().describe(`values of the columns asked for with the rows they would leave, ${mostFacets} at most`),
  ids: z.array(z.string()).optional().describe(`ids of all rows of the filter when asked for, ${mostIds} at most`),
})
export type ListOutput = z.infer<typeof ListOutput>

/**
 * Lists go by key (`cursor`) or, without one, by number (`page`, from 1), 50 rows by default and 200 at most; filters, facets and sorts that are not
 * declared are refused.
 */
export function listInput(columns: { filters: readonly string[]; sorts: readonly string[]; /** False: its rows have no words to search. */ searched?: boolean }): z.ZodType<ListInput> {
  const filters = Object.fromEntries(columns.filters.map((name) => [name, FilterValue.optional()]))
  const sorts = columns.sorts.flatMap((name) => [name, `-${name}`])
  return z.strictObject({
    project_id: wire.id.optional(),
    filter: z.strictObject(filters).optional(),
    sort: z.array(z.enum(sorts as [string, ...string[]])).max(3).optional(),
    cursor: z.string().max(2000).optional(),
    page: z.int().min(1).max(100_000).optional(),
    limit: z.int().min(1).max(200).optional(),
    ...(columns.searched === false ? {} : { search: z.string().max(200).optional() }),
    ...(columns.filters.length === 0 ? {} : { facets: z.array(z.enum(columns.filters as [string, ...string[]])).max(12).optional() }),
    ids: z.boolean().optional(),
  }) as unknown as z.ZodType<ListInput>
}

/** A list of rows as plain as their table. */
export function list<const N extends string>(declaration: {
  name: N
  about: string
  permission: Permission
  filters: readonly string[]
  sorts: readonly string[]
}): Operation<N, ListInput, ListOutput> {
  const { name, about, permission } = declaration
  return query({ name, about, input: listInput(declaration), output: ListOutput, permission, target: { kind: 'visible', project: (asked) => asked.project_id } })
}

/** Answers a list from an entity's table or from one of the store's read models. */
export function listHandler<N extends string>(operation: Operation<N, ListInput, ListOutput>, source: AnyEntity | string, options: {
  sort: readonly string[]
  /** Column that `project_id` filters, when the rows carry a project. */
  project?: string
  where?: Where
}): Handler {
  return answer(operation, async (reader, input) => {
    const where: Record<string, Condition> = { ...options.where }
    if (input.project_id !== undefined && options.project) where[options.project] = input.project_id
    const request = { ...pageRequestOf(input, options.sort), where }
    return typeof source === 'string' ? await reader.view(source, request) : await reader.page(source, request)
  })
}

/** What a list's input asks of the store; `where` (the project, what the list is about) is the caller's. */
export function pageRequestOf(input: ListInput, sort: readonly string[]): PageRequest {
  const filter: Record<string, Condition> = {}
  for (const [name, value] of Object.entries(input.filter ?? {})) if (value !== undefined) filter[name] = conditionOf(value)
  return {
    filter, sort: input.sort ?? sort, limit: input.limit ?? 50, cursor: input.cursor, page: input.page, search: input.search, facets: input.facets, ids: input.ids,
  }
}

/** A row whose column is empty is one that differs: "not lighting" keeps who has no department. */
function conditionOf(value: z.infer<typeof FilterValue>): Condition {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  if (!('not' in value)) return value as Condition
  return value.not === null ? { not: null } : { not: Array.isArray(value.not) ? value.not : [value.not] }
}

type Names<F> = keyof F & string

export interface RecordDeclaration<N extends string, S extends Scope, F extends Record<string, Field<unknown>>, R extends Names<F>, O extends Names<F>> {
  entity: Entity<N, S, F>
  /** Fields that must be given to make one. */
  required: readonly R[]
  optional: readonly O[]
  permission: Permission
  about: string
  filters?: readonly string[]
  sorts: readonly string[]
  read?: Permission
  /** Of removing and restoring. */
  ignoresLock?: IgnoresLock
}

/** Where the permission is asked for a new row: the organization, a named project, a named mission. */
const createTarget = (scope: Scope, permission: Permission) =>
  scope === 'organization' ? (sharedPermissions.has(permission) ? { kind: 'visible' as const } : { kind: 'organization' as const })
    : scope === 'project' ? { kind: 'project' as const, id: (input: { project_id: Id }) => input.project_id }
      : { kind: 'rows' as const, entity: 'mission', ids: (input: { mission_id: Id }) => [input.mission_id] }

/** Records of the organization that anyone who plans somewhere may make. */
const sharedPermissions: ReadonlySet<Permission> = new Set(['collaborator:write', 'certification:write', 'location:write', 'party:write'])

export function records<const N extends string, S extends Scope, F extends Record<string, Field<unknown>>, const R extends Names<F>, const O extends Names<F>>(
  declaration: RecordDeclaration<N, S, F, R, O>,
) {
  const { entity, permission, about, ignoresLock = false } = declaration
  const scopeInput = entity.scope === 'project' ? { project_id: wire.id } : entity.scope === 'mission' ? { mission_id: wire.id } : {}
  // Typed loosely on purpose: pages build these inputs field by field, and the schema itself is what holds them.
  const createInput: z.ZodType<Record<string, unknown>> = z.strictObject({ ...scopeInput, ...inputOf(entity, declaration.required, declaration.optional) })
  const changes: z.ZodType<Record<string, unknown>> = changesOf(entity, [...declaration.required, ...declaration.optional])
  const rows = { kind: 'rows' as const, entity: entity.name, ids: (input: { id: Id }) => [input.id] }
  const personal = Object.values(entity.fields).some((field) => field.personal)
  const subject = (path: readonly string[]) => (personal && entity.owner ? { sealed: (input: { id?: Id } & Record<string, unknown>, id: (label: string) => Id) =>
    [{ path, subject: (entity.owner === 'id' ? (input.id ?? id('row')) : ((input[entity.owner ?? ''] as Id | undefined) ?? input.id ?? id('row'))) }] } : {})
  return {
    create: command({
      name: `${entity.name}.create`, about: `Makes ${about}.`, input: createInput, output: Written, permission,
      target: createTarget(entity.scope, permission), ...(subject([]) as object),
    }),
    update: command({
      name: `${entity.name}.update`, about: `Changes ${about}.`, permission, target: rows, output: Written,
      input: z.strictObject({ id: wire.id, version: wire.version, changes }),
      ...(subject(['changes']) as object),
    }),
    remove: command({ name: `${entity.name}.remove`, about: `Removes ${about}; it can be restored.`, permission, ignoresLock, target: { ...rows, removed: true }, output: Written, input: z.strictObject({ id: wire.id }) }),
    restore: command({
      name: `${entity.name}.restore`, about: `Brings back ${about} that was removed.`, permission, ignoresLock, output: Written, input: z.strictObject({ id: wire.id }),
      target: { ...rows, removed: true },
      possible: (row) => row['deleted_at'] !== null,
    }),
    list: list({ name: `${entity.name}.list`, about: `Lists ${about}.`, permission: declaration.read ?? 'org:read', filters: declaration.filters ?? [], sorts: declaration.sorts }),
  }
}

/** A change of fields against the version read: applied when nobody changed the same fields since. */
export async function changeRow<N extends string, S extends Scope, F extends Record<string, Field<unknown>>>(
  tx: Transaction, entity: Entity<N, S, F>, input: { id: Id; version: number; changes: Record<string, unknown> },
): Promise<Written> {
  const of: AnyEntity = entity
  const row = await tx.need(of, input.id)
  await tx.checkVersion(of, row, input.version, Object.keys(input.changes))
  const after = await tx.update(of, input.id, input.changes)
  return { id: after.id, version: after.version }
}

interface RecordHooks {
  /** Values that follow from others (a slug, a position). */
  complete?: (tx: Transaction, values: Record<string, unknown>) => Promise<Record<string, unknown>>
  /** Values as they are kept, of a change. */
  changes?: (values: Record<string, unknown>) => Record<string, unknown>
  /** Rules over more than the row, before it is written. */
  check?: (tx: Transaction, id: Id | null, values: Record<string, unknown>) => Promise<void>
  /** What is removed with it, or why it cannot be. */
  beforeRemove?: (tx: Transaction, id: Id) => Promise<void>
  /** What comes back with it: it had been removed at `at`. */
  afterRestore?: (tx: Transaction, id: Id, at: Instant) => Promise<void>
  view?: string
  sort: readonly string[]
}

export function recordHandlers(
  entity: AnyEntity,
  operations: { create: unknown; update: unknown; remove: unknown; restore: unknown; list: Operation<string, ListInput, ListOutput> },
  hooks: RecordHooks,
): Handler[] {
  type Loose = Operation<string, Record<string, unknown>, Written>
  return [
    handle(operations.create as Loose, async (tx, input) => {
      const values = hooks.complete ? await hooks.complete(tx, input) : input
      await hooks.check?.(tx, null, values)
      const scope = entity.scope === 'mission' ? { project_id: (await tx.need(mission, values['mission_id'] as Id)).project_id } : {}
      const row = await tx.insert(entity, 'row', { ...values, ...scope })
      return { id: row.id, version: row.version }
    }),
    handle(operations.update as Operation<string, { id: Id; version: number; changes: Record<string, unknown> }, Written>, async (tx, input) => {
      const changes = hooks.changes?.(input.changes) ?? input.changes
      await hooks.check?.(tx, input.id, changes)
      return changeRow(tx, entity, { ...input, changes })
    }),
    handle(operations.remove as Operation<string, { id: Id }, Written>, async (tx, input) => {
      await hooks.beforeRemove?.(tx, input.id)
      await tx.remove(entity, input.id)
      return { id: input.id, version: 0 }
    }),
    handle(operations.restore as Operation<string, { id: Id }, Written>, async (tx, input) => {
      const at = hooks.afterRestore ? await removedAt(tx, entity, input.id) : null
      const row = await tx.restore(entity, input.id)
      if (at !== null) await hooks.afterRestore?.(tx, input.id, at)
      return { id: row.id, version: row.version }
    }),
    listHandler(operations.list, hooks.view ?? entity, {
      sort: hooks.sort,
      ...(entity.scope === 'organization' ? {} : { project: 'project_id' }),
    }),
  ]
}
