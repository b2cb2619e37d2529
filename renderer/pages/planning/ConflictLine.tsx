import type { ConflictRow } from '../../app/conflicts.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'

/** One badge for a row: the worst severity, how many, and what they are on hover and for screen readers. */
export function ConflictsOf({ conflicts }: { conflicts: readonly Pick<ConflictRow, 'kind' | 'severity'>[] | undefined }) {
  const t = useT()
  const worst = conflicts?.[0]
  if (!conflicts || !worst) return null
  const source = [...new Set(conflicts.map((conflict) => wordOf(t, 'conflict', conflict.kind)))].join(', ')
  return <ConflictBadge severity={worst.severity} count={conflicts.length} text={String(conflicts.length)} source={source} />
}

const minutesOf = (value: unknown): string | null => {
  if (typeof value !== 'number') return null
  const [hours, rest] = [Math.floor(value / 60), value % 60]
  return hours === 0 ? `${rest} min` : `${hours} h ${String(rest).padStart(2, '0')}`
}

/** What was found beside what the rule asks, with its article, as the core gives them. */
function figuresIn(t: Translate, { figures, severity }: ConflictRow): string {
  const found = minutesOf(figures['found_minutes'])
  const asked = minutesOf((severity === 'severe' ? figures['severe_minutes'] : null) ?? figures['warning_minutes'])
  const article = typeof figures['article'] === 'string' ? figures['article'] : ''
  if (found && asked) return ` (${t('conflict.figures', { found, asked })}${article ? `, ${article}` : ''})`
  const overlap = minutesOf(figures['overlap_minutes'])
  return overlap ? ` (${overlap})` : ''
}

/** `Repos trop court · 10 h 30` in words, with its interval. */
export function ConflictWords({ conflict, zone }: { conflict: ConflictRow; zone: string }) {
  const t = useT()
  const format = useFormat()
  const { start_at, end_at } = conflict
  return (
    <>
      <ConflictBadge severity={conflict.severity} /> {conflict.who && <strong>{conflict.who}</strong>} {wordOf(t, 'conflict', conflict.kind)}{figuresIn(t, conflict)}
      {start_at && end_at && ` · ${format.dayOf(start_at, zone)} ${format.timeOf(start_at, zone)} – ${format.timeOf(end_at, zone)}`}
    </>
  )
}
