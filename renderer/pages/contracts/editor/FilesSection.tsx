import { Download, Paperclip } from 'lucide-react'
import { useRef, useState } from 'react'
import { attachSigned } from '../../../../shared/domain/contracts/operations.ts'
import { theTransport } from '../../../app/client.ts'
import type { CallFailure } from '../../../app/client.ts'
import { saveFile } from '../../../app/files.ts'
import { failureOf, useCommand } from '../../../app/queries.ts'
import { useOrg } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { LARGEST_FILE_BYTES } from '../../../components/attachments/files-taken.ts'
import { bytesOfContractFile, digestOf } from '../../../components/attachments/read-attachment.ts'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { mutedText } from '../../../components/RowList.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import type { FileRow, KeptSignature, VersionRow } from './contract-rows.ts'
import styles from './ContractEditor.module.css'

const KINDS = ['signed_copy', 'pdf'] as const

/** Who signed and how, and the files of a version, each under the checksum of its content. */
export function FilesSection({ version, files, mayAttach }: { version: VersionRow; files: readonly FileRow[]; mayAttach: boolean }) {
  const t = useT()
  const format = useFormat()
  const attach = useCommand(attachSigned)
  const input = useRef<HTMLInputElement>(null)
  const kind = useRef<(typeof KINDS)[number]>('signed_copy')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const own = files.filter((file) => file.contract_version_id === version.id)
  const signatures = ([['house', version.house_signature], ['other', version.other_signature]] as const).flatMap(([side, kept]) => (kept === null ? [] : [{ side, kept }]))
  const send = async (file: File): Promise<void> => {
    setProblem(null)
    if (file.size === 0) return setProblem(t('attachments.empty_file'))
    if (file.size > LARGEST_FILE_BYTES) return setProblem(t('attachments.too_large', { size: format.size(file.size), most: format.size(LARGEST_FILE_BYTES) }))
    setBusy(true)
    try {
      const kept = await theTransport().putBlob(new Uint8Array(await file.arrayBuffer()))
      const done = await attach.run({ id: version.id, kind: kind.current, name: file.name.slice(-255) || t('contract_editor.file.signed_copy'), type: file.type.slice(0, 120) || 'application/octet-stream', size: kept.size, sha256: kept.sha256 })
      if (done) announce(t('contract_editor.attached', { name: file.name }))
    } catch {
      setProblem(t('contract_editor.unkept'))
    }
    setBusy(false)
  }
  if (own.length === 0 && signatures.length === 0 && !mayAttach) return null
  return (
    <section className={styles['section']} aria-label={t('contract_editor.files')}>
      <h2>{t('contract_editor.files')}</h2>
      {signatures.map(({ side, kept }) => (
        <SignatureLine key={side} side={side} kept={kept} />
      ))}
      {signatures.some(({ kept }) => kept.method === 'screen') && <p className={mutedText}>{t('contract_editor.not_qualified')}</p>}
      {own.map((file) => (
        <FileCard key={file.id} file={file} />
      ))}
      <FormErrorSummary failure={attach.failure} />
      {problem && <p role="alert">{problem}</p>}
      {mayAttach && (
        <div className={styles['row']}>
          {KINDS.map((one) => (
            <Button
              key={one}
              small
              icon={Paperclip}
              label={t(`contract_editor.attach.${one}`)}
              disabled={busy || attach.pending}
              onClick={() => {
                kind.current = one
                input.current?.click()
              }}
            />
          ))}
          <input
            ref={input}
            type="file"
            hidden
            accept="application/pdf,image/png,image/jpeg"
            aria-label={t('contract_editor.attach.signed_copy')}
            onChange={(event) => {
              const [file] = event.target.files ?? []
              event.target.value = ''
              if (file) void send(file)
            }}
          />
        </div>
      )}
    </section>
  )
}

/** A kept file: saved when asked for, and held against the checksum it was kept under. */
function FileCard({ file }: { file: FileRow }) {
  const t = useT()
  const format = useFormat()
  const org = useOrg()
  const [found, setFound] = useState<'same' | 'other' | null>(null)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const called = file.kind === 'signature' ? t('contract_editor.file.signature') : file.name
  const save = async (): Promise<void> => {
    if (!org) return
    setBusy(true)
    setFailure(null)
    setFound(null)
    try {
      const bytes = await bytesOfContractFile(org, file.id)
      const same = (await digestOf(bytes)) === file.sha256
      setFound(same ? 'same' : 'other')
      if (same) {
        announce(t('contract_editor.checksum.same'))
        await saveFile(file.kind === 'signature' ? `${file.name}.${file.type === 'image/png' ? 'png' : 'jpg'}` : file.name, bytes, file.type)
      }
    } catch (error) {
      setFailure(failureOf(error))
    }
    setBusy(false)
  }
  return (
    <div className={styles['card']} data-file={file.kind}>
      <div>
        <strong>{called}</strong> {file.kind !== 'signature' && `· ${t(`contract_editor.file.${file.kind}`)} `}· {format.size(file.size)}
      </div>
      <div className={mutedText}>{t('contract_editor.file_kept', { at: format.moment(file.created_at) })}</div>
      <code>SHA-256 {file.sha256}</code>
      <FormErrorSummary failure={failure} />
      {found === 'same' && <p className={mutedText}>{t('contract_editor.checksum.same')}</p>}
      {found === 'other' && <p role="alert">{t('contract_editor.checksum.other')}</p>}
      {file.size > 0 && (
        <div className={styles['row']}>
          <Button small icon={Download} label={t('contract_editor.save_file')} aria-label={t('contract_editor.save_file_of', { name: called })} disabled={busy} onClick={() => void save()} />
        </div>
      )}
    </div>
  )
}

function SignatureLine({ side, kept }: { side: 'house' | 'other'; kept: KeptSignature }) {
  const t = useT()
  const format = useFormat()
  return (
    <div className={styles['card']} data-signature={side}>
      <p>
        <strong>{kept.name}</strong> · {t(`contract_editor.side.${side}`)} · {t(`contract_editor.method.${kept.method}`)}
      </p>
      <p className={mutedText}>{format.moment(kept.at)}</p>
      <code>{t('contract_editor.content_hash', { hash: kept.content_hash })}</code>
    </div>
  )
}
