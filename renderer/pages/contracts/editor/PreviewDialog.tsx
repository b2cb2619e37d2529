import { Download } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import { previewContract } from '../../../../shared/domain/contracts/queries.ts'
import { bytesFromBase64, saveFile } from '../../../app/files.ts'
import { chunk } from '../../../app/page-chunks.ts'
import { useAnswer } from '../../../app/queries.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { mutedText } from '../../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../../components/States.tsx'
import { useT } from '../../../i18n/index.ts'
import styles from './ContractEditor.module.css'

const PdfPreview = chunk(async () => (await import('../../../components/PdfPreview.tsx')).PdfPreview)

/** What the contract of assignments would say, before anybody said yes: a watermark, no number, and nothing is kept of it. */
export function PreviewDialog({ project_id, assignment_ids, name, onClose }: { project_id: string; assignment_ids: string[]; name: string; onClose: () => void }) {
  const t = useT()
  const [asked] = useState({ project_id, assignment_ids })
  const { answer, failure, retry } = useAnswer(previewContract, asked, { keep: false })
  const file = answer?.value
  const bytes = useMemo(() => (file === undefined ? null : bytesFromBase64(file.base64)), [file])
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('contract_editor.preview_title', { name })}
      actions={
        <>
          <Button label={t('action.close')} onClick={onClose} />
          <Button icon={Download} label={t('contract_editor.download')} disabled={!file || !bytes} onClick={() => file && bytes && void saveFile(file.file_name, bytes, file.media_type)} />
        </>
      }
    >
      <p className={mutedText}>
        {t('contract_editor.preview_about')} {file && file.missing.length > 0 && t('contract_editor.missing', { count: file.missing.length })}
      </p>
      {failure ? (
        <ErrorState failure={failure} onRetry={retry} />
      ) : (
        <div className={styles['dialogPaper']}>
          <Suspense fallback={<LoadingSkeleton />}>
            <PdfPreview bytes={bytes} />
          </Suspense>
        </div>
      )}
    </Dialog>
  )
}
