import { Suspense, useMemo } from 'react'
import type { ReactNode } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { getProject } from '../../shared/domain/planning/operations.ts'
import { ErrorState, LoadingSkeleton } from '../components/States.tsx'
import { AuditPage } from '../pages/audit/AuditPage.tsx'
import { DataPage } from '../pages/data/DataPage.tsx'
import { HomePage } from '../pages/home/HomePage.tsx'
import { ImportPage } from '../pages/import/ImportPage.tsx'
import { InboxPage } from '../pages/inbox/InboxPage.tsx'
import { MissionPage } from '../pages/missions/MissionPage.tsx'
import { LocationsPage } from '../pages/locations/LocationsPage.tsx'
import { OverviewPage } from '../pages/overview/OverviewPage.tsx'
import { PeoplePage } from '../pages/people/PeoplePage.tsx'
import { MissionsPage } from '../pages/planning/MissionsPage.tsx'
import { PlanningPage } from '../pages/planning/PlanningPage.tsx'
import { ProjectSettingsPage } from '../pages/projects/ProjectSettingsPage.tsx'
import { SheetPage } from '../pages/runsheets/SheetPage.tsx'
import { SheetsPage } from '../pages/runsheets/SheetsPage.tsx'
import { ProjectProvider } from './context.tsx'
import type { ProjectContext } from './context.tsx'
import { useAnswer } from './queries.ts'
import { paths, usePlace } from './routes.ts'
import { ProjectRow } from './rows.ts'

export function OrganizationPages() {
  const { org } = usePlace()
  if (!org) return null
  return (
    <Suspense fallback={<LoadingSkeleton />}>
      <Switch>
        <Route path="/o/:org/directory">
          <PeoplePage />
        </Route>
        <Route path="/o/:org/locations">
          <LocationsPage />
        </Route>
        <Route path="/o/:org/inbox">
          <InboxPage />
        </Route>
        <Route path="/o/:org/data">
          <DataPage />
        </Route>
        <Route path="/o/:org/audit">
          <AuditPage />
        </Route>
        <Route path="/o/:org/p/:project/*?">
          <InProject>
            <ProjectPages />
          </InProject>
        </Route>
        <Route path="/o/:org">
          <HomePage />
        </Route>
        <Route>
          <Redirect to={paths.organization(org)} replace />
        </Route>
      </Switch>
    </Suspense>
  )
}

function ProjectPages() {
  const { org, project } = usePlace()
  return (
    <Switch>
      <Route path="/o/:org/p/:project/overview">
        <OverviewPage />
      </Route>
      <Route path="/o/:org/p/:project/settings">
        <ProjectSettingsPage />
      </Route>
      <Route path="/o/:org/p/:project/locations">
        <LocationsPage />
      </Route>
      <Route path="/o/:org/p/:project/missions">
        <MissionsPage />
      </Route>
      <Route path="/o/:org/p/:project/missions/:mission">{({ mission }) => <MissionPage key={mission} id={mission} />}</Route>
      <Route path="/o/:org/p/:project/planning">
        <PlanningPage />
      </Route>
      <Route path="/o/:org/p/:project/import">
        <ImportPage />
      </Route>
      <Route path="/o/:org/p/:project/sheets">
        <SheetsPage />
      </Route>
      <Route path="/o/:org/p/:project/sheets/:sheet">{({ sheet }) => <SheetPage id={sheet} />}</Route>
      <Route>{org && project && <Redirect to={paths.overview(org, project)} replace />}</Route>
    </Switch>
  )
}

/** Reads the project of the address once for the pages inside it. */
function InProject({ children }: { children: ReactNode }) {
  const { org, project: id } = usePlace()
  const asked = useAnswer(getProject, id ? { id } : null)
  const answer = asked.answer
  const context = useMemo<ProjectContext | null>(() => {
    const row = answer ? ProjectRow.safeParse(answer.value) : null
    if (!org || !row?.success || !answer) return null
    const { name, zone, start_at, end_at, status } = row.data
    return { org, id: row.data.id, name, zone, start_at, end_at, archived: status === 'archived', can: answer.can }
  }, [answer, org])
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!context || context.id !== id) return <LoadingSkeleton />
  return <ProjectProvider value={context}>{children}</ProjectProvider>
}
