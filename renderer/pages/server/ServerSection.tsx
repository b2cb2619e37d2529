import { appState } from '../../app/host-operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { syncStatus } from '../../app/sync/operations.ts'
import { HelpLink } from '../../components/HelpLink.tsx'
import { useIsMoving } from '../../app/sync/moving.ts'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { SectionHead } from '../settings/SectionHead.tsx'
import { Connected } from './Connected.tsx'
import { ConnectForm } from './ConnectForm.tsx'
import { HowToStart } from './HowToStart.tsx'
import styles from './Server.module.css'

/** The organization's server: what it is for and connecting to it, or how the exchange with it stands. */
export function ServerSection() {
  const t = useT()
  const org = useOrg()
  const moving = useIsMoving(org)
  const asked = useAnswer(syncStatus, {})
  const host = useAnswer(appState, {}, { org: null }).answer?.value
  const demo = host?.organizations.some(({ id, demo: shown }) => shown && id === org) ?? false
  const status = asked.answer?.value
  if (!status) return asked.failure ? <ErrorState failure={asked.failure} onRetry={asked.retry} /> : <LoadingSkeleton rows={5} />
  if (status.phase !== 'local') return <Connected status={status} />
  const may = status.can.includes('sync.connect') || moving
  return (
    <>
      <SectionHead title={t('settings.section.server')} about={t('server.about')} />
      <p className={styles['muted']}>{t('server.local')}</p>
      {demo ? <p className={styles['note']}>{t('server.demo')}</p> : may ? <ConnectForm /> : <p className={styles['note']}>{t('server.connect_forbidden', { role: t('data.role') })}</p>}
      {may && !demo && !moving && <HowToStart />}
      <div>
        <HelpLink about="together" />
      </div>
    </>
  )
}
