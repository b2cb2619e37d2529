import { useEffect, useMemo, useRef } from 'react'
import { importKinds } from '../../../shared/domain/imports/operations.ts'
import { useProject } from '../../app/context.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { useUrlState } from '../../app/routes.ts'
import { useActions } from '../../app/actions.ts'
import { Button } from '../../components/Button.tsx'
import { Select } from '../../components/Field.tsx'
import { ErrorState, ForbiddenState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { importKindOf, stepOf, steps, withoutCells } from './import-file.ts'
import type { ImportSettings, Step } from './import-file.ts'
import styles from './Import.module.css'
import { ImportSteps } from './ImportSteps.tsx'
import { StepCheck } from './StepCheck.tsx'
import { StepColumns } from './StepColumns.tsx'
import { StepFinish } from './StepFinish.tsx'
import { StepMatches } from './StepMatches.tsx'
import type { OpenImport } from './use-import-draft.ts'
import { useImportApply } from './use-import-apply.ts'
import { useImportPreview } from './use-import-preview.ts'
import { ImportResult } from './ImportResult.tsx'

interface ImportFlowProps {
  open: OpenImport
  kind: string
  onKind: (kind: string) => void
  onSettings: (settings: ImportSettings) => void
  onClose: () => void
  /** The draft has no reason to be kept any more; the result stays on the screen. */
  onWritten: () => void
}

/** One file from its columns to the confirmation; every step shows the same preview, asked of the core for the settings so far. */
export function ImportFlow({ open, kind, onKind, onSettings, onClose, onWritten }: ImportFlowProps) {
  const t = useT()
  const url = useUrlState()
  const project = useProject()
  const language = usePreferences((state) => state.language)
  const { file, settings } = open
  const source = useMemo(() => ({ project_id: project.id, kind: importKindOf(kind), language, ...file, ...settings }), [project.id, kind, language, file, settings])
  const apply = useImportApply(project.org)
  const asked = useImportPreview(project.org, file, source, apply.pending || apply.done !== null)
  const { preview } = asked
  const step = stepOf(url.get('step'))
  const { done } = apply
  const written = useRef(false)
  useEffect(() => {
    if (!done || written.current) return
    written.current = true
    onWritten()
  }, [done, onWritten])
  const heading = useRef<HTMLHeadingElement>(null)
  const moved = useRef(false)
  useEffect(() => {
    if (moved.current) heading.current?.focus()
    moved.current = false
  }, [step])
  const goTo = (next: Step): void => {
    moved.current = true
    url.set({ step: next === 'columns' ? null : next }, 'push')
  }
  const at = steps.indexOf(step)
  const next = steps[at + 1]
  const previous = steps[at - 1]
  useActions([
    ...steps.map((one) => ({ id: `import_step_${one}`, label: t('import.go_to', { step: t(`import.step.${one}`) }), group: 'page' as const, run: () => goTo(one), ...(apply.pending ? { off: t('import.writing') } : {}) })),
    ...(next ? [{ id: 'import_next', label: t('import.go_next'), keys: 'mod+Enter', group: 'page' as const, run: () => goTo(next) }] : []),
    ...(apply.done || apply.pending ? [] : [{ id: 'import_drop', label: t('import.drop_draft'), group: 'page' as const, run: onClose }]),
  ])
  if (apply.done && preview) return <ImportResult done={apply.done} preview={preview} source={source} onClose={onClose} />
  if (asked.failure?.code === 'auth.forbidden') return <ForbiddenState role={t('import.role')} />
  const changeKind = (to: string): void => {
    onSettings(withoutCells(settings))
    onKind(to)
  }
  return (
    <div className={styles['flow']}>
      <div className={styles['top']}>
        <strong className={styles['file']}>{file.file_name}</strong>
        <Select label={t('import.what')} value={kind} onChange={changeKind} choices={importKinds.map((value) => ({ value, label: t(`import.kind.${value}`) }))} />
        <Button label={t('import.drop_draft')} onClick={onClose} />
      </div>
      <ImportSteps step={step} preview={preview} onStep={goTo} />
      {asked.failure && <ErrorState failure={asked.failure} onRetry={asked.retry} />}
      {asked.loading && !asked.failure && (
        <>
          <p role="status">{t('import.reading')}</p>
          <LoadingSkeleton />
        </>
      )}
      {preview && !asked.failure && (
        <>
          <h2 ref={heading} tabIndex={-1} className={styles['stepTitle']}>
            {t(`import.step_title.${step}`)}
          </h2>
          {step === 'columns' && <StepColumns preview={preview} kind={kind} settings={settings} onSettings={onSettings} />}
          {step === 'matches' && <StepMatches preview={preview} settings={settings} onSettings={onSettings} />}
          {step === 'check' && <StepCheck preview={preview} settings={settings} onSettings={onSettings} />}
          {step === 'finish' && <StepFinish preview={preview} stale={asked.stale} source={source} apply={apply} onStep={goTo} />}
          <div className={styles['foot']}>
            {previous && <Button label={t('action.back')} onClick={() => goTo(previous)} disabled={apply.pending} />}
            {next && <Button kind="primary" keys="Ctrl ↵" label={t('import.next', { step: t(`import.step.${next}`) })} onClick={() => goTo(next)} />}
          </div>
        </>
      )}
    </div>
  )
}
