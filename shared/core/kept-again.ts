/**
 * The same operation once more, on what stands now (sync rule 27): its input as it was given, with the versions of now and, where values
 * were in dispute, the ones chosen. An operation says where it takes a row's values by its form: an object that names the row and its
 * version, with the values in `changes` or beside them. What has no such place can be done again whole, never field by field.
 */
import { z } from 'zod'
import { detail, refuse } from '../domain/errors.ts'
import { undo } from '../domain/audit/operations.ts'
import type { AnyOperation } from '../domain/operation.ts'
import { createAssignments } from '../domain/planning/operations.ts'
import { assignment } from '../domain/planning/model.ts'
import type { FieldChoice } from '../domain/sync/operations.ts'
import { sha256, type Json } from '../kernel/hashing.ts'
import { sameValue, type CommandRecord, type RecordedRow } from '../store/write-set.ts'
import { isMembers, type Members } from './kept-form.ts'
import { standing, type OpenedCommand } from './kept-open.ts'
import { keyOfRow } from './kept-titles.ts'

type Loose = Readonly<Record<string, unknown>>
type Rows = ReadonlyMap<string, Loose>
export type Operations = ReadonlyMap<string, AnyOperation>

function* membersOf(value: Json): Generator<Members> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value
  for (const one of Object.values(value)) yield* membersOf(one)
}
const names = (object: Members, id: string): boolean => Object.entries(object).some(([name, value]) => (name === 'id' || name.endsWith('_id')) && value === id)
const versioned = (object: Members): boolean => typeof object['version'] === 'number'
/** What stands beside the values of a row without being one. */
const around = new Set(['id', 'version'])

/** The version of a row that the author had on the screen, where the input says so. */
export function versionRead(input: Json | null, id: string): number | null {
  for (const object of membersOf(input)) if (versioned(object) && names(object, id)) return Number(object['version'])
  return null
}

/** Where an input takes the values of a row. */
function carrierOf(input: Json, id: string): Members | null {
  for (const object of membersOf(input)) {
    if (!versioned(object) || !names(object, id)) continue
    return isMembers(object['changes']) ? object['changes'] : object
  }
  return null
}

/** What stands now, to be said back with a choice: nobody decides about values they have not seen. */
export const stampOf = (rows: Rows): string => sha256([...rows].map(([key, row]) => `${key}:${String(row['version'])}:${String(row['deleted_at'])}`).sort().join('\n')).slice(0, 24)

/** Every value in dispute has its place in the input. */
export function takesFields({ again, record }: OpenedCommand, rows: Rows): boolean {
  const input = again?.input ?? null
  if (input === null || record === null || record.rows.length === 0) return false
  return record.rows.every((row) => {
    const carrier = row.op === 'update' ? carrierOf(input, row.id) : null
    return carrier !== null && standing(row, rows.get(keyOfRow(row)) ?? null).every(({ unit, state }) => state !== 'other' || unit.some((name) => name in carrier))
  })
}

function bringToNow(input: Json, rows: Rows): void {
  const versions = new Map([...rows].map(([key, row]) => [key.slice(key.indexOf('/') + 1), Number(row['version'])]))
  for (const object of membersOf(input)) {
    if (!versioned(object)) continue
    const id = Object.entries(object).find(([name, value]) => (name === 'id' || name.endsWith('_id')) && typeof value === 'string' && versions.has(value))?.[1]
    const now = typeof id === 'string' ? versions.get(id) : undefined
    if (now !== undefined) object['version'] = now
  }
}

/** Entries of lists that hold nothing but their row are left out; null: nothing is left at all. */
function withoutEmpty(input: Json): Json | null {
  if (!isMembers(input)) return input
  if (isMembers(input['changes'])) return Object.keys(input['changes']).length === 0 ? null : input
  for (const [name, value] of Object.entries(input)) {
    if (!Array.isArray(value)) continue
    const kept = value.filter((one) => !isMembers(one) || !versioned(one) || (isMembers(one['changes']) ? Object.keys(one['changes']).length > 0 : Object.keys(one).some((member) => !around.has(member))))
    if (kept.length === 0 && value.length > 0) return null
    input[name] = kept
  }
  return versioned(input) && Object.keys(input).every((member) => around.has(member)) ? null : input
}

/** A value for each field of a unit, by what was chosen; undefined: as it stands. Throws where nobody chose. */
function chosenValues(row: RecordedRow, unit: readonly string[], state: 'base' | 'mine' | 'other', now: Loose, choices: ReadonlyMap<string, FieldChoice>): Map<string, Json> {
  const missing = unit.filter((name) => !choices.has(`${keyOfRow(row)}/${name}`))
  const values = new Map<string, Json>()
  for (const name of unit) {
    const chosen = choices.get(`${keyOfRow(row)}/${name}`)
    const side = chosen?.side ?? (state === 'base' ? 'mine' : state === 'mine' ? 'theirs' : null)
    if (side === null && missing.length === unit.length) throw refuse('validation.invalid', detail('fields', 'required', null, name))
    // A unit goes together: what was not said goes with what was.
    const said = side ?? unit.map((one) => choices.get(`${keyOfRow(row)}/${one}`)?.side).find((one) => one === 'mine' || one === 'theirs') ?? 'theirs'
    const value = (said === 'typed' || said === 'both') && chosen ? ((chosen.value ?? null) as Json) : said === 'theirs' ? ((now[name] ?? null) as Json) : (row.fields[name]?.mine ?? null)
    values.set(name, value)
  }
  return values
}

/** The input for what was chosen; null: all stands as chosen already. `choices` left out: all of mine. */
export function inputAgain(opened: { input: Json; record: CommandRecord }, rows: Rows, operation: AnyOperation, choices?: readonly FieldChoice[]): Json | null {
  if (operation.name === undo.name && isMembers(opened.input)) return { ...opened.input, keep_moved: true }
  const input = structuredClone(opened.input)
  bringToNow(input, rows)
  const byField = new Map((choices ?? []).map((one) => [`${one.entity}/${one.id}/${one.field}`, one]))
  const whole = structuredClone(input)
  let changed = false
  for (const row of opened.record.rows) {
    const carrier = row.op === 'update' ? carrierOf(whole, row.id) : null
    const now = rows.get(keyOfRow(row))
    if (!carrier || !now) continue
    for (const { unit, state } of standing(row, now)) {
      if (!unit.some((name) => name in carrier)) continue
      const values = choices ? chosenValues(row, unit, state, now, byField) : new Map(unit.map((name) => [name, row.fields[name]?.mine ?? null]))
      for (const [name, value] of values) {
        changed = true
        if (sameValue(value, now[name] ?? null)) delete carrier[name]
        else carrier[name] = value
      }
    }
  }
  if (!changed) return withoutDone(input, opened.record, rows)
  const again = withoutEmpty(whole)
  // Somebody else's end of a window that this operation does not take: its own input says all it can.
  return again === null || operation.input.safeParse(again).success || choices ? again : input
}

/** Rows of a list of ids on which the command has nothing left to do: the rest of it went through (rule 29). */
function withoutDone(input: Json, record: CommandRecord, rows: Rows): Json | null {
  if (!isMembers(input) || !Array.isArray(input['ids'])) return input
  const done = new Set<Json>(record.rows.filter((row) => {
    const now = rows.get(keyOfRow(row))
    if (row.op === 'remove') return (now?.['deleted_at'] ?? null) !== null
    return row.op === 'update' && now !== undefined && Object.keys(row.fields).length > 0 && standing(row, now).every(({ state }) => state === 'mine')
  }).map(({ id }) => id))
  const ids = input['ids'].filter((id) => !done.has(id))
  return ids.length === 0 && input['ids'].length > 0 ? null : { ...input, ids }
}

const shapeOf = ({ input }: AnyOperation): readonly string[] => (input instanceof z.ZodObject ? Object.keys(input.shape) : [])
const living = (values: Record<string, Json>): Members => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
const only = (values: Members, wanted: readonly string[]): Members => Object.fromEntries(Object.entries(values).filter(([name]) => wanted.includes(name)))

/** Brings a removed row back. */
export function restoring(row: RecordedRow, operations: Operations): { name: string; input: Json } | null {
  const operation = operations.get(`${row.entity}.restore`)
  const input = operation && [{ id: row.id }, { ids: [row.id] }].find((one) => operation.input.safeParse(one).success)
  return operation && input ? { name: operation.name, input } : null
}

/** A new row with what was removed and what was entered meanwhile; columns that the person may not read keep their default. */
export function copying(row: RecordedRow, now: Loose, operations: Operations): { name: string; input: Json } | null {
  const values = living({ ...(now as Members), ...Object.fromEntries(Object.entries(row.fields).map(([name, { mine }]) => [name, mine])) })
  const operation = operations.get(`${row.entity}.create`)
  if (!operation) return null
  const person = createAssignments.input instanceof z.ZodObject ? (createAssignments.input.shape as { people?: z.ZodArray<z.ZodObject> }).people : undefined
  const input = row.entity === assignment.name && person
    ? { mission_id: values['mission_id'] ?? null, people: [only(values, Object.keys(person.element.shape))] }
    : only(values, shapeOf(operation))
  return operation.input.safeParse(input).success ? { name: operation.name, input } : null
}
