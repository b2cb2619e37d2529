import type { Plan } from '../../plan.ts'

export const bulkSteps = ['shift', 'replace', 'cancel', 'role', 'rate', 'duplicate', 'fill', 'ask', 'remove'] as const
/** What is done to the chosen assignments. */
export type BulkStep = (typeof bulkSteps)[number]

export interface StepProps {
  readonly plan: Plan
  /** Chosen, in the order of their ids. */
  readonly ids: readonly string[]
  readonly onClose: () => void
  readonly onDone: () => void
}
