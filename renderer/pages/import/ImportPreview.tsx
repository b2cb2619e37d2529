import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { undoGroup } from '../../../shared/domain/audit/operations.ts'
import { applyImport, importKinds, previewImportFile, rejectedRows } from '../../../shared/domain/imports/operations.ts'
import type { ImportPreviewAnswer, ImportSource } from '../../../shared/domain/imports/operations.ts'
import { call } from '../../app/client.ts'
import type { Plain } from '../../app/client.ts'
import { useProject } from '../../app/context.tsx'
import { saveFile } from '../../app/files.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { ErrorState, ForbiddenState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { ImportColumns } from './ImportColumns.tsx'
import { importKindOf } from './import-file.ts'
import type { ImportFile } from './import-file.ts'
import { ImportRows } from './ImportRows.tsx'
import styles from './Import.module.css'

type Settings = Partial<Pick<Plain<ImportSource>, 'sheet' | 'mapping' | 'date_order' | 'year'>>

interface ImportPreviewProps {
  file: ImportFile
  kind: string
  onKind: (kind: string) => void
  onClose: () => void
}

export function ImportPreview({ file, kind, onKind, onClose }: ImportPreviewProps) {
  const t = useT()
  const project = useProject()
  const language = usePreferences((state) => state.language)
  const [settings, setSettings] = useState<Settings>({})
  const source = useMemo(() => ({ project_id: project.id, kind: importKindOf(kind), language, ...file, ...given(settings) }), [project.id, kind, language, file, settings])
  const asked = useAnswer(previewImportFile, source)
  const apply = useCommand(applyImport)
  const undo = useCommand(undoGroup)
  const [done, setDone] = useState<{ group_id: string; text: string } | null>(null)
  const preview = asked.answer?.value
  const confirm = async (): Promise<void> => {
    if (!preview) return
    const answer = await apply.run({ ...source, digest: preview.digest })
    if (!answer) return
    const { created, updated, rejected, group_id } = answer.value
    const text = t('import.result', { created: total(created), updated: total(updated), rejected })
    setDone({ group_id, text })
    announce(text)
  }
  if (done) {
    return (
      <div className={styles['section']} role="status">
        <p>{done.text}</p>
        <FormErrorSummary failure={undo.failure} />
        <div className={styles['actions']}>
          <Button kind="primary" label={t('import.another')} onClick={onClose} />
          <Button label={t('import.undo_now')} disabled={undo.pending} onClick={() => void undo.run({ group_id: done.group_id }).then((undone) => undone && onClose())} />
        </div>
      </div>
    )
  }
  if (asked.failure?.code === 'auth.forbidden') return <ForbiddenState role={t('import.role')} />
  return (
    <>
      <div className={styles['actions']}>
        <strong>{file.file_name}</strong>
        <Button small label={t('import.another')} onClick={onClose} />
      </div>
      <div className={styles['settings']}>
        <Select label={t('import.what')} value={kind} onChange={onKind} choices={importKinds.map((value) => ({ value, label: t(`import.kind.${value}`) }))} />
        {preview && preview.sheets.length > 1 && (
          <Select label={t('import.sheet')} value={String(preview.sheet)} onChange={(sheet) => setSettings({ sheet: Number(sheet) })} choices={preview.sheets.map((one, index) => ({ value: String(index), label: `${one.name} (${one.rows})` }))} />
        )}
        {preview && preview.columns.length > 0 && kind !== 'people' && (
          <>
            <Select
              label={t('import.date_order')}
              value={settings.date_order ?? 'dmy'}
              onChange={(order) => setSettings({ ...settings, date_order: ORDERS.find((known) => known === order) ?? 'dmy' })}
              choices={ORDERS.map((value) => ({ value, label: t(`import.date_order.${value}`) }))}
            />
            <YearField value={settings.year} onChange={(year) => setSettings(year === undefined ? withoutYear(settings) : { ...settings, year })} />
          </>
        )}
      </div>
      {asked.failure && <ErrorState failure={asked.failure} onRetry={asked.retry} />}
      {asked.loading && (
        <>
          <p role="status">{t('import.reading')}</p>
          <LoadingSkeleton />
        </>
      )}
      {preview && !asked.failure && (
        <>
          <FormErrorSummary failure={apply.failure} />
          <Summary preview={preview} pending={apply.pending} onConfirm={() => void confirm()} onRejected={() => void saveRejected(source, project.org)} />
          {preview.columns.length > 0 && <ImportColumns preview={preview} kind={kind} onMapping={(mapping) => setSettings({ ...settings, mapping })} />}
          <ImportRows preview={preview} />
        </>
      )}
    </>
  )
}

const ORDERS = ['dmy', 'mdy', 'ymd'] as const
const withoutYear = ({ year: _, ...rest }: Settings): Settings => rest
const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

async function saveRejected(source: Plain<ImportSource>, org: string): Promise<void> {
  const { value } = await call(rejectedRows, source, { org })
  await saveFile(value.file_name, new TextEncoder().encode(value.csv), 'text/csv')
}

function YearField({ value, onChange }: { value: number | undefined; onChange: (year: number | undefined) => void }) {
  const t = useT()
  const [typed, setTyped] = useState(value === undefined ? '' : String(value))
  return (
    <TextField
      label={t('import.year')}
      optional
      inputMode="numeric"
      value={typed}
      onChange={(text) => {
        setTyped(text)
        if (text === '') onChange(undefined)
        else if (/^(19|20|21)\d\d$/.test(text)) onChange(Number(text))
      }}
    />
  )
}

const KINDS = ['locations', 'people', 'missions', 'assignments'] as const

interface SummaryProps {
  preview: ImportPreviewAnswer
  pending: boolean
  onConfirm: () => void
  onRejected: () => void
}

function Summary({ preview, pending, onConfirm, onRejected }: SummaryProps) {
  const t = useT()
  const format = useFormat()
  const { counts } = preview
  const written = KINDS.reduce((sum, kind) => sum + counts[kind].create + counts[kind].update, 0)
  return (
    <section className={styles['section']}>
      <h2>{t('import.summary')}</h2>
      <p>{t('import.rows', { rows: counts.rows, accepted: format.number(counts.accepted), rejected: format.number(counts.rejected), warnings: format.number(counts.warnings) })}</p>
      <div className={styles['counts']}>
        {KINDS.filter((kind) => total(counts[kind]) > 0).map((kind) => (
          <span key={kind}>
            <strong>{t(`import.${kind}`)}</strong> : {t('import.creates', { create: format.number(counts[kind].create), update: format.number(counts[kind].update), skip: format.number(counts[kind].skip) })}
          </span>
        ))}
      </div>
      {preview.choices.length > 0 && <p role="alert">{t('import.choice')}</p>}
      <div className={styles['actions']}>
        <Button kind="primary" label={t('import.confirm', { count: written })} disabled={!preview.ready || pending || written === 0} onClick={onConfirm} />
        {counts.rejected > 0 && <Button icon={Download} label={t('import.rejected_csv')} onClick={onRejected} />}
      </div>
    </section>
  )
}
