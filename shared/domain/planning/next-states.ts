/** The steps that a mission offers to one person: the table, and what that person may do where the mission stands. */
import type { Row } from '../entity.ts'
import type { Reader } from '../operation.ts'
import type { mission} from './model.ts';
import { project } from './model.ts'
import { missionTransitions, type MissionState } from './rules.ts'

export interface NextState {
  to: MissionState
  /** Refused without one. */
  reason: boolean
}

/**
 * Each state once, in the order of the table's states; none in an archived project. What else a step asks for (a location, nobody
 * engaged, nothing published) its refusal says: a person can still do something about it.
 */
export async function nextStatesOf(reader: Reader, row: Row<typeof mission>): Promise<NextState[]> {
  if ((await reader.need(project, row.project_id)).status === 'archived') return []
  const open = missionTransitions.transitions.filter(
    ({ from, permission, needs }) =>
      from === row.status && permission !== 'system' && reader.may(permission, row.project_id) && !(row.locked && needs?.includes('not_locked')),
  )
  return missionTransitions.states.flatMap((to) => {
    const way = open.find((one) => one.to === to)
    return way ? [{ to, reason: way.reason === 'required' }] : []
  })
}
