/**
 * How a record is declared: once, in its context's model.ts. Storage, sync classes, hidden columns, sealing, search and
 * references all come from this declaration.
 */
import { z } from 'zod'
import { isId, type Id } from '../kernel/id-form.ts'
import { isInstant, isLocalDate, isZone, type Instant, type LocalDate } from '../kernel/instants.ts'
import type { ErrorCode } from './errors.ts'
import type { Permission } from './permissions.ts'

/**
 * Sync class of a column (sync.md, Words): `entered` values are given by a person and compared on conflict; `derived` are computed;
 * `authority` are set only by the deciding server; `free` are last-writer-wins.
 */
export type FieldClass = 'entered' | 'derived' | 'authority' | 'free'
export type Storage = 'text' | 'integer' | 'real' | 'boolean' | 'json'

export interface Field<T> {
  schema: z.ZodType<T>
  storage: Storage
  class: FieldClass
  nullable: boolean
  /** Value of a new row that does not give one; undefined: it must be given. */
  initial: T | undefined
  /** Never in the audit by value; sealed in the command log with the person's key. */
  personal: boolean
  /** Permission without which the column is left out of answers. */
  readable: Permission | null
  /** Entity that the column points to. */
  references: string | null
}

interface FieldOptions {
  class?: FieldClass
  personal?: boolean
  readable?: Permission
}

function field<T>(storage: Storage, schema: z.ZodType<T>, options: FieldOptions = {}, references: string | null = null): Field<T> {
  return {
    schema, storage, references, nullable: false, initial: undefined,
    class: options.class ?? 'entered', personal: options.personal ?? false, readable: options.readable ?? null,
  }
}

const id = z.custom<Id>(isId, { error: 'id' })
const instant = z.custom<Instant>(isInstant, { error: 'instant' })
const localDate = z.custom<LocalDate>(isLocalDate, { error: 'date' })
const zone = z.custom<string>(isZone, { error: 'zone' })

/** Wire schemas shared by operations. JSON Schema descriptions come from here. */
export const wire = {
  id: id.meta({ id: 'Id', type: 'string', format: 'uuid' }),
  instant: instant.meta({ id: 'Instant', type: 'string', description: 'UTC with milliseconds, 2027-06-18T16:00:00.000Z' }),
  localDate: localDate.meta({ id: 'LocalDate', type: 'string', format: 'date' }),
  zone: zone.meta({ id: 'Zone', type: 'string', description: 'IANA time zone' }),
  version: z.int().min(1),
}

export const f = {
  text: (max = 200, options?: FieldOptions) => field('text', z.string().trim().min(1).max(max), options),
  longText: (options?: FieldOptions) => field('text', z.string().max(20_000), options),
  id: (references: string, options?: FieldOptions) => field('text', wire.id, options, references),
  instant: (options?: FieldOptions) => field('text', wire.instant, options),
  date: (options?: FieldOptions) => field('text', wire.localDate, options),
  zone: (options?: FieldOptions) => field('text', wire.zone, options),
  currency: (options?: FieldOptions) => field('text', z.string().regex(/^[A-Z]{3}$/), options),
  integer: (min: number, max: number, options?: FieldOptions) => field('integer', z.int().min(min).max(max), options),
  real: (min: number, max: number, options?: FieldOptions) => field('real', z.number().min(min).max(max), options),
  flag: (options?: FieldOptions) => field('boolean', z.boolean(), options),
  oneOf: <const V extends readonly [string, ...string[]]>(values: V, options?: FieldOptions) =>
    field<V[number]>('text', z.enum(values), options),
  /** A small list or object kept as JSON text; compared as one value. */
  json: <T>(schema: z.ZodType<T>, options?: FieldOptions) => field('json', schema, options),
  tags: (options?: FieldOptions) => withInitial(field('json', z.array(z.string().trim().min(1).max(60)).max(60), options), [] as string[]),
  pattern: (pattern: RegExp, options?: FieldOptions) => field('text', z.string().regex(pattern), options),
}

/** The field may be empty (null), and is so on a new row. */
export function optional<T>(inner: Field<T>): Field<T | null> {
  return { ...inner, schema: inner.schema.nullable(), nullable: true, initial: null }
}

export function withInitial<T>(inner: Field<T>, initial: T): Field<T> {
  return { ...inner, initial }
}

/** Where a row lives: in the organization, in one project, in one mission of a project. */
export type Scope = 'organization' | 'project' | 'mission'

export interface Violation {
  code: ErrorCode
  field: string
  found?: string
}

type FieldsOf<F> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never }

export type KernelColumns = {
  id: Id
  org_id: Id
  version: number
  created_at: Instant
  created_by: string
  updated_at: Instant
  updated_by: string
  deleted_at: Instant | null
}
type ScopeColumns<S extends Scope> = S extends 'organization'
  ? unknown
  : S extends 'project' ? { project_id: Id } : { project_id: Id; mission_id: Id }

export interface Entity<N extends string = string, S extends Scope = Scope, F extends Record<string, Field<unknown>> = Record<string, Field<unknown>>> {
  name: N
  scope: S
  fields: F
  /** Fields that mean something only together are compared together on conflict (sync rule 5). */
  units: readonly (readonly string[])[]
  /** Living rows may not share these values; accents and case count. */
  unique: readonly (readonly string[])[]
  /** Columns whose words can be searched; the first is the title shown. */
  search: readonly string[]
  /** Column that names the person a row belongs to (for own-record rights and for sealing); 'id' when the row is the person. */
  owner: string | null
  /** What must hold on every living row, whoever writes it, undo included. */
  invariants(row: Readonly<Record<string, unknown>>): Violation[]
  /** Rows whose removal would make no sense of this one: never refuse an undo for them (they are removed with it). */
  partOf: string | null
  /** Why these fields of the row (or rows that are `part` of it) may not be written in its present state, whoever writes, undo included. */
  frozen: ((row: Readonly<Record<string, unknown>>, changed: readonly string[] | 'part') => ErrorCode | null) | null
}

/** Fields that may be left out; undefined is the same as left out. */
type Given<T> = { [K in keyof T]?: T[K] | undefined }

export type AnyEntity = Entity
export type Row<E> = E extends Entity<string, infer S, infer F> ? KernelColumns & ScopeColumns<S> & FieldsOf<F> : never
export type Values<E> = E extends Entity<string, infer S, infer F> ? Given<FieldsOf<F>> & ScopeColumns<S> : never
export type Changes<E> = E extends Entity<string, Scope, infer F> ? Given<FieldsOf<F>> : never

export function entity<const N extends string, S extends Scope, F extends Record<string, Field<unknown>>>(declaration: {
  name: N
  scope: S
  fields: F
  units?: readonly (readonly (keyof F & string)[])[]
  unique?: readonly (readonly string[])[]
  search?: readonly (keyof F & string)[]
  owner?: string
  invariants?(row: FieldsOf<F>): Violation[]
  partOf?: string
  frozen?: (row: Readonly<Record<string, unknown>>, changed: readonly string[] | 'part') => ErrorCode | null
}): Entity<N, S, F> {
  return {
    name: declaration.name,
    scope: declaration.scope,
    fields: declaration.fields,
    units: declaration.units ?? [],
    unique: declaration.unique ?? [],
    search: declaration.search ?? [],
    owner: declaration.owner ?? null,
    invariants: (row) => declaration.invariants?.(row as FieldsOf<F>) ?? [],
    partOf: declaration.partOf ?? null,
    frozen: declaration.frozen ?? null,
  }
}

const consequences = new Map<AnyEntity, boolean>()
/**
 * A row that nobody enters (no field of it is `entered`): made and changed by whoever decides a command, on a laptop as on the server, so
 * that what others did to it meanwhile is no reason to keep a command aside (sync rules 10 to 12 leave it out).
 */
export function isConsequence(of: AnyEntity): boolean {
  let known = consequences.get(of)
  if (known === undefined) consequences.set(of, (known = Object.values(of.fields).every((field) => field.class !== 'entered')))
  return known
}

/** Column that says which project a row concerns: its place, or what a row of the organization names. */
export function projectColumnOf(entity: AnyEntity): string | null {
  if (entity.name === 'project') return 'id'
  if (entity.scope !== 'organization') return 'project_id'
  return Object.entries(entity.fields).find(([, field]) => field.references === 'project')?.[0] ?? null
}

type Shape<F, K extends keyof F> = { [P in K]: F[P] extends Field<infer T> ? z.ZodType<T> : never }
type ShapeInput<F, K extends keyof F> = { [P in K]: F[P] extends Field<infer T> ? z.ZodOptional<z.ZodType<T>> : never }

/** Schemas of some fields, for the input of a command that makes a row: fields with an initial value may be left out. */
export function inputOf<F extends Record<string, Field<unknown>>, const R extends readonly (keyof F & string)[], const O extends readonly (keyof F & string)[] = readonly []>(
  of: Entity<string, Scope, F>, required: R, optionals?: O,
): Shape<F, R[number]> & ShapeInput<F, O[number]> {
  const shape: Record<string, z.ZodType> = {}
  for (const name of required) shape[name] = of.fields[name]?.schema ?? z.never()
  for (const name of optionals ?? []) shape[name] = (of.fields[name]?.schema ?? z.never()).optional()
  return shape as Shape<F, R[number]> & ShapeInput<F, O[number]>
}

/** Schema of a partial change of a row: any of the named fields, nothing else. */
export function changesOf<F extends Record<string, Field<unknown>>, K extends keyof F & string>(of: Entity<string, Scope, F>, names: readonly K[]) {
  return z.strictObject(inputOf(of, [], names)) as unknown as z.ZodType<Given<{ [P in K]: F[P] extends Field<infer T> ? T : never }>>
}

/** start < end, always. */
export const windowInvariant = (start: string, end: string) => (row: Record<string, unknown>): Violation[] => {
  const from = row[start]
  const to = row[end]
  return typeof from === 'string' && typeof to === 'string' && from >= to ? [{ code: 'validation.window_reversed', field: end, found: `${from} / ${to}` }] : []
}
