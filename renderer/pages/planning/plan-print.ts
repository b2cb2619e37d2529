import { addDays, fromLocal, fromMs, HOUR, toLocal, toMs } from '../../../shared/kernel/instants.ts'
import { conditionOf } from '../../components/list/address.ts'
import { writeChosen } from '../../components/list/address.ts'
import { parseSort, sortText } from '../../components/table-state.ts'
import type { PrintRequest } from '../../components/print/print-request.ts'
import type { Opened } from './opened.ts'
import type { Grouping, PlanBar } from './plan.ts'
import type { Facet, PlanChoice } from './plan-filter.ts'
import { useAxis } from './use-time-view.ts'

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
  /** Null: not on the timeline. */
  timeline: { grouping: Grouping } | null
}

/** What is printed of the plan as a list: the same rows in the same order, those marked first of all. */
export function printOfPlan({ project, choice, rows, sort, selected, open, timeline }: Shown): PrintRequest {
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
  const people = [...new Set(rows.filter(({ id }) => (selected.size > 0 ? selected.has(id) : open?.kind === 'assignment' && open.id === id)).map(({ person }) => person.id))]
  const asked = sortText(parseSort(sort).filter(({ column }) => sorts.includes(column)))
  return {
    document: timeline ? 'planning_timeline' : 'assignment_list',
    timeline: () => daysShown(choice, timeline?.grouping ?? 'person'),
    project_id: project,
    list: { filter: known ? filter : { id: rows.slice(0, MOST_NAMED).map(({ id }) => id) }, sort: [...asked.split(',').filter(Boolean), ...['start_at', 'department_code', 'collaborator_name'].filter((key) => !asked.includes(key))].slice(0, 3) },
    ...(selected.size > 0 ? { ids: [...selected] } : {}),
    ...(people.length > 0 ? { people } : {}),
    ...(open?.kind === 'assignment' ? { record: open.id } : {}),
  }
}

/** The days of the filter, else those that the axis shows, whole; a page a day while hours are shown. */
function daysShown({ days, zone }: PlanChoice, grouping: Grouping): ReturnType<NonNullable<PrintRequest['timeline']>> {
  const { view, width } = useAxis.getState()
  const [start, end] = view ? [view.start, view.start + (width / view.pxPerHour) * HOUR] : [Date.now(), Date.now() + 7 * 24 * HOUR]
  const from = days.from ? fromLocal(days.from, '00:00', zone) : fromLocal(toLocal(fromMs(start), zone).date, '00:00', zone)
  const last = days.to ?? toLocal(fromMs(end - 1), zone).date
  const to = fromLocal(addDays(last, 1), '00:00', zone)
  return {
    from, to: toMs(to) > toMs(from) ? to : fromLocal(addDays(toLocal(from, zone).date, 1), '00:00', zone),
    span: view === null || view.level === 'hour' || view.level === 'day' ? 'day' : 'week', group: grouping === 'mission' || grouping === 'location' ? grouping : 'person',
  }
}
