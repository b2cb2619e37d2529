/**
 * Engagement: the ladder of an assignment and the life of one acceptance instance (domain chapter 4).
 *
 * Who may cancel from which state is said here by the permission of the level the table asks for: `assignment:plan` (planner),
 * `assignment:confirm` and `assignment:execute` (manager), `assignment:answer` (one's own), `assignment:answer_for` (a manager, what the
 * person said).
 */
import type { TransitionTable } from '../transitions.ts'

export const engagementStates = ['planned', 'proposed', 'accepted', 'confirmed', 'executed', 'closed', 'canceled'] as const
export type EngagementState = (typeof engagementStates)[number]

export const engagementKinds = ['cddu_technician', 'cddu_artist', 'employee', 'freelance', 'agency', 'volunteer', 'intern'] as const
export type EngagementKind = (typeof engagementKinds)[number]

/** The person has said yes: the assignment reserves them. */
export const isAcceptedOrLater = (state: EngagementState): boolean =>
  state === 'accepted' || state === 'confirmed' || state === 'executed' || state === 'closed'

export const engagementTransitions: TransitionTable<EngagementState> = {
  entity: 'assignment',
  states: engagementStates,
  initial: ['planned'],
  transitions: [
    { from: 'planned', to: 'proposed', permission: 'assignment:plan', needs: ['crew_role', 'window', 'rate', 'deadline'] },
    { from: 'planned', to: 'canceled', permission: 'assignment:plan', reason: 'optional' },
    { from: 'proposed', to: 'accepted', permission: 'assignment:answer', own: true, needs: ['deadline_not_passed'] },
    { from: 'proposed', to: 'accepted', permission: 'assignment:answer_for', needs: ['deadline_not_passed'], reason: 'required' },
    { from: 'proposed', to: 'canceled', permission: 'assignment:answer', own: true, reason: 'required', reasons: ['declined_by_collaborator'] },
    { from: 'proposed', to: 'canceled', permission: 'assignment:plan', reason: 'required', reasons: ['withdrawn_by_production'] },
    { from: 'proposed', to: 'canceled', permission: 'assignment:answer_for', reason: 'required', reasons: ['declined_by_collaborator'] },
    { from: 'proposed', to: 'canceled', permission: 'system', needs: ['deadline_passed'], reason: 'required', reasons: ['expired'] },
    {
      from: 'accepted', to: 'confirmed', permission: 'assignment:confirm',
      needs: ['budget_signed_off', 'documents_or_override', 'no_severe_conflict_or_override'],
    },
    { from: 'accepted', to: 'canceled', permission: 'assignment:answer', own: true, reason: 'required', reasons: ['withdrawn_by_collaborator'] },
    { from: 'accepted', to: 'canceled', permission: 'assignment:confirm', reason: 'required', reasons: ['replaced', 'budget_removed'] },
    { from: 'accepted', to: 'canceled', permission: 'assignment:answer_for', reason: 'required', reasons: ['withdrawn_by_collaborator'] },
    { from: 'confirmed', to: 'executed', permission: 'system', needs: ['window_passed', 'attendance'] },
    { from: 'confirmed', to: 'executed', permission: 'assignment:execute' },
    {
      from: 'confirmed', to: 'canceled', permission: 'assignment:confirm',
      needs: ['no_invoice_issued', 'issued_contract_flagged'], reason: 'required',
    },
    { from: 'executed', to: 'canceled', permission: 'assignment:execute', needs: ['legal_flag', 'no_payment_made'], reason: 'required' },
    { from: 'executed', to: 'closed', permission: 'assignment:close', needs: ['documents_validated', 'no_open_reminder'] },
    { from: 'canceled', to: 'proposed', permission: 'assignment:plan', needs: ['acceptance_cites_former', 'deadline'] },
  ],
}

export const acceptanceStates = ['draft', 'pending', 'accepted', 'refused', 'expired', 'withdrawn'] as const
export type AcceptanceState = (typeof acceptanceStates)[number]

/** Never rewinds: asking again is another instance. A draft that was never dispatched can only be withdrawn. */
export const acceptanceTransitions: TransitionTable<AcceptanceState> = {
  entity: 'acceptance',
  states: acceptanceStates,
  initial: ['draft'],
  transitions: [
    { from: 'draft', to: 'pending', permission: 'assignment:plan', needs: ['notification_dispatched'] },
    { from: 'draft', to: 'withdrawn', permission: 'assignment:plan', reason: 'optional' },
    { from: 'pending', to: 'accepted', permission: 'assignment:answer', own: true, needs: ['deadline_not_passed'] },
    { from: 'pending', to: 'accepted', permission: 'assignment:answer_for', needs: ['deadline_not_passed'], reason: 'required' },
    { from: 'pending', to: 'refused', permission: 'assignment:answer', own: true, reason: 'optional' },
    { from: 'pending', to: 'refused', permission: 'assignment:answer_for', reason: 'required' },
    { from: 'pending', to: 'expired', permission: 'system', needs: ['deadline_passed'] },
    { from: 'pending', to: 'withdrawn', permission: 'assignment:plan', reason: 'required' },
  ],
}
