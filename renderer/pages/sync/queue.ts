import type { z } from 'zod'
import type { listQueue } from '../../../shared/domain/sync/operations.ts'

export type Queued = z.infer<typeof listQueue.output>['items'][number]

/** What waits for one record, oldest first. `about` null: records the person may not see, by author. */
export interface QueuedRecord {
  key: string
  about: Queued['about']
  issuer_name: string
  lines: readonly Queued[]
}

/** By record, in the order in which the first of each was entered; others' work on what one may not see is counted by author. */
export function byRecord(items: readonly Queued[]): QueuedRecord[] {
  const records = new Map<string, Queued[]>()
  for (const one of items) {
    const key = one.about ? `${one.about.entity}/${one.about.id}` : `issuer/${one.issuer}`
    const known = records.get(key)
    if (known) known.push(one)
    else records.set(key, [one])
  }
  return [...records].map(([key, lines]) => ({ key, about: lines[0]?.about ?? null, issuer_name: lines[0]?.issuer_name ?? '', lines }))
}
