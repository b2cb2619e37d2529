import { countMatters } from '../../shared/domain/matters/operations.ts'
import { useAnswer } from './queries.ts'
import { usePlace } from './routes.ts'

/** How many matters wait for this person: in the project of the address, and in all of the organization. */
export function useHandled(closed: boolean): { project: number; organization: number } {
  const { org, project } = usePlace()
  const { answer } = useAnswer(countMatters, org && !closed ? {} : null)
  return { organization: answer?.value.handle ?? 0, project: (project ? answer?.value.by_project[project] : 0) ?? 0 }
}
