import type { CallFailure } from '../../app/client.ts'

/** How many rows each value of a filter would leave, the most frequent first. */
export interface FacetCounts {
  /** Null until they are known. */
  counts: ReadonlyMap<string | null, number> | null
  loading: boolean
  failure: CallFailure | null
}

/** Of a list that is only searched. */
export const nothingCounted = (): FacetCounts => ({ counts: null, loading: false, failure: null })
