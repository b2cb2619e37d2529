/**
 * The life of a mission (domain chapter 3). `mission:update` is what a planner holds, `mission:direct` what a manager holds.
 * A locked mission refuses everything but unlocking and canceling, hence `not_locked` on all ways but those to canceled.
 */
import type { TransitionTable } from '../transitions.ts'

export const missionStates = ['draft', 'planned', 'in_progress', 'done', 'canceled'] as const
export type MissionState = (typeof missionStates)[number]

const cancellation = {
  to: 'canceled',
  permission: 'mission:direct',
  needs: ['planned_assignments_canceled', 'other_assignments_listed'],
  reason: 'required',
} as const

export const missionTransitions: TransitionTable<MissionState> = {
  entity: 'mission',
  states: missionStates,
  initial: ['draft'],
  transitions: [
    { from: 'draft', to: 'planned', permission: 'mission:update', needs: ['not_locked', 'window', 'location', 'project_active'] },
    { from: 'planned', to: 'draft', permission: 'mission:update', needs: ['not_locked', 'nothing_published'] },
    { from: 'planned', to: 'in_progress', permission: 'mission:direct', needs: ['not_locked'] },
    { from: 'in_progress', to: 'done', permission: 'mission:direct', needs: ['not_locked'] },
    { from: 'draft', ...cancellation },
    { from: 'planned', ...cancellation },
    { from: 'in_progress', ...cancellation },
    { from: 'canceled', to: 'draft', permission: 'mission:direct', needs: ['not_locked'], reason: 'required' },
    { from: 'done', to: 'in_progress', permission: 'mission:direct', needs: ['not_locked'], reason: 'required' },
  ],
}
