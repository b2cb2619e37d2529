import { HardDrive, TriangleAlert } from 'lucide-react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { checkStorage, storageState } from '../../app/watching.ts'
import type { StorageState } from '../../app/watching.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { Facts } from '../../components/SidePanel.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { Key } from '../../i18n/index.ts'
import styles from './Data.module.css'

/** What is wrong with where the data are, the worst first: each with what to do. */
const troublesOf = ({ disk, cloud_drive, second }: StorageState): Key[] => [
  ...(disk.read_only ? (['data.trouble.read_only'] as const) : []),
  ...(disk.level === 'almost_full' ? (['data.trouble.almost_full'] as const) : disk.level === 'low' ? (['data.trouble.low'] as const) : []),
  ...(cloud_drive ? (['data.trouble.cloud_drive'] as const) : []),
  ...(second?.state === 'absent' ? (['data.trouble.second_absent'] as const) : []),
]

/** Where the data are, the room that is left, and whether the file is whole. */
export function StorageSection() {
  const t = useT()
  const format = useFormat()
  const asked = useAnswer(storageState, {})
  const check = useCommand(checkStorage)
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={4} />
  const state = asked.answer.value
  const { disk, organization } = state
  const run = async (): Promise<void> => {
    if (await check.run({})) announce(t('data.check_whole'))
  }
  const last = state.check
  return (
    <>
      {troublesOf(state).map((key) => (
        <div key={key} className={styles['trouble']} role="note">
          <TriangleAlert size={16} aria-hidden />
          <p>{t(key)}</p>
        </div>
      ))}
      <Facts
        facts={[
          [t('data.free'), disk.free_bytes === null ? t('data.unknown') : `${format.size(disk.free_bytes)}${disk.total_bytes === null ? '' : ` / ${format.size(disk.total_bytes)}`}`],
          [t('data.file'), format.size(organization.file_bytes)],
          [t('data.attachments'), format.size(organization.attachments_bytes)],
          [t('data.backups'), format.size(organization.backups_bytes)],
          [t('data.folder'), <span key="folder" className={styles['path']}>{state.data_folder}</span>],
          [t('data.check'), last ? `${t(last.state === 'done' ? 'data.check_done' : last.state === 'dead' ? 'data.check_failed' : 'data.check_waiting')}${isInstant(last.at) ? ` (${format.moment(last.at)})` : ''}` : t('data.check_none')],
        ]}
      />
      <FormErrorSummary failure={check.failure} />
      <div className={styles['actions']}>
        <Button icon={HardDrive} label={t('data.check_now')} disabled={check.pending} onClick={() => void run()} />
        {check.pending && <span role="status">{t('data.checking')}</span>}
      </div>
    </>
  )
}
