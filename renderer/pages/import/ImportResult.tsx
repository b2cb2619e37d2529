import { Download, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { undoGroup } from '../../../shared/domain/audit/operations.ts'
import type { ImportPreviewAnswer, ImportSource } from '../../../shared/domain/imports/operations.ts'
import type { Plain } from '../../app/client.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { countedWords, useCounted } from './counted.ts'
import { KeptRows } from './KeptRows.tsx'
import type { Undone } from './KeptRows.tsx'
import { saveRejected } from './rejected.ts'
import type { Applied } from './use-import-apply.ts'
import styles from './Import.module.css'

interface ImportResultProps {
  done: Applied
  preview: ImportPreviewAnswer
  source: Plain<ImportSource>
  onClose: () => void
}

/** What was written, where it is, and the way back. */
export function ImportResult({ done, preview, source, onClose }: ImportResultProps) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const project = useProject()
  const counted = useCounted()
  const undo = useCommand(undoGroup)
  const [undone, setUndone] = useState<Undone | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const skipped = Object.values(done.skipped).reduce((sum, count) => sum + count, 0)
  const made = { people: done.created.people + done.updated.people, missions: done.created.missions + done.updated.missions, assignments: done.created.assignments + done.updated.assignments }
  return (
    <section className={styles['section']}>
      <h2 ref={heading} tabIndex={-1} className={styles['stepTitle']}>
        {undone ? t('import.result_undone') : t('import.result_title')}
      </h2>
      {undone ? (
        <KeptRows undone={undone} />
      ) : (
        <dl className={styles['figures']}>
          <div>
            <dt>{t('import.recent_created')}</dt>
            <dd>{counted(countedWords(done.created)) || '–'}</dd>
          </div>
          <div>
            <dt>{t('import.recent_updated')}</dt>
            <dd>{counted(countedWords(done.updated)) || '–'}</dd>
          </div>
          <div>
            <dt>{t('import.skipped')}</dt>
            <dd>{format.number(skipped)}</dd>
          </div>
          <div>
            <dt>{t('import.refused_rows')}</dt>
            <dd>{format.number(done.rejected)}</dd>
          </div>
        </dl>
      )}
      <FormErrorSummary failure={undo.failure} />
      <div className={styles['actions']}>
        {!undone && made.people > 0 && <Button kind="primary" label={t('import.see_people')} onClick={() => go(paths.people(project.org))} />}
        {!undone && made.missions > 0 && <Button kind={made.people > 0 ? 'secondary' : 'primary'} label={t('import.see_missions')} onClick={() => go(paths.missions(project.org, project.id))} />}
        {!undone && made.assignments > 0 && <Button label={t('import.see_planning')} onClick={() => go(paths.planning(project.org, project.id))} />}
        {!undone && done.rejected > 0 && <Button icon={Download} label={t('import.rejected_csv', { count: preview.counts.rejected })} onClick={() => void saveRejected(source, project.org)} />}
        {!undone && (
          <Button icon={Undo2} label={t('import.undo_now')} disabled={undo.pending} onClick={() => void undo.run({ group_id: done.group_id }).then((answer) => answer && setUndone(answer.value))} />
        )}
        <Button label={t('import.another')} onClick={onClose} />
      </div>
      {!undone && <p className={styles['hint']}>{t('import.undo_hint')}</p>}
    </section>
  )
}
