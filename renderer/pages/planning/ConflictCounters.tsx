import { countOf } from '../../app/conflicts.ts'
import type { ConflictRow } from '../../app/conflicts.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import styles from './ConflictCounters.module.css'

/** How many conflicts of each severity; each count is a filter of the rows it speaks of, pressed again it lets go. */
export function ConflictCounters({ conflicts, chosen, onChoose }: { conflicts: readonly Pick<ConflictRow, 'severity' | 'acknowledged'>[]; chosen: string; onChoose: (severity: string | null) => void }) {
  return (['severe', 'warning', 'info'] as const).map((severity) => {
    const count = countOf(conflicts, severity)
    if (count === 0 && chosen !== severity) return null
    return (
      <button key={severity} type="button" className={styles['counter']} aria-pressed={chosen === severity} onClick={() => onChoose(chosen === severity ? null : severity)}>
        <ConflictBadge severity={severity} count={count} />
      </button>
    )
  })
}
