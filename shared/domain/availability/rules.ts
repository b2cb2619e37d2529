/** The life of a question "are you free?" (decision P8). An answer may be corrected; silence is an answer only once the deadline has passed. */
import type { TransitionTable } from '../transitions.ts'

export const requestStates = ['asked', 'free', 'not_free', 'maybe', 'no_answer'] as const
export type RequestState = (typeof requestStates)[number]

const answers = ['free', 'not_free', 'maybe'] as const
const from = (state: RequestState) => answers.filter((to) => to !== state).map((to) => ({ from: state, to, permission: 'availability:write' as const }))

export const requestTransitions: TransitionTable<RequestState> = {
  entity: 'availability_request',
  states: requestStates,
  initial: ['asked'],
  transitions: [
    ...from('asked'),
    { from: 'asked', to: 'no_answer', permission: 'availability:write', needs: ['deadline_passed'] },
    ...from('free'), ...from('not_free'), ...from('maybe'), ...from('no_answer'),
  ],
}
