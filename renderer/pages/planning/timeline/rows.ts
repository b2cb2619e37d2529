/** Rows of the timeline: groups with their coverage, people under them, posts nobody holds; heights and where each begins (ui 4.2). */
import { groupBy } from '../../../../shared/kernel/grouping.ts'
import type { Grouping, Plan, PlanBar, PlanNeed, PlanPerson, PlanRole } from '../plan.ts'
import { coverageStrip, coverageTotal } from './coverage-strip.ts'
import type { Covered } from './coverage-strip.ts'
import { LANE_CAP, capped, laned, lanesUsed } from './lanes.ts'
import type { Laned } from './lanes.ts'

/** px: a bar, what a row has beside its lanes, a group's header. */
export interface RowSizes {
  readonly bar: number
  readonly pad: number
  readonly header: number
}

interface Placed {
  readonly key: string
  readonly height: number
}
export interface GroupRow extends Placed {
  readonly kind: 'group'
  /** Code of the department, id of the mission or location; '': none. */
  readonly id: string
  readonly title: string
  readonly department: string | null
  readonly collapsed: boolean
  readonly strip: readonly Covered[]
  readonly total: Pick<Covered, 'filled' | 'needed' | 'held'>
}
export interface PersonRow extends Placed {
  readonly kind: 'person'
  readonly group: string
  readonly person: PlanPerson
  readonly role: PlanRole | null
  /** By start, all of them. */
  readonly bars: readonly PlanBar[]
  readonly lanes: readonly Laned<PlanBar>[]
  readonly laneCount: number
  /** Bars beyond the fourth lane, which open with the row. */
  readonly hidden: number
  readonly open: boolean
}
export interface NeedRow extends Placed {
  readonly kind: 'need'
  readonly group: string
  readonly role: PlanRole | null
  readonly lanes: readonly Laned<PlanNeed>[]
  readonly laneCount: number
}
export type TimelineRow = GroupRow | PersonRow | NeedRow

export interface Layout {
  readonly rows: readonly TimelineRow[]
  /** Where each row begins, px, and the total as last. */
  readonly tops: readonly number[]
  /** Place of the row of a bar or of a post to fill, by id. */
  readonly rowOf: ReadonlyMap<string, number>
}

export interface RowsAsked {
  readonly plan: Plan
  readonly bars: readonly PlanBar[]
  readonly needs: readonly PlanNeed[]
  readonly grouping: Grouping
  /** In the order of the organization. */
  readonly departments: readonly { readonly code: string; readonly name: string }[]
  /** Title of the group of those who have none. */
  readonly others: string
  readonly collapsed: ReadonlySet<string>
  /** Keys of rows shown with all their lanes. */
  readonly opened: ReadonlySet<string>
  readonly sizes: RowSizes
  readonly compare: (one: string, other: string) => number
}

/** Heads that the need still lacks: neither filled nor held. */
export const lacking = (need: PlanNeed): number => Math.max(0, need.headCount - need.filled - need.held)

const groupOfBar: Readonly<Record<Grouping, (bar: PlanBar, main: PlanRole | null) => string>> = {
  person: (_bar, main) => main?.department_code ?? '',
  mission: ({ mission }) => mission.id,
  location: ({ mission }) => mission.location?.id ?? '',
  department: ({ role }) => role?.department_code ?? '',
}
const groupOfNeed: Readonly<Record<Grouping, (need: PlanNeed) => string>> = {
  person: ({ role }) => role?.department_code ?? '',
  mission: ({ mission }) => mission.id,
  location: ({ mission }) => mission.location?.id ?? '',
  department: ({ role }) => role?.department_code ?? '',
}

interface Group {
  readonly people: Map<string, { readonly person: PlanPerson; readonly bars: PlanBar[] }>
  /** Every need, for the coverage. */
  readonly needs: PlanNeed[]
}

function grouped({ plan, bars, needs, grouping }: RowsAsked): Map<string, Group> {
  const groups = new Map<string, Group>()
  const of = (id: string): Group => {
    const known = groups.get(id)
    if (known) return known
    const made: Group = { people: new Map(), needs: [] }
    groups.set(id, made)
    return made
  }
  const mainRole = (person: PlanPerson): PlanRole | null => plan.roles[person.role] ?? null
  for (const bar of bars) {
    const { people } = of(groupOfBar[grouping](bar, mainRole(bar.person)))
    const row = people.get(bar.person.id)
    if (row) row.bars.push(bar)
    else people.set(bar.person.id, { person: bar.person, bars: [bar] })
  }
  for (const need of needs) of(groupOfNeed[grouping](need)).needs.push(need)
  if (grouping === 'person') {
    // Those who have no work at all stand where they could be given some.
    const busy = new Set(plan.bars.map(({ person }) => person.id))
    for (const person of plan.people) {
      if (!busy.has(person.id)) groups.get(mainRole(person)?.department_code ?? '')?.people.set(person.id, { person, bars: [] })
    }
  }
  return groups
}

/** Titles of groups, in their order. */
function titled({ plan, grouping, departments, others, compare }: RowsAsked, ids: Iterable<string>): { id: string; title: string; department: string | null }[] {
  const place = new Map(departments.map(({ code }, index) => [code, index]))
  const titleOf = (id: string): string => {
    if (grouping === 'mission') {
      const mission = plan.missions.find((one) => one.id === id)
      return [mission?.day_code, mission?.title].filter(Boolean).join(' · ') || others
    }
    if (grouping === 'location') return plan.locations.find((one) => one.id === id)?.name ?? others
    return departments.find(({ code }) => code === id)?.name ?? (id || others)
  }
  const begins = new Map(plan.missions.map(({ id, start }) => [id, start]))
  const rank = (id: string): number => {
    if (id === '') return Infinity
    return grouping === 'mission' ? (begins.get(id) ?? 0) : grouping === 'location' ? 0 : (place.get(id) ?? departments.length)
  }
  const byDepartment = grouping === 'person' || grouping === 'department'
  return [...ids]
    .map((id) => ({ id, title: titleOf(id), department: byDepartment && id !== '' ? id : null, rank: rank(id) }))
    .sort((one, other) => (one.rank === other.rank ? compare(one.title, other.title) : one.rank - other.rank))
    .map(({ id, title, department }) => ({ id, title, department }))
}

export function layoutOf(asked: RowsAsked): Layout {
  const { plan, sizes, collapsed, opened, compare } = asked
  const heightOf = (lanes: number): number => sizes.pad + Math.max(1, lanes) * sizes.bar
  const groups = grouped(asked)
  const rows: TimelineRow[] = []
  for (const { id, title, department } of titled(asked, groups.keys())) {
    const group = groups.get(id)
    if (!group) continue
    const shut = collapsed.has(id)
    rows.push({
      kind: 'group', key: `group:${id}`, id, title, department, collapsed: shut, height: sizes.header, strip: coverageStrip(group.needs), total: coverageTotal(group.needs),
    })
    if (shut) continue
    const roleOf = (person: PlanPerson, bars: readonly PlanBar[]): PlanRole | null =>
      (asked.grouping === 'person' ? plan.roles[person.role] : bars[0]?.role) ?? bars[0]?.role ?? plan.roles[person.role] ?? null
    const people = [...group.people.values()]
      .map(({ person, bars }) => ({ person, bars: bars.sort((one, other) => one.start - other.start || other.end - one.end), role: roleOf(person, bars) }))
      .sort((one, other) => Number(other.role?.is_head ?? false) - Number(one.role?.is_head ?? false) || compare(one.person.name, other.person.name))
    for (const { person, bars, role } of people) {
      const key = `${id}/${person.id}`
      const every = laned(bars)
      const open = opened.has(key)
      const { shown, hidden } = open ? { shown: every, hidden: 0 } : capped(every)
      const laneCount = open ? lanesUsed(every) : Math.min(LANE_CAP, lanesUsed(every))
      rows.push({ kind: 'person', key, group: id, person, role, bars, lanes: shown, laneCount, hidden, open: open && lanesUsed(every) > LANE_CAP, height: heightOf(laneCount) })
    }
    const byRole = groupBy(group.needs.filter((need) => lacking(need) > 0), ({ role }) => role?.id ?? '')
    for (const [role, posts] of byRole) {
      const lanes = laned(posts)
      const laneCount = lanesUsed(lanes)
      rows.push({ kind: 'need', key: `${id}/need/${role}`, group: id, role: posts[0]?.role ?? null, lanes, laneCount, height: heightOf(laneCount) })
    }
  }
  const tops = [0]
  const rowOf = new Map<string, number>()
  rows.forEach((row, index) => {
    tops.push((tops[index] ?? 0) + row.height)
    if (row.kind === 'person') for (const { id } of row.bars) rowOf.set(id, index)
    if (row.kind === 'need') for (const { item } of row.lanes) rowOf.set(item.id, index)
  })
  return { rows, tops, rowOf }
}
