/** What an imported calendar writes of a person, against what earlier imports wrote: pure, the same file and rows give the same plan. */
import type { Instant } from '../../kernel/instants.ts'
import type { calendarDecisions } from './operations.ts'
import { joined, without, type Window } from './windows.ts'

export interface CalendarItem extends Window {
  /** Digest of UID and original start. */
  readonly external_id: string
  readonly title: string
  readonly zone: string
  readonly all_day: boolean
  readonly recurring: boolean
  /** TRANSP:TRANSPARENT: the person is free meanwhile. */
  readonly transparent: boolean
  readonly canceled: boolean
  readonly outside_window: boolean
}
/** A block that an earlier import wrote. */
export interface ImportedBlock extends Window {
  readonly external_id: string
  readonly kind: string
}
export type CalendarDecision = (typeof calendarDecisions)[number]
export interface PlannedEvent {
  readonly item: CalendarItem
  readonly decision: CalendarDecision
  /** What is written for it: events that lie over each other are written once, the earlier first. */
  readonly blocks: readonly Window[]
}
export interface CalendarSettings {
  readonly kind: 'available' | 'unavailable'
  readonly skip: ReadonlySet<string>
  readonly remove_missing: boolean
  /** Blocks of events that are gone are looked for inside it only. */
  readonly window: { readonly start: Instant; readonly end: Instant }
}

const same = (one: readonly Window[], other: readonly Window[]): boolean => one.length === other.length && one.every(({ start_at, end_at }, index) => start_at === other[index]?.start_at && end_at === other[index].end_at)
const order = (one: CalendarItem, other: CalendarItem): number =>
  one.start_at !== other.start_at ? (one.start_at < other.start_at ? -1 : 1) : one.external_id < other.external_id ? -1 : one.external_id > other.external_id ? 1 : 0

/** Why an event says nothing of the person; null: it does. */
function ignored(item: CalendarItem, isKnown: boolean): CalendarDecision | null {
  if (item.canceled) return 'canceled'
  if (item.transparent) return 'transparent'
  if (item.start_at >= item.end_at) return 'no_length'
  // One that moved out of the window is followed there.
  return item.outside_window && !isKnown ? 'outside' : null
}

export function calendarPlan(items: readonly CalendarItem[], known: readonly ImportedBlock[], { kind, skip, remove_missing, window }: CalendarSettings): PlannedEvent[] {
  const former = Map.groupBy(known, (block) => block.external_id)
  const plan: PlannedEvent[] = []
  const written: Window[] = []
  const seen = new Set<string>()
  for (const item of [...items].sort(order)) {
    const before = former.get(item.external_id)
    // The same event in two calendars of one file is one event.
    if (seen.has(item.external_id)) continue
    seen.add(item.external_id)
    if (skip.has(item.external_id)) {
      plan.push({ item, decision: 'skip', blocks: [] })
      continue
    }
    const reason = ignored(item, before !== undefined)
    const blocks = reason === null ? without(item, written) : []
    written.push(...blocks)
    const decision = blocks.length > 0 ? (!before ? 'new' : before.every((block) => block.kind === kind) && same(joined(before), blocks) ? 'unchanged' : 'update') : before ? 'remove' : (reason ?? 'covered')
    plan.push({ item, decision, blocks })
  }
  if (remove_missing)
    for (const [external_id, blocks] of former) {
      const [first] = blocks
      if (!first || seen.has(external_id) || skip.has(external_id) || !blocks.every((block) => block.start_at < window.end && block.end_at > window.start)) continue
      const item = { external_id, title: '', zone: 'UTC', all_day: false, recurring: false, transparent: false, canceled: false, outside_window: false, start_at: first.start_at, end_at: blocks.at(-1)?.end_at ?? first.end_at }
      plan.push({ item, decision: 'remove', blocks: [] })
    }
  return plan
}

export const isWritten = ({ decision }: PlannedEvent): boolean => decision === 'new' || decision === 'update' || decision === 'remove'
