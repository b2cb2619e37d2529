/**
 * What the authority does by its clock (decision 0011.7): rows and an instant in, commands with their timer keys out, and the next instant
 * at which anything can be due. Pure: the same rows at the same instant give the same commands in the same order.
 *
 * Nothing of an archived project is due, and no execution in a locked mission. A key is one effect: its command's id is made from it, so
 * that whoever does it, and however often, does it once.
 */
import { fromMs, MINUTE, toMs, type Instant } from '../../kernel/instants.ts'
import type { Id } from '../../kernel/ids.ts'
import type { presences } from '../planning/model.ts'
import type { AcceptanceState, EngagementState } from './rules.ts'
import { anchorOf, missingAcceptance, reminderKey, remindersOf, type GivenReminder, type Missing } from './reminders.ts'

/** Commands of one turn; what is left is due still. */
export const mostOfTurn = 500
/** After a yes, before the authority makes its contract: whoever took it offline may have made and printed one. */
export const contractWait = 15 * MINUTE

export interface DueAcceptance {
  id: Id
  project_id: Id
  mission_id: Id
  assignment_id: Id
  state: AcceptanceState
  deadline_at: Instant
  /** Of a draft: when the person is to be told. Changed terms stand a while first. */
  tell_at: Instant
  asked_at: Instant | null
  /** Whether the person reads an inbox here. */
  has_inbox: boolean
  /** There is a notification of it. */
  told: boolean
  assignment: { state: EngagementState; start_at: Instant; reconfirm_since: Instant | null }
}
export interface DueAssignment {
  id: Id
  project_id: Id
  mission_id: Id
  /** The yes it stands on; null: from before such a thing was recorded. */
  acceptance_id: Id | null
  /** When it was confirmed: a voided one that is engaged again is done again. */
  confirmed_at: Instant
  end_at: Instant
  presence: (typeof presences)[number] | null
}
export interface DueRequest {
  id: Id
  deadline_at: Instant
}
/** An answer that could not be applied: it stands beside what was asked, and who plans hears of it. */
export interface DueLate {
  command_id: Id
  acceptance_id: Id
  answer: 'accepted' | 'refused'
  /** When it was given. */
  at: Instant
  why: string
}
/** A contract that the authority is to make: of accepted assignments of one person, one kind and one project, under none. */
export interface DueContract {
  /** The generation key: the same contract, whoever makes it. */
  key: string
  project_id: Id
  assignment_ids: readonly Id[]
  /** The last yes among them, or when the last contract of one of them was made void. */
  since: Instant
}
/** What was given to a member by name, until an instant. */
export interface DueGrant {
  id: Id
  until_at: Instant
}
/** Something committed that somebody should hear of. */
export interface DueTelling {
  command_id: Id
  committed_at: Instant
}

export interface DueRows {
  /** Of projects that work is done in: id to time zone. What belongs to any other is left out. */
  zones: ReadonlyMap<string, string>
  locked: ReadonlySet<string>
  /** Drafts and pending ones; expired ones of people who had accepted before and are not asked anew. */
  acceptances: readonly DueAcceptance[]
  /** Confirmed. */
  assignments: readonly DueAssignment[]
  /** Asked, with a deadline. */
  requests: readonly DueRequest[]
  contracts?: readonly DueContract[]
  /** Whatever else is missing: contracts, documents. */
  missing: readonly (Missing & { project_id: Id })[]
  /** Of the subjects above. */
  given: readonly GivenReminder[]
  tellings: readonly DueTelling[]
  late?: readonly DueLate[]
  grants?: readonly DueGrant[]
}

export interface DueCommand {
  key: string
  name: string
  input: Readonly<Record<string, string | null | readonly string[]>>
  /** Since when. */
  at: Instant
}
export interface Due {
  /** What is due first comes first. */
  commands: readonly DueCommand[]
  /** When anything will be due that is not; null: nothing by these rows. What waits in `held` counts. */
  next: Instant | null
}

/**
 * A draft is told; once it lies in an inbox it is said to be told (a mail server says so of its own, a person of what they told by hand). Of one
 * whose deadline has passed meanwhile nobody hears: nobody is late who was not told.
 */
function ofAcceptance({ id, state, has_inbox, told, tell_at, deadline_at }: DueAcceptance, now: Instant): DueCommand[] {
  if (state === 'pending') return [{ key: `expire:${id}`, name: 'acceptance.expire', input: { id }, at: deadline_at }]
  if (state !== 'draft' || deadline_at <= now || deadline_at <= tell_at) return []
  if (!told) return [{ key: `tell:${id}`, name: 'notification.make', input: { about: 'acceptance', id }, at: tell_at }]
  return has_inbox ? [{ key: `dispatch:${id}`, name: 'acceptance.told', input: { id, channel: 'inbox' }, at: tell_at }] : []
}

/** Asked and not answered: a question that is out, or one that passed and left somebody to be asked again. */
function awaited(row: DueAcceptance, zone: string, now: Instant): Missing | null {
  if (row.asked_at === null || (row.state === 'pending' && row.deadline_at <= now)) return null
  if (row.state !== 'pending' && !(row.state === 'expired' && row.assignment.reconfirm_since !== null)) return null
  return missingAcceptance({ subject_id: row.id, assignment_id: row.assignment_id, anchor: anchorOf(row.assignment.start_at, zone), zone, asked_at: row.asked_at })
}

/** The work was done: its hours are over and somebody saw them there. */
const wasThere = ({ presence }: DueAssignment): boolean => presence !== null && presence !== 'absent'

/** It is in the log: whatever the clock of its author said, it was done before now. */
const past = (at: Instant, now: Instant): Instant => (at < now ? at : now)

const byTime = (one: DueCommand, other: DueCommand): number => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.key < other.key ? -1 : one.key > other.key ? 1 : 0)
const earliest = (instants: readonly (Instant | null)[]): Instant | null => instants.reduce<Instant | null>((first, one) => (one !== null && (first === null || one < first) ? one : first), null)

/** `held`: keys that were refused; until when they wait, null: given up, or let be by a person. */
export function due(rows: DueRows, now: Instant, held: ReadonlyMap<string, Instant | null> = new Map(), most = mostOfTurn): Due {
  const { zones, locked } = rows
  const later: Instant[] = []
  const reminders = [
    ...rows.acceptances.flatMap((row) => {
      const zone = zones.get(row.project_id)
      const missing = zone === undefined ? null : awaited(row, zone, now)
      return missing ? [missing] : []
    }),
    ...rows.missing.filter(({ project_id }) => zones.has(project_id)),
  ].flatMap((missing): DueCommand[] => {
    const { due: open, next } = remindersOf(missing, rows.given, now)
    if (next !== null) later.push(next)
    if (!open) return []
    const { kind, subject_id, assignment_id, anchor, bucket, from } = open
    return [{ key: reminderKey(open), name: 'reminder.give', input: { kind, subject_id, assignment_id, anchor, bucket }, at: from }]
  })
  const candidates: DueCommand[] = [
    ...rows.acceptances.filter(({ project_id }) => zones.has(project_id)).flatMap((row) => ofAcceptance(row, now)),
    ...rows.assignments
      .filter((row) => zones.has(row.project_id) && !locked.has(row.mission_id) && wasThere(row))
      .map(({ id, acceptance_id, confirmed_at, end_at }): DueCommand => ({ key: `execute:${acceptance_id ?? id}:${confirmed_at}`, name: 'assignment.execute_by_system', input: { id }, at: end_at })),
    ...rows.requests.map(({ id, deadline_at }): DueCommand => ({ key: `no_answer:${id}`, name: 'availability.lapse', input: { id }, at: deadline_at })),
    ...(rows.grants ?? []).map(({ id, until_at }): DueCommand => ({ key: `lapse:${id}:${until_at}`, name: 'permission.lapse', input: { id }, at: until_at })),
    ...(rows.contracts ?? [])
      .filter(({ project_id }) => zones.has(project_id))
      .map(({ key, assignment_ids, since }): DueCommand => ({ key: `contract:${key}`, name: 'contract.generate_due', input: { assignment_ids }, at: fromMs(toMs(since) + contractWait) })),
    ...rows.tellings.map(({ command_id, committed_at }): DueCommand => ({ key: `tell:${command_id}`, name: 'notification.make', input: { about: 'command', id: command_id }, at: past(committed_at, now) })),
    ...(rows.late ?? []).map(({ command_id, acceptance_id, answer, at, why }): DueCommand => ({ key: `late:${command_id}`, name: 'acceptance.note_late', input: { id: acceptance_id, answer, at, why, command: command_id }, at: past(at, now) })),
    ...reminders,
  ]
  const ready: DueCommand[] = []
  for (const one of candidates) {
    const until = held.get(one.key)
    if (until === null) continue
    const at = until !== undefined && until > one.at ? until : one.at
    if (at <= now) ready.push(one)
    else later.push(at)
  }
  const commands = ready.sort(byTime)
  return { commands: commands.slice(0, most), next: commands.length > most ? now : earliest(later) }
}
