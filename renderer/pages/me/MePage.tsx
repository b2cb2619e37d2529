import { appState } from '../../app/host-operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { Page } from '../../components/Page.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { OwnAvailability } from '../availability/OwnAvailability.tsx'
import { Comfort } from './Comfort.tsx'
import styles from './Me.module.css'
import { NotifySection } from './NotifySection.tsx'
import { NameForm, PasswordForm, PinForm, RecoveryForm } from './SignInForms.tsx'

/** What is one's own on this computer: how one signs in, how the pages look, what others see over the shoulder. */
export function MePage() {
  const t = useT()
  const asked = useAnswer(appState, {}, { org: null })
  const state = asked.answer?.value
  const org = useOrg()
  return (
    <Page title={t('me.title')} {...(state?.session ? { scope: state.session.email } : {})}>
      {asked.failure && !state ? (
        <ErrorState failure={asked.failure} onRetry={asked.retry} />
      ) : !state?.session ? (
        <LoadingSkeleton />
      ) : (
        <div className={styles['page']}>
          <p className={styles['about']}>{t('me.about')}</p>
          <OwnAvailability />
          <NameForm name={state.session.name} />
          <PasswordForm email={state.session.email} />
          <PinForm held={state.me?.pin ?? false} />
          <RecoveryForm held={state.me?.recovery_key ?? false} />
          {org && <NotifySection />}
          <Comfort kept={state.preferences ?? {}} />
        </div>
      )}
    </Page>
  )
}
