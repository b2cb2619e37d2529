/**
 * What is asked of a person, on which terms, and what they answered (domain chapter 4). Rows here are consequences: made and changed by the
 * commands of the ladder, never typed into, so that no field of them is `entered` (sync rules 10 to 12 leave them out).
 */
import { z } from 'zod'
import { entity, f, optional, wire, withInitial } from '../entity.ts'
import { acceptanceStates, engagementKinds } from './rules.ts'

export { acceptanceStates }

/** How a person was told: their inbox, a mail, or by whoever says so (paper, telephone, in person). */
export const tellingChannels = ['inbox', 'email', 'hand'] as const
/** Where an answer came from: the person in the app, their link, or who entered it for them (said, or on a signed slip). */
export const answerSources = ['app', 'link', 'hand', 'paper'] as const

/** What was offered, in the words of that day: what the page, the slip and the mail show, whatever the mission is called later. No rate. */
const Terms = z.strictObject({
  project: z.string(), mission: z.string(),
  /** Null: none was given. */
  role: z.string().nullable(), place: z.string().nullable(),
  start_at: wire.instant, end_at: wire.instant,
  /** When they are expected; null: at the start. */
  call_at: wire.instant.nullable(),
  zone: wire.zone,
  engagement_kind: z.enum(engagementKinds),
  part: z.string().nullable(),
  /** People asked for, of a team or a vendor. */
  quantity: z.int(),
  /** Fees per show, of who is paid by the fee. */
  cachets: z.int(),
})
export type OfferedTerms = z.infer<typeof Terms>

const Rate = z.strictObject({ basis: z.string(), minor: z.int(), currency: z.string() })
/** An answer that could not be applied: what, when it was decided, and why. */
const Late = z.strictObject({ answer: z.enum(['accepted', 'refused']), at: wire.instant, why: z.string(), command: wire.id })

/** What stands once somebody was told. Whose it is follows its assignment, which merging two records of one person moves. */
const offered: ReadonlySet<string> = new Set(['assignment_id', 'former_id', 'terms', 'rate', 'digest', 'deadline_at', 'deleted_at'])

/** Over: an answer, or none any more. */
const over: ReadonlySet<unknown> = new Set(['accepted', 'refused', 'expired', 'withdrawn'])

/** Nobody was told of a draft, nor of one that was withdrawn as such: taken back or written anew, it wrongs nobody. */
function frozen(row: Readonly<Record<string, unknown>>, changed: readonly string[] | 'part'): 'acceptance.asked' | null {
  if (changed === 'part' || row['asked_at'] === null) return null
  return changed.some((name) => offered.has(name) || (name === 'state' && over.has(row['state']))) ? 'acceptance.asked' : null
}

const made = { class: 'derived' } as const

/** One asking. Never rewinds; asking again is another row, which names the former. */
export const acceptance = entity({
  name: 'acceptance',
  scope: 'mission',
  fields: {
    assignment_id: f.id('assignment', made),
    collaborator_id: f.id('collaborator', made),
    former_id: optional(f.id('acceptance', made)),
    state: withInitial(f.oneOf(acceptanceStates, made), 'draft'),
    terms: f.json(Terms, made),
    rate: optional(f.json(Rate, { ...made, readable: 'rates:read' })),
    /** Of terms and rate together. A digest of a fee is guessed in a second: read with rates only. */
    digest: f.text(80, { ...made, readable: 'rates:read' }),
    deadline_at: f.instant(made),
    /** When the authority may tell them: a draft of changed terms waits a quarter of an hour, trying a plan writes to nobody. */
    tell_at: f.instant(made),
    /** When they were told; null: a draft, of which nobody knows. */
    asked_at: optional(f.instant(made)),
    channel: optional(f.oneOf(tellingChannels, made)),
    /** First time the link or the message was opened. */
    opened_at: optional(f.instant(made)),
    answered_at: optional(f.instant(made)),
    source: optional(f.oneOf(answerSources, made)),
    /** Of a team: how many come, how many do not (decision C47). */
    accepted: optional(f.integer(0, 999, made)),
    refused: optional(f.integer(0, 999, made)),
    /** What the person asks for with their yes, and what they say; who plans reads it, and they themselves. */
    conditions: optional(f.text(2000, { ...made, personal: true, readable: 'assignment:cancel' })),
    words: optional(f.text(2000, { ...made, personal: true, readable: 'assignment:cancel' })),
    late: optional(f.json(Late, made)),
    /** Grows when links given out are to be worth nothing any more. */
    round: withInitial(f.integer(1, 999, made), 1),
  },
  owner: 'collaborator_id',
  partOf: 'assignment',
  frozen,
})

export const reminderKinds = ['acceptance_missing', 'contract_expected', 'document_missing'] as const
/** Days from the anchor: seven, three and one before, one after. */
export const reminderBuckets = ['d-7', 'd-3', 'd-1', 'd+1'] as const

/** A reminder that was given: once for its bucket, on however many devices. Counted from another day, it is another. */
export const reminder = entity({
  name: 'reminder',
  scope: 'mission',
  fields: {
    kind: f.oneOf(reminderKinds, made),
    assignment_id: f.id('assignment', made),
    /** What is missing: an acceptance, a contract, a document, by its id. */
    subject_id: f.text(60, made),
    /** Local date it counts from, in the project's zone. */
    anchor: f.date(made),
    bucket: f.oneOf(reminderBuckets, made),
    /** Who was told: the planners and managers of the project, or those above them when nobody had answered before. */
    level: f.oneOf(['production', 'direction'], made),
  },
  unique: [['kind', 'subject_id', 'anchor', 'bucket']],
  partOf: 'assignment',
})
