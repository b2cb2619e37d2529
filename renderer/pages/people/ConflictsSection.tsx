import { useState } from 'react'
import { listConflicts } from '../../../shared/domain/planning/conflict-operations.ts'
import { DAY, fromMs } from '../../../shared/kernel/instants.ts'
import { ConflictRow } from '../../app/conflicts.ts'
import { useAnswer } from '../../app/queries.ts'
import { rowsOf } from '../../app/rows.ts'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { hostZone } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ConflictList } from '../planning/ConflictList.tsx'

/** As far back as the average over twelve weeks looks. */
const PAST_DAYS = 84
const SHOWN = 20

/** Conflicts of a person in the projects that may be read, the past twelve weeks and all that comes: noted or overridden here as anywhere. */
export function ConflictsSection({ person }: { person: string }) {
  const t = useT()
  const [since] = useState(() => fromMs(Date.now() - PAST_DAYS * DAY))
  const asked = useAnswer(listConflicts, { person_id: person, limit: 500 })
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton />
  const conflicts = rowsOf(ConflictRow, asked.answer.value.items).filter(({ end_at }) => end_at === null || end_at >= since)
  return (
    <>
      <ConflictList conflicts={conflicts.slice(0, SHOWN)} zone={hostZone()} />
      {conflicts.length > SHOWN && <p className={mutedText}>{t('person.work_more', { count: conflicts.length - SHOWN })}</p>}
    </>
  )
}
