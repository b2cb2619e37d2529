/**
 * What becomes of a recorded command on data that may have changed since: one function, the same wherever it is decided
 * (sync rules 7 to 13, in that order).
 *
 * Laws: (a) deciding the same command twice gives the same outcome and writes once; (b) all or nothing per command; (c) no value
 * that the author had not seen is overwritten: a field is written only where the present value is the base on their screen;
 * (d) the decision depends on the command, its record and the rows, nothing else.
 */
import type { AnyEntity } from '../domain/entity.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { Refusal, type Failure } from '../kernel/result.ts'
import type { FieldRef, Outcome } from '../store/command-log.ts'
import type { CommandRecord, RecordedField, RecordedRow, Write } from '../store/write-set.ts'

/** A command as it was issued: its bytes and its record never change. */
export interface RecordedCommand {
  id: Id
  name: string
  payload_hash: string
  record: CommandRecord
  /** Unsettled commands that wrote a base of this one or made a row it refers to. */
  after: readonly Id[]
}

export interface Dispute extends FieldRef {
  base: Json
  mine: Json
  theirs: Json
}

export type Decision =
  /** `merged`: other entered fields of a written row differ from what the author saw. */
  | { outcome: 'applied'; note: 'merged' | null; converged: FieldRef[] }
  | { outcome: 'conflict'; why: 'value' | 'deleted' | 'write_set' | 'rule'; disputes: Dispute[]; failure: Failure | null }
  | { outcome: 'rejected'; failure: Failure }
  | { outcome: 'blocked'; by: Id }

export interface Settled {
  payload_hash: string
  outcome: Outcome
  converged: readonly FieldRef[]
}

type Loose = Readonly<Record<string, unknown>>

/** What deciding needs of the place where it happens. */
export interface DecidingPlace {
  settled(id: Id): Promise<Settled | null>
  /** Permission and scope now, here (rule 8). Throws Refusal. */
  authorize(): Promise<void>
  /** The row as it is now, removed ones included; null when it never existed. */
  row(entity: string, id: Id): Promise<Loose | null>
  entity(name: string): AnyEntity
  /** Runs the handler under a savepoint, undone when `keep` says no to what it wrote. Throws Refusal when a rule refuses. */
  attempt(keep: (writes: readonly Write[]) => boolean): Promise<void>
}

export class PayloadMismatch extends Error {}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null)

/** Rows as they were before the command ran here, so that comparing never sees its own writes. */
type Before = ReadonlyMap<string, Loose | null>
const keyOf = (entity: string, id: string): string => `${entity}/${id}`

async function rowsBefore(command: RecordedCommand, place: DecidingPlace): Promise<Before> {
  const before = new Map<string, Loose | null>()
  for (const { entity, id } of command.record.rows) before.set(keyOf(entity, id), await place.row(entity, id))
  return before
}

/** Fields that are compared as one with this field (rule 5). */
const unitOf = (entity: AnyEntity, field: string): readonly string[] => entity.units.find((unit) => unit.includes(field)) ?? [field]

function basesMoved(command: RecordedCommand, before: Before): boolean {
  return command.record.rows.some((row) => {
    const now = before.get(keyOf(row.entity, row.id))
    return row.op !== 'insert' && Object.entries(row.fields).some(([name, cell]) => !same(now?.[name], cell.base))
  })
}

/** Rule 11: same rows, same ops, same entered fields, same values; a value that is there already is not written again. */
function equalsRecord(writes: readonly Write[], command: RecordedCommand, before: Before, place: DecidingPlace): boolean {
  const written = new Map(writes.map((write) => [keyOf(write.entity.name, write.id), write]))
  for (const row of command.record.rows) {
    const key = keyOf(row.entity, row.id)
    const write = written.get(key)
    const now = before.get(key)
    written.delete(key)
    if (!write) {
      const goneAlready = row.op === 'remove' && now?.['deleted_at'] !== null
      const backAlready = row.op === 'restore' && now?.['deleted_at'] === null
      const thereAlready = row.op === 'update' && Object.entries(row.fields).every(([name, cell]) => same(now?.[name], cell.mine))
      if (goneAlready || backAlready || thereAlready || Object.keys(row.fields).length === 0) continue
      return false
    }
    if (write.op !== row.op) return false
    if (row.op === 'remove') continue
    const entered = Object.entries(place.entity(row.entity).fields).filter(([, field]) => field.class === 'entered').map(([name]) => name)
    for (const name of entered) {
      const cell = row.fields[name]
      const changed = row.op === 'insert' || !same(now?.[name], write.after[name])
      if (cell ? !same(write.after[name], cell.mine) : changed && row.op !== 'insert') return false
    }
  }
  // Rows the author did not see written. Those holding only derived values are not theirs to judge.
  return [...written.values()].every((write) => !Object.entries(write.entity.fields).some(([name, field]) =>
    field.class === 'entered' && (write.op !== 'update' || !same(write.before?.[name], write.after[name]))))
}

interface Comparison {
  disputes: Dispute[]
  converged: FieldRef[]
  merged: boolean
}

/** Rule 12, per entered field, whole unit. */
async function compare(command: RecordedCommand, before: Before, place: DecidingPlace): Promise<Comparison> {
  const result: Comparison = { disputes: [], converged: [], merged: false }
  const baseStands = async (row: RecordedRow, name: string, cell: RecordedField, now: Loose | null | undefined): Promise<boolean> => {
    if (!same(now?.[name], cell.base)) return false
    if (cell.from === null) return true
    const origin = await place.settled(cell.from)
    return !origin?.converged.some((one) => one.entity === row.entity && one.id === row.id && one.field === name)
  }
  for (const row of command.record.rows) {
    if (row.op === 'insert') continue
    const entity = place.entity(row.entity)
    const now = before.get(keyOf(row.entity, row.id))
    if (row.op === 'remove' && now?.['deleted_at'] !== null) continue
    const seen = new Set<string>()
    for (const name of Object.keys(row.fields)) {
      if (seen.has(name)) continue
      const unit = unitOf(entity, name).filter((one) => row.fields[one])
      for (const one of unit) seen.add(one)
      const cells = unit.flatMap((one) => (row.fields[one] ? [{ name: one, cell: row.fields[one] }] : []))
      const standing = await Promise.all(cells.map(({ name: one, cell }) => baseStands(row, one, cell, now)))
      if (standing.every(Boolean)) continue
      const there = row.op !== 'remove' && cells.every(({ name: one, cell }) => same(now?.[one], cell.mine))
      if (there) result.converged.push(...cells.map(({ name: one }) => ({ entity: row.entity, id: row.id, field: one })))
      else for (const { name: one, cell } of cells) result.disputes.push({ entity: row.entity, id: row.id, field: one, base: cell.base, mine: cell.mine, theirs: (now?.[one] ?? null) as Json })
    }
  }
  return result
}

/**
 * Decides and, when the outcome is `applied`, leaves the writes in the surrounding transaction. `lastSeen` gives the version of a
 * row that the author had on the screen, when known, to say `merged`.
 */
export async function decide(command: RecordedCommand, place: DecidingPlace, lastSeen: (entity: string, id: Id) => number | null = () => null): Promise<Decision | Settled> {
  const known = await place.settled(command.id)
  if (known) {
    if (known.payload_hash !== command.payload_hash) throw new PayloadMismatch(command.id)
    return known
  }
  try {
    await place.authorize()
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'rejected', failure: error.failure }
    throw error
  }
  for (const id of command.after) {
    const earlier = await place.settled(id)
    if (earlier && earlier.outcome !== 'applied') return { outcome: 'blocked', by: id }
  }
  const before = await rowsBefore(command, place)
  for (const row of command.record.rows) {
    const now = before.get(keyOf(row.entity, row.id))
    const missing = row.op !== 'insert' && !now
    const taken = row.op === 'insert' && now
    if (missing || taken)
      return { outcome: 'rejected', failure: { code: `${row.entity}.${taken ? 'taken' : 'not_found'}`, message: taken ? 'This id is taken.' : 'Not found. It may have been removed.', details: [{ field: 'id', issue: taken ? 'taken' : 'not_found', found: row.id }] } }
    if (row.op === 'update' && now?.['deleted_at'] !== null)
      return { outcome: 'conflict', why: 'deleted', failure: null, disputes: Object.entries(row.fields).map(([field, cell]) => ({ entity: row.entity, id: row.id, field, base: cell.base, mine: cell.mine, theirs: null })) }
  }
  const { disputes, converged } = await compare(command, before, place)
  if (disputes.length > 0) return { outcome: 'conflict', why: 'value', disputes, failure: null }
  try {
    let equal = false
    await place.attempt((writes) => (equal = equalsRecord(writes, command, before, place)))
    if (!equal) return { outcome: 'conflict', why: 'write_set', disputes: [], failure: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return basesMoved(command, before) ? { outcome: 'conflict', why: 'rule', disputes: [], failure: error.failure } : { outcome: 'rejected', failure: error.failure }
  }
  const merged = command.record.rows.some((row) => {
    const version = lastSeen(row.entity, row.id)
    return row.op === 'update' && version !== null && Number(before.get(keyOf(row.entity, row.id))?.['version']) !== version
  })
  return { outcome: 'applied', note: merged ? 'merged' : null, converged }
}
