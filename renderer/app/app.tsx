import { useEffect, useLayoutEffect, useState } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { getOrganization } from '../../shared/domain/organization/operations.ts'
import { ErrorState, LoadingSkeleton } from '../components/States.tsx'
import { useT } from '../i18n/index.ts'
import { speakAs, useTrade } from '../i18n/work-kind.ts'
import { RecoveryPage } from '../pages/data/RecoveryPage.tsx'
import { SignInPage } from '../pages/entry/SignInPage.tsx'
import { LockPage } from '../pages/entry/LockPage.tsx'
import { NewPasswordPage } from '../pages/entry/NewPasswordPage.tsx'
import { WelcomePage } from '../pages/entry/WelcomePage.tsx'
import { NewsOnce } from '../pages/settings/NewsOnce.tsx'
import { call } from './client.ts'
import { appState, openOrganization, setPreference } from './host-operations.ts'
import type { AppState } from './host-operations.ts'
import { PageBoundary } from './PageBoundary.tsx'
import { OrganizationPages } from './pages.tsx'
import { adoptPreferences, usePreferences } from './preferences.ts'
import { useGuard, usePresence } from './presence.ts'
import { useAnswer, useCommand } from './queries.ts'
import { paths, usePlace } from './routes.ts'
import { OrganizationRow } from './rows.ts'
import { Shell } from './shell/Shell.tsx'
import { useIsMoving } from './sync/moving.ts'

/** Who is there decides what is shown: first run, sign-in, or the pages of an organization. */
export function App() {
  return (
    <PageBoundary>
      <Chosen />
    </PageBoundary>
  )
}

function Chosen() {
  const t = useT()
  const asked = useAnswer(appState, {}, { org: null })
  const state = asked.answer?.value
  usePresence(state)
  if (!state) {
    return asked.failure ? (
      <main>
        <h1 className="visually-hidden">{t('app.name')}</h1>
        <ErrorState failure={asked.failure} onRetry={asked.retry} />
      </main>
    ) : (
      <main aria-busy="true" aria-label={t('app.loading')}>
        <LoadingSkeleton />
      </main>
    )
  }
  const user = state.session?.user_id
  return (
    <>
      {user && state.preferences && <KeptPreferences key={user} kept={state.preferences} />}
      <Door state={state} />
    </>
  )
}

function Door({ state }: { state: AppState }) {
  if (state.first_run) return <WelcomePage state={state} />
  if (state.locked) return <LockPage locked={state.locked} />
  if (!state.session) {
    // Whoever comes in begins at their own first page, not at the steps somebody else was at.
    return (
      <>
        <Route path={paths.welcome}>
          <Redirect to="/" replace />
        </Route>
        <SignInPage />
      </>
    )
  }
  if (state.me?.must_change) return <NewPasswordPage />
  // Another person's pages begin anew: nothing typed or chosen by the one before stays in them.
  return <Present key={state.session.user_id} state={state} />
}

function Present({ state }: { state: AppState }) {
  useGuard(state)
  return (
    <Switch>
      <Route path={paths.welcome}>
        <WelcomePage state={state} />
      </Route>
      <Route path="/o/:org/*?">
        <Opened state={state} />
      </Route>
      <Route>
        <Home state={state} />
      </Route>
    </Switch>
  )
}

/**
 * A person's choices follow them to this computer's next session; later changes are kept there. What was kept is adopted as it was when
 * the session began: what is chosen during it wins.
 */
function KeptPreferences({ kept }: { kept: NonNullable<AppState['preferences']> }) {
  const [adopted] = useState(kept)
  useEffect(() => {
    adoptPreferences(adopted)
    return usePreferences.subscribe((now, before) => {
      for (const name of ['language', 'theme', 'density'] as const) {
        // Kept in the browser too: a refusal here loses nothing.
        if (now[name] !== before[name]) call(setPreference, { name, value: now[name] }).catch(() => undefined)
      }
      if (now.textScale !== before.textScale) call(setPreference, { name: 'text_scale', value: now.textScale }).catch(() => undefined)
      if (now.keyMap !== before.keyMap) call(setPreference, { name: 'key_map', value: JSON.stringify(now.keyMap) }).catch(() => undefined)
      if (now.lettersOff !== before.lettersOff) call(setPreference, { name: 'letters_off', value: String(now.lettersOff) }).catch(() => undefined)
    })
  }, [adopted])
  return null
}

/** Keyed by the address: where coming in and this both lead somewhere at once, the last one to speak must not leave nothing on the screen. */
function Home({ state }: { state: AppState }) {
  const [path] = useLocation()
  const org = state.open ?? state.organizations[0]?.id
  return <Redirect key={path} to={org ? paths.organization(org) : paths.welcome} replace />
}

/** The screens speak the words of the organization's kind of work, from their first page on and when it is changed; true once they are known. */
function useWordsOfTrade(open: boolean): boolean {
  const asked = useAnswer(getOrganization, open ? {} : null, { keep: false })
  const organization = OrganizationRow.pick({ kind: true }).safeParse(asked.answer?.value.organization)
  const kind = organization.data?.kind ?? null
  const spoken = useTrade((trade) => trade.kind)
  useLayoutEffect(() => speakAs(kind), [kind])
  useEffect(() => () => speakAs(null), [])
  return asked.failure !== null || (asked.answer !== undefined && spoken === kind)
}

/** Opens the organization of the address in the core before its pages ask anything. */
function Opened({ state }: { state: AppState }) {
  const { org } = usePlace()
  const open = useCommand(openOrganization, { org: null })
  const { run } = open
  const organization = state.organizations.find(({ id }) => id === org)
  const known = organization !== undefined
  const moving = useIsMoving(org)
  const ready = state.open === org
  const said = useWordsOfTrade((ready && organization?.state === 'ready') || moving)
  useEffect(() => {
    if (org && known && !ready) void run({ id: org })
  }, [org, known, ready, run])
  if (!organization) return <Home state={state} />
  if (organization.state !== 'ready' && !moving) {
    return (
      <Shell state={state} closed>
        <RecoveryPage organization={organization} />
      </Shell>
    )
  }
  return (
    <Shell state={state} closed={false}>
      {ready && org && <NewsOnce org={org} version={state.version} />}
      {(ready || moving) && said ? <OrganizationPages /> : open.failure ? <ErrorState failure={open.failure} onRetry={() => org && void run({ id: org })} /> : <LoadingSkeleton />}
    </Shell>
  )
}
