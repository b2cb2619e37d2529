/**
 * When somebody is reminded of what is missing (domain chapter 4): seven, three and one day before the day it counts from, and one after.
 * Pure. A bucket is open from the beginning of its local day until the next one begins, so that an authority that slept gives it late,
 * and once; a bucket that had begun before anything was asked is not given. Counted from another day, it is another reminder.
 */
import { addDays, fromLocal, fromMs, HOUR, localDateOf, toMs, type Instant, type LocalDate } from '../../kernel/instants.ts'
import { reminderBuckets, type reminderKinds } from './model.ts'

export type ReminderKind = (typeof reminderKinds)[number]
export type ReminderBucket = (typeof reminderBuckets)[number]
/** Who hears of it: the planners and managers of the project; those above them when a reminder of the same thing was given already. */
export type ReminderLevel = 'production' | 'direction'

/** A contract is waited for so long after the yes before anybody is reminded of it. */
export const CONTRACT_EXPECTED = 48 * HOUR

const daysFromAnchor: Readonly<Record<ReminderBucket, number>> = { 'd-7': -7, 'd-3': -3, 'd-1': -1, 'd+1': 1 }

export interface OpenBucket {
  bucket: ReminderBucket
  from: Instant
  /** null: the last one, which stays open. */
  until: Instant | null
}

/** The buckets counted from a local date of a zone, in order. */
export function bucketsOf(anchor: LocalDate, zone: string): OpenBucket[] {
  const begins = reminderBuckets.map((bucket) => fromLocal(addDays(anchor, daysFromAnchor[bucket]), '00:00', zone))
  return reminderBuckets.map((bucket, index) => ({ bucket, from: begins[index] as Instant, until: begins[index + 1] ?? null }))
}

/** Something that was asked for and is not there. */
export interface Missing {
  kind: ReminderKind
  /** What is missing: an acceptance, a contract, a document. */
  subject_id: string
  assignment_id: string
  /** Local date it counts from, in the project's zone. */
  anchor: LocalDate
  zone: string
  /** Since when it is asked for. */
  since: Instant
}
export interface GivenReminder {
  kind: ReminderKind
  subject_id: string
  anchor: LocalDate
  bucket: ReminderBucket
}
export interface DueReminder extends GivenReminder {
  assignment_id: string
  level: ReminderLevel
  /** When its bucket opened. */
  from: Instant
}

/** The day that reminders of an assignment count from: that of its beginning, on the clocks of its project. */
export const anchorOf = (start_at: Instant, zone: string): LocalDate => localDateOf(start_at, zone)

/** An answer that was asked for. */
export const missingAcceptance = (of: Pick<Missing, 'subject_id' | 'assignment_id' | 'anchor' | 'zone'> & { asked_at: Instant }): Missing => {
  const { asked_at, ...rest } = of
  return { kind: 'acceptance_missing', since: asked_at, ...rest }
}
/** A contract that somebody's yes calls for: not before 48 hours have passed. */
export const missingContract = (of: Pick<Missing, 'subject_id' | 'assignment_id' | 'anchor' | 'zone'> & { accepted_at: Instant }): Missing => {
  const { accepted_at, ...rest } = of
  return { kind: 'contract_expected', since: fromMs(toMs(accepted_at) + CONTRACT_EXPECTED), ...rest }
}
/** A document that is expected. */
export const missingDocument = (of: Pick<Missing, 'subject_id' | 'assignment_id' | 'anchor' | 'zone'> & { expected_at: Instant }): Missing => {
  const { expected_at, ...rest } = of
  return { kind: 'document_missing', since: expected_at, ...rest }
}

/** Key of the command that gives it. */
export const reminderKey = ({ kind, subject_id, anchor, bucket }: GivenReminder): string => `remind:${kind}:${subject_id}:${anchor}:${bucket}`

/** The reminder that is due now, if any, and when the next may be. `given`: those of the same thing, at any anchor. */
export function remindersOf(missing: Missing, given: readonly GivenReminder[], now: Instant): { due: DueReminder | null; next: Instant | null } {
  const { kind, subject_id, assignment_id, anchor, zone, since } = missing
  const mine = given.filter((one) => one.kind === kind && one.subject_id === subject_id)
  const buckets = bucketsOf(anchor, zone).filter(({ from }) => from >= since)
  const open = buckets.find(({ from, until }) => from <= now && (until === null || now < until))
  const isGiven = open && mine.some((one) => one.anchor === anchor && one.bucket === open.bucket)
  return {
    due: open && !isGiven ? { kind, subject_id, assignment_id, anchor, bucket: open.bucket, level: mine.length === 0 ? 'production' : 'direction', from: open.from } : null,
    next: buckets.find(({ from }) => from > now)?.from ?? null,
  }
}
