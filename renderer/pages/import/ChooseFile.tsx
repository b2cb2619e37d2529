import { Upload } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { DragEvent } from 'react'
import { importKinds } from '../../../shared/domain/imports/operations.ts'
import { useActions } from '../../app/actions.ts'
import { Button } from '../../components/Button.tsx'
import { Select } from '../../components/Field.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Import.module.css'
import { pastedTable } from './pasted-table.ts'

interface ChooseFileProps {
  kind: string
  /** A file that was open and is too big to be kept: chosen again, what was settled comes back. */
  missing: string | null
  onKind: (kind: string) => void
  onFile: (file: File) => void
  onText: (text: string) => void
  onForget: () => void
}

export function ChooseFile({ kind, missing, onKind, onFile, onText, onForget }: ChooseFileProps) {
  const t = useT()
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState(false)
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const [file] = event.clipboardData?.files ?? []
      const table = pastedTable(event.clipboardData?.getData('text/plain') ?? '', event.clipboardData?.getData('text/html') ?? '')
      // Copied cells come with a picture of themselves: the cells are what is meant.
      if (table !== null) onText(table)
      else if (file) onFile(file)
      setRefused(table === null && !file)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [onFile, onText])
  useActions([{ id: 'import_choose', label: t('import.choose'), group: 'page', run: () => picker.current?.click() }])
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    <section className={styles['section']} aria-label={t('import.file')}>
      <p>{t('import.about')}</p>
      {missing !== null && (
        <div className={styles['notice']} role="status">
          <p>{t('import.choose_again', { file: missing })}</p>
          <Button small label={t('import.drop_draft')} onClick={onForget} />
        </div>
      )}
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
        {refused && <p role="alert">{t('import.paste_refused')}</p>}
      </div>
    </section>
  )
}
