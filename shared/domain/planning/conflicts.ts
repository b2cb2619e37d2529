/**
 * Conflicts of planning (domain chapter 3, decisions A10 to A13): what they are, who they name, when an acknowledgement holds.
 * They are computed from rows and never stored; the pure functions are in person-, mission- and location-conflicts.ts.
 *
 * Laws: the id depends on the kind and the records only, so it survives a move; the fingerprint depends on the windows of these
 * records, so an acknowledgement lapses when one moves. Rows that are canceled never count.
 */
import { fromMs } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import { sha256 } from '../../kernel/hashing.ts'
import { sourceOf } from './conflict-kinds.ts'
import type { ConflictKind, ConflictSource, Severity } from './conflict-kinds.ts'

export { conflictKinds, conflictSources, severities, sourceOf } from './conflict-kinds.ts'
export type { ConflictKind, ConflictSource, Severity } from './conflict-kinds.ts'

export interface RecordRef {
  readonly entity: string
  /** null: veiled, a record of a project this person may not read. */
  readonly id: string | null
  readonly project_id: string | null
  readonly mission_id: string | null
}

/** What the words of a conflict need; never a name, never a rate. Durations are whole minutes, named `_minutes`. */
export type Figures = Readonly<Record<string, string | number | boolean | null>>

export interface Conflict {
  readonly id: string
  readonly kind: ConflictKind
  readonly source: ConflictSource
  readonly severity: Severity
  readonly records: readonly RecordRef[]
  readonly person_id: string | null
  readonly location_id: string | null
  /** Null where several missions are concerned; `records` names them. */
  readonly mission_id: string | null
  readonly mission_ids: readonly string[]
  readonly project_ids: readonly string[]
  readonly start_at: Instant | null
  readonly end_at: Instant | null
  readonly figures: Figures
  readonly fingerprint: string
}

/** A record as a pure function names it: with the window that an acknowledgement holds on to. */
export interface InvolvedRecord extends RecordRef {
  readonly id: string
  readonly window?: { readonly start: number; readonly end: number }
}

export interface ConflictDraft {
  kind: ConflictKind
  severity: Severity
  records: readonly InvolvedRecord[]
  /** Milliseconds. */
  start?: number
  end?: number
  person_id?: string
  location_id?: string
  figures?: Figures
  /** Tells apart two conflicts of one kind that may name the same records: the code of the rule broken. */
  rule?: string
  /** More than the windows of the records that an acknowledgement holds on to. */
  holds_on?: readonly string[]
}

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value): value is string => value !== null))].sort()

const HASH_LENGTH = 32

export function raise(draft: ConflictDraft): Conflict {
  const ids = draft.records.map((record) => record.id).sort()
  const windows = draft.records.map((record) => `${record.id}@${record.window ? `${record.window.start}/${record.window.end}` : ''}`).sort()
  const mission_ids = distinct(draft.records.map((record) => (record.entity === 'mission' ? record.id : record.mission_id)))
  return {
    id: sha256([draft.kind, draft.rule ?? '', ...ids].join('\n')).slice(0, HASH_LENGTH),
    kind: draft.kind,
    source: sourceOf[draft.kind],
    severity: draft.severity,
    records: draft.records.map(({ entity, id, project_id, mission_id }) => ({ entity, id, project_id, mission_id })),
    person_id: draft.person_id ?? null,
    location_id: draft.location_id ?? null,
    mission_id: mission_ids.length === 1 ? (mission_ids[0] ?? null) : null,
    mission_ids,
    project_ids: distinct(draft.records.map((record) => (record.entity === 'project' ? record.id : record.project_id))),
    start_at: draft.start === undefined ? null : fromMs(draft.start),
    end_at: draft.end === undefined ? null : fromMs(draft.end),
    figures: draft.figures ?? {},
    fingerprint: sha256([...windows, ...(draft.holds_on ?? [])].join('\n')).slice(0, HASH_LENGTH),
  }
}

/** By beginning (timeless ones last), then kind, then id: the same set always comes in the same order. */
export function compareConflicts(a: Conflict, b: Conflict): number {
  const startA = a.start_at ?? '~'
  const startB = b.start_at ?? '~'
  if (startA !== startB) return startA < startB ? -1 : 1
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

export interface Acknowledgement {
  readonly id: string
  readonly fingerprint: string
}

/** An acknowledgement holds for the windows it was given for, and lapses when one of them changes. */
export const isAcknowledged = (conflict: Conflict, acknowledgement: Acknowledgement | undefined): boolean =>
  acknowledgement !== undefined && acknowledgement.id === conflict.id && acknowledgement.fingerprint === conflict.fingerprint

/**
 * The conflict as seen by someone who may read only some projects: records of the others keep their kind and lose their names
 * (decision C3: other projects count and stay unnamed). null when nothing readable is left of it.
 */
export function veil(conflict: Conflict, mayRead: (projectId: string) => boolean): Conflict | null {
  if (conflict.project_ids.every(mayRead)) return conflict
  const project_ids = conflict.project_ids.filter(mayRead)
  if (project_ids.length === 0) return null
  const hidden = (record: RecordRef): boolean => record.project_id !== null && !mayRead(record.project_id)
  const mission_ids = distinct(
    conflict.records.filter((record) => !hidden(record)).map((record) => (record.entity === 'mission' ? record.id : record.mission_id)),
  )
  return {
    ...conflict,
    project_ids,
    mission_ids,
    mission_id: mission_ids.length === 1 ? (mission_ids[0] ?? null) : null,
    records: conflict.records.map((record) => (hidden(record) ? { entity: record.entity, id: null, project_id: null, mission_id: null } : record)),
  }
}
