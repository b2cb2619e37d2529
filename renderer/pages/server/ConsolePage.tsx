import { RotateCw } from 'lucide-react'
import { Link } from 'wouter'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer } from '../../app/queries.ts'
import { paths, useOrg, useUrlState } from '../../app/routes.ts'
import { serverConsole } from '../../app/sync/operations.ts'
import type { Console } from '../../app/sync/operations.ts'
import { useSince, useSyncStatus } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { Page } from '../../components/Page.tsx'
import { EmptyState, ErrorState, ForbiddenState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { ViewTabs } from '../../components/ViewTabs.tsx'
import { useT } from '../../i18n/index.ts'
import { AccountsTab } from './AccountsTab.tsx'
import { AsideTab } from './AsideTab.tsx'
import { ConflictsTab } from './ConflictsTab.tsx'
import { DevicesTab } from './DevicesTab.tsx'
import { MissingNumbers } from './MissingNumbers.tsx'
import { Recovery } from './Recovery.tsx'
import styles from './Server.module.css'
import { StorageTab } from './StorageTab.tsx'
import { StuckTab } from './StuckTab.tsx'

const VIEWS = ['devices', 'accounts', 'conflicts', 'aside', 'stuck', 'storage'] as const
type View = (typeof VIEWS)[number]

/** What the organization's server holds and who comes to it, for owners and administrators. */
export function ConsolePage() {
  const t = useT()
  const org = useOrg() ?? ''
  const url = useUrlState()
  const status = useSyncStatus()
  const asked = useAnswer(serverConsole, {}, { keep: false })
  const view: View = VIEWS.find((one) => one === url.get('tab')) ?? 'devices'
  const { answer, failure } = asked
  const shown = answer?.value
  const counts: Readonly<Partial<Record<View, number>>> = shown ? { conflicts: shown.conflicts.reduce((sum, { open }) => sum + open, 0), aside: shown.aside.length, stuck: shown.stuck.length } : {}
  const views = VIEWS.map((key) => ({ key, label: counts[key] ? `${t(`server.tab.${key}`)} (${counts[key]})` : t(`server.tab.${key}`) }))
  return (
    <Page
      title={t('server.console')}
      {...(status?.server ? { scope: status.server.name ?? status.server.url } : {})}
      actions={<Button icon={RotateCw} label={t('server.refresh')} onClick={asked.retry} />}
      views={shown && <ViewTabs label={t('server.console')} current={view} views={views} onChoose={(key) => url.set({ tab: key === 'devices' ? null : key }, 'push')} />}
    >
      {shown && failure && <Aged failure={failure} seen={fromMs(asked.answered_at)} />}
      <div className={styles['body']} tabIndex={0} role="group" aria-label={t(`server.tab.${view}`)}>
        {shown ? (
          <>
            {shown.recovery && <Recovery console={shown} recovery={shown.recovery} />}
            {shown.numbers.some(({ reason }) => reason === null) && <MissingNumbers numbers={shown.numbers} />}
            <Tab view={view} console={shown} />
          </>
        ) : failure?.code === 'auth.forbidden' ? (
          <ForbiddenState role={t('data.role')} failure={failure} />
        ) : status?.phase === 'local' ? (
          <EmptyState text={t('server.console_local')}>
            <Link href={paths.settings(org, 'server')} className={styles['link']}>
              {t('server.connect')}
            </Link>
          </EmptyState>
        ) : failure ? (
          <ErrorState failure={failure} onRetry={asked.retry} />
        ) : (
          <LoadingSkeleton />
        )}
      </div>
    </Page>
  )
}

function Tab({ view, console: shown }: { view: View; console: Console }) {
  switch (view) {
    case 'devices':
      return <DevicesTab console={shown} />
    case 'accounts':
      return <AccountsTab accounts={shown.accounts} />
    case 'conflicts':
      return <ConflictsTab conflicts={shown.conflicts} />
    case 'aside':
      return <AsideTab aside={shown.aside} />
    case 'stuck':
      return <StuckTab stuck={shown.stuck} />
    case 'storage':
      return <StorageTab console={shown} />
  }
}

/** What is shown is of before: the server cannot be asked now. */
function Aged({ failure, seen }: { failure: CallFailure; seen: Instant }) {
  const t = useT()
  const since = useSince()
  const textOf = useFailureText()
  return <ReadOnlyStrip note text={t('server.console_aged', { at: since(seen), why: textOf.failure(failure) })} />
}
