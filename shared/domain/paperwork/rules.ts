/**
 * Documents that an engagement calls for (domain chapter 4, execution documents): which, for which step, and the life of one. Here because
 * nothing of it needs a store.
 */
import { addDays, localDateOf, type Instant, type LocalDate } from '../../kernel/instants.ts'
import type { EngagementKind } from '../engagement/rules.ts'
import type { TransitionTable } from '../transitions.ts'

export const paperworkKinds = ['signed_contract', 'attendance_sheet', 'mission_report', 'payslip_reference'] as const
export type PaperworkKind = (typeof paperworkKinds)[number]

export const paperworkStates = ['expected', 'uploaded', 'validated', 'archived'] as const
export type PaperworkState = (typeof paperworkStates)[number]

/** A validated document that gets another version is looked at again; what was never needed is put away with a reason. */
export const paperworkTransitions: TransitionTable<PaperworkState> = {
  entity: 'expected_document',
  states: paperworkStates,
  initial: ['expected'],
  transitions: [
    { from: 'expected', to: 'uploaded', permission: 'document:upload' },
    { from: 'expected', to: 'archived', permission: 'assignment:close', reason: 'required' },
    { from: 'uploaded', to: 'validated', permission: 'assignment:close' },
    { from: 'uploaded', to: 'expected', permission: 'assignment:close', reason: 'required' },
    { from: 'validated', to: 'uploaded', permission: 'document:upload' },
    { from: 'validated', to: 'expected', permission: 'assignment:close', reason: 'required' },
    { from: 'validated', to: 'archived', permission: 'assignment:close' },
    { from: 'archived', to: 'expected', permission: 'assignment:plan', needs: ['nothing_kept'] },
  ],
}

/** `confirm`: there before somebody is confirmed, or overridden; `close`: validated before their work is closed. What confirming asks, closing asks too. */
export const paperworkSteps = ['confirm', 'close'] as const
export type PaperworkStep = (typeof paperworkSteps)[number]
export const neededFor = (kind: PaperworkKind): PaperworkStep => (kind === 'signed_contract' ? 'confirm' : 'close')

/** What is expected where the organization says nothing: a fixed-term contract is written and signed (Code du travail, L1242-12). */
export const usualPaperwork: Readonly<Record<EngagementKind, readonly PaperworkKind[]>> = {
  cddu_technician: ['signed_contract'], cddu_artist: ['signed_contract'], employee: [], freelance: [], agency: [], volunteer: [], intern: [],
}

/** Days from the end of the work until a document is due; the contract is due on the day the work begins. */
const dueAfter: Readonly<Record<Exclude<PaperworkKind, 'signed_contract'>, number>> = { attendance_sheet: 1, mission_report: 3, payslip_reference: 35 }

/** Derived, never stored: a moved day moves it. On the clocks of the project. */
export const dueOn = (kind: PaperworkKind, { start_at, end_at }: { start_at: Instant; end_at: Instant }, zone: string): LocalDate =>
  kind === 'signed_contract' ? localDateOf(start_at, zone) : addDays(localDateOf(end_at, zone), dueAfter[kind])

/** What stands of a document: a contract that both signed, or whose signed copy is kept, needs no second upload. */
export const standingOf = ({ kind, state }: { kind: PaperworkKind; state: PaperworkState }, isSigned: boolean): PaperworkState =>
  kind === 'signed_contract' && isSigned && (state === 'expected' || state === 'uploaded') ? 'validated' : state

/** Whether it still holds up that step: confirming asks that it is there, closing that somebody looked at it. */
export const holdsUp = (standing: PaperworkState, step: PaperworkStep): boolean => standing === 'expected' || (step === 'close' && standing === 'uploaded')
