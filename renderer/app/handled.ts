import { countMatters } from '../../shared/domain/matters/operations.ts'
import { useMatterMarks } from '../pages/inbox/matter-marks.ts'
import { useAnswer } from './queries.ts'
import { usePlace } from './routes.ts'

/** How many matters wait for this person: in the project of the address, and in all of the organization; what they put aside does not. */
export function useHandled(closed: boolean): { project: number; organization: number } {
  const { org, project } = usePlace()
  const marks = useMatterMarks()
  const counted = useAnswer(countMatters, org !== null && !closed ? { without: marks.aside('later', 'done') } : null).answer?.value
  return { organization: counted?.handle ?? 0, project: (project ? counted?.by_project[project] : 0) ?? 0 }
}
