import { Copy } from 'lucide-react'
import { useState } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { copyBackups, setBackupFolder, storageState } from '../../app/watching.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Data.module.css'

/** A folder on another disk to which every backup is copied: set, verified, and said when it is away. */
export function SecondFolder() {
  const t = useT()
  const format = useFormat()
  const errors = useFailureText()
  const { answer } = useAnswer(storageState, {})
  const set = useCommand(setBackupFolder)
  const copy = useCommand(copyBackups)
  const [typed, setTyped] = useState<string | null>(null)
  if (!answer) return null
  const { second } = answer.value
  const folder = typed ?? second?.folder ?? ''
  const keep = async (chosen: string | null): Promise<void> => {
    if (!(await set.run({ folder: chosen }))) return
    setTyped(null)
    if (chosen === null) return announce(t('data.second_removed'))
    const done = await copy.run({})
    if (done) announce(t('data.copied', { count: done.value.copied }))
  }
  const again = async (): Promise<void> => {
    const done = await copy.run({})
    if (done) announce(t('data.copied', { count: done.value.copied }))
  }
  return (
    <>
      <p className={styles['muted']}>{t('data.second_about')}</p>
      <FormErrorSummary failure={set.failure ?? copy.failure} />
      {second && (
        <p role="status">
          {second.state === 'absent'
            ? t('data.second_absent')
            : t('data.second_state', { count: second.names.length, at: second.last_at !== null && isInstant(second.last_at) ? format.moment(second.last_at) : '—', free: second.free_bytes === null ? '—' : format.size(second.free_bytes) })}
        </p>
      )}
      {second?.cloud_drive && <p className={styles['muted']}>{t('data.second_cloud')}</p>}
      <form
        className={styles['section']}
        aria-label={t('data.second')}
        onSubmit={(event) => {
          event.preventDefault()
          if (folder.trim() !== '') void keep(folder.trim())
        }}
      >
        <TextField label={t('data.second_folder')} hint={t('data.second_hint')} name="folder" value={folder} error={errors.field(set.failure, 'folder')} spellCheck={false} onChange={setTyped} />
        <div className={styles['actions']}>
          <Button type="submit" kind="primary" label={t('data.second_set')} disabled={set.pending || copy.pending || folder.trim() === '' || folder.trim() === second?.folder} />
          {second && <Button icon={Copy} label={t('data.second_copy')} disabled={copy.pending} onClick={() => void again()} />}
          {second && <Button kind="quiet" label={t('data.second_remove')} disabled={set.pending} onClick={() => void keep(null)} />}
        </div>
      </form>
    </>
  )
}
