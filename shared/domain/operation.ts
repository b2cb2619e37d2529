/** How an operation is declared: once. Validation, permission, audit action, wire format and documentation all come from it. */
import { z } from 'zod'
import type { Id } from '../kernel/ids.ts'
import type { AnyEntity, Changes, Entity, Row, Values } from './entity.ts'
import type { Permission } from './permissions.ts'
import type { CallContext } from './call-context.ts'

/** What the permission is asked on, read from the input. */
export type Target<I> =
  | { kind: 'organization' }
  /** The named project. */
  | { kind: 'project'; id(input: I): Id }
  /** Existing rows of one entity: each must exist, be visible, and be in a project where the permission holds. */
  | { kind: 'rows'; entity: string; ids(input: I): readonly Id[]; /** Removed rows count too (remove twice, restore). */ removed?: true }
  /** Read in lists: the answer is filtered to what the person may see. */
  | { kind: 'visible'; project?(input: I): Id | undefined }
  /** A record of the organization that may be the person's own. */
  | { kind: 'person'; id(input: I): Id }

export interface Operation<N extends string = string, I = unknown, O = unknown> {
  kind: 'command' | 'query'
  name: N
  input: z.ZodType<I>
  output: z.ZodType<O>
  permission: Permission
  target: Target<I>
  /** Whether the row's state allows it: decides `can`, together with the permission. */
  possible: ((row: Readonly<Record<string, unknown>>) => boolean) | null
  /** False for what has an effect outside (publish, send, sign, number, accept, erase): never undone. */
  undoable: boolean
  /** False for what is said once (an answer, a dispatch, a signature): kept, it is not offered a second time; the same input would be refused for ever. */
  again: boolean
  /** Columns, by entity, that follow from what the command enters and from what others entered: worked out by whoever decides, never compared (as what is derived). */
  follows: FollowingColumns
  /** Parts of the input that hold a person's data, and whose: they are sealed with that person's key. */
  sealed: SealedParts<I> | null
  /** Writes into archived projects and locked missions are refused unless the operation is one that opens them again. */
  ignoresLock: IgnoresLock
  /** One line for the documentation. */
  about: string
}
export type AnyOperation = Operation
export type FollowingColumns = Readonly<Record<string, readonly string[]>>

/** `archived`: also rows of archived projects, for what concerns a person wherever they worked (merging, leaving the directory). */
export type IgnoresLock = boolean | 'archived'

/** A property, not a method: its absence is meaningful. */
type SealedParts<I> = { bivarianceHack(input: I, id: (label: string) => Id): readonly SealedPart[] }['bivarianceHack']
export interface SealedPart {
  path: readonly (string | number)[]
  /** Person whose key seals it. */
  subject: Id
}

interface Declaration<N extends string, I, O> {
  name: N
  about: string
  input: z.ZodType<I>
  output: z.ZodType<O>
  permission: Permission
  target: Target<NoInfer<I>>
  possible?: (row: Readonly<Record<string, unknown>>) => boolean
  undoable?: boolean
  again?: boolean
  follows?: FollowingColumns
  sealed?: SealedParts<NoInfer<I>>
  ignoresLock?: IgnoresLock
}

function declare<N extends string, I, O>(kind: 'command' | 'query', declaration: Declaration<N, I, O>): Operation<N, I, O> {
  return {
    kind, name: declaration.name, about: declaration.about, input: declaration.input, output: declaration.output,
    permission: declaration.permission, target: declaration.target, possible: declaration.possible ?? null,
    undoable: declaration.undoable ?? true, again: declaration.again ?? true, follows: declaration.follows ?? {}, sealed: declaration.sealed ?? null, ignoresLock: declaration.ignoresLock ?? false,
  }
}

export const command = <const N extends string, I, O>(declaration: Declaration<N, I, O>) => declare('command', declaration)
export const query = <const N extends string, I, O>(declaration: Declaration<N, I, O>) => declare('query', declaration)

/** What most commands answer: which row, at which version now. */
export const Written = z.object({ id: z.string(), version: z.int() })
export type Written = z.infer<typeof Written>

/** What commands on several rows answer: the rows, in the order they were given. */
export const WrittenMany = z.object({ ids: z.array(z.string()) })
/** Rows that one command may write; a longer gesture goes in chunks that share a group (decision C26). */
export const bulkRows = 500

/** Condition on one column: a value, null, one of several values, a range, or none of some values (empty ones then count as different). */
export type Condition =
  | null | string | number | boolean | readonly (string | number | boolean | null)[]
  | { gte?: string | number; lt?: string | number; gt?: string | number; lte?: string | number; not?: string | number | null | readonly (string | number | boolean | null)[] }
export type Where = Readonly<Record<string, Condition>>
export interface FindOptions {
  /** Columns, `-` in front for descending. The id is always the last tie-breaker. */
  sort?: readonly string[]
  limit?: number
  /** Include rows that were removed. */
  removed?: boolean
}
export interface PageRequest {
  where?: Where
  /** What the person asked beside `where`: the values of a column are counted without its own part. */
  filter?: Where
  sort: readonly string[]
  cursor?: string | undefined
  /** Of `limit` rows, from 1; instead of a cursor. */
  page?: number | undefined
  limit: number
  /** Only rows whose searched words match. */
  search?: string | undefined
  /** Columns whose values are counted under the other filters: `mostFacets` at most, the most frequent first. */
  facets?: readonly string[] | undefined
  /** The ids of all rows, in the order asked for: `mostIds` at most. */
  ids?: boolean | undefined
}
export interface FacetValue {
  value: string | number | boolean | null
  count: number
}
export const mostFacets = 200
export const mostIds = 10_000
export interface Page<T> {
  items: T[]
  next_cursor: string | null
  total: number
  facets?: Record<string, FacetValue[]>
  ids?: string[]
}

/** Reading the store, bound to one organization and to what the person may see when asked to filter. */
export interface Reader {
  readonly call: CallContext
  get<E extends Entity>(entity: E, id: Id): Promise<Row<E> | null>
  /** The row, or `<entity>.not_found`. */
  need<E extends Entity>(entity: E, id: Id): Promise<Row<E>>
  getMany<E extends Entity>(entity: E, ids: readonly Id[]): Promise<Row<E>[]>
  find<E extends Entity>(entity: E, where: Where, options?: FindOptions): Promise<Row<E>[]>
  /** As `find`, of some columns only: for thousands of rows. A column that needs a permission of its own cannot be asked for. */
  pick<E extends Entity, K extends keyof Row<E> & string>(entity: E, columns: readonly K[], where: Where, options?: FindOptions): Promise<Pick<Row<E>, K>[]>
  count<E extends Entity>(entity: E, where: Where): Promise<number>
  /** Distinct values of one column, empty ones left out. */
  values<E extends Entity>(entity: E, column: string, where: Where): Promise<Id[]>
  page<E extends Entity>(entity: E, request: PageRequest): Promise<Page<Row<E>>>
  /** Numbers of that series whose rows a restore of the server lost: given once, never again (sync rule 31). */
  lostNumbers<E extends Entity>(entity: E, series: Id): Promise<number[]>
  /** Rows of a view (read model) declared in the store; same conditions as `page`. */
  view(name: string, request: PageRequest): Promise<Page<Record<string, unknown>>>
  /** May the calling person do this there? */
  may(permission: Permission, project_id: Id | null, own?: boolean): boolean
}

/** Writing: every write is versioned, recorded and audited; none can be forgotten. */
export interface Transaction extends Reader {
  /** Id made by this command for what `label` names (stable, never a counter). */
  id(label: string): Id
  insert<E extends Entity>(entity: E, label: string, values: Values<E>): Promise<Row<E>>
  /** Rows of one entity of which none refers to another: written together, each under all that `insert` asks. */
  insertMany<E extends Entity>(entity: E, many: readonly { label: string; values: Values<E> }[]): Promise<Row<E>[]>
  update<E extends Entity>(entity: E, id: Id, changes: Changes<E>): Promise<Row<E>>
  remove<E extends Entity>(entity: E, id: Id): Promise<void>
  restore<E extends Entity>(entity: E, id: Id): Promise<Row<E>>
  /** Fields given against the version that was read: a field that someone changed since is refused (decision A5). */
  checkVersion<E extends Entity>(entity: E, row: Row<E>, versionRead: number, fields: readonly string[]): Promise<void>
  /**
   * Empties the personal fields of a row, of a removed one too, whatever closes it: what a person has a right to is stopped by no lock.
   * `instead`: values of those that cannot be empty, and of others.
   */
  blank(entity: AnyEntity, id: Id, instead?: Readonly<Record<string, unknown>>): Promise<void>
  /** Words kept with the audit event of this command. */
  reason(text: string): void
  /** The person for whom the actor does it (an answer by telephone, one that came through a link): named in the audit events of this command. */
  onBehalfOf(collaborator: Id): void
}

export interface Handler<I = unknown, O = unknown> {
  operation: AnyOperation
  run: (tx: Transaction, input: I) => Promise<O>
}
/** Says how a command is done. Handlers await nothing but the transaction. */
export function handle<N extends string, I, O>(operation: Operation<N, I, O>, run: (tx: Transaction, input: I) => Promise<O>): Handler {
  return { operation: operation, run: run as unknown as Handler['run'] }
}
/** Says how a query is answered. */
export function answer<N extends string, I, O>(operation: Operation<N, I, O>, run: (reader: Reader, input: I) => Promise<O>): Handler {
  return { operation: operation, run: run as unknown as Handler['run'] }
}
