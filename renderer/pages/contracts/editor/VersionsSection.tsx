import { contractPdf } from '../../../../shared/domain/contracts/queries.ts'
import { call } from '../../../app/client.ts'
import { bytesFromBase64, saveFile } from '../../../app/files.ts'
import { useUrlState } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { mutedText } from '../../../components/RowList.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import { isEmployment } from '../../../../shared/domain/contracts/kinds.ts'
import type { ContractRecord, VersionRow } from './contract-rows.ts'
import styles from './ContractEditor.module.css'
import { PrintNumbered } from './PrintNumbered.tsx'
import { StateWord } from './StateWord.tsx'

/** Gives the PDF of a version to the person, under the name that the core chose. */
export async function downloadVersion(org: string, id: string): Promise<void> {
  const { value } = await call(contractPdf, { id }, { org })
  await saveFile(value.file_name, bytesFromBase64(value.base64), value.media_type)
}

const moments = ['created_at', 'approved_at', 'sent_at', 'signed_at', 'activated_at', 'ended_at'] as const

/** The contract and its amendments, the newest first, each with its own paper. */
export function VersionsSection({ record, onDownload }: { record: ContractRecord; onDownload: (id: string) => void }) {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const past = (row: VersionRow): string =>
    moments.flatMap((name) => (row[name] === null ? [] : [t(`contract_editor.moment.${name}`, { at: format.moment(row[name]) })])).join(' · ')
  return (
    <section className={styles['section']} aria-label={t('contract_editor.versions')}>
      <h2>{t('contract_editor.versions')}</h2>
      {record.versions.map(({ row }) => (
        <div key={row.id} className={styles['card']} data-version={row.number} data-shown={row.id === record.shown.version_id} role="group" aria-label={versionName(t, row.number)}>
          <div className={styles['row']}>
            <strong>{versionName(t, row.number)}</strong> <StateWord state={row.state} />
            {row.id === record.contract.active_version_id && row.state !== 'active' && <span className={mutedText}>{t('contract_editor.in_force')}</span>}
          </div>
          <p className={mutedText}>{past(row)}</p>
          {row.state_reason !== null && <p>{t('contract_editor.last_reason', { reason: row.state_reason })}</p>}
          {row.content_hash !== null && <code>{t('contract_editor.content_hash', { hash: row.content_hash })}</code>}
          <div className={styles['row']}>
            <Button small label={t('contract_editor.show')} aria-pressed={row.id === record.shown.version_id} onClick={() => url.set({ v: row.id, preview: null })} />
            <Button small label={t('contract_editor.download')} onClick={() => onDownload(row.id)} />
            {row.content_hash !== null && isEmployment(record.contract.kind) && record.contract.collaborator_id !== null && <PrintNumbered version={row.id} />}
          </div>
        </div>
      ))}
    </section>
  )
}

export const versionName = (t: ReturnType<typeof useT>, number: number): string => (number === 1 ? t('contract_editor.version_first') : t('contract_editor.version_amendment', { number: number - 1 }))
