import { ImageUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { CallFailure, theTransport } from '../../app/client.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Sheet.module.css'

/** A plan of this day only; without one, the plan of the place with its pins. The image is drawn on the preview beside. */
export function PlanField({ value, onChange, onDone }: { value: string | null; onChange: (sha256: string | null) => void; onDone: () => void }) {
  const t = useT()
  const chooser = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const give = (sha256: string | null): void => {
    onChange(sha256)
    // Saved once the draft holds it.
    setTimeout(onDone)
  }
  const send = async (file: File): Promise<void> => {
    setSending(true)
    setFailure(null)
    try {
      give((await theTransport().putBlob(new Uint8Array(await file.arrayBuffer()))).sha256)
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error
      setFailure(error)
    } finally {
      setSending(false)
    }
  }
  return (
    <>
      <FormErrorSummary failure={failure} />
      <p className={mutedText}>{value === null ? t('sheet.plan_of_place') : t('sheet.plan_own')}</p>
      <div className={styles['actions']}>
        <input
          ref={chooser}
          type="file"
          hidden
          accept="image/png,image/jpeg"
          aria-label={t('sheet.plan_choose')}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) void send(file)
            event.target.value = ''
          }}
        />
        <Button small icon={ImageUp} label={t('sheet.plan_choose')} disabled={sending} onClick={() => chooser.current?.click()} />
        {value !== null && <Button small kind="quiet" label={t('sheet.plan_remove')} onClick={() => give(null)} />}
      </div>
    </>
  )
}
