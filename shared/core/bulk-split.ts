/**
 * Rule 29: a command on many rows of which some conflict is issued again at once for the others, with their original bases; the command
 * itself is kept for those that do. Bulk is what takes a list of rows: `ids`, or `changes` with an id each.
 */
import { isConsequence } from '../domain/entity.ts'
import { entities } from '../domain/registry.ts'
import type { Json } from '../kernel/hashing.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import type { CommandRecord, RecordedRow } from '../store/write-set.ts'

interface Bulk {
  input: Json
  record: CommandRecord
}
type Members = { [name: string]: Json }
const isMembers = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)
const idOf = (entry: Json): string | null => (typeof entry === 'string' ? entry : isMembers(entry) && typeof entry['id'] === 'string' ? entry['id'] : null)

/** Nobody entered it: it was made by what was entered, and is made again with it. */
export const isConsequenceRow = ({ entity: name }: Pick<RecordedRow, 'entity'>): boolean => {
  const entity = entities.get(name)
  return entity !== undefined && isConsequence(entity)
}
/** Which entry a row of the record follows from: its own, or one that it names (a replacement names whom it replaces, a part its whole). */
function entryOf(row: RecordedRow, entries: ReadonlySet<string>): string | null {
  if (entries.has(row.id)) return row.id
  const named = Object.values(isConsequenceRow(row) ? (row.beside ?? {}) : row.fields).flatMap(({ base, mine }) => [base, mine].filter((value): value is string => typeof value === 'string' && entries.has(value)))
  const [only] = new Set(named)
  return only !== undefined && new Set(named).size === 1 ? only : null
}

/** The part that does not conflict; null: it is no bulk command, a row follows from no single entry of it, or nothing would be left of either. */
export function splitBulk({ input, record }: Bulk, conflictingRows: Iterable<string>): Bulk | null {
  if (!isMembers(input)) return null
  const list = (['ids', 'changes'] as const).find((name) => Array.isArray(input[name]))
  const listed = list === undefined ? undefined : input[list]
  if (list === undefined || !Array.isArray(listed)) return null
  const ids = listed.map(idOf)
  const entries = new Set(ids.filter((id) => id !== null))
  if (entries.size !== listed.length || entries.size < 2) return null
  // A consequence that says nothing of its entry is in neither part: it is made again with what it follows from.
  const rows = record.rows.filter((row) => !isConsequenceRow(row) || entryOf(row, entries) !== null)
  const owners = new Map(rows.map((row) => [row.id as string, entryOf(row, entries)]))
  if ([...owners.values()].includes(null)) return null
  const aside = new Set<string>()
  for (const id of conflictingRows) {
    const owner = owners.get(id)
    if (owner == null) return null
    aside.add(owner)
  }
  if (aside.size === 0 || aside.size === entries.size) return null
  return {
    input: { ...input, [list]: listed.filter((entry) => !aside.has(idOf(entry) ?? '')) },
    record: { rows: rows.filter(({ id }) => !aside.has(owners.get(id) ?? '')) },
  }
}

/** Key of the call that does the rest of a command in conflict; made on the computer that issued it. */
export const splitKey = (command: string): string => `split:${command}`
/** What that call's command is called. */
export const splitIdOf = (org: string, actor: string, command: string): Id => deriveId(actor, `call:${org}:${splitKey(command)}`)

/** The part that stays kept once the rest was done. */
export function partInConflict(command: Bulk, conflictingRows: Iterable<string>): Bulk | null {
  const rest = splitBulk(command, conflictingRows)
  return rest && splitBulk(command, rest.record.rows.map(({ id }) => id))
}

/** Rows that a kept reason names. */
export function rowsInReason(reason: Json): Set<string> {
  const fields = isMembers(reason) ? reason['fields'] : undefined
  return new Set(Array.isArray(fields) ? fields.flatMap((one) => (isMembers(one) && typeof one['id'] === 'string' ? [one['id']] : [])) : [])
}
