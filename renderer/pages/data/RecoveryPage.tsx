import { RotateCw } from 'lucide-react'
import { appState } from '../../app/host-operations.ts'
import type { OrganizationRef } from '../../app/host-operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Page } from '../../components/Page.tsx'
import { isKey, useT } from '../../i18n/index.ts'
import type { Key, Translate } from '../../i18n/index.ts'
import { BackupList } from './BackupList.tsx'
import styles from './Data.module.css'

/** States that a backup ends; the others end by what the person does outside Callboard, and a restore would lose work for nothing. */
const RESTORABLE: ReadonlySet<string> = new Set(['damaged', 'missing', 'failed'])

const about = (t: Translate, part: 'found' | 'safe' | 'advice', state: string): string => {
  const key: string = `recovery.${part}.${state}`
  const otherwise: Key = `recovery.${part}.failed`
  return t(isKey(key) ? key : otherwise)
}

/** In place of every page of an organization whose file cannot be used: what was found, what is safe, what to do. */
export function RecoveryPage({ organization }: { organization: OrganizationRef }) {
  const t = useT()
  const { retry, loading } = useAnswer(appState, {}, { org: null })
  const { name, state } = organization
  return (
    <Page title={t('recovery.title')} scope={name} actions={<Button icon={RotateCw} label={t('action.retry')} disabled={loading} onClick={retry} />}>
      <div className={styles['body']} tabIndex={0} role="group" aria-label={t('recovery.title')}>
        <section className={styles['section']} role="alert">
          <h2>{t('recovery.found')}</h2>
          <p>{about(t, 'found', state)}</p>
        </section>
        <section className={styles['section']}>
          <h2>{t('recovery.safe')}</h2>
          <p>{about(t, 'safe', state)}</p>
        </section>
        <section className={styles['section']}>
          <h2>{t('recovery.advice')}</h2>
          <p>{about(t, 'advice', state)}</p>
        </section>
        {RESTORABLE.has(state) && (
          <section className={styles['section']}>
            <h2>{t('data.backups')}</h2>
            <BackupList about={t('recovery.restore_about')} />
          </section>
        )}
      </div>
    </Page>
  )
}
