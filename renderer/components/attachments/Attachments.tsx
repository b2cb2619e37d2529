import { Archive, DraftingCompass, File, FileText, Image, Music, Paperclip, Sheet, Upload, Video } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { z } from 'zod'
import { listAttachments, removeAttachment, restoreAttachment } from '../../../shared/domain/organization/operations.ts'
import { failureOf, useCommand, useList } from '../../app/queries.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { saveFile } from '../../app/files.ts'
import { useOrg } from '../../app/routes.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { announce } from '../LiveRegion.tsx'
import styles from './Attachments.module.css'
import { isShown, kindOf, LARGEST_FILE_BYTES } from './files-taken.ts'
import type { FileKind } from './files-taken.ts'
import { bytesOfAttachment } from './read-attachment.ts'
import { ShownFile } from './ShownFile.tsx'
import { useSending } from './use-sending.ts'
import type { Sent } from './use-sending.ts'

const AttachmentRow = z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number(), sha256: z.string(), created_at: z.string() })
export type AttachmentRow = z.infer<typeof AttachmentRow>

const icons: Readonly<Record<FileKind, LucideIcon>> = { pdf: FileText, image: Image, table: Sheet, text: FileText, sound: Music, video: Video, archive: Archive, drawing: DraftingCompass, other: File }

interface AttachmentsProps {
  /** Kind of record and its id: `mission`, `collaborator`, `location`, `run_sheet`. */
  entity: string
  id: string
  /** Project whose people see the file; null: the organization's. */
  project: string | null
  /** False: the page itself is read-only; whether the person may is the core's to say. */
  mayAdd: boolean
}

/** Files of a record: dropped, pasted or chosen; shown or saved; taken away and given back. */
export function Attachments({ entity, id, project, mayAdd: offered }: AttachmentsProps) {
  const t = useT()
  const textOf = useFailureText()
  const org = useOrg()
  const list = useList(listAttachments, { ...(project ? { project_id: project } : {}), filter: { entity, entity_id: id }, sort: ['name'], limit: 200 }, AttachmentRow)
  const mayAdd = offered && list.can.has('attachment.add')
  const sending = useSending({ entity, id, project })
  const remove = useCommand(removeAttachment)
  const restore = useCommand(restoreAttachment)
  const [removed, setRemoved] = useState<AttachmentRow | null>(null)
  const [shown, setShown] = useState<{ row: AttachmentRow; bytes: Uint8Array } | null>(null)
  const [opening, setOpening] = useState<string | null>(null)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const { send } = sending
  const [over, setOver] = useState(false)
  usePastedFiles(mayAdd, (files) => void send(files))

  const take = async (row: AttachmentRow, then: 'show' | 'save'): Promise<void> => {
    if (!org) return
    setOpening(row.id)
    setFailure(null)
    try {
      const bytes = await bytesOfAttachment(org, row.id)
      if (then === 'show') setShown({ row, bytes })
      else await saveFile(row.name, bytes, row.type)
    } catch (error) {
      setFailure(failureOf(error))
    }
    setOpening(null)
  }
  const wrong = failure ?? list.failure ?? remove.failure ?? restore.failure
  return (
    <div
      className={`${styles['box']} ${over ? styles['over'] : ''}`}
      data-attachments
      onDragOver={(event) => {
        if (!mayAdd || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false)
      }}
      onDrop={(event) => {
        if (!mayAdd) return
        event.preventDefault()
        setOver(false)
        void send([...event.dataTransfer.files])
      }}
    >
      {wrong && (
        <p role="alert" className={styles['wrong']}>
          {textOf.failure(wrong)}
        </p>
      )}
      {mayAdd && <Chooser onFiles={(files) => void send(files)} />}
      <Progress files={sending.files} onForget={sending.forget} />
      {removed && (
        <p className={styles['removed']} role="status">
          {t('attachments.removed', { name: removed.name })}{' '}
          <Button
            small
            label={t('attachments.undo')}
            disabled={restore.pending}
            onClick={() => void restore.run({ id: removed.id }).then((done) => done && setRemoved(null))}
          />
        </p>
      )}
      {list.items.length === 0 && !list.loading && <p className={styles['none']}>{t('attachments.none')}</p>}
      {list.items.length > 0 && (
        <ul className={styles['list']} aria-label={t('attachments.title')}>
          {list.items.map((row) => (
            <FileLine
              key={row.id}
              row={row}
              busy={opening === row.id}
              onShow={() => void take(row, isShown(row) ? 'show' : 'save')}
              onSave={() => void take(row, 'save')}
              onRemove={
                mayAdd
                  ? () =>
                      void remove.run({ id: row.id }).then((done) => {
                        if (!done) return
                        setRemoved(row)
                        announce(t('attachments.removed', { name: row.name }))
                      })
                  : null
              }
            />
          ))}
        </ul>
      )}
      {shown && <ShownFile name={shown.row.name} type={shown.row.type} bytes={shown.bytes} onSave={() => void saveFile(shown.row.name, shown.bytes, shown.row.type)} onClose={() => setShown(null)} />}
    </div>
  )
}

/** Images and files of the clipboard, wherever the focus is on the page but in a field. */
function usePastedFiles(on: boolean, take: (files: File[]) => void): void {
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    if (!on) return undefined
    const onPaste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || (event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]'))) return
      // Meant for the dialog that is open over them: an identity paper pasted there would lie here in clear.
      if (document.querySelector('[role=dialog], [role=alertdialog]')) return
      event.preventDefault()
      latest.current(files)
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [on])
}

function Chooser({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useT()
  const format = useFormat()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className={styles['chooser']}>
      <input
        ref={input}
        id={id}
        type="file"
        multiple
        hidden
        aria-label={t('attachments.add')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button icon={Upload} label={t('attachments.add')} onClick={() => input.current?.click()} />
      <span className={styles['hint']}>{t('attachments.hint', { most: format.size(LARGEST_FILE_BYTES) })}</span>
    </div>
  )
}

function Progress({ files, onForget }: { files: readonly Sent[]; onForget: () => void }) {
  const t = useT()
  if (files.length === 0) return null
  const settled = files.filter(({ state }) => state !== 'waiting' && state !== 'sending').length
  return (
    <div className={styles['progress']} role="status">
      <progress max={files.length} value={settled} aria-label={t('attachments.progress')} />
      <span>{t('attachments.progress_of', { done: settled, total: files.length })}</span>
      {settled === files.length && <Button small kind="quiet" label={t('attachments.forget')} onClick={onForget} />}
      <ul>
        {files
          .filter(({ state }) => state !== 'done')
          .map((file) => (
            <li key={file.key} className={file.state === 'refused' ? styles['refused'] : undefined}>
              <strong>{file.name}</strong> {file.about ?? wordOf(t, 'attachments.state', file.state)}
            </li>
          ))}
      </ul>
    </div>
  )
}

function FileLine({ row, busy, onShow, onSave, onRemove }: { row: AttachmentRow; busy: boolean; onShow: () => void; onSave: () => void; onRemove: (() => void) | null }) {
  const t = useT()
  const format = useFormat()
  const kind = kindOf(row)
  const Icon = icons[kind] ?? Paperclip
  return (
    <li className={styles['file']}>
      <Icon size={16} aria-hidden />
      <button type="button" className={styles['name']} onClick={onShow} disabled={busy} title={row.name}>
        {row.name}
      </button>
      <span className={styles['facts']}>
        {wordOf(t, 'attachments.kind', kind)} · {format.size(row.size)} · {format.shortDay(row.created_at.slice(0, 10))}
      </span>
      <Button small label={t('attachments.save')} disabled={busy} onClick={onSave} aria-label={t('attachments.save_name', { name: row.name })} />
      {onRemove && <Button small kind="quiet" label={t('action.remove')} onClick={onRemove} aria-label={t('attachments.remove_name', { name: row.name })} />}
    </li>
  )
}
