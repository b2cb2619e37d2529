/**
 * Who is told of what (domain chapter 5): what a commit wrote, and the rows as they are, to notifications with their recipients. Pure. The
 * person's own command tells nobody: recipients and rights differ on a laptop.
 */
import type { Id } from '../../kernel/ids.ts'
import type { NotificationType } from './model.ts'

/** One row of a commit, as the audit has it: field -> [before, after]; personal values as digests. */
export interface CommittedWrite {
  entity: string
  id: Id
  op: 'insert' | 'update' | 'remove' | 'restore'
  changes: Readonly<Record<string, readonly [unknown, unknown]>>
}

export type Recipient =
  | { kind: 'person'; id: Id }
  /** Planners and managers of the project; `asker`, a user, alone when they still are one. */
  | { kind: 'production'; project_id: Id; asker: string | null }
  /** Managers of the whole organization, its administrators and owners. */
  | { kind: 'direction' }

export interface Told {
  type: NotificationType
  refs: readonly { entity: string; id: Id }[]
  figures: Readonly<Record<string, string | number | boolean | null>>
  to: Recipient
  /** What tells it from another of the same type, refs and recipient. */
  version: string
}

interface Placed {
  id: Id
  project_id: Id
}
export interface ToldAssignment extends Placed {
  mission_id: Id
  collaborator_id: Id
  cancel_reason: string | null
  /** Somebody was told of a question about it. */
  was_asked: boolean
}
export interface ToldAcceptance extends Placed {
  mission_id: Id
  assignment_id: Id
  collaborator_id: Id
  created_by: string
  /** Entered by production: they know. */
  by_hand: boolean
  with_conditions: boolean
  late_why: string | null
}
export interface ToldRevision extends Placed {
  sheet_id: Id
  number: number
  lead_mission_id: Id
  /** A version of this sheet went out before. */
  is_revised: boolean
  recipients: readonly Id[]
}
export interface ToldNotice extends Placed {
  publication_id: Id
  number: number
  collaborator_id: Id
  changes: number
}
export interface ToldReminder extends Placed {
  mission_id: Id
  assignment_id: Id
  collaborator_id: Id
  kind: string
  subject_id: Id
  anchor: string
  bucket: string
  level: 'production' | 'direction'
}
/** Of a version that went out to be signed. */
export interface ToldContract {
  contract_id: Id
  project_id: Id
  collaborator_id: Id
  /** The first of what it covers; null: a framework. */
  work: { assignment_id: Id; mission_id: Id } | null
}
export interface ToldReadiness extends Placed {
  mission_id: Id
  collaborator_id: Id
}

/** The rows that a commit's writes are about, as they are. What is gone is not there, and nobody is told. */
export interface ToldRows {
  assignments: ReadonlyMap<string, ToldAssignment>
  acceptances: ReadonlyMap<string, ToldAcceptance>
  revisions: ReadonlyMap<string, ToldRevision>
  notices: ReadonlyMap<string, ToldNotice>
  reminders: ReadonlyMap<string, ToldReminder>
  contracts: ReadonlyMap<string, ToldContract>
  readiness: ReadonlyMap<string, ToldReadiness>
}

const became = ({ changes }: CommittedWrite, field: string): unknown => changes[field]?.[1]

/** Whether anybody may have to hear of it: by the write alone. */
export function isWorthTelling(write: CommittedWrite): boolean {
  const { entity, op } = write
  if (op === 'remove') return false
  if (entity === 'assignment') return became(write, 'state') === 'canceled' || became(write, 'state') === 'confirmed'
  if (entity === 'acceptance') return ['accepted', 'refused', 'expired'].includes(String(became(write, 'state'))) || (write.changes['late'] !== undefined && became(write, 'late') !== null)
  if (entity === 'revision') return became(write, 'state') === 'published'
  if (entity === 'contract_version') return became(write, 'state') === 'sent'
  // Asked anew, it is another instant.
  if (entity === 'readiness_request') return became(write, 'asked_at') !== undefined
  return (entity === 'plan_notice' || entity === 'reminder') && op === 'insert'
}

const ref = (entity: string, id: Id) => ({ entity, id })
const ofWork = (row: { project_id: Id; mission_id: Id }, assignment: Id) => [ref('assignment', assignment), ref('mission', row.mission_id), ref('project', row.project_id)]
/** Reasons that the person gave themselves. */
const theirs: ReadonlySet<string> = new Set(['declined_by_collaborator', 'withdrawn_by_collaborator'])

function ofAssignment(write: CommittedWrite, row: ToldAssignment, version: string): Told[] {
  const refs = ofWork(row, row.id)
  const person = { kind: 'person', id: row.collaborator_id } as const
  if (became(write, 'state') === 'confirmed') return [{ type: 'assignment_updated', refs, figures: { change: 'confirmed' }, to: person, version }]
  if (row.cancel_reason === 'withdrawn_by_collaborator') return [{ type: 'assignment_answered', refs, figures: { answer: 'withdrawn', conditions: false }, to: { kind: 'production', project_id: row.project_id, asker: null }, version }]
  // Of a question that nobody was told of, nobody hears that it is over.
  if (!row.was_asked || (row.cancel_reason !== null && theirs.has(row.cancel_reason))) return []
  return [{ type: 'assignment_canceled', refs, figures: { reason: row.cancel_reason }, to: person, version }]
}

function ofAcceptance(write: CommittedWrite, row: ToldAcceptance, version: string): Told[] {
  const refs = [...ofWork(row, row.assignment_id), ref('acceptance', row.id)]
  const to = { kind: 'production', project_id: row.project_id, asker: row.created_by } as const
  if (write.changes['late'] !== undefined) return [{ type: 'answer_late', refs, figures: { why: row.late_why }, to, version }]
  return row.by_hand ? [] : [{ type: 'assignment_answered', refs, figures: { answer: String(became(write, 'state')), conditions: row.with_conditions }, to, version }]
}

const ofRevision = (row: ToldRevision, version: string): Told[] => [...new Set(row.recipients)].map((id) => ({
  type: row.is_revised ? 'sheet_revised' : 'sheet_published', refs: [ref('revision', row.id), ref('run_sheet', row.sheet_id), ref('mission', row.lead_mission_id), ref('project', row.project_id)],
  figures: { number: row.number }, to: { kind: 'person', id }, version,
}))

const ofNotice = (row: ToldNotice, version: string): Told[] => [{
  type: 'plan_published', refs: [ref('plan_publication', row.publication_id), ref('project', row.project_id)], figures: { number: row.number, changes: row.changes },
  to: { kind: 'person', id: row.collaborator_id }, version,
}]

/** Production first; those above them when nobody acted. Who is asked is reminded too, each time. */
function ofReminder(row: ToldReminder, version: string): Told[] {
  const refs = [...ofWork(row, row.assignment_id), ...(row.kind === 'acceptance_missing' ? [ref('acceptance', row.subject_id)] : [])]
  const figures = { kind: row.kind, bucket: row.bucket, anchor: row.anchor }
  const above: Told = row.level === 'direction' ? { type: 'escalation', refs, figures, to: { kind: 'direction' }, version } : { type: row.kind === 'contract_expected' ? 'contract_expected' : 'reminder', refs, figures, to: { kind: 'production', project_id: row.project_id, asker: null }, version }
  return row.kind === 'acceptance_missing' ? [above, { type: 'reminder', refs, figures: { ...figures, own: true }, to: { kind: 'person', id: row.collaborator_id }, version }] : [above]
}

function ofContract({ contract_id, project_id, collaborator_id, work }: ToldContract, version: string): Told[] {
  const refs = [ref('contract', contract_id), ...(work ? [ref('assignment', work.assignment_id), ref('mission', work.mission_id)] : []), ref('project', project_id)]
  return [{ type: 'contract_ready', refs, figures: {}, to: { kind: 'person', id: collaborator_id }, version }]
}
const ofReadiness = (row: ToldReadiness, version: string): Told[] => [{
  type: 'readiness_requested', refs: [ref('readiness_request', row.id), ref('mission', row.mission_id), ref('project', row.project_id)], figures: {}, to: { kind: 'person', id: row.collaborator_id }, version,
}]

/** `version`: the command's id. */
export function toldOf(writes: readonly CommittedWrite[], rows: ToldRows, version: string): Told[] {
  return writes.filter(isWorthTelling).flatMap((write): Told[] => {
    const { entity, id } = write
    const of = <R>(known: ReadonlyMap<string, R>, tell: (row: R) => Told[]): Told[] => {
      const row = known.get(id)
      return row === undefined ? [] : tell(row)
    }
    if (entity === 'assignment') return of(rows.assignments, (row) => ofAssignment(write, row, version))
    if (entity === 'acceptance') return of(rows.acceptances, (row) => ofAcceptance(write, row, version))
    if (entity === 'revision') return of(rows.revisions, (row) => ofRevision(row, version))
    if (entity === 'plan_notice') return of(rows.notices, (row) => ofNotice(row, version))
    if (entity === 'contract_version') return of(rows.contracts, (row) => ofContract(row, version))
    if (entity === 'readiness_request') return of(rows.readiness, (row) => ofReadiness(row, version))
    return of(rows.reminders, (row) => ofReminder(row, version))
  })
}

/** Told once: the same type of the same thing to the same one, of one version. */
export const keyOfTold = ({ type, refs, version }: Pick<Told, 'type' | 'refs' | 'version'>, recipient: string): string => `${type}:${refs[0]?.id ?? ''}:${recipient}:${version}`
/** Of a question: one telling for each round of it, whatever type it is by then. */
export const keyOfQuestion = (acceptance_id: string, recipient: string, round: number): string => `asked:${acceptance_id}:${recipient}:${round}`
