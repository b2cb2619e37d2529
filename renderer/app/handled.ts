import { useMemo } from 'react'
import { countMatters, listMatters } from '../../shared/domain/matters/operations.ts'
import { useMatterMarks } from '../pages/inbox/matter-marks.ts'
import { useAnswer } from './queries.ts'
import { usePlace } from './routes.ts'

/** As many as the inbox shows at once. */
const MOST = 400

/** How many matters wait for this person: in the project of the address, and in all of the organization; what they put aside does not. */
export function useHandled(closed: boolean): { project: number; organization: number } {
  const { org, project } = usePlace()
  const open = org !== null && !closed
  const marks = useMatterMarks()
  const counted = useAnswer(countMatters, open ? {} : null).answer?.value
  // Which ones were put aside is known only here; without any, the count is all there is to ask.
  const listed = useAnswer(listMatters, open && marks.some ? { limit: MOST } : null).answer?.value
  const aside = useMemo(() => (listed?.items ?? []).filter((matter) => matter.group === 'handle' && marks.standingOf(matter) !== 'open'), [listed, marks])
  const asideHere = aside.filter(({ project_id }) => project_id === project).length
  return {
    organization: Math.max(0, (counted?.handle ?? 0) - aside.length),
    project: Math.max(0, ((project ? counted?.by_project[project] : 0) ?? 0) - asideHere),
  }
}
