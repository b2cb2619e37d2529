/** Where the asking of one assignment stands: what is open, what was answered, what came before. Pure: rows in, words elsewhere. */
import type { AcceptanceRow, OfferedRate, OfferedTerms } from './rows.ts'

export interface Asking {
  /** Asked and not told to anybody. */
  draft: AcceptanceRow | null
  /** Told, waiting for an answer. */
  pending: AcceptanceRow | null
  /** What the assignment stands on: the newest that is no draft, else the draft. */
  current: AcceptanceRow | null
  /** All others, the newest first. */
  former: readonly AcceptanceRow[]
  /** The newest that came to an answer, and what was agreed in it. */
  agreed: AcceptanceRow | null
  /** An answer that came when it could no longer be applied, of the newest asking that has one. */
  late: AcceptanceRow | null
}

/** The askings of one assignment, in any order. */
export function askingOf(rows: readonly AcceptanceRow[]): Asking {
  const newest = rows.toSorted((one, other) => other.created_at.localeCompare(one.created_at) || (other.former_id === one.id ? 1 : -1))
  const draft = newest.find(({ state }) => state === 'draft') ?? null
  const pending = newest.find(({ state }) => state === 'pending') ?? null
  const told = newest.find((row) => row.state !== 'draft' && !(row.state === 'withdrawn' && row.asked_at === null)) ?? null
  const current = pending ?? told ?? draft
  const agreed = newest.find(({ state }) => state === 'accepted') ?? null
  const [last] = newest
  // Asked again since, it is history.
  const late = told?.late && (last === told || last?.state === 'withdrawn') ? told : null
  return { draft, pending, current, former: newest.filter((row) => row !== draft && row !== current && row.asked_at !== null), agreed, late }
}

export const termFields = ['start_at', 'end_at', 'call_at', 'role', 'place', 'mission', 'engagement_kind', 'part', 'quantity', 'cachets'] as const
export type TermField = (typeof termFields)[number]
export type ChangedTerm =
  | { field: TermField; before: OfferedTerms; after: OfferedTerms }
  | { field: 'rate'; before: OfferedRate | null; after: OfferedRate | null }

interface Offer {
  terms: OfferedTerms
  rate: OfferedRate | null
}

/** What differs between two offers, term by term; a rate that is not shown is not compared. */
export function changedTerms(before: Offer, after: Offer): ChangedTerm[] {
  const changed: ChangedTerm[] = termFields.filter((field) => before.terms[field] !== after.terms[field]).map((field) => ({ field, before: before.terms, after: after.terms }))
  const both = before.rate !== null && after.rate !== null
  if (both && JSON.stringify(before.rate) !== JSON.stringify(after.rate)) changed.push({ field: 'rate', before: before.rate, after: after.rate })
  return changed
}
