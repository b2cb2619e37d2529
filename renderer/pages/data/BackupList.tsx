import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { listBackups, restoreBackup } from '../../app/host-operations.ts'
import type { Backup } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ErrorState, ForbiddenState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import type { Format } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Data.module.css'
import { RestoreLoss } from './RestoreLoss.tsx'

const momentOf = (format: Format, backup: Backup): string => (isInstant(backup.made_at) ? format.moment(backup.made_at) : backup.made_at)

/** Verified backups, newest first, each with the way back to it. */
export function BackupList({ about }: { /** Said before a restore: what becomes of the present file. */ about: string }) {
  const t = useT()
  const format = useFormat()
  const asked = useAnswer(listBackups, {})
  const [chosen, setChosen] = useState<Backup | null>(null)
  if (asked.failure?.code === 'auth.forbidden') return <ForbiddenState role={t('data.role')} failure={asked.failure} />
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={3} />
  const backups = asked.answer.value.items
  if (backups.length === 0) return <p>{t('data.backups_none')}</p>
  return (
    <>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('data.backups')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('data.made_at')}</th>
            <th scope="col">{t('data.kind')}</th>
            <th scope="col" className={styles['end']}>
              {t('data.size')}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('data.restore')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => (
            <tr key={backup.name}>
              <td>{momentOf(format, backup)}</td>
              <td>{wordOf(t, 'data.kind', backup.kind.startsWith('before-v') ? 'before-version' : backup.kind)}</td>
              <td className={styles['end']}>{format.size(backup.bytes)}</td>
              <td className={styles['end']}>
                <Button small label={t('data.restore')} aria-label={`${t('data.restore')} ${momentOf(format, backup)}`} onClick={() => setChosen(backup)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen && <RestoreDialog backup={chosen} moment={momentOf(format, chosen)} about={about} onClose={() => setChosen(null)} />}
    </>
  )
}

function RestoreDialog({ backup, moment, about, onClose }: { backup: Backup; moment: string; about: string; onClose: () => void }) {
  const t = useT()
  const client = useQueryClient()
  const restore = useCommand(restoreBackup)
  const confirm = async (): Promise<void> => {
    if (!(await restore.run({ name: backup.name }))) return
    onClose()
    // Another file is in place: nothing read before holds.
    await client.invalidateQueries()
  }
  return (
    <ConfirmDialog
      danger
      title={t('data.restore_title', { moment })}
      about={about}
      action={t('data.restore_action')}
      pending={restore.pending}
      failure={restore.failure}
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <RestoreLoss name={backup.name} />
    </ConfirmDialog>
  )
}
