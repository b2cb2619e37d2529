/** How far the needs of missions are met (decision P4): filled once somebody said yes, held while planned or asked. Pure. */
import { isAcceptedOrLater, type EngagementState } from '../engagement/rules.ts'

export interface CoveredNeed {
  readonly id: string
  readonly mission_id: string
  /** null: of a crew role without department. */
  readonly department_id: string | null
  readonly head_count: number
}
export interface CoveringAssignment {
  readonly need_id: string | null
  readonly mission_id: string
  readonly state: EngagementState
  readonly quantity: number
  readonly answers_accepted: number
  readonly answers_refused: number
}
/** Heads. What exceeds a need does not fill another. */
export interface Coverage {
  readonly needed: number
  readonly filled: number
  readonly held: number
}
export const nothingNeeded: Coverage = { needed: 0, filled: 0, held: 0 }
export const addCoverage = (one: Coverage, other: Coverage): Coverage => ({ needed: one.needed + other.needed, filled: one.filled + other.filled, held: one.held + other.held })

/** Answers of a line: of several people each counts, of one the state says it. */
function answersOf(row: CoveringAssignment): { yes: number; waiting: number } {
  if (row.state === 'canceled') return { yes: 0, waiting: 0 }
  if (row.quantity <= 1) return isAcceptedOrLater(row.state) ? { yes: 1, waiting: 0 } : { yes: 0, waiting: 1 }
  const yes = Math.min(row.answers_accepted, row.quantity)
  return { yes, waiting: row.quantity - yes - Math.min(row.answers_refused, row.quantity - yes) }
}

export function coverageOf(needs: readonly CoveredNeed[], assignments: readonly CoveringAssignment[]): ReadonlyMap<string, Coverage> {
  const heads = new Map<string, { yes: number; waiting: number }>()
  for (const row of assignments) {
    if (row.need_id === null) continue
    const known = heads.get(row.need_id) ?? { yes: 0, waiting: 0 }
    const { yes, waiting } = answersOf(row)
    heads.set(row.need_id, { yes: known.yes + yes, waiting: known.waiting + waiting })
  }
  return new Map(needs.map(({ id, head_count }) => {
    const { yes, waiting } = heads.get(id) ?? { yes: 0, waiting: 0 }
    const filled = Math.min(yes, head_count)
    return [id, { needed: head_count, filled, held: Math.min(waiting, head_count - filled) }]
  }))
}
