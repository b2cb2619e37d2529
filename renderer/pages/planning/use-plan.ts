import { useMemo } from 'react'
import { planningWindow } from '../../../shared/domain/planning/window-operations.ts'
import type { CallFailure } from '../../app/client.ts'
import { useAnswer } from '../../app/queries.ts'
import { planOf } from './plan.ts'
import type { Plan } from './plan.ts'

export interface AskedPlan {
  /** Null until the first answer; the former one while a new answer is on its way. */
  readonly plan: Plan | null
  readonly failure: CallFailure | null
  readonly loading: boolean
  readonly retry: () => void
}

/** The whole plan of a project. Asked again after each commit in its organization; rows that did not change keep what is drawn of them. */
export function usePlan(project: string): AskedPlan {
  const { answer, failure, loading, retry } = useAnswer(planningWindow, { project_id: project })
  const window = answer?.value
  const plan = useMemo(() => (window ? planOf(window) : null), [window])
  return { plan, failure: plan ? null : failure, loading, retry }
}
