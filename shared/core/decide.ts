/**
 * What becomes of a recorded command on data that may have changed since: one function, the same wherever it is decided
 * (sync rules 7 to 13, in that order).
 *
 * Laws: (a) deciding the same command twice gives the same outcome and writes once; (b) all or nothing per command; (c) no value
 * that the author had not seen is overwritten: a field is written only where the present value is the base on their screen;
 * (d) the decision depends on the command, its record, the rows and the deciding clock, nothing else; (e) rows that nobody enters
 * (consequences), and columns that follow from this command, are made by whoever decides: rules 10 to 12 look at none, neither in the
 * record nor among what was written here.
 */
import { isConsequence, type AnyEntity } from '../domain/entity.ts'
import { groupBy } from '../kernel/grouping.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { Refusal, type Failure } from '../kernel/result.ts'
import type { FieldRef, Outcome } from '../store/command-log.ts'
import { enteredFields, keyOf, type CommandRecord, type RecordedField, type RecordedRow, type Write } from '../store/write-set.ts'

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
  /**
   * Permission and scope now, here (rule 8). Throws Refusal. Answers a failure when a row it names was never there: no question of
   * permission, for rule 10 to judge, after rule 9 (the command that would have made it may have failed).
   */
  authorize(): Promise<Failure | null>
  /** Rows of an entity as they are now, by id, removed ones included; left out: it never existed. */
  rows(entity: string, ids: readonly Id[]): Promise<ReadonlyMap<string, Loose>>
  entity(name: string): AnyEntity
  /** Columns of its rows that follow from this command and that it does not enter. */
  follows(entity: string): readonly string[]
  /** Whether the author may see that row, and that column of it: what they may not is never compared. */
  sees(entity: AnyEntity, row: Loose): Promise<boolean>
  readable(entity: AnyEntity, row: Loose, field: string): boolean
  /** Entered fields of a row that others wrote since the author saw it; null: not known here. */
  changedByOthers?(entity: AnyEntity, row: Loose): Promise<ReadonlySet<string> | null>
  /** Runs the handler under a savepoint, undone when `keep` says no to what it wrote. Throws Refusal when a rule refuses. */
  attempt(keep: (writes: readonly Write[]) => boolean): Promise<void>
}

export class PayloadMismatch extends Error {}

/** Most cells are a text or a number: only what has parts is written out to be compared. */
function same(a: unknown, b: unknown): boolean {
  const [one, other] = [a ?? null, b ?? null]
  return one === other || (typeof one === 'object' && typeof other === 'object' && canonicalJson(one) === canonicalJson(other))
}

/** Rows as they were before the command ran here, so that comparing never sees its own writes. */
type Before = ReadonlyMap<string, Loose | null>

async function rowsBefore(command: RecordedCommand, place: DecidingPlace): Promise<Before> {
  const before = new Map<string, Loose | null>()
  for (const [entity, rows] of groupBy(command.record.rows, (row) => row.entity)) {
    const found = await place.rows(entity, rows.map(({ id }) => id))
    for (const { id } of rows) before.set(keyOf(entity, id), found.get(id) ?? null)
  }
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

/** A column that follows from the command is nobody's to enter in a row that was there; a new row is whole. */
const comparedOf = (entity: AnyEntity, op: Write['op'], place: DecidingPlace): readonly string[] => {
  const follows = op === 'update' ? place.follows(entity.name) : []
  return follows.length === 0 ? enteredFields(entity) : enteredFields(entity).filter((name) => !follows.includes(name))
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
    const entity = place.entity(row.entity)
    for (const name of comparedOf(entity, write.op, place)) {
      if (!place.readable(entity, now ?? write.after, name)) continue
      const cell = row.fields[name]
      const changed = row.op === 'insert' || !same(now?.[name], write.after[name])
      if (cell ? !same(write.after[name], cell.mine) : changed && row.op !== 'insert') return false
    }
  }
  // Rows the author did not see written. Those holding only derived values, or columns hidden from the author, are not theirs to judge.
  return [...written.values()].every((write) => isConsequence(write.entity) || !comparedOf(write.entity, write.op, place).some((name) =>
    (write.op !== 'update' || !same(write.before?.[name], write.after[name])) && (write.op === 'insert' || place.readable(write.entity, write.before ?? write.after, name))))
}

interface Comparison {
  disputes: Dispute[]
  converged: FieldRef[]
}

/** Rule 12, per entered field, whole unit. */
async function compare(command: RecordedCommand, before: Before, place: DecidingPlace): Promise<Comparison> {
  const result: Comparison = { disputes: [], converged: [] }
  /** Not if the value is there because others wrote the same as the command that the author had written it by. */
  const isOwnBase = async (row: RecordedRow, name: string, cell: RecordedField): Promise<boolean> => {
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
      // Of a row to be removed, only what its author could see (what others may have written in the rest is no reason to keep it).
      if (row.op === 'remove' && !place.readable(entity, now ?? {}, name)) continue
      const unit = unitOf(entity, name).filter((one) => row.fields[one])
      for (const one of unit) seen.add(one)
      const cells = unit.flatMap((one) => (row.fields[one] ? [{ name: one, cell: row.fields[one] }] : []))
      let stands = cells.every(({ name: one, cell }) => same(now?.[one], cell.base))
      for (const { name: one, cell } of cells) stands &&= await isOwnBase(row, one, cell)
      if (stands) continue
      const there = row.op !== 'remove' && cells.every(({ name: one, cell }) => same(now?.[one], cell.mine))
      if (there) result.converged.push(...cells.map(({ name: one }) => ({ entity: row.entity, id: row.id, field: one })))
      else for (const { name: one, cell } of cells) result.disputes.push({ entity: row.entity, id: row.id, field: one, base: cell.base, mine: cell.mine, theirs: (now?.[one] ?? null) as Json })
    }
  }
  return result
}

/** Other entered fields of a row written here that others changed since its author saw it (rule 13). */
async function isMerged(command: RecordedCommand, before: Before, place: DecidingPlace): Promise<boolean> {
  for (const row of command.record.rows) {
    const now = before.get(keyOf(row.entity, row.id))
    if (row.op !== 'update' || !now) continue
    const changed = await place.changedByOthers?.(place.entity(row.entity), now)
    if (changed && [...changed].some((name) => !(name in row.fields))) return true
  }
  return false
}

const notFound = (row: RecordedRow): Failure => ({ code: `${row.entity}.not_found`, message: 'Not found. It may have been removed.', details: [{ field: 'id', issue: 'not_found', found: row.id }] })
const taken = (row: RecordedRow): Failure => ({ code: `${row.entity}.taken`, message: 'This id is taken.', details: [{ field: 'id', issue: 'taken', found: row.id }] })

/** Rule 10, before the handler: a missing row, an id that is taken, a change of a removed row. What the author may not see is not there. */
async function impossible(command: RecordedCommand, before: Before, place: DecidingPlace): Promise<Decision | null> {
  for (const row of command.record.rows) {
    const now = before.get(keyOf(row.entity, row.id))
    if (row.op === 'insert') {
      if (now) return { outcome: 'rejected', failure: taken(row) }
      continue
    }
    if (!now || !(await place.sees(place.entity(row.entity), now))) return { outcome: 'rejected', failure: notFound(row) }
    if (row.op === 'update' && now['deleted_at'] !== null)
      return { outcome: 'conflict', why: 'deleted', failure: null, disputes: Object.entries(row.fields).map(([field, cell]) => ({ entity: row.entity, id: row.id, field, base: cell.base, mine: cell.mine, theirs: null })) }
  }
  return null
}

/** What follows is in no record made today; one that was issued before may hold it. */
function entered(row: RecordedRow, follows: readonly string[]): RecordedRow {
  if (row.op !== 'update' || !follows.some((name) => name in row.fields)) return row
  return { ...row, fields: Object.fromEntries(Object.entries(row.fields).filter(([name]) => !follows.includes(name))) }
}
const withoutConsequences = (command: RecordedCommand, place: DecidingPlace): RecordedCommand =>
  ({ ...command, record: { rows: command.record.rows.filter((row) => !isConsequence(place.entity(row.entity))).map((row) => entered(row, place.follows(row.entity))) } })

/** `noWait`: its author waits no longer for a command that is unknown here. */
export interface DecideOptions {
  noWait?: boolean | undefined
}

/** Decides and, when the outcome is `applied`, leaves the writes in the surrounding transaction. Throws PayloadMismatch. */
export async function decide(issued: RecordedCommand, place: DecidingPlace, options: DecideOptions = {}): Promise<Decision | Settled> {
  const known = await place.settled(issued.id)
  if (known) {
    if (known.payload_hash !== issued.payload_hash) throw new PayloadMismatch(issued.id)
    return known
  }
  const command = withoutConsequences(issued, place)
  let missing: Failure | null
  try {
    missing = await place.authorize()
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'rejected', failure: error.failure }
    throw error
  }
  for (const id of command.after) {
    const earlier = await place.settled(id)
    if (earlier ? earlier.outcome !== 'applied' : options.noWait) return { outcome: 'blocked', by: id }
  }
  if (missing) return { outcome: 'rejected', failure: missing }
  const before = await rowsBefore(command, place)
  const early = await impossible(command, before, place)
  if (early) return early
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
  return { outcome: 'applied', note: (await isMerged(command, before, place)) ? 'merged' : null, converged }
}
