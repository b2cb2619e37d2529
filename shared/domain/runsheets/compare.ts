import { canonicalJson } from '../../kernel/hashing.ts'
import type { Json } from '../../kernel/hashing.ts'
import type { SheetSnapshot } from './snapshot.ts'

/** A row of any section: its stable id and its fields, as plain JSON. */
export type Row = { id: string } & { [field: string]: Json }
export interface FieldChange {
  field: string
  before: Json
  after: Json
}
/**
 * What differs between two snapshots (A31). `section` is the dotted path of a list (`people`, `practical.safety`); rows are matched
 * by id. Rows carry their whole former and present value, so that print marks and sentences need nothing else.
 */
export type SheetChange =
  | { kind: 'row_added'; section: string; row_id: string; index: number; row: Row }
  | { kind: 'row_removed'; section: string; row_id: string; index: number; row: Row }
  | { kind: 'row_changed'; section: string; row_id: string; fields: FieldChange[]; before: Row; after: Row }
  | { kind: 'rows_moved'; section: string; before: string[]; after: string[] }
  | { kind: 'value_changed'; path: string; before: Json; after: Json }

/** Sections whose order is content: moving a slot changes the day, moving a contact does not. */
export const ORDERED_SECTIONS: ReadonlySet<string> = new Set([
  'missions',
  'key_times',
  'alerts',
  'slots',
  'scenes',
  'departments',
  'location.access',
  'practical.weather.periods',
])

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isRow = (value: Json): value is Row => isObject(value) && typeof value['id'] === 'string'
const isRows = (value: Json | undefined): value is Row[] => Array.isArray(value) && value.every(isRow)
const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b)
const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Lists that hold rows in every snapshot, known by name because an empty list looks like a list of texts. */
const ROW_LISTS: ReadonlySet<string> = new Set([
  'missions',
  'key_times',
  'alerts',
  'slots',
  'departments',
  'people',
  'location.access',
  'location.pins',
  'emergency.numbers',
  'practical.weather.periods',
  'practical.catering',
  'practical.channels',
  'practical.safety',
  'notes',
  'transport',
  'lodging',
  'local_crew',
  'hospitality',
  'equipment',
  'scenes',
  'cast',
  'extras',
  'department_notes',
  'advance',
  'contacts',
  'attachments',
])

/** Differences from `before` to `after`, in the order of the fields of `after`. Empty when the contents are equal. */
export function compareSheets(before: SheetSnapshot, after: SheetSnapshot): SheetChange[] {
  const changes: SheetChange[] = []
  compareObjects('', before, after, changes)
  return changes
}

function compareObjects(prefix: string, before: { [key: string]: Json }, after: { [key: string]: Json }, changes: SheetChange[]): void {
  for (const key of Object.keys(after)) {
    // How paper is arranged says nothing to those who read it.
    if (prefix === '' && key === 'section_order') continue
    const path = prefix + key
    const [was, is] = [before[key] ?? null, after[key] ?? null]
    if (ROW_LISTS.has(path) && isRows(was) && isRows(is)) compareRows(path, was, is, changes)
    else if (isObject(was) && isObject(is)) compareObjects(`${path}.`, was, is, changes)
    else if (!same(was, is)) changes.push({ kind: 'value_changed', path, before: was, after: is })
  }
}

function compareRows(section: string, before: Row[], after: Row[], changes: SheetChange[]): void {
  const former = new Map(before.map((row) => [row.id, row]))
  const present = new Map(after.map((row) => [row.id, row]))
  before.forEach((row, index) => {
    if (!present.has(row.id)) changes.push({ kind: 'row_removed', section, row_id: row.id, index, row })
  })
  after.forEach((row, index) => {
    const was = former.get(row.id)
    if (!was) return void changes.push({ kind: 'row_added', section, row_id: row.id, index, row })
    const fields = [...new Set([...Object.keys(row), ...Object.keys(was)])]
      .map((field) => ({ field, before: was[field] ?? null, after: row[field] ?? null }))
      .filter((change) => !same(change.before, change.after))
    if (fields.length > 0) changes.push({ kind: 'row_changed', section, row_id: row.id, fields, before: was, after: row })
  })
  if (!ORDERED_SECTIONS.has(section)) return
  const kept = before.filter((row) => present.has(row.id)).map((row) => row.id)
  const keptAfter = after.filter((row) => former.has(row.id)).map((row) => row.id)
  if (!same(kept, keptAfter)) changes.push({ kind: 'rows_moved', section, before: kept, after: keptAfter })
}

/** The snapshot with rows of unordered sections sorted by id: two snapshots with equal normal forms say the same. */
export function normalizeSheet(snapshot: SheetSnapshot): SheetSnapshot {
  const walk = (prefix: string, value: { [key: string]: Json }): { [key: string]: Json } =>
    Object.fromEntries(
      Object.entries(value).map(([key, member]) => {
        const path = prefix + key
        if (ROW_LISTS.has(path) && isRows(member)) {
          return [path.slice(prefix.length), ORDERED_SECTIONS.has(path) ? member : [...member].sort((a, b) => textOrder(a.id, b.id))]
        }
        return [key, isObject(member) ? walk(`${path}.`, member) : member]
      }),
    )
  return walk('', snapshot) as unknown as SheetSnapshot
}

/** Applies what `compareSheets(before, after)` gave to `before`: the result equals `after` up to the order of unordered rows. */
export function applyChanges(before: SheetSnapshot, changes: readonly SheetChange[]): SheetSnapshot {
  const result = structuredClone(before) as unknown as { [key: string]: Json }
  const holder = (path: string): { parent: { [key: string]: Json }; key: string } => {
    const parts = path.split('.')
    const key = parts.pop() ?? ''
    let parent = result
    for (const part of parts) {
      const member = parent[part]
      if (!isObject(member)) throw new Error(`no ${path} to apply a change to`)
      parent = member
    }
    return { parent, key }
  }
  const edit = (section: string, change: (rows: Row[]) => Row[]): void => {
    const { parent, key } = holder(section)
    const rows = parent[key]
    if (!isRows(rows)) throw new Error(`${section} is no list of rows`)
    parent[key] = change(rows)
  }
  // Additions last and by place, once the other rows stand in their final order.
  const rank = (change: SheetChange): number => (change.kind === 'row_added' ? 1 : 0)
  for (const change of [...changes].sort((a, b) => rank(a) - rank(b))) {
    switch (change.kind) {
      case 'value_changed': {
        const { parent, key } = holder(change.path)
        parent[key] = change.after
        break
      }
      case 'row_removed':
        edit(change.section, (rows) => rows.filter((row) => row.id !== change.row_id))
        break
      case 'row_changed':
        edit(change.section, (rows) => rows.map((row) => (row.id === change.row_id ? change.after : row)))
        break
      case 'rows_moved':
        edit(change.section, (rows) => [...rows].sort((a, b) => change.after.indexOf(a.id) - change.after.indexOf(b.id)))
        break
      case 'row_added':
        edit(change.section, (rows) => rows.toSpliced(change.index, 0, change.row))
        break
    }
  }
  return result as unknown as SheetSnapshot
}

const UNPRINTED_VALUES: ReadonlySet<string> = new Set([
  'source_revision_id',
  'distribution_count',
  'validator',
  'colour',
  'language',
  'format',
])

/** The changes a reader is told of: without who validated, the colour name, the mailing count, and (for the field) internal notes. */
export function printedChanges(changes: readonly SheetChange[], variant: 'full' | 'field'): SheetChange[] {
  const internal = (row: Row): boolean => row['visibility'] === 'internal'
  return changes.flatMap((change): SheetChange[] => {
    if (change.kind === 'value_changed') {
      const root = change.path.split('.')[0] ?? ''
      return UNPRINTED_VALUES.has(root) || change.path.endsWith('.id') ? [] : [change]
    }
    if (change.kind === 'rows_moved' || change.section !== 'notes' || variant === 'full') return [change]
    if (change.kind !== 'row_changed') return internal(change.row) ? [] : [change]
    // A note that became internal is, for the field, a note taken back; its words must not travel.
    if (internal(change.before))
      return internal(change.after)
        ? []
        : [{ kind: 'row_added', section: change.section, row_id: change.row_id, index: 0, row: change.after }]
    return internal(change.after)
      ? [{ kind: 'row_removed', section: change.section, row_id: change.row_id, index: 0, row: change.before }]
      : [change]
  })
}
