/** What happened, by day, the newest first. Pure. */
import type { z } from 'zod'
import type { engagementTimeline } from '../../../shared/domain/engagement/queries.ts'
import { isInstant, localDateOf } from '../../../shared/kernel/instants.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'

export type Entry = z.infer<typeof engagementTimeline.output>['items'][number]
export interface TimelineDay {
  readonly date: LocalDate
  readonly entries: readonly (Entry & { readonly at: Instant })[]
}

/** Entries as they come, under the local date of each; what comes twice is there once. */
export function timelineDays(entries: readonly Entry[], zone: string): readonly TimelineDay[] {
  const days = new Map<LocalDate, (Entry & { at: Instant })[]>()
  const seen = new Set<string>()
  for (const entry of entries) {
    if (seen.has(entry.key) || !isInstant(entry.at)) continue
    seen.add(entry.key)
    const date = localDateOf(entry.at, zone)
    const held = days.get(date)
    if (held) held.push(entry)
    else days.set(date, [entry])
  }
  return [...days].map(([date, of]) => ({ date, entries: of }))
}
