import { useMemo } from 'react'
import { listKept, listQueue } from '../../../shared/domain/sync/operations.ts'
import { useAnswer } from '../queries.ts'
import { useSyncStatus } from './status.ts'

export interface SyncMarks {
  /** Records with a change that is not sent yet, and who made it. */
  unsent: ReadonlyMap<string, string>
  /** Records of kept commands that nobody decided yet. */
  kept: ReadonlySet<string>
}

const NONE: SyncMarks = { unsent: new Map(), kept: new Set() }

/** What of the records shown is not sent or waits for a decision. Asks nothing while nothing waits. */
export function useSyncMarks(): SyncMarks {
  const status = useSyncStatus()
  const waits = status?.server ? status.mine.waiting + status.others.reduce((sum, { waiting }) => sum + waiting, 0) : 0
  const decisions = status?.server ? status.mine.conflicts : 0
  const queue = useAnswer(listQueue, waits > 0 ? {} : null, { keep: false }).answer?.value.items
  const kept = useAnswer(listKept, decisions > 0 ? {} : null, { keep: false }).answer?.value.items
  return useMemo(() => {
    if (!queue && !kept) return NONE
    return {
      unsent: new Map((queue ?? []).flatMap(({ ids, issuer_name: name }) => ids.map((id) => [id, name]))),
      kept: new Set((kept ?? []).flatMap(({ about, outcome, decided }) => (about && outcome !== 'rejected' && !decided ? [about.id] : []))),
    }
  }, [queue, kept])
}
