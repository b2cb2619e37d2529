/** How the engagement of an assignment stands, in the few words that lists filter and count by. An assignment may stand in several. */
import { HOUR, toMs, type Instant } from '../../kernel/instants.ts'
import type { AcceptanceState, EngagementState } from './rules.ts'

/**
 * `to_ask`: nobody asked; `untold`: asked, and told to nobody; `waiting`: told, no answer; `due_soon`: of those, the deadline is near or has
 * passed; `reconfirm`: the terms changed after the yes; `late`: an answer came when it could no longer be applied, and nobody asked again.
 */
export const engagementMarks = ['to_ask', 'untold', 'waiting', 'due_soon', 'reconfirm', 'late', 'accepted', 'confirmed'] as const
export type EngagementMark = (typeof engagementMarks)[number]

/** Sooner than that, a deadline is near. */
export const nearHours = 24

export interface Marked {
  readonly state: EngagementState
  readonly reconfirm_since: Instant | null
  /** The question that waits, else the last there was; null: none, or not the reader's to see. */
  readonly acceptance_state: AcceptanceState | null
  readonly deadline_at: Instant | null
  readonly answered_late: boolean | null
  /** A draft stands, beside what waits or alone. */
  readonly draft_id: string | null
}

/** `now` in milliseconds. */
export function engagementMarksOf(row: Marked, now: number): EngagementMark[] {
  const { state, reconfirm_since, acceptance_state, deadline_at, answered_late, draft_id } = row
  const open = state !== 'canceled' && state !== 'executed' && state !== 'closed'
  const waits = open && acceptance_state === 'pending'
  const has: Readonly<Record<EngagementMark, boolean>> = {
    to_ask: state === 'planned',
    untold: open && draft_id !== null,
    waiting: waits || (state === 'proposed' && draft_id === null),
    due_soon: waits && deadline_at !== null && toMs(deadline_at) - now < nearHours * HOUR,
    reconfirm: open && reconfirm_since !== null,
    late: answered_late === true && acceptance_state !== 'accepted' && state !== 'executed' && state !== 'closed',
    accepted: state === 'accepted',
    confirmed: state === 'confirmed',
  }
  return engagementMarks.filter((mark) => has[mark])
}
