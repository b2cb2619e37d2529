/** Personal values in the log: parts of the input that an operation names, and cells of personal fields in the record. */
import type { CallContext } from '../domain/call-context.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import { entityNamed } from '../domain/registry.ts'
import { groupBy } from '../kernel/grouping.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import type { Json } from '../kernel/hashing.ts'
import { isSealed, seal, unseal, type PersonKeys } from '../store/sealing.ts'
import type { CommandRecord, RecordedRow } from '../store/write-set.ts'
import { rowsById } from './named-rows.ts'

function replaceAt(value: Json, path: readonly (string | number)[], change: (part: Json) => Json): Json {
  const [step, ...rest] = path
  if (step === undefined) return change(value)
  if (Array.isArray(value) && typeof step === 'number') return value.map((item, index) => (index === step ? replaceAt(item, rest, change) : item))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const part = value[String(step)]
    return part === undefined ? value : { ...value, [String(step)]: replaceAt(part, rest, change) }
  }
  return value
}

/** Whose key a row's personal values are under: its owner's, else its own id's. */
export type OwnerOf = (row: Id) => Id

/** Owners of the rows named, as they stand, removed ones included. */
async function ownersOf(rows: readonly { entity: string; id: Id }[], reader: Reader): Promise<OwnerOf> {
  const owners = new Map<string, Id>()
  for (const [name, those] of groupBy(rows, ({ entity }) => entity)) {
    const entity = entityNamed(name)
    const { owner } = entity
    if (owner === null || owner === 'id') continue
    for (const [id, row] of await rowsById(reader, entity, those.map(({ id }) => id), { removed: true })) if (typeof row[owner] === 'string') owners.set(id, row[owner] as Id)
  }
  return (id) => owners.get(id) ?? id
}

const personalFields = new Map<string, readonly string[]>()
function personalCells({ entity, fields }: RecordedRow): readonly string[] {
  let known = personalFields.get(entity)
  if (!known) personalFields.set(entity, (known = Object.entries(entityNamed(entity).fields).flatMap(([name, { personal }]) => (personal ? [name] : []))))
  return known.filter((name) => fields[name])
}
/**
 * Owners of the rows of a record that have something personal in it. `kept` is the record as the log has it when the command comes again: a
 * row that it made has an owner since, and is compared under the key of then.
 */
export async function ownersIn(record: CommandRecord, reader: Reader, kept?: CommandRecord): Promise<OwnerOf> {
  const ownerOf = await ownersOf(record.rows.filter((row) => personalCells(row).length > 0), reader)
  const before = new Map<string, Id>()
  for (const { id, fields } of kept?.rows ?? [])
    for (const { base, mine } of Object.values(fields)) for (const value of [base, mine]) if (isSealed(value)) before.set(id, value.$sealed as Id)
  return (id) => before.get(id) ?? ownerOf(id)
}

const partAt = (value: Json | undefined, path: readonly (string | number)[]): Json | undefined =>
  path.reduce<Json | undefined>((part, step) => (Array.isArray(part) ? part[Number(step)] : typeof part === 'object' && part !== null ? part[String(step)] : undefined), value)

/**
 * Covers the personal parts of an input. The same command gives the same bytes each time: its hash is taken over them. `kept` is the
 * input as the log has it when the command comes again: a row may have another owner since, and is compared under the key of then.
 */
export async function sealInput(operation: AnyOperation, input: unknown, given: Json, call: CallContext, keys: PersonKeys, reader: Reader, kept?: Json): Promise<Json> {
  if (!operation.sealed) return given
  const { target } = operation
  const ownerOf = await ownersOf(target.kind === 'rows' ? target.ids(input).map((id) => ({ entity: target.entity, id })) : [], reader)
  let sealed = given
  for (const { path, subject: named } of operation.sealed(input, (label) => deriveId(call.seed, label))) {
    // An input that names a row which belongs to a person (a certification) is sealed with that person's key.
    const before = partAt(kept, path)
    const subject = before !== undefined && isSealed(before) ? (before.$sealed as Id) : ownerOf(named)
    const key = await keys.keyOf(subject)
    const place = `${call.command_id} input ${path.join('.')}`
    sealed = replaceAt(sealed, path, (part) => (part === null ? null : key === null ? { $sealed: subject, bytes: '' } : { ...seal(key, subject, place, part) }))
  }
  return sealed
}

/** `ownerOf` says whose key seals the personal cells of a row. */
export async function sealRecord(record: CommandRecord, ownerOf: OwnerOf, command: Id, keys: PersonKeys): Promise<CommandRecord> {
  const rows: RecordedRow[] = []
  for (const row of record.rows) {
    const personal = personalCells(row)
    if (personal.length === 0) {
      rows.push(row)
      continue
    }
    const subject = ownerOf(row.id)
    const key = await keys.keyOf(subject)
    const fields = { ...row.fields }
    for (const name of personal) {
      const cell = fields[name]
      if (!cell) continue
      const cover = (value: Json, side: string): Json =>
        value === null ? null : key === null ? { $sealed: subject, bytes: '' } : { ...seal(key, subject, `${command} ${row.id} ${name} ${side}`, value) }
      fields[name] = { base: cover(cell.base, 'base'), mine: cover(cell.mine, 'mine'), from: cell.from }
    }
    rows.push({ ...row, fields })
  }
  return { rows }
}

/** The record as it was made; null when a person it speaks of was erased. */
export async function openRecord(record: CommandRecord, keys: PersonKeys): Promise<CommandRecord | null> {
  const rows: RecordedRow[] = []
  for (const row of record.rows) {
    const fields: RecordedRow['fields'] = {}
    for (const [name, cell] of Object.entries(row.fields)) {
      const open = async (value: Json): Promise<Json | undefined> => {
        if (!isSealed(value)) return value
        const key = await keys.keyOf(value.$sealed as Id)
        return key === null || value.bytes === '' ? undefined : unseal(key, value)
      }
      const base = await open(cell.base)
      const mine = await open(cell.mine)
      if (base === undefined || mine === undefined) return null
      fields[name] = { base, mine, from: cell.from }
    }
    rows.push({ ...row, fields })
  }
  return { rows }
}

/** The input as it was given; undefined when a person it speaks of was erased. */
export async function openInput(input: Json, keys: PersonKeys): Promise<Json | undefined> {
  if (isSealed(input)) {
    const key = await keys.keyOf(input.$sealed as Id)
    return key === null || input.bytes === '' ? undefined : unseal(key, input)
  }
  if (typeof input !== 'object' || input === null) return input
  const parts: [string, Json][] = []
  for (const [name, part] of Object.entries(input)) {
    const open = await openInput(part, keys)
    if (open === undefined) return undefined
    parts.push([name, open])
  }
  return Array.isArray(input) ? parts.map(([, part]) => part) : Object.fromEntries(parts)
}
