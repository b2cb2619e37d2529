import type { Instant, LocalDate } from '../../kernel/instants.ts'
import type { RefusedColumn } from './columns.ts'
import type { ColumnMapping, ImportField, ImportKind } from './fields.ts'
import type { RateUnit } from './money.ts'
import type { EngagementKind, MissionKind, PersonKind } from './vocabulary.ts'

/** Where a record came from, kept with it so that a second import updates it. */
export interface ExternalRef {
  source: string
  external_id: string
}

export type RowIssueCode =
  | 'import.title_missing'
  | 'import.start_missing'
  | 'import.end_missing'
  | 'import.date_missing'
  | 'import.time_missing'
  | 'import.date_unreadable'
  | 'import.no_such_day'
  | 'import.year_missing'
  | 'import.time_unreadable'
  | 'import.zone_unknown'
  | 'import.zero_length'
  | 'import.reversed'
  | 'import.clock_gap'
  | 'import.clock_repeat'
  | 'import.whole_day'
  | 'import.window_long'
  | 'import.name_missing'
  | 'import.email_invalid'
  | 'import.birth_date_unreadable'
  | 'import.phone_unsure'
  | 'import.phone_zero_restored'
  | 'import.rate_unreadable'
  | 'import.rate_ambiguous'
  | 'import.kind_unknown'
  | 'import.engagement_unknown'
  | 'import.duplicate_person'
  | 'import.duplicate_row'
  | 'import.duplicate_external_id'
  | 'import.person_missing'
  | 'import.person_ambiguous'
  | 'import.mission_missing'
  | 'import.mission_not_found'
  | 'import.sealed_value_removed'
  | 'import.event_canceled'
  | 'import.outside_window'
  | 'import.too_long'
  | 'import.cut'
  | 'import.crew_role_unknown'
  | 'import.skill_unknown'
  | 'import.mission_locked'
  | 'import.mission_canceled'
  | 'import.terms_answered'
  | 'import.cancel_kept'

export interface RowIssue {
  field: ImportField | null
  /** Short stable word, the code without its prefix. */
  issue: string
  /** An error keeps the row out; a warning lets it in. */
  severity: 'error' | 'warning'
  message_code: RowIssueCode
  found: string
  expected: string
}

export interface PreviewRow {
  /** Among the rows under the header, from 0. */
  index: number
  source_line: number
  /** All cells after corrections, unknown columns too; refused columns and struck-out numbers are blank or `•••`. */
  cells: string[]
  values: Partial<Record<ImportField, string>>
  state: 'accepted' | 'rejected'
  issues: RowIssue[]
}

export interface IssueGroup {
  message_code: RowIssueCode
  field: ImportField | null
  severity: 'error' | 'warning'
  count: number
  rows: number[]
  /** What was found, most frequent first: what "correct for all" replaces. */
  founds: { found: string; count: number }[]
}

export type Decision = 'create' | 'update' | 'skip'

export interface FieldChange {
  field: string
  old: unknown
  new: unknown
}

export interface Proposal<Draft> {
  /** Unique among the proposals of its kind; drafts refer to one another by it. */
  key: string
  /** To be stored with the record. */
  external: ExternalRef
  /** Indexes of the rows that speak of it. */
  rows: number[]
  decision: Decision
  /** The record that it is, when it exists already. */
  match: { id: string; by: 'external' | 'email' | 'phone' | 'name_birth' | 'name' | 'title_and_start' | 'person_and_mission' | 'chosen' } | null
  /** People of the directory who may be this one, the likeliest first. */
  candidates?: readonly string[]
  /** Recognised with doubt, and nobody has said who it is. */
  unsure?: true
  /** A person said: leave them out. */
  nobody?: true
  /** Left out on purpose, with its group or on its own. */
  left?: true
  draft: Draft
  /** For an update: only the fields that the source gives and that differ. */
  changes: FieldChange[]
}

export interface LocationDraft {
  name: string
}

export interface PersonDraft {
  kind: PersonKind
  full_name: string
  first_name: string | null
  last_name: string | null
  email: string | null
  /** As typed. */
  phone: string | null
  /** Only where certain. */
  phone_e164: string | null
  crew_role: string | null
  department: string | null
  skills: string[]
  tags: string[]
  languages: string[]
  birth_date: LocalDate | null
  notes: string | null
}

export interface MissionDraft {
  title: string
  day_code: string | null
  starts_at: Instant
  ends_at: Instant
  zone: string
  /** Whole local days: no time was given. */
  all_day: boolean
  location_key: string | null
  kind: MissionKind | null
  tags: string[]
  description: string | null
  notes: string | null
  canceled: boolean
}

export interface AssignmentDraft {
  person_key: string
  mission_key: string
  crew_role: string | null
  department: string | null
  call_at: Instant | null
  start_at: Instant
  end_at: Instant
  rate: { amount_minor: number; currency: string; unit: RateUnit | null } | null
  engagement_kind: EngagementKind | null
  notes: string | null
}

/** In the order in which they can be written: each refers only to what comes before it. */
export interface ImportProposals {
  locations: Proposal<LocationDraft>[]
  people: Proposal<PersonDraft>[]
  missions: Proposal<MissionDraft>[]
  assignments: Proposal<AssignmentDraft>[]
}

export type DecisionCounts = Record<Decision, number>

export interface ImportPreview {
  kind: ImportKind
  source: string
  header: string[]
  mapping: ColumnMapping
  refused: RefusedColumn[]
  /** Fields that two columns want: nothing can be imported before a choice. */
  choices: { field: ImportField; columns: number[] }[]
  ready: boolean
  /** People whom someone must recognise first. */
  undecided: number
  rows: PreviewRow[]
  groups: IssueGroup[]
  proposals: ImportProposals
  counts: {
    rows: number
    accepted: number
    rejected: number
    warnings: number
    locations: DecisionCounts
    people: DecisionCounts
    missions: DecisionCounts
    assignments: DecisionCounts
  }
}

export interface ExistingLocation {
  id: string
  external: readonly ExternalRef[]
  name: string
}

export interface ExistingPerson {
  id: string
  external: readonly ExternalRef[]
  kind: PersonKind
  full_name: string
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  crew_role: string | null
  department: string | null
  skills: readonly string[]
  tags: readonly string[]
  languages: readonly string[]
  birth_date?: LocalDate | null
  notes: string | null
}

export interface ExistingMission {
  id: string
  external: readonly ExternalRef[]
  title: string
  day_code: string | null
  starts_at: Instant
  ends_at: Instant
  zone: string
  location_id: string | null
  kind: MissionKind | null
  tags: readonly string[]
  description: string | null
}

export interface ExistingAssignment {
  id: string
  external: readonly ExternalRef[]
  person_id: string
  mission_id: string
  crew_role: string | null
  call_at: Instant | null
  start_at: Instant
  end_at: Instant
  engagement_kind: EngagementKind | null
  notes: string | null
}

/** What the project and the organization hold already, as far as the person importing may read it. */
export interface ExistingRecords {
  locations: readonly ExistingLocation[]
  people: readonly ExistingPerson[]
  missions: readonly ExistingMission[]
  assignments: readonly ExistingAssignment[]
}
