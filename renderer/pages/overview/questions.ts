import { listAudit } from '../../../shared/domain/audit/operations.ts'
import { listMatters } from '../../../shared/domain/matters/operations.ts'
import { projectOverview } from '../../../shared/domain/matters/overview-operations.ts'
import { listMarks } from '../../app/host-operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { useMatterMarks, type MatterMarks } from '../inbox/matter-marks.ts'

/** Lines of what is to be handled. */
const SHOWN = 12
/** More than are shown: several lines may be of one gesture. */
export const LAST_CHANGES = 40
export const CHECKLIST = 'checklist.'

/** The first of what is to be handled in a project, but what the person put aside. */
export const toHandle = (projectId: string, marks: MatterMarks) => ({ project_id: projectId, filter: { group: 'handle' }, without: marks.aside('later', 'done'), facets: ['group' as const], limit: SHOWN })

/**
 * All that the overview and its cards ask, at once: one answer after the other would add up. It is the first page of a project, hence also asked
 * while the project itself is being read. Null: another page is shown.
 */
export function useOverviewQuestions(projectId: string | null) {
  const org = useOrg() ?? ''
  const marks = useMatterMarks()
  const asked = useAnswer(projectOverview, projectId ? { project_id: projectId } : null)
  useAnswer(listMatters, projectId ? toHandle(projectId, marks) : null)
  useAnswer(listAudit, projectId ? { project_id: projectId, limit: LAST_CHANGES } : null)
  useAnswer(listMarks, projectId ? { org, prefix: CHECKLIST } : null, { org: null })
  return asked
}
