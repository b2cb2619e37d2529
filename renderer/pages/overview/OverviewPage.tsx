import { listAudit } from '../../../shared/domain/audit/operations.ts'
import { listMatters } from '../../../shared/domain/matters/operations.ts'
import { projectOverview } from '../../../shared/domain/matters/overview-operations.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { Page } from '../../components/Page.tsx'
import { ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { Checklist } from './Checklist.tsx'
import { useMatterMarks } from '../inbox/matter-marks.ts'
import { CoverageCard } from './CoverageCard.tsx'
import { LAST_CHANGES, LastChanges } from './LastChanges.tsx'
import { NextMission } from './NextMission.tsx'
import styles from './Overview.module.css'
import { ToHandle, toHandle } from './ToHandle.tsx'
import { WeekCard } from './WeekCard.tsx'

/** What needs me today, in one project. */
export function OverviewPage() {
  const t = useT()
  const project = useProject()
  const asked = useAnswer(projectOverview, { project_id: project.id })
  // Asked together with what the cards below ask: one answer after the other would add up.
  useAnswer(listMatters, toHandle(project.id, useMatterMarks()))
  useAnswer(listAudit, { project_id: project.id, limit: LAST_CHANGES })
  const seen = asked.answer?.value
  return (
    <Page title={t('overview.title')} scope={project.name}>
      {project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}
      {asked.failure ? (
        <ErrorState failure={asked.failure} onRetry={asked.retry} />
      ) : !seen ? (
        <LoadingSkeleton />
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={t('overview.title')}>
          <div className={styles['grid']}>
            <div className={styles['column']}>
              <NextMission missions={seen.missions} now={seen.now} />
              {!project.archived && <Checklist steps={seen.steps} />}
              <ToHandle />
            </div>
            <div className={styles['column']}>
              <CoverageCard departments={seen.departments} missions={seen.missions} now={seen.now} />
              <WeekCard missions={seen.missions} now={seen.now} />
              <LastChanges />
            </div>
          </div>
        </div>
      )}
    </Page>
  )
}
