import { Download } from 'lucide-react'
import type { ImportPreviewAnswer, ImportSource } from '../../../shared/domain/imports/operations.ts'
import type { Plain } from '../../app/client.ts'
import { useProject } from '../../app/context.tsx'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useActions } from '../../app/actions.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { countedWords, recordKinds, useCounted } from './counted.ts'
import type { Step } from './import-file.ts'
import styles from './Import.module.css'
import { saveRejected } from './rejected.ts'
import type { ImportApply } from './use-import-apply.ts'

interface StepFinishProps {
  preview: ImportPreviewAnswer
  stale: boolean
  source: Plain<ImportSource>
  apply: ImportApply
  onStep: (step: Step) => void
}

/** What will be written, in numbers; nothing is before the button is pressed. */
export function StepFinish({ preview, stale, source, apply, onStep }: StepFinishProps) {
  const t = useT()
  const format = useFormat()
  const counted = useCounted()
  const project = useProject()
  const { counts } = preview
  const written = { people: both(counts.people), missions: both(counts.missions), assignments: both(counts.assignments), locations: both(counts.locations) }
  const what = counted(countedWords(written))
  const nothing = countedWords(written).length === 0
  const off = !preview.ready || stale || apply.pending || nothing || project.archived
  const confirm = (): void => {
    if (off) return
    void apply.run(source, preview).then((done) => {
      if (done) announce(t('import.result_title'))
    })
  }
  useActions([{ id: 'import_confirm', label: nothing ? t('import.confirm_nothing') : t('import.confirm', { what }), keys: 'mod+Enter', group: 'page', run: confirm, ...(off ? { off: t('import.not_ready') } : {}) }])
  return (
    <>
      <FormErrorSummary failure={apply.failure} />
      <table className={`${styles['table']} ${styles['summary']}`}>
        <thead>
          <tr>
            <th scope="col">{t('import.record')}</th>
            <th scope="col">{t('import.recent_created')}</th>
            <th scope="col">{t('import.recent_updated')}</th>
            <th scope="col">{t('import.skipped')}</th>
          </tr>
        </thead>
        <tbody>
          {recordKinds.filter((kind) => both(counts[kind]) + counts[kind].skip > 0).map((kind) => (
            <tr key={kind}>
              <th scope="row">{wordOf(t, 'import', kind)}</th>
              <td>{format.number(counts[kind].create)}</td>
              <td>{format.number(counts[kind].update)}</td>
              <td>{format.number(counts[kind].skip)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {counts.rejected > 0 && (
        <div className={styles['notice']}>
          <p>{t('import.rejected_out', { count: counts.rejected })}</p>
          <div className={styles['actions']}>
            <Button small label={t('import.go_fix')} onClick={() => onStep('check')} />
            <Button small icon={Download} label={t('import.rejected_csv', { count: counts.rejected })} onClick={() => void saveRejected(source, project.org)} />
          </div>
        </div>
      )}
      {preview.choices.length > 0 && (
        <div className={styles['alert']}>
          <p>{t('import.choice')}</p>
          <Button small label={t('import.step.columns')} onClick={() => onStep('columns')} />
        </div>
      )}
      {preview.undecided > 0 && (
        <div className={styles['alert']}>
          <p>{t('import.doubts_left', { count: preview.undecided })}</p>
          <Button small label={t('import.step.matches')} onClick={() => onStep('matches')} />
        </div>
      )}
      {nothing && preview.choices.length === 0 && preview.undecided === 0 && <p className={styles['notice']}>{t('import.nothing')}</p>}
      <div className={styles['actions']}>
        <Button kind="primary" keys="Ctrl ↵" label={nothing ? t('import.confirm_nothing') : t('import.confirm', { what })} disabled={off} onClick={confirm} />
        {!apply.pending && !nothing && <span className={styles['hint']}>{t('import.nothing_yet')}</span>}
      </div>
      {apply.progress && (
        <div className={styles['progress']} role="status">
          <progress max={apply.progress.of} value={apply.progress.written} aria-label={t('import.writing')} />
          <span>{t('import.writing_count', { written: apply.progress.written, of: apply.progress.of, what })}</span>
        </div>
      )}
    </>
  )
}

const both = ({ create, update }: { create: number; update: number }): number => create + update
