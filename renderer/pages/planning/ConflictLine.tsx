import type { ConflictRow } from '../../app/conflicts.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'

/** One badge for a row: the worst severity, how many, and what they are on hover and for screen readers. */
export function ConflictsOf({ conflicts }: { conflicts: readonly ConflictRow[] | undefined }) {
  const t = useT()
  const worst = conflicts?.[0]
  if (!conflicts || !worst) return null
  const source = [...new Set(conflicts.map((conflict) => wordOf(t, 'conflict', conflict.kind)))].join(', ')
  return <ConflictBadge severity={worst.severity} count={conflicts.length} text={String(conflicts.length)} source={source} />
}

/** `Repos trop court · 10 h 30` in words, with its interval. */
export function ConflictWords({ conflict, zone }: { conflict: ConflictRow; zone: string }) {
  const t = useT()
  const format = useFormat()
  const { start_at, end_at } = conflict
  return (
    <>
      <ConflictBadge severity={conflict.severity} /> {wordOf(t, 'conflict', conflict.kind)}
      {start_at && end_at && ` · ${format.dayOf(start_at, zone)} ${format.timeOf(start_at, zone)} – ${format.timeOf(end_at, zone)}`}
    </>
  )
}
