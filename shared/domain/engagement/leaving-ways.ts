/** How production lets go of an assignment from a state, as the table of the chapter says: the causes it lists, and whether words are asked. */
import { cancelCauses } from '../planning/operations.ts'
import { waysOf } from '../transitions.ts'
import { engagementTransitions, type EngagementState } from './rules.ts'

export interface LeavingWays {
  causes: readonly (typeof cancelCauses)[number][]
  words: 'optional' | 'required'
}

export function leavingOf(state: EngagementState): LeavingWays {
  const ways = waysOf(engagementTransitions, state, 'canceled').filter(({ permission, own }) => permission !== 'system' && permission !== 'assignment:answer_for' && own !== true)
  const causes = cancelCauses.filter((cause) => ways.some(({ reasons }) => reasons?.includes(cause)))
  return { causes, words: causes.length === 0 && ways.some(({ reason }) => reason === 'required') ? 'required' : 'optional' }
}
