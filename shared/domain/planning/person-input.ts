/** What the conflicts of one person are computed from, and their windows of work as the functions read them. */
import { MINUTE, toMs } from '../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'
import { isAcceptedOrLater } from '../engagement/rules.ts'
import type { EngagementKind, EngagementState } from '../engagement/rules.ts'
import type { InvolvedRecord } from './conflicts.ts'
import type { RulePack } from './rule-packs.ts'
import type { MissionState } from './rules.ts'
import type { Span } from './sweep.ts'

export interface PersonAssignment {
  readonly id: string
  readonly project_id: string
  readonly mission_id: string
  /** Assignments of a canceled mission do not count. */
  readonly mission_status: MissionState
  readonly start_at: Instant
  readonly end_at: Instant
  /** IANA zone of the mission's location, else of the project. */
  readonly zone: string
  readonly state: EngagementState
  readonly engagement_kind: EngagementKind | null
  /** Agreement of the project (IDCC), which chooses the rule pack. */
  readonly agreement: string | null
  /** Slots of kind meal inside the window, in minutes. */
  readonly unpaid_break_minutes: number
  readonly option_expires_at: Instant | null
  /** Asked by the need and by the crew role together. */
  readonly required_certification_kinds: readonly string[]
  readonly required_skills: readonly { readonly id: string; readonly level: number }[]
}

/** Work in a project that is not readable here (decision C3): no project, title nor rate. `id` is the assignment's own. */
export interface BusyRow {
  readonly id: string
  readonly start_at: Instant
  readonly end_at: Instant
  /** `firm`: accepted or later. */
  readonly strength: 'option' | 'firm'
  readonly worked_minutes: number
}

export interface AvailabilityBlock {
  readonly id: string
  /** null: for the whole organization. */
  readonly project_id: string | null
  readonly kind: 'available' | 'unavailable'
  readonly start_at: Instant
  readonly end_at: Instant
}

export interface PersonInput {
  readonly person: {
    readonly id: string
    /** Teams and vendors may be in several places at once: overlaps and working time are for persons only. */
    readonly kind: 'person' | 'team' | 'vendor'
    /** Zone of their weeks, and of busy rows. */
    readonly zone: string
  }
  readonly now: Instant
  readonly assignments: readonly PersonAssignment[]
  readonly busy: readonly BusyRow[]
  readonly availability: readonly AvailabilityBlock[]
  /** Held; valid from `issued_on` through `expires_on`, null: without beginning, without end. */
  readonly certifications: readonly {
    readonly kind_id: string
    readonly issued_on: LocalDate | null
    readonly expires_on: LocalDate | null
  }[]
  readonly skills: readonly { readonly id: string; readonly level: number }[]
  readonly packs: readonly RulePack[]
}

/** One window of work: an assignment, or a busy row (`assignment` null). */
export interface Work extends Span {
  readonly assignment: PersonAssignment | null
  readonly firm: boolean
  readonly zone: string
  readonly mission_id: string | null
  readonly unpaid_break_minutes: number
  readonly record: InvolvedRecord
}

export function workOfAssignment(row: PersonAssignment): Work {
  const start = toMs(row.start_at)
  const end = toMs(row.end_at)
  return {
    id: row.id, start, end, zone: row.zone, mission_id: row.mission_id, unpaid_break_minutes: row.unpaid_break_minutes,
    assignment: row,
    firm: isAcceptedOrLater(row.state),
    record: { entity: 'assignment', id: row.id, project_id: row.project_id, mission_id: row.mission_id, window: { start, end } },
  }
}

export function workOfBusy(row: BusyRow, zone: string): Work {
  const start = toMs(row.start_at)
  const end = toMs(row.end_at)
  return {
    id: row.id, start, end, zone, mission_id: null,
    unpaid_break_minutes: Math.max(0, Math.round((end - start) / MINUTE) - row.worked_minutes),
    assignment: null,
    firm: row.strength === 'firm',
    record: { entity: 'busy', id: row.id, project_id: null, mission_id: null, window: { start, end } },
  }
}
