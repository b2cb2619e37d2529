import { useState } from 'react'
import { acknowledgeConflict, overrideConflict } from '../../../shared/domain/planning/conflict-operations.ts'
import type { ConflictRow } from '../../app/conflicts.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText, plainList } from '../../components/RowList.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { ConflictWords } from './ConflictLine.tsx'

/** Conflicts of a record; taking note asks nothing, going on in spite of a blocking one asks a reason. Who may do neither reads who does. */
export function ConflictList({ conflicts, zone }: { conflicts: readonly ConflictRow[]; zone: string }) {
  const t = useT()
  const acknowledge = useCommand(acknowledgeConflict)
  const override = useCommand(overrideConflict)
  const [asking, setAsking] = useState<ConflictRow | null>(null)
  if (conflicts.length === 0) return <p className={mutedText}>{t('assignment.conflicts_none')}</p>
  return (
    <>
      <FormErrorSummary failure={acknowledge.failure} />
      <ul className={plainList}>
        {conflicts.map((conflict) => (
          <li key={conflict.id}>
            <ConflictWords conflict={conflict} zone={zone} />{' '}
            {conflict.acknowledged ? (
              <span className={mutedText}>{t('conflict.acknowledged')}</span>
            ) : conflict.decision === null ? (
              <span className={mutedText}>{t(conflict.severity === 'severe' ? 'conflict.override_of_manager' : 'conflict.acknowledge_of_planner')}</span>
            ) : conflict.decision === 'override' ? (
              <Button small label={t('conflict.override')} onClick={() => setAsking(conflict)} />
            ) : (
              <Button small label={t('conflict.acknowledge')} onClick={() => void acknowledge.run({ conflict_id: conflict.id, fingerprint: conflict.fingerprint })} />
            )}
          </li>
        ))}
      </ul>
      {asking && (
        <ConfirmDialog
          title={wordOf(t, 'conflict', asking.kind)}
          about={t('conflict.override_about')}
          action={t('conflict.override')}
          reason="required"
          pending={override.pending}
          failure={override.failure}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => void override.run({ conflict_id: asking.id, fingerprint: asking.fingerprint, reason }).then((done) => done && setAsking(null))}
        />
      )}
    </>
  )
}
