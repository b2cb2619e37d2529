import { Suspense, useEffect, useState } from 'react'
import { chunk } from '../../app/page-chunks.ts'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { LoadingSkeleton } from '../States.tsx'
import styles from './Attachments.module.css'

const PdfPreview = chunk(async () => (await import('../PdfPreview.tsx')).PdfPreview)

/** A picture or a PDF looked at inside the app: nothing of it is run. */
export function ShownFile({ name, type, bytes, onSave, onClose }: { name: string; type: string; bytes: Uint8Array; onSave: () => void; onClose: () => void }) {
  const t = useT()
  const isPicture = type.startsWith('image/')
  return (
    <Dialog
      open
      wide
      title={name}
      onClose={onClose}
      actions={
        <>
          <Button label={t('action.close')} onClick={onClose} />
          <Button kind="primary" label={t('attachments.save')} onClick={onSave} />
        </>
      }
    >
      {isPicture ? (
        <Picture name={name} type={type} bytes={bytes} />
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

function Picture({ name, type, bytes }: { name: string; type: string; bytes: Uint8Array }) {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes, type])
  return address ? <img className={styles['picture']} src={address} alt={name} /> : null
}
