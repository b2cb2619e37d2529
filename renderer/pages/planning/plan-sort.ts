/** Order of the rows of the plan in a table: at most two keys, then by beginning and name, so that it is always the same. */
import { assignmentStates } from '../../../shared/domain/planning/model.ts'
import type { SortKey } from '../../components/table-state.ts'
import type { PlanBar } from './plan.ts'

type Compare = (one: string, other: string) => number
type Value = string | number | null

/** Names by which the columns sort: those of assignment.list, so that what is printed stands in the same order. */
const keys: Readonly<Record<string, (bar: PlanBar) => Value>> = {
  start_at: ({ start }) => start,
  end_at: ({ end }) => end,
  duration: ({ start, end }) => end - start,
  collaborator_name: ({ person }) => person.name,
  crew_role_name: ({ role }) => role?.name ?? null,
  department_code: ({ role }) => role?.department_code ?? null,
  mission_title: ({ mission }) => mission.title,
  location_name: ({ mission }) => mission.location?.name ?? null,
  state: ({ state }) => assignmentStates.findIndex((known) => known === state),
}

/** Nothing written comes last in either direction. */
function order(one: Value, other: Value, descending: boolean, compare: Compare): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
  const found = typeof one === 'number' && typeof other === 'number' ? one - other : compare(String(one), String(other))
  return descending ? -found : found
}

const USUAL: readonly SortKey[] = [{ column: 'start_at', descending: false }, { column: 'department_code', descending: false }, { column: 'collaborator_name', descending: false }]

export function sorted(bars: readonly PlanBar[], asked: readonly SortKey[], compare: Compare): PlanBar[] {
  const by = [...asked, ...USUAL.filter(({ column }) => asked.every((key) => key.column !== column))].flatMap(({ column, descending }) => {
    const value = keys[column]
    return value ? [{ value, descending }] : []
  })
  return [...bars].sort((one, other) => {
    for (const { value, descending } of by) {
      const found = order(value(one), value(other), descending, compare)
      if (found !== 0) return found
    }
    return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
  })
}
