/** Conflicts of one location: missions that take it at once, and more heads than it holds. Pure. */
import { toMs } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { EngagementState } from '../engagement/rules.ts'
import { compareConflicts, raise } from './conflicts.ts'
import type { Conflict, InvolvedRecord } from './conflicts.ts'
import type { MissionState } from './rules.ts'
import { overlappingPairs } from './sweep.ts'

export interface LocationInput {
  readonly location: { readonly id: string; readonly shareable: boolean; /** Heads at once; null: not known. */ readonly capacity: number | null }
  /** All missions there, of every project; null window: not yet in time. */
  readonly missions: readonly {
    readonly id: string
    readonly project_id: string
    readonly start_at: Instant | null
    readonly end_at: Instant | null
    readonly status: MissionState
  }[]
  /** The assignments of these missions. */
  readonly assignments: readonly {
    readonly id: string
    readonly mission_id: string
    readonly start_at: Instant
    readonly end_at: Instant
    readonly state: EngagementState
    readonly quantity: number
  }[]
}

interface Presence {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly record: InvolvedRecord
}

export function locationConflicts(input: LocationInput): Conflict[] {
  const living = input.missions.filter((mission) => mission.status !== 'canceled')
  const present: Presence[] = living.flatMap(({ id, project_id, start_at, end_at }) => {
    if (start_at === null || end_at === null) return []
    const window = { start: toMs(start_at), end: toMs(end_at) }
    return [{ id, ...window, record: { entity: 'mission', id, project_id, mission_id: id, window } }]
  })
  return [...locationOverlaps(input, present), ...overCapacity(input, living)].sort(compareConflicts)
}

const locationOverlaps = ({ location }: LocationInput, present: readonly Presence[]): Conflict[] =>
  overlappingPairs(present).map(([a, b]) =>
    raise({
      kind: 'location_overlap', severity: location.shareable ? 'info' : 'warning', location_id: location.id, records: [a.record, b.record],
      start: Math.max(a.start, b.start), end: Math.min(a.end, b.end),
      figures: { other_project: a.record.project_id !== b.record.project_id },
    }),
  )

interface Crowd {
  missions: Set<string>
  intervals: { start: number; end: number }[]
  peak: number
}

/** One conflict per set of missions whose people are too many at once, from the first such instant to the last. */
function overCapacity({ location, assignments }: LocationInput, living: LocationInput['missions']): Conflict[] {
  const { capacity } = location
  if (capacity === null) return []
  const projectOf = new Map(living.map((mission) => [mission.id, mission.project_id]))
  const events: { at: number; heads: number; mission: string }[] = []
  for (const row of assignments) {
    if (row.state === 'canceled' || !projectOf.has(row.mission_id)) continue
    events.push({ at: toMs(row.start_at), heads: row.quantity, mission: row.mission_id })
    events.push({ at: toMs(row.end_at), heads: -row.quantity, mission: row.mission_id })
  }
  events.sort((a, b) => a.at - b.at)

  const headsOf = new Map<string, number>()
  let heads = 0
  let open: { start: number; missions: Set<string>; peak: number } | null = null
  const crowds = new Map<string, Crowd>()
  for (let index = 0; index < events.length; ) {
    // Everything at one instant together: who leaves as another comes was never there with them.
    const at = events[index]?.at ?? 0
    for (let event = events[index]; event !== undefined && event.at === at; event = events[++index]) {
      heads += event.heads
      const left = (headsOf.get(event.mission) ?? 0) + event.heads
      if (left === 0) headsOf.delete(event.mission)
      else headsOf.set(event.mission, left)
    }
    if (heads > capacity) {
      open ??= { start: at, missions: new Set(), peak: 0 }
      open.peak = Math.max(open.peak, heads)
      for (const mission of headsOf.keys()) open.missions.add(mission)
    } else if (open !== null) {
      const key = [...open.missions].sort().join(' ')
      const crowd = crowds.get(key) ?? { missions: open.missions, intervals: [], peak: 0 }
      crowd.intervals.push({ start: open.start, end: at })
      crowd.peak = Math.max(crowd.peak, open.peak)
      crowds.set(key, crowd)
      open = null
    }
  }

  return [...crowds.values()].map(({ missions, intervals, peak }) =>
    raise({
      kind: 'over_capacity', severity: 'warning', location_id: location.id,
      records: [
        { entity: 'location', id: location.id, project_id: null, mission_id: null },
        ...[...missions].sort().map((id) => ({ entity: 'mission', id, project_id: projectOf.get(id) ?? null, mission_id: id })),
      ],
      start: intervals[0]?.start ?? 0, end: intervals.at(-1)?.end ?? 0,
      figures: { heads: peak, capacity, times: intervals.length },
      holds_on: intervals.map((interval) => `${interval.start}/${interval.end}`),
    }),
  )
}
