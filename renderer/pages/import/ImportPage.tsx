import { useState } from 'react'
import { useProject } from '../../app/context.tsx'
import { base64FromBytes } from '../../app/files.ts'
import { useUrlState } from '../../app/routes.ts'
import { Page } from '../../components/Page.tsx'
import { ForbiddenState, ReadOnlyStrip } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { ChooseFile } from './ChooseFile.tsx'
import { importKindOf } from './import-file.ts'
import type { ImportFile } from './import-file.ts'
import { ImportPreview } from './ImportPreview.tsx'
import styles from './Import.module.css'

/** A file or a pasted table, a look at what it would bring, then one command. The file never leaves this computer. */
export function ImportPage() {
  const t = useT()
  const url = useUrlState()
  const project = useProject()
  const [file, setFile] = useState<ImportFile | null>(null)
  const kind = importKindOf(url.get('kind'))
  const takeFile = async (given: File): Promise<void> => {
    const bytes = new Uint8Array(await given.arrayBuffer())
    setFile({ file_name: given.name, content_base64: base64FromBytes(bytes) })
  }
  return (
    <Page title={t('import.title')} scope={project.name}>
      <span />
      <div>{project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}</div>
      <div className={styles['body']}>
        {!project.can.has('import.apply') && !project.archived ? (
          <ForbiddenState role={t('import.role')} />
        ) : file ? (
          <ImportPreview key={file.file_name} file={file} kind={kind} onKind={(next) => url.set({ kind: next })} onClose={() => setFile(null)} />
        ) : (
          <ChooseFile kind={kind} onKind={(next) => url.set({ kind: next })} onFile={(given) => void takeFile(given)} onText={(text) => setFile({ file_name: t('import.pasted'), text })} />
        )}
      </div>
    </Page>
  )
}
