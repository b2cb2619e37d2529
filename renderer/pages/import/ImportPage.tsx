import { useCallback } from 'react'
import { useProject } from '../../app/context.tsx'
import { base64FromBytes } from '../../app/files.ts'
import { useUrlState } from '../../app/routes.ts'
import { Page } from '../../components/Page.tsx'
import { ForbiddenState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { ChooseFile } from './ChooseFile.tsx'
import { importKindOf } from './import-file.ts'
import { ImportFlow } from './ImportFlow.tsx'
import styles from './Import.module.css'
import { RecentImports } from './RecentImports.tsx'
import { useImportDraft } from './use-import-draft.ts'

/** A file or a pasted table, a look at what it would bring, then one command. The file never leaves this computer. */
export function ImportPage() {
  const t = useT()
  const url = useUrlState()
  const project = useProject()
  const draft = useImportDraft(project.org, project.id)
  const kind = importKindOf(url.get('kind'))
  const { choose } = draft
  const takeFile = useCallback(async (given: File): Promise<void> => {
    choose({ file_name: given.name, content_base64: base64FromBytes(new Uint8Array(await given.arrayBuffer())) })
  }, [choose])
  const takeText = useCallback((text: string): void => choose({ file_name: t('import.pasted'), text }), [choose, t])
  const close = useCallback((): void => {
    draft.drop()
    url.set({ step: null })
  }, [draft, url])
  const allowed = project.can.has('import.apply') || project.archived
  return (
    <Page title={t('import.title')} scope={project.name}>
      <span />
      <div>{project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}</div>
      <div className={styles['body']}>
        {!allowed ? (
          <ForbiddenState role={t('import.role')} />
        ) : draft.open === undefined ? (
          <LoadingSkeleton />
        ) : draft.open ? (
          <ImportFlow key={draft.open.file.file_name} open={draft.open} kind={kind} onKind={(next) => url.set({ kind: next })} onSettings={draft.settle} onClose={close} onWritten={draft.forget} />
        ) : (
          <>
            {!project.archived && (
              <ChooseFile kind={kind} missing={draft.missing?.file_name ?? null} onKind={(next) => url.set({ kind: next })} onFile={(given) => void takeFile(given)} onText={takeText} onForget={draft.drop} />
            )}
            <RecentImports />
          </>
        )}
      </div>
    </Page>
  )
}
