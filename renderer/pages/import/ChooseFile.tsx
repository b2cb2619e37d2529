import { Upload } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { DragEvent } from 'react'
import { importKinds } from '../../../shared/domain/imports/operations.ts'
import { Button } from '../../components/Button.tsx'
import { Select } from '../../components/Field.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Import.module.css'

interface ChooseFileProps {
  kind: string
  onKind: (kind: string) => void
  onFile: (file: File) => void
  onText: (text: string) => void
}

export function ChooseFile({ kind, onKind, onFile, onText }: ChooseFileProps) {
  const t = useT()
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const [file] = event.clipboardData?.files ?? []
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (file) onFile(file)
      else if (text.includes('\n') || text.includes('\t')) onText(text)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [onFile, onText])
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    <>
      <p>{t('import.about')}</p>
      <div className={styles['settings']}>
        <Select label={t('import.what')} value={kind} onChange={onKind} choices={importKinds.map((value) => ({ value, label: t(`import.kind.${value}`) }))} />
      </div>
      <div
        className={styles['drop']}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Upload size={24} aria-hidden />
        <p>{t('import.drop')}</p>
        <input
          ref={picker}
          className={styles['hidden']}
          type="file"
          tabIndex={-1}
          aria-label={t('import.file')}
          accept=".csv,.tsv,.txt,.xlsx,.ods,.ics"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) onFile(file)
          }}
        />
        <Button kind="primary" label={t('import.choose')} onClick={() => picker.current?.click()} />
        <p>{t('import.paste')}</p>
      </div>
    </>
  )
}
