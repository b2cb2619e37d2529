/** Where arrows lead: from a bar to another of its row, from a row to the bar nearest in time of another. */
import type { Layout, TimelineRow } from './rows.ts'

const itemsOf = (row: TimelineRow): readonly { readonly id: string; readonly start: number }[] =>
  row.kind === 'person' ? row.lanes.map(({ item }) => item) : row.kind === 'need' ? row.lanes.map(({ item }) => item) : []

/** Place of the row that is focused, or holds what is. */
const rowIndex = (layout: Layout, id: string): number => layout.rowOf.get(id) ?? layout.rows.findIndex(({ key }) => key === id)

export type Direction = 'previous' | 'next' | 'first' | 'last' | 'above' | 'below'

/** Id of a bar or key of an empty row; null: there is nothing further. `page`: px to go by; `time`: ms that a bar of another row should be near. */
export function neighbour(layout: Layout, id: string, to: Direction, page = 0, time = 0): string | null {
  const index = rowIndex(layout, id)
  const row = layout.rows[index]
  if (!row) return layout.rows[0]?.key ?? null
  if (to === 'above' || to === 'below') {
    const by = to === 'below' ? 1 : -1
    let next = index + by
    if (page > 0) {
      const wanted = (layout.tops[index] ?? 0) + by * page
      while (layout.rows[next + by] && (by === 1 ? (layout.tops[next] ?? 0) < wanted : (layout.tops[next] ?? 0) > wanted)) next += by
    }
    const target = layout.rows[next]
    if (!target) return null
    const nearest = itemsOf(target).reduce<{ id: string; start: number } | null>((best, item) => (best === null || Math.abs(item.start - time) < Math.abs(best.start - time) ? item : best), null)
    return nearest?.id ?? target.key
  }
  const items = itemsOf(row)
  const place = items.findIndex((item) => item.id === id)
  if (to === 'first') return items[0]?.id ?? null
  if (to === 'last') return items.at(-1)?.id ?? null
  if (place === -1) return (to === 'next' ? items[0]?.id : undefined) ?? null
  return items[place + (to === 'next' ? 1 : -1)]?.id ?? null
}

/** The next person's row up or down, whoever has none between. */
export function personBeside(layout: Layout, person: string, by: 1 | -1): string | null {
  const index = layout.rows.findIndex((row) => row.kind === 'person' && row.person.id === person)
  for (let at = index + by; index !== -1; at += by) {
    const row = layout.rows[at]
    if (!row) return null
    if (row.kind === 'person' && row.person.id !== person) return row.person.id
  }
  return null
}
