/**
 * What a person may see, as a value (sync rule 21): for every entity the conditions under which its rows are theirs, and where each
 * permission that opens a column holds. Two people who see the same have the same digest; whoever says a digest has said what they hold.
 *
 * A device that goes from one scope to another holds, on the way, rows of both: a scope is therefore made of pieces. Up to an id the rows
 * are held under one sight, after it under the next. Each page on the way has the digest of what is held once it is taken.
 */
import type { AnyEntity } from '../../domain/entity.ts'
import type { Condition, Where } from '../../domain/operation.ts'
import { entities } from '../../domain/registry.ts'
import type { Person } from '../../core/session.ts'
import { canonicalJson, sha256, type Json } from '../../kernel/hashing.ts'
import type { Lens } from '../../store/reader.ts'

type Loose = Readonly<Record<string, unknown>>
/** One of these must hold; none given: every row; null: no row. */
export type Conditions = readonly Where[] | null

/** `columns`: where the permissions that open guarded columns hold; null: the entity has none. */
export interface RowSight {
  where: Conditions
  columns: Json
}
/** Assignments told as busy times: those that are not seen under `beside`. Null: none. */
export interface BusySight {
  beside: Conditions
}
export interface Piece<S> {
  /** Ids up to this one; null: to the end. */
  upTo: string | null
  sight: S
}
export interface Scope {
  entities: ReadonlyMap<string, readonly Piece<RowSight>[]>
  busy: readonly Piece<BusySight | null>[]
}

const NOTHING: RowSight = { where: null, columns: null }
const whole = <S>(sight: S): readonly Piece<S>[] => [{ upTo: null, sight }]
export const holdsNothing: Scope = { entities: new Map(), busy: whole(null) }

/** How an entity that the scope does not name is held: not at all. */
export const piecesOf = (scope: Scope, entity: string): readonly Piece<RowSight>[] => scope.entities.get(entity) ?? whole(NOTHING)

/** Ids of a condition come in no order from the database: the same set is the same value. */
function ordered(condition: Condition): Condition {
  return Array.isArray(condition) ? [...(condition as readonly unknown[])].map(String).sort() : condition
}
const tidy = (where: Conditions): Conditions => where?.map((one) => Object.fromEntries(Object.entries(one).map(([column, condition]) => [column, ordered(condition)]))) ?? null

/** Somebody who plans must know that a person is taken elsewhere, and not by what (decision C3). */
const knowsBusy = (person: Person): boolean => person.holding('collaborator:write').everywhere || person.holding('assignment:plan').everywhere || person.holding('assignment:plan').projects.size > 0

function columnsOf(entity: AnyEntity, person: Person): Json {
  const permissions = [...new Set(Object.values(entity.fields).flatMap(({ readable }) => (readable ? [readable] : [])))].sort()
  if (permissions.length === 0) return null
  const where = Object.fromEntries(permissions.map((permission) => {
    const { everywhere, projects, ownEverywhere, ownProjects } = person.holding(permission)
    return [permission, { everywhere, projects: [...projects].sort(), ownEverywhere, ownProjects: [...ownProjects].sort() }]
  }))
  return { where, self: person.collaborator_id, member: person.member_id }
}

/** What the person sees at this moment. */
export async function scopeOf(person: Person, lens: Lens): Promise<Scope> {
  const named = new Map<string, readonly Piece<RowSight>[]>()
  for (const entity of entities.values()) named.set(entity.name, whole({ where: tidy(await lens.where(entity)), columns: columnsOf(entity, person) }))
  const beside = named.get('assignment')?.[0]?.sight.where ?? null
  const everything = beside !== null && beside.length === 0
  return { entities: named, busy: whole(knowsBusy(person) && !everything ? { beside } : null) }
}

// ---------------------------------------------------------------------------------------------- as it is kept

/** Sights are written once, however many entities have them. */
export function scopeText(scope: Scope): string {
  const sights: string[] = []
  const indexOf = (sight: unknown): number => {
    const text = canonicalJson(sight)
    const known = sights.indexOf(text)
    return known >= 0 ? known : sights.push(text) - 1
  }
  const pieces = (list: readonly Piece<unknown>[]): Json => list.map(({ upTo, sight }) => [upTo, indexOf(sight)])
  const named = Object.fromEntries([...scope.entities].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, list]) => [name, pieces(list)]))
  const busy = pieces(scope.busy)
  return `{"busy":${canonicalJson(busy)},"entities":${canonicalJson(named)},"sights":[${sights.join(',')}]}`
}
export const digestOfScope = (text: string): string => sha256(text)

export function scopeFrom(text: string): Scope {
  const { busy, entities: named, sights } = JSON.parse(text) as { busy: [string | null, number][]; entities: Record<string, [string | null, number][]>; sights: unknown[] }
  const pieces = <S>(list: [string | null, number][]): Piece<S>[] => list.map(([upTo, index]) => ({ upTo, sight: sights[index] as S }))
  return { entities: new Map(Object.entries(named).map(([name, list]) => [name, pieces<RowSight>(list)])), busy: pieces<BusySight | null>(busy) }
}

/** The scope in which the rows up to an id are held under another sight; null: all of them. */
export function reached<S>(pieces: readonly Piece<S>[], upTo: string | null, sight: S): readonly Piece<S>[] {
  if (upTo === null) return whole(sight)
  return [{ upTo, sight }, ...pieces.filter((piece) => piece.upTo === null || piece.upTo > upTo)]
}

// ---------------------------------------------------------------------------------------------- whether a row is seen

type Test = (row: Loose) => boolean

function testOf(column: string, wanted: Condition): Test {
  if (Array.isArray(wanted)) {
    const values = new Set((wanted as readonly unknown[]).map(String))
    return (row) => row[column] !== null && values.has(String(row[column]))
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (!('not' in wanted) || wanted.not !== null || Object.keys(wanted).length > 1) throw new Error(`a scope has no condition like ${JSON.stringify(wanted)}`)
    return (row) => row[column] !== null
  }
  return (row) => row[column] === wanted
}

const compiled = new WeakMap<readonly Where[], Test>()
/** Whether a row is seen under these conditions; each is made ready once. */
export function sees(where: Conditions, row: Loose): boolean {
  if (where === null) return false
  if (where.length === 0) return true
  let test = compiled.get(where)
  if (!test) {
    const groups = where.map((one) => Object.entries(one).map(([column, wanted]) => testOf(column, wanted)))
    compiled.set(where, (test = (candidate) => groups.some((group) => group.every((holds) => holds(candidate)))))
  }
  return test(row)
}

/** Columns of conditions whose value may change in the life of a row: with it, the row comes or goes although the scope is the same. */
const PLACE: readonly string[] = ['id', 'project_id', 'mission_id']
export const movableColumns = (where: Conditions): string[] => [...new Set((where ?? []).flatMap((one) => Object.keys(one)).filter((column) => !PLACE.includes(column)))]

// ---------------------------------------------------------------------------------------------- from one scope to another

/** Conditions of a search: `any` holds and `none` does not. */
export interface Range {
  any: readonly Where[]
  none: readonly Where[]
}
/** Rows under some conditions and not under others; null: there can be none. */
export function minus(include: Conditions, exclude: Conditions): Range | null {
  if (include === null || exclude?.length === 0) return null
  return { any: include, none: exclude ?? [] }
}
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

export interface Difference {
  /** Rows to be told whole. */
  fresh: Range | null
  /** Rows to be told as gone. */
  gone: Range | null
}
export function rowDifference(held: RowSight, wanted: RowSight): Difference {
  const alike = same(held.columns, wanted.columns)
  if (alike && same(held.where, wanted.where)) return { fresh: null, gone: null }
  return { fresh: minus(wanted.where, alike ? held.where : null), gone: minus(held.where, wanted.where) }
}
/** Of assignments as busy times: they are told where they are not seen. */
export function busyDifference(held: BusySight | null, wanted: BusySight | null): Difference {
  if (same(held, wanted)) return { fresh: null, gone: null }
  return {
    fresh: wanted === null ? null : minus(held === null ? [] : held.beside, wanted.beside),
    gone: held === null ? null : minus(wanted === null ? [] : wanted.beside, held.beside),
  }
}
