import { Columns3, FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { getRunOfShow, restoreCues } from '../../../shared/domain/planning/run-of-show-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { base64FromBytes } from '../../app/files.ts'
import { Button } from '../../components/Button.tsx'
import { Menu } from '../../components/Menu.tsx'
import { EmptyState, ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { CastSection } from './CastSection.tsx'
import styles from './RunOfShow.module.css'
import { RunOfShowGrid } from './RunOfShowGrid.tsx'
import { columnsOf, departmentsShown, durationText, eighthsText, RunOfShow } from './run-of-show-rows.ts'
import { ScriptDialog } from './ScriptDialog.tsx'

/** The run of show with its totals; a film's has scenes and cast, and takes a script. */
export function RunOfShowTab({ mission, project, mayEdit }: { mission: string; project: string; mayEdit: boolean }) {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const asked = useAnswer(getRunOfShow, { mission_id: mission })
  const restore = useCommand(restoreCues)
  const file = useRef<HTMLInputElement>(null)
  const [script, setScript] = useState<{ name: string; content: string } | null>(null)
  const [removed, setRemoved] = useState<{ ids: readonly string[]; label: string } | null>(null)
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  const read = asked.answer ? RunOfShow.safeParse(asked.answer.value) : null
  if (!read?.success) return <LoadingSkeleton />
  const run = read.data
  const chosen = url.get('dep').split(',').filter(Boolean)
  const departments = departmentsShown(run, chosen)
  const film = run.layout === 'film'
  const takeFile = async (given: File | undefined): Promise<void> => {
    if (given) setScript({ name: given.name, content: base64FromBytes(new Uint8Array(await given.arrayBuffer())) })
  }
  return (
    <div className={styles['tab']}>
      <div className={styles['bar']}>
        <strong>{t('run_of_show.lines', { count: run.lines.length })}</strong>
        <span>{t('run_of_show.running', { duration: durationText(run.running_seconds) || "0'" })}</span>
        {run.ends_at && <span>{t('run_of_show.ends', { time: format.timeOf(run.ends_at, run.zone), zone: `${run.zone} ${format.offset(run.ends_at, run.zone)}` })}</span>}
        {film && <span>{t('run_of_show.pages', { count: run.scenes, pages: eighthsText(run.eighths) || '0' })}</span>}
        {run.ends_at && run.ends_at > run.end_at && <span className={styles['over']}>{t('run_of_show.over', { time: format.timeOf(run.end_at, run.zone) })}</span>}
        <span className={styles['gap']} />
        <Menu
          align="end"
          trigger={<Button small icon={Columns3} label={t('run_of_show.departments')} />}
          groups={[
            {
              key: 'departments',
              choices: run.departments.map(({ code, name, used }) => ({
                key: code,
                label: `${departments.includes(code) ? '✓ ' : ''}${code} · ${name}`,
                disabled: used,
                onChoose: () => url.set({ dep: (departments.includes(code) ? departments.filter((one) => one !== code) : [...departments, code]).join(',') }),
              })),
            },
          ]}
        />
        {mayEdit && film && <Button small icon={FileUp} label={t('run_of_show.script')} onClick={() => file.current?.click()} />}
        <input ref={file} type="file" accept=".fdx" hidden aria-label={t('run_of_show.script')} onChange={(event) => {
          void takeFile(event.target.files?.[0])
          event.target.value = ''
        }} />
      </div>
      {removed && (
        <ReadOnlyStrip note text={t('run_of_show.removed', { line: removed.label })}>
          <Button small label={t('missions.restore')} disabled={restore.pending} onClick={() => void restore.run({ ids: [...removed.ids] }).then((done) => done && setRemoved(null))} />
          <Button small kind="quiet" label={t('action.close')} onClick={() => setRemoved(null)} />
        </ReadOnlyStrip>
      )}
      <div className={styles['scroll']}>
        {run.lines.length === 0 && <EmptyState text={t(film ? 'run_of_show.empty_film' : 'run_of_show.empty')} help="missions" />}
        <RunOfShowGrid mission={mission} run={run} columns={columnsOf(run.layout, departments)} mayEdit={mayEdit} onRemoved={(ids, label) => setRemoved({ ids, label })} />
        {(film || run.cast.length > 0) && <CastSection project={project} mission={mission} cast={run.cast} mayEdit={mayEdit} />}
      </div>
      {script && <ScriptDialog mission={mission} name={script.name} content={script.content} onClose={() => setScript(null)} />}
    </div>
  )
}
