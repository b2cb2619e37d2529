/**
 * What a person asks of the plan by hand: dragged, nudged by keys, chosen in a menu or typed, it becomes one of these. Beside the rows as
 * they are: the next about the same bars takes its place, so that three presses of a key are told as one, two, three steps.
 */
export type Intent =
  /** Moves these bars together: whole days keep the time on the clock, minutes are instants. `person`: onto another person's row. */
  | { readonly kind: 'move'; readonly ids: readonly string[]; readonly days: number; readonly minutes: number; readonly person?: string | undefined }
  /** Moves one end of these bars by minutes. */
  | { readonly kind: 'resize'; readonly ids: readonly string[]; readonly edge: 'start' | 'end'; readonly minutes: number }
  /** Typed: exact instants, ms UTC. */
  | { readonly kind: 'set'; readonly id: string; readonly start: number; readonly end: number }

/** Where a bar would be; `person`: on whose row. */
export interface Ghost {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly person: string
}
