import { countMatters } from '../../shared/domain/matters/operations.ts'
import { listNotifications } from '../../shared/domain/notifications/operations.ts'
import { useMatterMarks } from '../pages/inbox/matter-marks.ts'
import { useAnswer } from './queries.ts'
import { usePlace } from './routes.ts'

/**
 * How much waits for this person: in the project of the address matters alone; in all of the organization with what they are told too, until it is
 * read and answered, and people to be told by hand. What they put aside does not wait.
 */
export function useHandled(closed: boolean): { project: number; organization: number } {
  const { org, project } = usePlace()
  const marks = useMatterMarks()
  const isAsked = org !== null && !closed
  const counted = useAnswer(countMatters, isAsked ? { without: marks.aside('later', 'done'), beside_inbox: true } : null).answer?.value
  const told = useAnswer(listNotifications, isAsked ? { limit: 1 } : null).answer?.value
  return { organization: (counted?.handle ?? 0) + (told ? told.waiting + told.by_hand : 0), project: (project ? counted?.by_project[project] : 0) ?? 0 }
}
