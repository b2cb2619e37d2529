import { useMemo } from 'react'
import { useUrlState } from '../../app/routes.ts'
import { useT } from '../../i18n/index.ts'
import { ConflictCounters } from './ConflictCounters.tsx'
import { groupings } from './plan.ts'
import type { Grouping, PlanBar } from './plan.ts'
import styles from './Planning.module.css'
import type { FilteredPlan } from './use-plan-filter.ts'

const rowOf: Readonly<Record<Grouping, (bar: PlanBar) => string>> = {
  person: ({ person }) => person.id,
  mission: ({ mission }) => mission.id,
  location: ({ mission }) => mission.location?.id ?? '',
  department: ({ role }) => role?.department_code ?? '',
}

/** At the end of the filter: conflicts by severity, which are filters too, and how much the filter leaves. */
export function FilterEnd({ filtered, onSeverity }: { filtered: FilteredPlan; onSeverity: (severity: string | null) => void }) {
  const t = useT()
  const group = useUrlState().get('group')
  const grouping = groupings.find((one) => one === group) ?? 'person'
  const rows = useMemo(() => new Set(filtered.bars.map(rowOf[grouping])).size, [filtered.bars, grouping])
  return (
    <>
      <ConflictCounters conflicts={filtered.conflicts} chosen={filtered.severity} onChoose={onSeverity} />
      <span className={styles['counts']} role="status">
        {t('planning.counts', { rows, count: filtered.bars.length })}
      </span>
    </>
  )
}
