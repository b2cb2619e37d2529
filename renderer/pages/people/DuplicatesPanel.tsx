import { isInstant } from '../../../shared/kernel/instants.ts'
import { undo } from '../../../shared/domain/audit/operations.ts'
import { listDuplicates, listMerged } from '../../../shared/domain/people/merge-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Merge.module.css'

/** People who look alike, and the merges made with what can still be taken back. */
export function DuplicatesPanel({ onMerge, onClose }: { onMerge: (people: readonly { id: string; name: string }[]) => void; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const found = useAnswer(listDuplicates, {})
  const merged = useAnswer(listMerged, { limit: 20 }).answer?.value.items ?? []
  const takeBack = useCommand(undo)
  return (
    <SidePanel title={t('people.duplicates')} record="duplicates" onClose={onClose}>
      {found.failure ? (
        <ErrorState failure={found.failure} onRetry={found.retry} />
      ) : !found.answer ? (
        <LoadingSkeleton />
      ) : found.answer.value.items.length === 0 ? (
        <p>{t('people.duplicates_none')}</p>
      ) : (
        <div className={styles['groups']}>
          {found.answer.value.items.map((group) => (
            <div key={group.people.map((one) => one.id).join()} className={styles['group']}>
              <span className={mutedText}>{group.reasons.map((reason) => wordOf(t, 'people.alike', reason)).join(', ')}</span>
              {group.people.map((one) => (
                <span key={one.id}>
                  <strong>{one.display_name}</strong> <span className={mutedText}>{[one.phone, one.email].filter(Boolean).join(' · ')}</span>
                </span>
              ))}
              <div>
                <Button small label={t('people.compare')} onClick={() => onMerge(group.people.map((one) => ({ id: one.id, name: one.display_name })))} />
              </div>
            </div>
          ))}
        </div>
      )}
      {merged.length > 0 && (
        <PanelSection title={t('people.merges')}>
          <FormErrorSummary failure={takeBack.failure} />
          {merged.map((one) => (
            <div key={one.command_id} className={styles['group']}>
              <span>{t('people.merged', { merged: one.merged_name ?? '—', kept: one.kept_name ?? '—' })}</span>
              <span className={mutedText}>
                {[isInstant(one.at) && format.moment(one.at), one.by_name, one.why_not && wordOf(t, 'people.undo_not', one.why_not)].filter(Boolean).join(' · ')}
              </span>
              {one.why_not === null && (
                <div>
                  <Button small label={t('people.merge_undo')} disabled={takeBack.pending} onClick={() => void takeBack.run({ command_id: one.command_id })} />
                </div>
              )}
            </div>
          ))}
        </PanelSection>
      )}
    </SidePanel>
  )
}
