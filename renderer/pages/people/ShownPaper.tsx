import { Suspense } from 'react'
import { chunk } from '../../app/page-chunks.ts'
import { base64FromBytes } from '../../app/files.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Numbers.module.css'

const PdfPreview = chunk(async () => (await import('../../components/PdfPreview.tsx')).PdfPreview)

/** Pages of an identity paper, looked at and nothing else: no address that a browser would keep on disk, nothing to save. */
export function ShownPaper({ name, type, bytes, onClose }: { name: string; type: string; bytes: Uint8Array; onClose: () => void }) {
  const t = useT()
  return (
    <Dialog open wide title={name} onClose={onClose} actions={<Button kind="primary" label={t('action.close')} onClick={onClose} />}>
      {type.startsWith('image/') ? (
        <img className={styles['pages']} src={`data:${type};base64,${base64FromBytes(bytes)}`} alt={name} />
      ) : (
        <div className={styles['pdf']}>
          <Suspense fallback={<LoadingSkeleton />}>
            <PdfPreview bytes={bytes} />
          </Suspense>
        </div>
      )}
    </Dialog>
  )
}
