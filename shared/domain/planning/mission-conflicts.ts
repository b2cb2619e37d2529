/** Conflicts of one mission with its project, its assignments, what it depends on, its place and its sheet. Pure. */
import { MINUTE, toMs } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import { isAcceptedOrLater } from '../engagement/rules.ts'
import type { EngagementState } from '../engagement/rules.ts'
import { compareConflicts, raise } from './conflicts.ts'
import type { Conflict, InvolvedRecord } from './conflicts.ts'
import type { MissionState } from './rules.ts'
import { overlappingPairs } from './sweep.ts'

/** Amount in minor units for one unit of `basis`. */
export interface OfferedRate {
  readonly basis: string
  readonly amount_minor: number
  readonly currency: string
}

export interface MissionAssignment {
  readonly id: string
  readonly person_id: string
  readonly start_at: Instant
  readonly end_at: Instant
  readonly state: EngagementState
  /** Reason code of a cancelation: a refusal makes an open need severe. */
  readonly cancel_reason: string | null
  readonly need_id: string | null
  /** 1 for a person; how many a team or vendor sends. */
  readonly quantity: number
  /** Of a quantity above 1, how many have said yes and no; the state answers for one person. */
  readonly answers_accepted: number
  readonly answers_refused: number
  readonly rate: OfferedRate | null
  /** Of the rate card it names; null: none. A card that was not in force when the mission begins is kept, and told. */
  readonly card_rate: OfferedRate | null
  readonly card_in_force: boolean
}

export interface MissionInput {
  readonly mission: {
    readonly id: string
    readonly project_id: string
    /** null: no window yet, as a draft may be. Both or none. */
    readonly start_at: Instant | null
    readonly end_at: Instant | null
    readonly status: MissionState
    readonly locked: boolean
  }
  /** null bound: open on that side. */
  readonly project: { readonly id: string; readonly start_at: Instant | null; readonly end_at: Instant | null }
  readonly location: { readonly id: string; readonly status: 'active' | 'deprecated' | 'offline' } | null
  readonly assignments: readonly MissionAssignment[]
  readonly needs: readonly { readonly id: string; readonly head_count: number }[]
  /** Finish-to-start: this mission begins at the earliest `lag_minutes` after the end of that one. */
  readonly dependencies: readonly {
    readonly id: string
    readonly lag_minutes: number
    readonly after: { readonly id: string; readonly end_at: Instant | null; readonly status: MissionState }
  }[]
  /** Schedule of the sheet led by this mission (no other input carries them); slots of kind meal collide like others. */
  readonly slots: readonly {
    readonly id: string
    readonly start_at: Instant
    readonly end_at: Instant | null
    readonly location_id: string | null
    readonly location_shareable: boolean
    /** The collaborator in charge. */
    readonly owner_id: string | null
  }[]
  /** Changes waiting inside a locked mission; empty unless asked for. */
  readonly pending: readonly { readonly entity: string; readonly id: string }[]
  /** Copies older than what they were copied from (a sheet, weather, an import), by record. */
  readonly stale: readonly { readonly entity: string; readonly id: string; readonly since: Instant }[]
}

export function missionConflicts(input: MissionInput): Conflict[] {
  if (input.mission.status === 'canceled') return []
  const context = contextOf(input)
  return [
    ...outsideProject(input, context),
    ...outsideMission(input, context),
    ...blockedDependencies(input, context),
    ...openNeeds(input, context),
    ...locationState(input, context),
    ...slotCollisions(input, context),
    ...lockedChanges(input, context),
    ...staleCopies(input, context),
    ...rateMismatches(input, context),
  ].sort(compareConflicts)
}

interface Context {
  readonly window: { readonly start: number; readonly end: number } | null
  readonly span: { start?: number; end?: number }
  readonly record: InvolvedRecord
  readonly living: readonly (MissionAssignment & { readonly start: number; readonly end: number; readonly record: InvolvedRecord })[]
  readonly inside: (entity: string, id: string) => InvolvedRecord
}

function contextOf({ mission, assignments }: MissionInput): Context {
  const window = mission.start_at !== null && mission.end_at !== null ? { start: toMs(mission.start_at), end: toMs(mission.end_at) } : null
  const inside = (entity: string, id: string): InvolvedRecord => ({ entity, id, project_id: mission.project_id, mission_id: mission.id })
  return {
    window,
    span: window ?? {},
    inside,
    record: window ? { ...inside('mission', mission.id), window } : inside('mission', mission.id),
    living: assignments
      .filter((row) => row.state !== 'canceled')
      .map((row) => {
        const start = toMs(row.start_at)
        const end = toMs(row.end_at)
        return { ...row, start, end, record: { ...inside('assignment', row.id), window: { start, end } } }
      }),
  }
}

const minutesBeyond = (ms: number): number => Math.max(0, Math.ceil(ms / MINUTE))

function outsideProject({ project }: MissionInput, { window, record }: Context): Conflict[] {
  if (window === null) return []
  const start = project.start_at === null ? -Infinity : toMs(project.start_at)
  const end = project.end_at === null ? Infinity : toMs(project.end_at)
  if (window.start >= start && window.end <= end) return []
  return [
    raise({
      kind: 'outside_project', severity: 'warning', ...window,
      records: [record, { entity: 'project', id: project.id, project_id: project.id, mission_id: null, window: { start, end } }],
      figures: { before_minutes: minutesBeyond(start - window.start), after_minutes: minutesBeyond(window.end - end) },
    }),
  ]
}

function outsideMission(_input: MissionInput, { window, record, living }: Context): Conflict[] {
  if (window === null) return []
  return living
    .filter((row) => row.start < window.start || row.end > window.end)
    .map((row) =>
      raise({
        kind: 'outside_mission', severity: 'warning', records: [row.record, record], start: row.start, end: row.end, person_id: row.person_id,
        figures: { before_minutes: minutesBeyond(window.start - row.start), after_minutes: minutesBeyond(row.end - window.end) },
      }),
    )
}

function blockedDependencies({ dependencies, mission }: MissionInput, { window, record, inside }: Context): Conflict[] {
  if (window === null || mission.status === 'done') return []
  const conflicts: Conflict[] = []
  for (const dependency of dependencies) {
    const { after, lag_minutes } = dependency
    if (after.status === 'canceled' || after.end_at === null) continue
    const free = toMs(after.end_at) + lag_minutes * MINUTE
    if (window.start >= free) continue
    conflicts.push(
      raise({
        kind: 'dependency_blocked', severity: 'warning', start: window.start, end: Math.min(window.end, free),
        records: [
          record,
          { entity: 'mission', id: after.id, project_id: mission.project_id, mission_id: after.id },
          inside('dependency', dependency.id),
        ],
        figures: { after_mission_id: after.id, lag_minutes, short_minutes: minutesBeyond(free - window.start) },
        holds_on: [String(free)],
      }),
    )
  }
  return conflicts
}

function openNeeds({ needs, assignments, mission }: MissionInput, { record, living, inside, span }: Context): Conflict[] {
  if (mission.status === 'done') return []
  const conflicts: Conflict[] = []
  for (const need of needs) {
    let filled = 0
    let held = 0
    let refused = assignments.filter(
      (row) => row.need_id === need.id && row.state === 'canceled' && row.cancel_reason === 'declined_by_collaborator',
    ).length
    for (const row of living) {
      if (row.need_id !== need.id) continue
      const { yes, no } = answersOf(row)
      filled += yes
      held += row.quantity - yes - no
      refused += no
    }
    const open = need.head_count - filled - held
    if (open <= 0) continue
    conflicts.push(
      raise({
        kind: 'need_open', severity: refused > 0 ? 'severe' : 'warning', ...span, records: [inside('need', need.id), record],
        figures: { needed: need.head_count, filled, held, open, refused },
      }),
    )
  }
  return conflicts
}

function answersOf(row: MissionAssignment): { yes: number; no: number } {
  if (row.quantity <= 1) return { yes: isAcceptedOrLater(row.state) ? row.quantity : 0, no: 0 }
  const yes = Math.min(row.answers_accepted, row.quantity)
  return { yes, no: Math.min(row.answers_refused, row.quantity - yes) }
}

function locationState({ location, mission }: MissionInput, { record, span }: Context): Conflict[] {
  if (location === null || location.status === 'active' || mission.status === 'done') return []
  const offline = location.status === 'offline'
  return [
    raise({
      kind: offline ? 'location_offline' : 'location_deprecated', severity: offline ? 'severe' : 'info', ...span, location_id: location.id,
      records: [record, { entity: 'location', id: location.id, project_id: null, mission_id: null }],
    }),
  ]
}

/** Two slots collide when they overlap at one place or under one owner; a slot without end is a mark in time and never does. */
function slotCollisions({ slots }: MissionInput, { inside }: Context): Conflict[] {
  const spans = slots.flatMap((slot) => (slot.end_at === null ? [] : [{ ...slot, start: toMs(slot.start_at), end: toMs(slot.end_at) }]))
  const conflicts: Conflict[] = []
  for (const [a, b] of overlappingPairs(spans)) {
    const samePlace = a.location_id !== null && a.location_id === b.location_id
    const sameOwner = a.owner_id !== null && a.owner_id === b.owner_id
    if (!samePlace && !sameOwner) continue
    conflicts.push(
      raise({
        kind: 'slot_collision', severity: !sameOwner && a.location_shareable ? 'info' : 'warning',
        records: [{ ...inside('slot', a.id), window: a }, { ...inside('slot', b.id), window: b }],
        start: Math.max(a.start, b.start), end: Math.min(a.end, b.end),
        ...(sameOwner && a.owner_id !== null ? { person_id: a.owner_id } : {}),
        ...(samePlace && a.location_id !== null ? { location_id: a.location_id } : {}),
        figures: { same_location: samePlace, same_owner: sameOwner },
      }),
    )
  }
  return conflicts
}

function lockedChanges({ mission, pending }: MissionInput, { record, span, inside }: Context): Conflict[] {
  if (!mission.locked || pending.length === 0) return []
  return [
    raise({
      kind: 'locked', severity: 'severe', ...span, records: [record, ...pending.map((row) => inside(row.entity, row.id))],
      figures: { changes: pending.length },
    }),
  ]
}

const staleCopies = ({ stale }: MissionInput, { record, span, inside }: Context): Conflict[] =>
  stale.map((row) =>
    raise({
      kind: 'data_stale', severity: 'info', ...span, records: [record, inside(row.entity, row.id)],
      figures: { entity: row.entity, since: row.since }, holds_on: [row.since],
    }),
  )

/** Amounts stay out of the figures: who may see a conflict may not see rates. */
const rateMismatches = (_input: MissionInput, { living }: Context): Conflict[] =>
  living
    .filter(({ rate, card_rate, card_in_force }) => rate !== null && card_rate !== null && (!card_in_force || !sameRate(rate, card_rate)))
    .map((row) =>
      raise({ kind: 'rate_mismatch', severity: 'info', records: [row.record], start: row.start, end: row.end, person_id: row.person_id, ...(row.card_in_force ? {} : { figures: { in_force: false } }) }),
    )

const sameRate = (a: OfferedRate, b: OfferedRate): boolean => a.basis === b.basis && a.amount_minor === b.amount_minor && a.currency === b.currency
