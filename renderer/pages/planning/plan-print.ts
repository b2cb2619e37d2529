import { addDays, fromLocal } from '../../../shared/kernel/instants.ts'
import { conditionOf } from '../../components/list/address.ts'
import { writeChosen } from '../../components/list/address.ts'
import { parseSort, sortText } from '../../components/table-state.ts'
import type { PrintRequest } from '../../components/print/print-request.ts'
import type { Opened } from './opened.ts'
import type { PlanBar } from './plan.ts'
import type { Facet, PlanChoice } from './plan-filter.ts'

/** Facets that assignment.list knows, by its own columns. */
const columns: Readonly<Partial<Record<Facet, string>>> = {
  mission: 'mission_id', department: 'department_code', state: 'state', location: 'location_id', role: 'crew_role_id', person: 'collaborator_id', engagement: 'engagement_kind',
}
/** Sorts that assignment.list knows. */
const sorts = ['start_at', 'end_at', 'collaborator_name', 'crew_role_name', 'department_code', 'mission_title', 'state']
/** Ids that a list can be asked for at once. */
const MOST_NAMED = 500

interface Shown {
  project: string
  choice: PlanChoice
  /** In order. */
  rows: readonly PlanBar[]
  sort: string
  selected: ReadonlySet<string>
  open: Opened | null
}

/** What is printed of the plan as a list: the same rows in the same order, those marked first of all. */
export function printOfPlan({ project, choice, rows, sort, selected, open }: Shown): PrintRequest {
  const filter: NonNullable<NonNullable<PrintRequest['list']>['filter']> = {}
  const { from, to } = choice.days
  if (from) filter['end_at'] = { gt: fromLocal(from, '00:00', choice.zone) }
  if (to) filter['start_at'] = { lt: fromLocal(addDays(to, 1), '00:00', choice.zone) }
  let known = choice.severity === ''
  for (const [facet, chosen] of choice.chosen) {
    const column = columns[facet]
    const condition = column === undefined ? undefined : conditionOf({ name: facet, label: facet, column }, writeChosen(chosen))
    if (column !== undefined && condition !== undefined) filter[column] = condition
    else known = false
  }
  const asked = sortText(parseSort(sort).filter(({ column }) => sorts.includes(column)))
  return {
    document: 'assignment_list',
    project_id: project,
    list: { filter: known ? filter : { id: rows.slice(0, MOST_NAMED).map(({ id }) => id) }, sort: [...asked.split(',').filter(Boolean), ...['start_at', 'department_code', 'collaborator_name'].filter((key) => !asked.includes(key))].slice(0, 3) },
    ...(selected.size > 0 ? { ids: [...selected] } : {}),
    ...(open?.kind === 'assignment' ? { record: open.id } : {}),
  }
}
