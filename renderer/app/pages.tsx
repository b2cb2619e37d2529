import { Suspense, useMemo } from 'react'
import type { ReactNode } from 'react'
import { Redirect, Route, Switch, useRoute } from 'wouter'
import { getProject } from '../../shared/domain/planning/operations.ts'
import { ErrorState, LoadingSkeleton } from '../components/States.tsx'
import { useOverviewQuestions } from '../pages/overview/questions.ts'
import { ProjectProvider } from './context.tsx'
import type { ProjectContext } from './context.tsx'
import { useAnswer } from './queries.ts'
import { page } from './page-chunks.ts'
import { paths, usePlace } from './routes.ts'
import { ProjectRow } from './rows.ts'

const AuditPage = page(async () => (await import('../pages/audit/AuditPage.tsx')).AuditPage)
const AvailabilityPage = page(async () => (await import('../pages/availability/AvailabilityPage.tsx')).AvailabilityPage)
const ContractEditor = page(async () => (await import('../pages/contracts/editor/ContractEditor.tsx')).ContractEditor)
const ContractsPage = page(async () => (await import('../pages/contracts/ContractsPage.tsx')).ContractsPage)
const CostsPage = page(async () => (await import('../pages/costs/CostsPage.tsx')).CostsPage)
const CrewPage = page(async () => (await import('../pages/crew/CrewPage.tsx')).CrewPage)
const DataPage = page(async () => (await import('../pages/data/DataPage.tsx')).DataPage)
const HelpPage = page(async () => (await import('../pages/help/HelpPage.tsx')).HelpPage)
const HomePage = page(async () => (await import('../pages/home/HomePage.tsx')).HomePage)
const ImportPage = page(async () => (await import('../pages/import/ImportPage.tsx')).ImportPage)
const InboxPage = page(async () => (await import('../pages/inbox/InboxPage.tsx')).InboxPage)
const LocationsPage = page(async () => (await import('../pages/locations/LocationsPage.tsx')).LocationsPage)
const MePage = page(async () => (await import('../pages/me/MePage.tsx')).MePage)
const MembersPage = page(async () => (await import('../pages/members/MembersPage.tsx')).MembersPage)
const MissionPage = page(async () => (await import('../pages/missions/MissionPage.tsx')).MissionPage)
const MissionsPage = page(async () => (await import('../pages/planning/MissionsPage.tsx')).MissionsPage)
const OverviewPage = page(async () => (await import('../pages/overview/OverviewPage.tsx')).OverviewPage)
const RetentionPage = page(async () => (await import('../pages/people/RetentionPage.tsx')).RetentionPage)
const PeoplePage = page(async () => (await import('../pages/people/PeoplePage.tsx')).PeoplePage)
const PlanningPage = page(async () => (await import('../pages/planning/PlanningPage.tsx')).PlanningPage)
const ProjectSettingsPage = page(async () => (await import('../pages/projects/ProjectSettingsPage.tsx')).ProjectSettingsPage)
const ConsolePage = page(async () => (await import('../pages/server/ConsolePage.tsx')).ConsolePage)
const ConflictsPage = page(async () => (await import('../pages/sync/ConflictsPage.tsx')).ConflictsPage)
const SyncPage = page(async () => (await import('../pages/sync/SyncPage.tsx')).SyncPage)
const SettingsPage = page(async () => (await import('../pages/settings/SettingsPage.tsx')).SettingsPage)
const ComparePage = page(async () => (await import('../pages/runsheets/ComparePage.tsx')).ComparePage)
const SheetPage = page(async () => (await import('../pages/runsheets/SheetPage.tsx')).SheetPage)
const SheetsPage = page(async () => (await import('../pages/runsheets/SheetsPage.tsx')).SheetsPage)

export function OrganizationPages() {
  const { org } = usePlace()
  if (!org) return null
  return (
    <Suspense fallback={<LoadingSkeleton />}>
      <Switch>
        <Route path="/o/:org/directory">
          <PeoplePage />
        </Route>
        <Route path="/o/:org/directory/retention">
          <RetentionPage />
        </Route>
        <Route path="/o/:org/directory/:person/availability">{({ person }) => <AvailabilityPage key={person} id={person} />}</Route>
        <Route path="/o/:org/locations">
          <LocationsPage />
        </Route>
        <Route path="/o/:org/inbox">
          <InboxPage />
        </Route>
        <Route path="/o/:org/data">
          <DataPage />
        </Route>
        <Route path="/o/:org/members">
          <MembersPage />
        </Route>
        <Route path="/o/:org/me">
          <MePage />
        </Route>
        <Route path="/o/:org/settings/server/console">
          <ConsolePage />
        </Route>
        <Route path="/o/:org/settings/:section?">{({ section }) => <SettingsPage section={section ?? 'identity'} />}</Route>
        <Route path="/o/:org/help/:chapter?">{({ chapter }) => <HelpPage chapter={chapter} />}</Route>
        <Route path="/o/:org/sync">
          <SyncPage />
        </Route>
        <Route path="/o/:org/sync/conflicts/:command?">{({ command }) => <ConflictsPage id={command ?? null} />}</Route>
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
      <Route path="/o/:org/p/:project/contracts">
        <ContractsPage />
      </Route>
      <Route path="/o/:org/p/:project/contracts/:contract">{({ contract }) => <ContractEditor key={contract} id={contract} />}</Route>
      <Route path="/o/:org/p/:project/costs">
        <CostsPage />
      </Route>
      <Route path="/o/:org/p/:project/crew">
        <CrewPage />
      </Route>
      <Route path="/o/:org/p/:project/import">
        <ImportPage />
      </Route>
      <Route path="/o/:org/p/:project/sheets">
        <SheetsPage />
      </Route>
      <Route path="/o/:org/p/:project/sheets/:sheet/compare">{({ sheet }) => <ComparePage key={sheet} id={sheet} />}</Route>
      <Route path="/o/:org/p/:project/sheets/:sheet">{({ sheet }) => <SheetPage id={sheet} />}</Route>
      <Route>{org && project && <Redirect to={paths.overview(org, project)} replace />}</Route>
    </Switch>
  )
}

/** Reads the project of the address once for the pages inside it. */
function InProject({ children }: { children: ReactNode }) {
  const { org, project: id } = usePlace()
  const [atOverview] = useRoute('/o/:org/p/:project/overview')
  useOverviewQuestions(atOverview ? id : null)
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
