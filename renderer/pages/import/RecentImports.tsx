import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { undoGroup } from '../../../shared/domain/audit/operations.ts'
import { listImports } from '../../../shared/domain/imports/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { countedWords, useCounted } from './counted.ts'
import styles from './Import.module.css'
import { KeptRows } from './KeptRows.tsx'
import type { Undone } from './KeptRows.tsx'

/** What was imported lately, by whom, and whether it can still be undone. */
export function RecentImports() {
  const t = useT()
  const format = useFormat()
  const counted = useCounted()
  const asked = useAnswer(listImports, { limit: 10 })
  const undo = useCommand(undoGroup)
  const [asking, setAsking] = useState<{ group_id: string; source: string } | null>(null)
  const [undone, setUndone] = useState<Undone | null>(null)
  const confirm = async (group_id: string): Promise<void> => {
    const answer = await undo.run({ group_id })
    if (!answer) return
    setAsking(null)
    setUndone(answer.value)
    announce(t('import.undone'))
  }
  const moment = (at: string): string => (isInstant(at) ? `${format.dayOf(at, hostZone())} ${format.timeOf(at, hostZone())}` : at)
  return (
    <section className={styles['section']}>
      <h2>{t('import.recent')}</h2>
      {undone && <KeptRows undone={undone} />}
      {asked.loading && <LoadingSkeleton rows={3} />}
      {asked.failure && <ErrorState failure={asked.failure} onRetry={asked.retry} />}
      {asked.answer?.value.items.length === 0 && <p className={mutedText}>{t('import.recent_none')}</p>}
      {asked.answer && asked.answer.value.items.length > 0 && (
        <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('import.recent')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('import.recent_file')}</th>
                <th scope="col">{t('import.recent_when')}</th>
                <th scope="col">{t('import.recent_who')}</th>
                <th scope="col">{t('import.recent_created')}</th>
                <th scope="col">{t('import.recent_updated')}</th>
                <th scope="col">{t('import.state')}</th>
              </tr>
            </thead>
            <tbody>
              {asked.answer.value.items.map((one) => (
                <tr key={one.group_id}>
                  <td>
                    <strong>{one.source}</strong>
                    <div className={mutedText}>{one.project_name}</div>
                  </td>
                  <td>{moment(one.at)}</td>
                  <td>{one.mine ? t('import.recent_me') : (one.by_name ?? '')}</td>
                  <td>{counted(countedWords(one.created)) || '–'}</td>
                  <td>{counted(countedWords(one.updated)) || '–'}</td>
                  <td>
                    {one.why_not === null ? (
                      <Button small icon={Undo2} label={t('import.undo_now')} onClick={() => setAsking(one)} />
                    ) : (
                      t(`import.why_not.${one.why_not}`)
                    )}
                    {one.why_not === null && <div className={mutedText}>{t('import.undo_until', { day: isInstant(one.undo_until) ? format.day(one.undo_until.slice(0, 10)) : one.undo_until })}</div>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asking && (
        <ConfirmDialog
          title={t('import.undo_title', { file: asking.source })}
          about={t('import.undo_about')}
          action={t('import.undo_now')}
          danger
          pending={undo.pending}
          failure={undo.failure}
          onConfirm={() => void confirm(asking.group_id)}
          onClose={() => {
            undo.reset()
            setAsking(null)
          }}
        />
      )}
    </section>
  )
}
