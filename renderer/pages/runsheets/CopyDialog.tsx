import { useState } from 'react'
import { copyContent, previewCopy } from '../../../shared/domain/runsheets/copy-operations.ts'
import type { CopyPart, PartCount } from '../../../shared/domain/runsheets/copy-operations.ts'
import { getSheet, listSheets } from '../../../shared/domain/runsheets/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer, useCommand, useList } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField, Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import type { Key } from '../../i18n/index.ts'
import { SheetLine, SheetRecord } from './sheet-rows.ts'
import styles from './Sheet.module.css'

const labels: Partial<Record<CopyPart, Key>> = {
  key_times: 'sheet.key_times', slots: 'sheet.slots', notes: 'sheet.notes', alerts: 'sheet.alerts', emergency: 'sheet.emergency', safety: 'sheet.safety', catering: 'sheet.catering',
  channels: 'sheet.channels', legal_note: 'sheet.legal_note', people: 'sheet.copy_people',
}

/** Brings chosen sections of another sheet into the draft: what comes, stays and goes is said before. */
export function CopyDialog({ sheet, work, onClose }: { sheet: SheetRecord; work: { id: string }; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const list = useList(listSheets, { project_id: project.id, sort: ['-sheet_date'], limit: 200 }, SheetLine)
  const [other, setOther] = useState<string | null>(null)
  const [version, setVersion] = useState<string | null>(null)
  const [replace, setReplace] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<CopyPart>>(new Set())
  const copy = useCommand(copyContent)
  const asked = useAnswer(getSheet, other === null ? null : { id: other })
  const read = asked.answer ? SheetRecord.safeParse(asked.answer.value) : null
  const versions = read?.success && read.data.id === other ? read.data.revisions.filter((row) => row.id !== work.id) : []
  const from = versions.find((row) => row.id === version)?.id ?? versions.find((row) => row.state === 'published')?.id ?? versions[0]?.id ?? null
  const existing = replace ? 'replace' : 'keep'
  const preview = useAnswer(previewCopy, from === null ? null : { id: sheet.id, from, existing })
  const counts = from === null ? [] : (preview.answer?.value.parts ?? [])
  const days = preview.answer?.value.days ?? 0
  const chosen = counts.filter((one) => one.added > 0 && !left.has(one.part))
  const sum = (name: 'added' | 'removed'): number => chosen.reduce((total, one) => total + one[name], 0)
  const submit = async (): Promise<void> => {
    if (from === null || chosen.length === 0) return
    if (!(await copy.run({ id: sheet.id, from, parts: chosen.map((one) => one.part), existing }))) return
    announce(t('sheet.copied', { count: sum('added') }))
    onClose()
  }
  const nameOf = (row: SheetLine): string => [row.lead_mission_code, row.lead_mission_title].filter(Boolean).join(' · ') || row.sheet_date
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('sheet.copy')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.cancel')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('sheet.copy_do', { count: sum('added') })} disabled={chosen.length === 0 || copy.pending} />
        </>
      }
    >
      <FormErrorSummary failure={copy.failure} />
      <Combobox
        label={t('sheet.copy_from')}
        autoFocus
        value={other}
        onChange={(id) => {
          setOther(id)
          setVersion(null)
          setLeft(new Set())
        }}
        options={list.items.map((row) => ({ id: row.id, label: nameOf(row), detail: format.day(row.sheet_date) }))}
      />
      {versions.length > 0 && (
        <Select
          label={t('sheet.copy_version')}
          value={from ?? ''}
          onChange={setVersion}
          choices={versions.map((row) => ({ value: row.id, label: `v${row.number}${row.colour ? ` ${row.colour}` : ''} · ${wordOf(t, 'state.revision', row.state)}` }))}
        />
      )}
      {read?.success && read.data.id === other && versions.length === 0 && <p>{t('sheet.copy_itself')}</p>}
      {preview.failure && <ErrorState failure={preview.failure} onRetry={preview.retry} />}
      {from !== null && counts.length > 0 && (
        <>
          <p className={mutedText}>{t('sheet.copy_days', { days })}</p>
          <CheckField label={t('sheet.copy_replace')} checked={replace} onChange={setReplace} />
          <fieldset className={styles['copyParts']}>
            <legend>
              <strong>{t('sheet.copy_parts')}</strong>
            </legend>
            {counts.map((one) => (
              <Part key={one.part} count={one} checked={one.added > 0 && !left.has(one.part)} onChange={(checked) => setLeft((now) => new Set(checked ? [...now].filter((part) => part !== one.part) : [...now, one.part]))} />
            ))}
          </fieldset>
          <p role="status">{t('sheet.copy_sum', { added: sum('added'), removed: sum('removed') })}</p>
        </>
      )}
      {from !== null && preview.answer && counts.length === 0 && <p>{t('sheet.copy_nothing')}</p>}
    </Dialog>
  )
}

function Part({ count, checked, onChange }: { count: PartCount; checked: boolean; onChange: (checked: boolean) => void }) {
  const t = useT()
  const { part, added, kept, removed, left_out } = count
  const name = labels[part]
  const label = name ? t(name) : wordOf(t, 'sheet.section', part)
  const said = [
    added > 0 && t('sheet.copy_added', { count: added }), removed > 0 && t('sheet.copy_removed', { count: removed }), kept > 0 && t('sheet.copy_kept', { count: kept }),
    left_out > 0 && t('sheet.copy_left_out', { count: left_out }),
  ].filter((words) => words !== false)
  const words = `${label} (${said.join(', ')})`
  // Nothing of it would come: said, not offered.
  return added === 0 ? <p className={mutedText}>{words}</p> : <CheckField label={words} checked={checked} onChange={onChange} />
}
