import { Trash2 } from 'lucide-react'
import { z } from 'zod'
import { listAttachments } from '../../../shared/domain/organization/operations.ts'
import { attach, removeRow } from '../../../shared/domain/runsheets/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand, useList } from '../../app/queries.ts'
import { Attachments } from '../../components/attachments/Attachments.tsx'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import { EditorSection } from './EditorSection.tsx'
import type { WorkRow } from './sheet-rows.ts'
import styles from './Sheet.module.css'

const FileRow = z.object({ id: z.string(), name: z.string(), sha256: z.string() })

/** Files named on the sheet: those of the sheet, each joined to this version or not. Another content is a change. */
export function AttachedSection({ revision, sheet, rows }: { revision: string; sheet: string; rows: WorkRow['rows'] }) {
  const t = useT()
  const project = useProject()
  const files = useList(listAttachments, { project_id: project.id, filter: { entity: 'run_sheet', entity_id: sheet }, sort: ['name'], limit: 200 }, FileRow)
  const join = useCommand(attach)
  const remove = useCommand(removeRow)
  const joined = rows.filter((row) => row.section === 'attachments')
  const free = files.items.filter((file) => !joined.some((row) => row.body['sha256'] === file.sha256))
  return (
    <EditorSection name="attachments" title={t('sheet.section.attachments')}>
      <FormErrorSummary failure={join.failure ?? remove.failure} />
      {joined.length === 0 && <p className={mutedText}>{t('sheet.attached_none')}</p>}
      {joined.map((row) => (
        <div key={row.id} className={styles['file']}>
          <span>{String(row.body['name'] ?? '')}</span>
          <Button kind="quiet" small iconOnly icon={Trash2} label={`${t('sheet.detach')} : ${String(row.body['name'] ?? '')}`} onClick={() => void remove.run({ id: row.id })} />
        </div>
      ))}
      {free.map((file) => (
        <div key={file.id} className={styles['file']}>
          <span className={mutedText}>{file.name}</span>
          <Button small label={t('sheet.attach')} aria-label={`${t('sheet.attach')} : ${file.name}`} disabled={join.pending} onClick={() => void join.run({ revision_id: revision, attachment_id: file.id })} />
        </div>
      ))}
      <Attachments entity="run_sheet" id={sheet} project={project.id} mayAdd />
    </EditorSection>
  )
}
