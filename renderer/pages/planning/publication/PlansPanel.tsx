import { listPlans } from '../../../../shared/domain/publication/operations.ts'
import { isInstant } from '../../../../shared/kernel/instants.ts'
import { useAnswer } from '../../../app/queries.ts'
import { SidePanel } from '../../../components/SidePanel.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../../components/States.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import { openPlan } from '../opened.ts'
import { windowWords } from './plan-window.ts'
import { PlanPanel } from './PlanPanel.tsx'
import styles from './Publication.module.css'

/** Published plans of a project, the newest first; one of them when it is named. */
export function PlansPanel({ project, id, onOpen, onClose }: { project: string; id: string | null; onOpen: (opened: string) => void; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const asked = useAnswer(listPlans, { project_id: project })
  const plans = asked.answer?.value.items
  if (id !== null) return <PlanPanel key={id} id={id} project={project} others={(plans ?? []).filter((one) => one.id !== id)} onBack={() => onOpen(openPlan(null))} onClose={onClose} />
  return (
    <SidePanel title={t('publication.plans')} record="plans" onClose={onClose}>
      {asked.failure && <ErrorState failure={asked.failure} onRetry={asked.retry} />}
      {asked.loading && <LoadingSkeleton rows={3} />}
      {plans?.length === 0 && <EmptyState text={t('publication.none')} help="publication" />}
      <ul className={styles['plans']}>
        {plans?.map((plan) => (
          <li key={plan.id}>
            <button type="button" className={styles['plan']} onClick={() => onOpen(openPlan(plan.id))}>
              <strong>{t('publication.version', { number: plan.number, window: windowWords(format, plan) })}</strong>
              <span className={styles['muted']}>
                {isInstant(plan.published_at) && t('publication.by', { when: format.moment(plan.published_at), name: plan.published_by_name ?? '—' })}
              </span>
              <span>{t('publication.told_of', { told: plan.told, count: plan.concerned })}</span>
              {plan.note && <span className={styles['muted']}>{plan.note}</span>}
            </button>
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}
