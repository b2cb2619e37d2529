import { useProject } from '../../../../app/context.tsx'
import { usePlan } from '../../use-plan.ts'
import { BulkActions } from './BulkActions.tsx'
import type { BulkActionsProps } from './BulkActions.tsx'

/** What can be done to chosen assignments on a page that does not hold the plan: it is read once something is chosen. */
export function ProjectBulk(actions: Omit<BulkActionsProps, 'plan'>) {
  const project = useProject()
  const { plan } = usePlan(project.id)
  return plan && <BulkActions {...actions} plan={plan} />
}
