import { DatabaseBackup, FolderArchive } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { createBackup, exportEverything, listBackups } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { Page } from '../../components/Page.tsx'
import { ForbiddenState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { BackupList } from './BackupList.tsx'
import styles from './Data.module.css'
import { FailedJobs } from './FailedJobs.tsx'
import { SecondFolder } from './SecondFolder.tsx'
import { StorageSection } from './StorageSection.tsx'
import { VaultKeySection } from './VaultKeySection.tsx'
import { useExportFile } from './export-file.ts'

/** Data and backup, for owners and administrators: copies, ways back, everything out, what failed by itself. */
export function DataPage() {
  const t = useT()
  const asked = useAnswer(listBackups, {})
  const forbidden = asked.failure?.code === 'auth.forbidden'
  return (
    <Page title={t('data.title')}>
      <div className={styles['body']} tabIndex={0} role="group" aria-label={t('data.title')}>
        {forbidden ? (
          <ForbiddenState role={t('data.role')} failure={asked.failure} />
        ) : (
          <>
            <Section title={t('data.storage')}>
              <StorageSection />
            </Section>
            <Backups />
            <Section title={t('data.second')}>
              <SecondFolder />
            </Section>
            <Section title={t('vaultkey.title')}>
              <VaultKeySection />
            </Section>
            <Export />
            <Section title={t('data.jobs')}>
              <FailedJobs />
            </Section>
          </>
        )}
      </div>
    </Page>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={styles['section']}>
    <h2>{title}</h2>
    {children}
  </section>
)

function Backups() {
  const t = useT()
  const backup = useCommand(createBackup)
  const make = async (): Promise<void> => {
    const made = await backup.run({})
    if (made) announce(made.value.copied === false ? t('data.backup_uncopied') : t('data.backup_made'))
  }
  return (
    <Section title={t('data.backups')}>
      <p className={styles['muted']}>{t('data.backups_about')}</p>
      <FormErrorSummary failure={backup.failure} />
      <div className={styles['actions']}>
        <Button kind="primary" icon={DatabaseBackup} label={t('data.backup_now')} disabled={backup.pending} onClick={() => void make()} />
      </div>
      <BackupList about={t('data.restore_about')} />
    </Section>
  )
}

function Export() {
  const t = useT()
  const format = useFormat()
  const everything = useCommand(exportEverything)
  const file = useExportFile()
  const [made, setMade] = useState<{ file: string; bytes: number } | null>(null)
  const run = async (): Promise<void> => {
    const answer = await everything.run({})
    if (answer) setMade(answer.value)
  }
  return (
    <Section title={t('data.export')}>
      <p className={styles['muted']}>{t('data.export_about')}</p>
      <FormErrorSummary failure={everything.failure ?? file.failure} />
      <div className={styles['actions']}>
        <Button icon={FolderArchive} label={t('data.export_now')} disabled={everything.pending} onClick={() => void run()} />
      </div>
      {made && (
        <div className={styles['section']} role="status">
          <p>{t('data.exported', { size: format.size(made.bytes) })}</p>
          <p className={styles['path']}>{made.file}</p>
          <div className={styles['actions']}>
            <Button small kind="primary" label={file.reading ? t('data.downloading', { percent: file.percent }) : t('data.download')} disabled={file.reading} onClick={() => void file.save(made.file)} />
            <Button small label={t('data.copy_path')} onClick={() => void navigator.clipboard.writeText(made.file)} />
          </div>
        </div>
      )}
    </Section>
  )
}
