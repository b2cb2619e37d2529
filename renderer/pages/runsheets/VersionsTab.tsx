import { z } from 'zod'
import { compareSheet, sheetCsv, sheetPdf } from '../../../shared/domain/runsheets/operations.ts'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { call } from '../../app/client.ts'
import { useAnswer } from '../../app/queries.ts'
import { useOrg, useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { RevisionRow } from './sheet-rows.ts'
import styles from './Sheet.module.css'

/** Every version, the newest first: look, compare with the one before, download. */
export function VersionsTab({ revisions, shown }: { revisions: readonly RevisionRow[]; shown: string }) {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const org = useOrg()
  const compared = url.get('compare')
  const target = revisions.find((row) => row.id === compared)
  const before = target && revisions.find((row) => row.number < target.number && row.published_at !== null)
  return (
    <div className={styles['versions']}>
      {revisions.map((row) => (
        <div key={row.id} className={styles['version']}>
          <span className={styles['grow']}>
            <strong>{t('sheet.work_version', { version: row.number })}</strong> <StateBadge family="revision" state={row.state} />
            <br />
            <span className={mutedText}>{row.published_at ? `${format.moment(row.published_at)}${row.content_hash ? ` · ${row.content_hash}` : ''}` : ''}</span>
          </span>
          <Button small label={t('sheet.preview')} aria-pressed={row.id === shown} onClick={() => url.set({ v: row.id })} />
          <Button small label={t('sheet.compare')} aria-pressed={row.id === compared} onClick={() => url.set({ compare: row.id === compared ? null : row.id })} />
          <Button small label={t('sheet.download_pdf')} onClick={() => void download(org, row.id, 'pdf')} />
          <Button small label={t('sheet.download_csv')} onClick={() => void download(org, row.id, 'csv')} />
        </div>
      ))}
      {target && <Compared from={before ?? null} to={target} />}
    </div>
  )
}

/** Gives the file of a version to the person, under the name that the core chose. */
export async function download(org: string | null, revision_id: string, kind: 'pdf' | 'csv'): Promise<void> {
  const { value } = await call(kind === 'pdf' ? sheetPdf : sheetCsv, { revision_id }, org ? { org } : {})
  await saveFile(value.file_name, bytesFromBase64(value.base64), value.media_type)
}

const ChangeLine = z.object({ runs: z.array(z.object({ text: z.string(), bold: z.boolean() })) })

function Compared({ from, to }: { from: RevisionRow | null; to: RevisionRow }) {
  const t = useT()
  const { answer } = useAnswer(compareSheet, { from_revision_id: from?.id ?? null, to_revision_id: to.id })
  const lines = z.array(ChangeLine).safeParse(answer?.value.lines)
  if (!lines.success) return null
  return (
    <section className={styles['section']} aria-live="polite">
      <h2>{t('sheet.compare_with', { version: from?.number ?? 0 })}</h2>
      {lines.data.length === 0 && <p>{t('sheet.compare_none')}</p>}
      <ul className={styles['changes']}>
        {lines.data.map((line, index) => (
          <li key={index}>
            {line.runs.map((run, at) => (run.bold ? <strong key={at}>{run.text}</strong> : <span key={at}>{run.text}</span>))}
          </li>
        ))}
      </ul>
    </section>
  )
}
