/** The ladder of a version as the page shows it: what may be done, in which order, and what comes next. Pure; what is allowed is the core's answer. */
import type { ContractVersionState } from '../../../../shared/domain/contracts/kinds.ts'

export const steps = ['submit', 'approve', 'send', 'sign', 'activate', 'resume', 'complete', 'archive', 'reject', 'reopen', 'suspend', 'terminate', 'drop_amendment'] as const
export type Step = (typeof steps)[number]

/** A reason is asked for: it goes into the log, and stays with the version. */
const reasoned: ReadonlySet<Step> = new Set(['reject', 'reopen', 'suspend', 'terminate', 'drop_amendment'])
export const asksReason = (step: Step): boolean => reasoned.has(step)
/** Asked once before it is done: what both sides will read is frozen, or nothing follows it. */
const confirmed: ReadonlySet<Step> = new Set(['send', 'archive', 'complete'])
export const isConfirmed = (step: Step): boolean => confirmed.has(step)

/** Where a version goes by itself when nothing stands against it. */
const onward: Readonly<Partial<Record<ContractVersionState, Step>>> = {
  draft_preview: 'submit', amendment_draft: 'submit', under_review: 'approve', approved: 'send', sent: 'sign', amendment_under_review: 'sign', signed: 'activate', amendment_signed: 'activate', suspended: 'resume', rejected: 'reopen',
}

/** Steps that the core offers, in the order of the ladder. */
export const stepsIn = (can: readonly string[]): Step[] => steps.filter((step) => can.includes(`contract.${step}`))

/** The step that leads on; null: none, or not by this person. */
export function nextStep(state: ContractVersionState, can: readonly string[]): Step | null {
  const step = onward[state]
  return step !== undefined && can.includes(`contract.${step}`) ? step : null
}

/** What is missing stops this step: it is shown before it is asked. */
export const needsMentions = (step: Step, state: ContractVersionState): boolean => step === 'approve' || step === 'send' || (step === 'submit' && state === 'amendment_draft')

interface Signed {
  house_signature: unknown
  other_signature: unknown
}
export type Side = 'house' | 'other'
/** Who has not signed yet. */
export const sidesLeft = ({ house_signature, other_signature }: Signed): Side[] => [...(house_signature === null ? (['house'] as const) : []), ...(other_signature === null ? (['other'] as const) : [])]
