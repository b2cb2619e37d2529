/** Whom a change of a sheet says something to (pure): one list for the page, the filter of a comparison, and who is told of the next version. */
import type { SheetChange } from './compare.ts'
import { printedChanges } from './compare.ts'
import type { SheetPerson, SheetSnapshot } from './snapshot.ts'

type Departments = SheetSnapshot['departments']

/** What became of the row, and whom it says something to: departments by code (`null`: everyone), the person named. */
export function concernedBy(change: SheetChange | undefined, departments: Departments): { kind: string; department_codes: string[] | null; person: string | null } {
  const kind = change?.kind ?? 'value_changed'
  if (!change || change.kind === 'value_changed' || change.kind === 'rows_moved') return { kind, department_codes: null, person: null }
  const rows = change.kind === 'row_changed' ? [change.before, change.after] : [change.row]
  const ids = new Set(rows.flatMap((row) => (typeof row['department_id'] === 'string' ? [row['department_id']] : [])))
  const owned = rows.flatMap((row) => (Array.isArray(row['departments']) ? row['departments'].filter((code) => typeof code === 'string') : []))
  const everyone = change.section === 'slots' ? rows.some((row) => row['everyone'] === true) || owned.length === 0 : ids.size === 0
  const person = change.section === 'people' ? (rows.map((row) => row['name']).findLast((name) => typeof name === 'string') ?? null) : null
  return { kind, department_codes: everyone ? null : [...new Set([...departments.filter(({ id }) => ids.has(id)).map(({ code }) => code), ...owned])], person }
}

/** Departments of both versions: one that is gone from the second is known by the first. */
export const departmentsOf = (before: SheetSnapshot, after: SheetSnapshot): Departments => [...new Map([...before.departments, ...after.departments].map((row) => [row.id, row])).values()]

/** One person on a sheet: their lines, by id, as they are in the version spoken of and were in the one before. */
export interface OnSheet {
  lines: ReadonlySet<string>
  department_ids: ReadonlySet<string>
}

export const onSheet = (lines: readonly SheetPerson[]): OnSheet => ({ lines: new Set(lines.map(({ id }) => id)), department_ids: new Set(lines.map((line) => line.department_id)) })

/**
 * The changes that say something to one person: their own lines, what is for their department, what is for everyone. A colleague's line does
 * not, nor does a department that comes with it. Without internal notes, for they are told on the field copy.
 */
export function personalChanges(changes: readonly SheetChange[], person: OnSheet, departments: Departments): SheetChange[] {
  const codes = new Set(departments.filter(({ id }) => person.department_ids.has(id)).map(({ code }) => code))
  return printedChanges(changes, 'field').filter((change) => {
    if (change.kind === 'value_changed') return true
    if (change.section === 'departments') return false
    if (change.section === 'people') return change.kind !== 'rows_moved' && person.lines.has(change.row_id)
    const { department_codes } = concernedBy(change, departments)
    return department_codes === null || department_codes.some((code) => codes.has(code))
  })
}
