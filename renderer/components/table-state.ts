/** What the data table does with keys and sort headers, as pure functions. */

export interface SortKey {
  column: string
  descending: boolean
}

/** `start_at,-title` of the URL. */
export const parseSort = (text: string): SortKey[] =>
  text.split(',').filter(Boolean).map((part) => ({ column: part.replace(/^-/, ''), descending: part.startsWith('-') }))

export const sortText = (keys: readonly SortKey[]): string => keys.map((key) => `${key.descending ? '-' : ''}${key.column}`).join(',')

/** A header cycles ascending, descending, none; with `add` (Shift) it becomes the second key, else the only one. */
export function cycleSort(keys: readonly SortKey[], column: string, add: boolean): SortKey[] {
  const present = keys.find((key) => key.column === column)
  const next: SortKey[] = !present ? [{ column, descending: false }] : present.descending ? [] : [{ column, descending: true }]
  if (!add) return next
  const others = keys.filter((key) => key.column !== column)
  const at = keys.findIndex((key) => key.column === column)
  return (at === 0 ? [...next, ...others] : [...others, ...next]).slice(-2)
}

export const ariaSort = (keys: readonly SortKey[], column: string): 'ascending' | 'descending' | 'none' => {
  const key = keys.find((candidate) => candidate.column === column)
  return !key ? 'none' : key.descending ? 'descending' : 'ascending'
}

/** Ids between the anchor and the row reached, both included, in the order of the table. */
export function rangeBetween(ids: readonly string[], anchor: string | null, reached: string): string[] {
  const [from, to] = [anchor === null ? -1 : ids.indexOf(anchor), ids.indexOf(reached)]
  if (to < 0) return []
  if (from < 0) return [reached]
  return ids.slice(Math.min(from, to), Math.max(from, to) + 1)
}

export type Move = 'next' | 'previous' | 'first' | 'last'

export function movedTo(ids: readonly string[], active: string | null, move: Move): string | null {
  if (ids.length === 0) return null
  const at = active === null ? -1 : ids.indexOf(active)
  const target = { next: Math.min(at + 1, ids.length - 1), previous: Math.max(at - 1, 0), first: 0, last: ids.length - 1 }[move]
  return ids[target] ?? null
}
