import type { Grouping, Plan, PlanBar, PlanNeed } from '../plan.ts'
import type { Ghost, Intent } from '../proposal/intent.ts'

export const zooms = ['hour', 'day', 'week', 'month'] as const
export type ZoomLevel = (typeof zooms)[number]

/** What is seen of the axis: `start` (ms UTC) at the left edge. `pxPerHour` within the range of its level (ui.md 4.1). */
export interface TimelineView {
  readonly level: ZoomLevel
  readonly pxPerHour: number
  readonly start: number
}

export interface TimelineProps {
  readonly plan: Plan
  /** After the filter, in no order. */
  readonly bars: readonly PlanBar[]
  readonly needs: readonly PlanNeed[]
  readonly grouping: Grouping
  readonly view: TimelineView
  readonly onView: (view: TimelineView) => void
  readonly onGrouping: (grouping: Grouping) => void
  readonly selected: ReadonlySet<string>
  readonly onSelect: (ids: ReadonlySet<string>) => void
  /** Shown in the panel. */
  readonly onOpen: (id: string) => void
  readonly onMission: (id: string) => void
  /** Where bars would be; those in `held` are drawn at half strength where they are. */
  readonly ghosts: readonly Ghost[]
  /** Said beside the ghost: gravest conflict that the proposal would break. */
  readonly ghostConflict: { readonly severity: 'info' | 'warning' | 'severe'; readonly words: string } | null
  /** null: this person may not move anything. */
  readonly onIntent: ((intent: Intent) => void) | null
  readonly onCancelIntent: () => void
  /** Enter while a proposal stands. */
  readonly onApply: () => void
  /** Menu of a bar: exact times, replace, shift. */
  readonly onMenu: (id: string, action: 'times' | 'replace' | 'shift' | 'cancel') => void
  /** Post to fill chosen. */
  readonly onNeed: (id: string) => void
  /** Bar to bring into view, with a counter so that the same one may be asked twice. */
  readonly reveal: { readonly id: string; readonly at: number } | null
}
