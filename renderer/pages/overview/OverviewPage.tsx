import { useProject } from '../../app/context.tsx'
import { Page } from '../../components/Page.tsx'
import { ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { WithoutContract } from '../contracts/WithoutContract.tsx'
import { Checklist } from './Checklist.tsx'
import { CoverageCard } from './CoverageCard.tsx'
import { LastChanges } from './LastChanges.tsx'
import { NextMission } from './NextMission.tsx'
import styles from './Overview.module.css'
import { useOverviewQuestions } from './questions.ts'
import { ToHandle } from './ToHandle.tsx'
import { WeekCard } from './WeekCard.tsx'

/** What needs me today, in one project. */
export function OverviewPage() {
  const t = useT()
  const project = useProject()
  const asked = useOverviewQuestions(project.id)
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
              {!project.archived && <WithoutContract />}
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
