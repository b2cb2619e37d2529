/**
 * The plan of the page: the answer of `planning.window` with each row made whole. Timeline, board and table read this one plan, with one
 * filter and one selection. Times are milliseconds UTC; nothing here decides anything.
 */
import type { z } from 'zod'
import type { planningWindow } from '../../../shared/domain/planning/window-operations.ts'

export type Window = z.infer<typeof planningWindow.output>
export type PlanPerson = Window['people'][number]
export type PlanRole = Window['roles'][number]
export type PlanMission = Omit<Window['missions'][number], 'location'> & { readonly location: PlanLocation | null }
export type PlanLocation = Window['locations'][number]
export type PlanConflict = Omit<Window['conflicts'][number], 'assignments' | 'person' | 'missions'> & {
  readonly assignments: readonly PlanBar[]
  readonly person: PlanPerson | null
  readonly missions: readonly PlanMission[]
}

/** One assignment. */
export interface PlanBar {
  readonly kind: 'assignment'
  readonly id: string
  readonly version: number
  readonly person: PlanPerson
  readonly mission: PlanMission
  readonly role: PlanRole | null
  readonly need: string | null
  readonly start: number
  readonly end: number
  readonly call: number | null
  readonly state: string
  readonly engagement: string
  readonly quantity: number
  readonly accepted: number
  readonly refused: number
  readonly isLead: boolean
  readonly part: string | null
  readonly optionRank: number | null
  readonly optionExpires: number | null
  readonly reconfirm: boolean
  readonly untold: boolean
  readonly conflicts: readonly PlanConflict[]
}

/** Heads that a need still lacks: drawn dashed, nobody's. */
export interface PlanNeed {
  readonly kind: 'need'
  readonly id: string
  readonly mission: PlanMission
  readonly role: PlanRole | null
  readonly headCount: number
  readonly filled: number
  readonly held: number
  readonly start: number
  readonly end: number
  readonly notes: string | null
}

export interface Plan {
  readonly from: number
  readonly to: number
  readonly zone: string
  readonly bars: readonly PlanBar[]
  readonly barOf: ReadonlyMap<string, PlanBar>
  readonly needs: readonly PlanNeed[]
  readonly people: readonly PlanPerson[]
  /** `role` of a person is a place in it. */
  readonly roles: readonly PlanRole[]
  readonly missions: readonly PlanMission[]
  readonly locations: readonly PlanLocation[]
  readonly milestones: readonly { readonly id: string; readonly mission: PlanMission; readonly label: string; readonly at: number; readonly done: boolean }[]
  readonly dependencies: readonly { readonly id: string; readonly before: PlanMission; readonly after: PlanMission; readonly lagMinutes: number; readonly violated: boolean }[]
  /** By person. */
  readonly availability: ReadonlyMap<string, readonly { readonly kind: 'available' | 'unavailable'; readonly start: number; readonly end: number; readonly reason: string | null }[]>
  /** By person: work in other projects, unnamed. */
  readonly busy: ReadonlyMap<string, readonly { readonly start: number; readonly end: number; readonly firm: boolean }[]>
  readonly busyKnown: boolean
  readonly conflicts: readonly PlanConflict[]
  readonly holidays: Window['holidays']
  readonly published: Window['published']
  readonly checkedAt: string
}

export const groupings = ['person', 'mission', 'location', 'department'] as const
/** What a row of the timeline is. */
export type Grouping = (typeof groupings)[number]
/** Of the address. */
export const readGrouping = (text: string): Grouping => groupings.find((one) => one === text) ?? 'person'

/** Rows with each index replaced by what it points at. */
export function planOf(window: Window): Plan {
  const { assignments: columns } = window
  const at = <T>(list: readonly T[], index: number): T | null => list[index] ?? null
  const missions = window.missions.map((row): PlanMission => ({ ...row, location: at(window.locations, row.location) }))
  const conflictsOfBar = new Map<number, PlanConflict[]>()
  const bars: PlanBar[] = []
  for (let row = 0; row < columns.id.length; row++) {
    const person = at(window.people, columns.person[row] ?? -1)
    const mission = at(missions, columns.mission[row] ?? -1)
    if (person === null || mission === null) continue
    const conflicts: PlanConflict[] = []
    conflictsOfBar.set(row, conflicts)
    bars.push({
      kind: 'assignment', id: columns.id[row] ?? '', version: columns.version[row] ?? 0, person, mission, role: at(window.roles, columns.role[row] ?? -1),
      need: at(window.needs, columns.need[row] ?? -1)?.id ?? null, start: columns.start[row] ?? 0, end: columns.end[row] ?? 0, call: columns.call[row] ?? null,
      state: columns.state[row] ?? '', engagement: columns.engagement[row] ?? '', quantity: columns.quantity[row] ?? 1, accepted: columns.accepted[row] ?? 0,
      refused: columns.refused[row] ?? 0, isLead: columns.is_lead[row] ?? false, part: columns.part[row] ?? null, optionRank: columns.option_rank[row] ?? null,
      optionExpires: columns.option_expires[row] ?? null, reconfirm: columns.reconfirm[row] ?? false, untold: columns.untold[row] ?? false, conflicts,
    })
  }
  const barOf = new Map(bars.map((bar) => [bar.id, bar]))
  const conflicts = window.conflicts.map((one): PlanConflict => {
    const whole: PlanConflict = {
      ...one,
      assignments: one.assignments.flatMap((row) => barOf.get(columns.id[row] ?? '') ?? []),
      person: at(window.people, one.person),
      missions: one.missions.flatMap((row) => at(missions, row) ?? []),
    }
    for (const row of one.assignments) conflictsOfBar.get(row)?.push(whole)
    return whole
  })
  const ofPerson = <T extends { readonly person: number }>(rows: readonly T[]): Map<string, T[]> => {
    const found = new Map<string, T[]>()
    for (const row of rows) {
      const id = at(window.people, row.person)?.id
      if (id === undefined) continue
      const list = found.get(id)
      if (list) list.push(row)
      else found.set(id, [row])
    }
    return found
  }
  return {
    from: Date.parse(window.from), to: Date.parse(window.to), zone: window.zone, bars, barOf, conflicts, missions,
    people: window.people, roles: window.roles, locations: window.locations, holidays: window.holidays, published: window.published, busyKnown: window.busy_known, checkedAt: window.checked_at,
    needs: window.needs.flatMap(({ mission, role, head_count, ...need }): PlanNeed[] => {
      const on = at(missions, mission)
      return on === null ? [] : [{ kind: 'need', ...need, mission: on, role: at(window.roles, role), headCount: head_count }]
    }),
    milestones: window.milestones.flatMap(({ mission, ...one }) => {
      const on = at(missions, mission)
      return on === null ? [] : [{ ...one, mission: on }]
    }),
    dependencies: window.dependencies.flatMap(({ id, before, after, lag_minutes, violated }) => {
      const [first, second] = [at(missions, before), at(missions, after)]
      return first === null || second === null ? [] : [{ id, before: first, after: second, lagMinutes: lag_minutes, violated }]
    }),
    availability: ofPerson(window.availability),
    busy: ofPerson(window.busy),
  }
}
