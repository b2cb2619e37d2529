import { useState } from 'react'
import { archiveSheet, discardDraft, reviseSheet, sheetCsv, sheetPdf } from '../../../shared/domain/runsheets/operations.ts'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { call } from '../../app/client.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { RevisionRow, SheetRecord } from './sheet-rows.ts'
import styles from './Sheet.module.css'

/** Every version, the newest first: open its stored PDF, compare, go on from it, withdraw, discard. */
export function VersionsTab({ sheet, shown, mayRevise }: { sheet: SheetRecord; shown: string; mayRevise: boolean }) {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const go = useGo()
  const project = useProject()
  const revise = useCommand(reviseSheet)
  const [withdrawing, setWithdrawing] = useState<RevisionRow | null>(null)
  const { revisions } = sheet
  const numberOf = (id: string | null): number | undefined => revisions.find((row) => row.id === id)?.number
  const who = (row: RevisionRow): string => {
    if (row.published_at) return t('sheet.version_published', { name: row.published_by_name ?? '', at: format.moment(row.published_at) })
    if (row.validated_at) return t('sheet.version_validated', { name: row.validated_by_name ?? '', at: format.moment(row.validated_at) })
    return row.created_at ? t('sheet.version_made', { name: row.created_by_name ?? '', at: format.moment(row.created_at) }) : ''
  }
  return (
    <div className={styles['versions']}>
      <FormErrorSummary failure={revise.failure} />
      {revisions.map((row) => {
        const next = revisions.find((one) => one.replaces_revision_id === row.id)
        const source = numberOf(row.source_revision_id)
        return (
          <div key={row.id} className={styles['version']} data-version={row.number} role="group" aria-label={t('sheet.work_version', { version: row.number })} data-shown={row.id === shown}>
            <div>
              <strong>
                v{row.number}
                {row.colour ? ` ${row.colour}` : ''}
              </strong>{' '}
              <StateBadge family="revision" state={row.state} /> {row.state === 'archived' && <span className={styles['stamp']}>{next ? t('sheet.superseded', { version: next.number }) : t('sheet.withdrawn')}</span>}
            </div>
            <div className={mutedText}>{who(row)}</div>
            {row.content_hash && <code>{row.content_hash}</code>}
            {source !== undefined && <div className={mutedText}>{t('sheet.version_source', { version: source })}</div>}
            <div className={styles['actions']}>
              <Button small label={t('sheet.preview')} aria-pressed={row.id === shown} onClick={() => url.set({ v: row.id, preview: null })} />
              {revisions.length > 1 && <Button small label={t('sheet.compare')} onClick={() => go(`${paths.compareSheet(project.org, project.id, sheet.id)}?to=${row.id}`)} />}
              <Button small label={t('sheet.download_pdf')} onClick={() => void download(project.org, row.id, 'pdf')} />
              <Button small label={t('sheet.download_csv')} onClick={() => void download(project.org, row.id, 'csv')} />
              {mayRevise && !sheet.work && row.published_at && <Button small label={t('sheet.revise_from', { version: row.number })} disabled={revise.pending} onClick={() => void revise.run({ id: sheet.id, from_revision_id: row.id }).then((made) => made && url.set({ v: null, tab: 'edit' }))} />}
              {row.can.includes('sheet.archive') && <Button small kind="quiet" label={t('sheet.withdraw')} onClick={() => setWithdrawing(row)} />}
            </div>
          </div>
        )
      })}
      {withdrawing && <Withdraw revision={withdrawing} onClose={() => setWithdrawing(null)} />}
    </div>
  )
}

function Withdraw({ revision, onClose }: { revision: RevisionRow; onClose: () => void }) {
  const t = useT()
  const archive = useCommand(archiveSheet)
  const confirm = async (reason: string): Promise<void> => {
    if (!(await archive.run({ revision_id: revision.id, reason }))) return
    announce(t('sheet.withdrawn'))
    onClose()
  }
  return (
    <ConfirmDialog
      title={t('sheet.withdraw_title', { version: revision.number })}
      about={t('sheet.withdraw_about')}
      action={t('sheet.withdraw')}
      danger
      reason="required"
      pending={archive.pending}
      failure={archive.failure}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    />
  )
}

/** Throws the draft away after asking; the history brings it back. */
export function Discard({ work, only, onClose }: { work: { id: string; number: number }; only: boolean; onClose: (done: boolean) => void }) {
  const t = useT()
  const discard = useCommand(discardDraft)
  return (
    <ConfirmDialog
      title={t('sheet.discard_title', { version: work.number })}
      about={only ? t('sheet.discard_only') : t('sheet.discard_about')}
      action={t('sheet.discard')}
      danger
      pending={discard.pending}
      failure={discard.failure}
      onConfirm={() => void discard.run({ revision_id: work.id }).then((done) => done && onClose(true))}
      onClose={() => onClose(false)}
    />
  )
}

/** Gives the file of a version to the person, under the name that the core chose. */
export async function download(org: string | null, revision_id: string, kind: 'pdf' | 'csv'): Promise<void> {
  const { value } = await call(kind === 'pdf' ? sheetPdf : sheetCsv, { revision_id }, org ? { org } : {})
  await saveFile(value.file_name, bytesFromBase64(value.base64), value.media_type)
}
