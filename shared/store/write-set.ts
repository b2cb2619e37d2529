/**
 * The record of a command (sync rules 3 to 6): for each row it wrote, what was done and, per entered field, the value that was on
 * the screen (`base`), the value written (`mine`), and the person's own unsettled command that had written that base (`from`).
 * It is frozen at first execution and never changes.
 */
import type { AnyEntity } from '../domain/entity.ts'
import type { Id } from '../kernel/ids.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'

export type WriteOp = 'insert' | 'update' | 'remove' | 'restore'

export interface RecordedField {
  base: Json
  mine: Json
  from: Id | null
}
export interface RecordedRow {
  entity: string
  id: Id
  op: WriteOp
  fields: Record<string, RecordedField>
  /** Values nobody typed (an order, a former name, all of a consequence) that the same write changed: undo puts them back, views of others show them, deciding never looks at them. */
  beside?: Record<string, { base: Json; mine: Json }> | undefined
}
export interface CommandRecord {
  rows: RecordedRow[]
}

type Stored = Readonly<Record<string, unknown>>

/** A row among those of every entity. */
export const keyOf = (entity: string, id: string): string => `${entity}/${id}`

/** One row written by a command, from before its first write to after its last. */
export interface Write {
  entity: AnyEntity
  id: Id
  op: WriteOp
  before: Stored | null
  after: Stored
}

/** Unsettled commands that wrote a field: on an authority there is none. */
export type Pending = (entity: string, id: Id, field: string) => Id | null
export const nothingPending: Pending = () => null

export const sameValue = (a: unknown, b: unknown): boolean => a === b || (typeof a === 'object' && canonicalJson(a) === canonicalJson(b))

const asJson = (value: unknown): Json => (value === undefined ? null : (value as Json))

const enteredOf = new Map<AnyEntity, readonly string[]>()
/** Fields a person gives. Scope columns count for an inserted row: where it is put is an entered fact. */
export function enteredFields(entity: AnyEntity): readonly string[] {
  let known = enteredOf.get(entity)
  if (!known) enteredOf.set(entity, (known = Object.entries(entity.fields).filter(([, field]) => field.class === 'entered').map(([name]) => name)))
  return known
}
const scopeColumns = (entity: AnyEntity): string[] => (entity.scope === 'organization' ? [] : entity.scope === 'project' ? ['project_id'] : ['project_id', 'mission_id'])

/** What one write says in the record. `visible` leaves out columns of the row that the author may not see (rule 3, several persons); `follows`: columns that this command does not enter in a row that was there. */
export function recordOf(write: Write, pending: Pending, seen: (entity: AnyEntity, row: Stored, field: string) => boolean, follows: readonly string[] = []): RecordedRow {
  const { entity, id, op, before, after } = write
  const visible = (_: AnyEntity, name: string): boolean => seen(entity, before ?? after, name)
  const fields: Record<string, RecordedField> = {}
  const entered = enteredFields(entity)
  if (op === 'insert') {
    for (const name of [...scopeColumns(entity), ...entered]) fields[name] = { base: null, mine: asJson(after[name]), from: null }
  } else if (op === 'remove') {
    for (const name of entered) if (visible(entity, name)) fields[name] = { base: asJson(before?.[name]), mine: asJson(after[name]), from: pending(entity.name, id, name) }
  } else {
    const changed = entered.filter((name) => !follows.includes(name) && !sameValue(before?.[name], after[name]))
    // A unit is compared whole: its other fields were on the same screen (rule 5).
    const units = entity.units.filter((unit) => unit.some((name) => changed.includes(name))).flat()
    for (const name of entered) {
      if (!changed.includes(name) && !units.includes(name)) continue
      fields[name] = { base: asJson(before?.[name]), mine: asJson(after[name]), from: pending(entity.name, id, name) }
    }
  }
  const beside = Object.entries(entity.fields).filter(([name, field]) =>
    (field.class === 'free' || field.class === 'derived' || (op === 'update' && follows.includes(name))) && !field.personal && visible(entity, name) && !sameValue(op === 'insert' ? (field.initial ?? null) : before?.[name], after[name] ?? null))
  if (beside.length === 0) return { entity: entity.name, id, op, fields }
  return { entity: entity.name, id, op, fields, beside: Object.fromEntries(beside.map(([name]) => [name, { base: asJson(before?.[name]), mine: asJson(after[name]) }])) }
}
