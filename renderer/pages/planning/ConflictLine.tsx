import { conflictWords } from '../../app/conflict-words.ts'
import type { ConflictRow } from '../../app/conflicts.ts'
import { usePreferences } from '../../app/preferences.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'

/** One badge for a row: the worst severity, how many, and what they are on hover and for screen readers. */
export function ConflictsOf({ conflicts }: { conflicts: readonly Pick<ConflictRow, 'kind' | 'severity'>[] | undefined }) {
  const t = useT()
  const worst = conflicts?.[0]
  if (!conflicts || !worst) return null
  const source = [...new Set(conflicts.map((conflict) => wordOf(t, 'conflict', conflict.kind)))].join(', ')
  return <ConflictBadge severity={worst.severity} count={conflicts.length} text={String(conflicts.length)} source={source} />
}

/** `Repos trop court (10 h 30, règle 11 h 00)` with its interval, then the rule it stands on. */
export function ConflictWords({ conflict, zone }: { conflict: ConflictRow; zone: string }) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  const { start_at, end_at } = conflict
  const { name, figures, rule } = conflictWords(t, language, conflict)
  return (
    <>
      <ConflictBadge severity={conflict.severity} /> {conflict.who && <strong>{conflict.who}</strong>} {name}{figures && ` (${figures})`}
      {start_at && end_at && ` · ${format.dayOf(start_at, zone)} ${format.timeOf(start_at, zone)} – ${format.timeOf(end_at, zone)}`}
      {rule && <span className={mutedText}> {rule}</span>}
    </>
  )
}
