import type { CallFailure } from '../../app/client.ts'
import { NONE, passes } from './address.ts'
import type { Chosen } from './address.ts'

/** How many rows each value of a filter would leave, the most frequent first. */
export interface FacetCounts {
  /** Null until they are known. */
  counts: ReadonlyMap<string | null, number> | null
  loading: boolean
  failure: CallFailure | null
}

/** Of a list that is only searched. */
export const nothingCounted = (): FacetCounts => ({ counts: null, loading: false, failure: null })

/** Counts over rows that the page holds itself. `valueOf` says what a row has in a column, `chosen` what is chosen in each. */
export function countRows<Row>(rows: readonly Row[], column: string, valueOf: (row: Row, column: string) => string | null, chosen: ReadonlyMap<string, Chosen>): FacetCounts {
  const counts = new Map<string | null, number>()
  for (const row of rows) {
    if (![...chosen].every(([other, wanted]) => other === column || passes(wanted ?? NONE, valueOf(row, other)))) continue
    const value = valueOf(row, column)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return { counts: new Map([...counts].sort((one, other) => other[1] - one[1])), loading: false, failure: null }
}
