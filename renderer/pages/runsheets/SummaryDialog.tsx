import { Copy, Download, Mail } from 'lucide-react'
import { useState } from 'react'
import { personalPdf, summarySheet } from '../../../shared/domain/runsheets/distribution-operations.ts'
import type { SheetRecipient } from '../../../shared/domain/runsheets/distribution-operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure } from '../../app/client.ts'
import { useProject } from '../../app/context.tsx'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { failureOf, useAnswer } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select, TextArea } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { RevisionRow } from './sheet-rows.ts'
import { download } from './VersionsTab.tsx'
import styles from './Distribution.module.css'

interface SummaryDialogProps {
  revision: RevisionRow
  day: string
  title: string
  people: readonly SheetRecipient[]
  /** Null: everybody. */
  person: string | null
  onClose: () => void
}

/** The sheet as text: pasted by hand, or opened in the mail program; the PDF beside it. Nothing is sent from here. */
export function SummaryDialog({ revision, day, title, people, person, onClose }: SummaryDialogProps) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const [to, setTo] = useState(person ?? '')
  const [length, setLength] = useState<'short' | 'long'>('short')
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [stuck, setStuck] = useState(false)
  const asked = useAnswer(summarySheet, { revision_id: revision.id, length, ...(to === '' ? {} : { collaborator_id: to }) })
  const summary = asked.answer?.value
  const text = summary?.text ?? ''
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setStuck(false)
      announce(t('sheet.text.copied'))
    } catch {
      setStuck(true)
    }
  }
  const mail = (): void => void window.open(`mailto:?subject=${encodeURIComponent(t('sheet.text.subject', { title, day: format.day(day), version: revision.number }))}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`)
  const save = async (): Promise<void> => {
    setFailure(null)
    try {
      if (to === '') return await download(project.org, revision.id, 'pdf')
      const { value } = await call(personalPdf, { revision_id: revision.id, collaborator_ids: [to] }, project.org ? { org: project.org } : {})
      await saveFile(value.file_name, bytesFromBase64(value.base64), value.media_type)
    } catch (error) {
      setFailure(failureOf(error))
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('sheet.text.title')}
      onSubmit={() => void copy()}
      actions={
        <>
          <Button label={t('action.close')} onClick={onClose} />
          <Button icon={Download} label={t('sheet.text.pdf')} onClick={() => void save()} />
          <Button icon={Mail} label={t('sheet.text.mail')} disabled={!summary} onClick={mail} />
          <Button type="submit" kind="primary" icon={Copy} label={t('sheet.text.copy')} disabled={!summary} />
        </>
      }
    >
      <FormErrorSummary failure={failure ?? asked.failure} />
      <p>{t('sheet.text.about')}</p>
      <Select label={t('sheet.text.for')} value={to} onChange={setTo} choices={[{ value: '', label: t('sheet.text.everyone') }, ...people.map((one) => ({ value: one.collaborator_id, label: one.name }))]} />
      <Segmented label={t('sheet.text.length')} value={length} choices={[{ value: 'short', label: t('sheet.text.short') }, { value: 'long', label: t('sheet.text.long') }]} onChange={setLength} />
      <TextArea label={t('sheet.text.text')} className={styles['text']} readOnly rows={length === 'short' ? 4 : 14} value={text} onChange={() => undefined} />
      {summary && (
        <p className={mutedText} role="status">
          {t('sheet.text.size', { characters: summary.characters, parts: summary.parts })}
        </p>
      )}
      {stuck && <p role="alert">{t('sheet.text.failed')}</p>}
    </Dialog>
  )
}
