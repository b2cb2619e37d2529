/** The command that a kept one is issued again as, before values are chosen. */
import { changeableTerms, changeAssignments } from '../domain/planning/change-operations.ts'
import { assignment } from '../domain/planning/model.ts'
import type { Json } from '../kernel/hashing.ts'
import { sameValue, type CommandRecord } from '../store/write-set.ts'

export type Members = { [name: string]: Json }
export const isMembers = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Changes of many assignments at once, told relative to what stood: as values, they are a change of terms like any other. */
const relative = new Set(['assignment.shift', 'assignment.change_role', 'assignment.change_rate', 'assignment.reassign'])
const terms: ReadonlySet<string> = new Set(changeableTerms)

/** How a command is issued again: itself, or (so that `mine` is the value shown, wherever the row stands now) with the values it had written. */
export function formOf(name: string, input: Json | null, record: CommandRecord | null): { name: string; input: Json } | null {
  if (input === null || record === null) return null
  const asTerms = relative.has(name) && record.rows.length > 0 && record.rows.every((row) => row.op === 'update' && row.entity === assignment.name && Object.keys(row.fields).every((field) => terms.has(field)))
  if (!asTerms || !isMembers(input)) return { name, input }
  const changes = record.rows.map(({ id, fields }) => ({ id, version: 1, ...Object.fromEntries(Object.entries(fields).filter(([, { base, mine }]) => !sameValue(base, mine)).map(([field, { mine }]) => [field, mine])) }))
  return { name: changeAssignments.name, input: { changes, ...(typeof input['reason'] === 'string' ? { reason: input['reason'] } : {}) } }
}
