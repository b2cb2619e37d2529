import { useRef, useState } from 'react'
import type { DragEvent } from 'react'
import { archiveDocument, recordReference, redactDocument, rejectDocument, uploadDocument, validateDocument } from '../../../shared/domain/paperwork/operations.ts'
import type { PaperworkItem } from '../../../shared/domain/paperwork/operations.ts'
import { CallFailure, theTransport } from '../../app/client.ts'
import { saveFile } from '../../app/files.ts'
import { failureOf, useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { refusalOf } from '../../components/attachments/files-taken.ts'
import { bytesOfPaper } from '../../components/attachments/read-attachment.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Documents.module.css'

type Version = PaperworkItem['versions'][number]

/** One document: where it stands, its files, and its steps as the core allows them. */
export function DocumentLine({ item }: { item: PaperworkItem }) {
  const t = useT()
  const format = useFormat()
  const can = new Set(item.can)
  const kind = wordOf(t, 'paperwork.kind', item.kind)
  const current = item.versions.find(({ state }) => state === 'current')
  const looked = { id: item.id, ...(current ? { version_id: current.id } : {}) }
  const [over, setOver] = useState(false)
  const [asking, setAsking] = useState<'reject' | 'archive' | null>(null)
  const sending = useHandingIn(item, current)
  const validate = useCommand(validateDocument)
  const reject = useCommand(rejectDocument)
  const archive = useCommand(archiveDocument)
  const named = (action: string): string => t('paperwork.action_of', { action, kind })
  const said = (words: string) => (done: unknown): void => {
    if (done === null) return
    setAsking(null)
    announce(words)
  }
  const mayUpload = can.has('paperwork.upload')
  const byContract = item.standing !== item.state
  const onDrop = (event: DragEvent): void => {
    const [file] = event.dataTransfer.files
    setOver(false)
    if (!mayUpload || !file) return
    event.preventDefault()
    void sending.send(file, 'upload')
  }
  return (
    <li
      className={`${styles['item']} ${over ? styles['over'] : ''}`}
      data-paper={item.kind}
      onDragOver={(event) => {
        if (!mayUpload || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className={styles['head']}>
        <strong>{kind}</strong>
        <span>
          {wordOf(t, 'paperwork.standing', item.standing)}
          {item.standing === 'expected' && ' · '}
          {item.standing === 'expected' && <span className={item.is_overdue ? styles['late'] : mutedText}>{t(item.is_overdue ? 'paperwork.overdue' : 'paperwork.due', { day: format.shortDay(item.due_on) })}</span>}
        </span>
      </div>
      {byContract && <p className={mutedText}>{t('paperwork.by_contract')}</p>}
      {item.reference !== null && <p>{t('paperwork.reference_is', { reference: item.reference })}</p>}
      {item.state_reason !== null && <p className={mutedText}>{t('paperwork.sent_back', { reason: item.state_reason })}</p>}
      <FormErrorSummary failure={sending.failure ?? validate.failure} />
      {item.versions.length > 0 && <Versions versions={item.versions} onFailure={sending.fail} />}
      <div className={styles['actions']}>
        {mayUpload && <FileButton label={t(current ? 'paperwork.upload_again' : 'paperwork.upload')} name={named(t(current ? 'paperwork.upload_again' : 'paperwork.upload'))} busy={sending.pending} onFile={(file) => void sending.send(file, 'upload')} />}
        {can.has('paperwork.record_reference') && <ReferenceForm item={item} />}
        {can.has('paperwork.validate') && <Button small kind="primary" label={t('paperwork.validate')} aria-label={named(t('paperwork.validate'))} disabled={validate.pending} onClick={() => void validate.run(looked).then(said(t('paperwork.done.validate')))} />}
        {can.has('paperwork.reject') && <Button small label={t('paperwork.reject')} aria-label={named(t('paperwork.reject'))} onClick={() => setAsking('reject')} />}
        {can.has('paperwork.redact') && current && <FileButton label={t('paperwork.redact')} name={named(t('paperwork.redact'))} busy={sending.pending} onFile={(file) => void sending.send(file, 'redact')} />}
        {can.has('paperwork.archive') && item.state === 'validated' && <Button small label={t('paperwork.archive')} aria-label={named(t('paperwork.archive'))} disabled={archive.pending} onClick={() => void archive.run({ id: item.id }).then(said(t('paperwork.done.archive')))} />}
        {can.has('paperwork.archive') && item.state === 'expected' && <Button small kind="quiet" label={t('paperwork.not_needed')} aria-label={named(t('paperwork.not_needed'))} onClick={() => setAsking('archive')} />}
      </div>
      {mayUpload && <p className={mutedText}>{t('paperwork.drop')}</p>}
      {asking === 'reject' && (
        <ConfirmDialog title={t('paperwork.reject_title', { kind })} action={t('paperwork.reject')} reason="required" pending={reject.pending} failure={reject.failure} onClose={() => setAsking(null)} onConfirm={(reason) => void reject.run({ ...looked, reason }).then(said(t('paperwork.done.reject')))} />
      )}
      {asking === 'archive' && (
        <ConfirmDialog title={t('paperwork.not_needed_title', { kind })} action={t('paperwork.not_needed')} reason="required" pending={archive.pending} failure={archive.failure} onClose={() => setAsking(null)} onConfirm={(reason) => void archive.run({ id: item.id, reason }).then(said(t('paperwork.done.archive')))} />
      )}
    </li>
  )
}

/** Brings a file to the core, then says which document it is. */
function useHandingIn(item: PaperworkItem, current: Version | undefined) {
  const t = useT()
  const upload = useCommand(uploadDocument)
  const redact = useCommand(redactDocument)
  const [failed, setFailed] = useState<CallFailure | null>(null)
  const [bringing, setBringing] = useState(false)
  const send = async (file: File, as: 'upload' | 'redact'): Promise<void> => {
    setFailed(null)
    if (refusalOf(file, 0) !== null) {
      setFailed(new CallFailure('validation.invalid', t('paperwork.missing_file')))
      return
    }
    setBringing(true)
    try {
      const { sha256, size } = await theTransport().putBlob(new Uint8Array(await file.arrayBuffer()))
      const named = { id: item.id, name: file.name.slice(-255) || 'document', type: file.type.slice(0, 120) || 'application/octet-stream', size, sha256 }
      const done = as === 'upload' ? await upload.run(named) : current ? await redact.run({ ...named, version_id: current.id }) : null
      if (done) announce(t('paperwork.done.upload'))
    } catch (error) {
      setFailed(failureOf(error))
    }
    setBringing(false)
  }
  return { send, fail: setFailed, pending: bringing || upload.pending || redact.pending, failure: failed ?? upload.failure ?? redact.failure }
}

function FileButton({ label, name, busy, onFile }: { label: string; name: string; busy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={name}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
      <Button small label={label} aria-label={name} disabled={busy} onClick={() => input.current?.click()} />
    </>
  )
}

function ReferenceForm({ item }: { item: PaperworkItem }) {
  const t = useT()
  const record = useCommand(recordReference)
  const [text, setText] = useState(item.reference ?? '')
  const note = async (): Promise<void> => {
    if (await record.run({ id: item.id, reference: text.trim() })) announce(t('paperwork.done.upload'))
  }
  return (
    <>
      <FormErrorSummary failure={record.failure} />
      <TextField label={t('paperwork.reference')} name="reference" maxLength={200} value={text} onChange={setText} />
      <Button small label={t('paperwork.note')} disabled={record.pending || text.trim() === '' || text.trim() === item.reference} onClick={() => void note()} />
    </>
  )
}

/** Every version that may be read, the newest first; each is saved by its name. */
function Versions({ versions, onFailure }: { versions: readonly Version[]; onFailure: (failure: CallFailure | null) => void }) {
  const t = useT()
  const format = useFormat()
  const org = useOrg()
  const save = async (one: Version): Promise<void> => {
    if (!org || one.name === null) return
    onFailure(null)
    try {
      await saveFile(one.name, await bytesOfPaper(org, one.id), one.type)
    } catch (error) {
      onFailure(failureOf(error))
    }
  }
  return (
    <ul className={styles['versions']} aria-label={t('paperwork.versions', { count: versions.length })}>
      {versions.map((one) => (
        <li key={one.id}>
          {one.name === null ? (
            t('paperwork.erased')
          ) : (
            <button type="button" className={styles['file']} onClick={() => void save(one)}>
              {one.name}
            </button>
          )}{' '}
          <span className={mutedText}>
            {t('paperwork.version_line', { number: one.number, state: wordOf(t, 'paperwork.version', one.state), day: format.shortDay(one.at.slice(0, 10)) })}
            {one.by_name !== null && ` · ${one.by_name}`}
            {one.shared && ` · ${t('paperwork.shared')}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
