/** How long a value may be: what the records hold. Longer ones are refused in a table and cut in a calendar, which cannot be corrected here. */
import type { ImportField, ImportKind } from './fields.ts'
import type { ReadingRules } from './row-readers.ts'
import { cell, readList } from './row-readers.ts'
import type { PreviewRow } from './preview-types.ts'
import type { Report } from './row-window.ts'

export const MAX_LENGTH = {
  external_id: 200, first_name: 80, last_name: 80, full_name: 160, person: 160, email: 200, phone: 40, crew_role: 120, department: 60, track: 60,
  title: 200, mission: 200, day_code: 12, location: 160, description: 20_000, notes: 20_000,
} as const satisfies Partial<Record<ImportField, number>>
/** Of one item. */
const MAX_ITEM = { skills: 60, tags: 60, languages: 60, persons: 160 } as const satisfies Partial<Record<ImportField, number>>
export const MAX_ITEMS = 60
const MAX_ASSIGNMENT_NOTES = 400

const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
const lengthOf = (field: keyof typeof MAX_LENGTH, kind: ImportKind): number => (field === 'notes' && kind === 'assignments' ? MAX_ASSIGNMENT_NOTES : MAX_LENGTH[field])

const keysOf = <T extends object>(table: T): (keyof T)[] => Object.keys(table) as (keyof T)[]

export function checkLengths(row: PreviewRow, kind: ImportKind, rules: ReadingRules, report: Report): void {
  for (const field of keysOf(MAX_LENGTH)) {
    const typed = cell(row.values, field)
    if (typed.length > lengthOf(field, kind)) report('import.too_long', field, 'error', shown(typed), String(lengthOf(field, kind)))
  }
  for (const field of keysOf(MAX_ITEM)) {
    // A cell as long as one item holds no longer one.
    if (cell(row.values, field).length <= MAX_ITEM[field]) continue
    const items = readList(row.values, field, rules)
    const long = items.find((item) => item.length > MAX_ITEM[field])
    if (long !== undefined) report('import.too_long', field, 'error', shown(long), String(MAX_ITEM[field]))
    else if (field !== 'persons' && items.length > MAX_ITEMS) report('import.too_long', field, 'error', shown(cell(row.values, field)), `${MAX_ITEMS} ×`)
  }
}

export const cutTo = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1).trimEnd()}…` : text)
