/**
 * What somebody is told of (domain chapter 5): made by the authority from what was committed, never by the person's command, so that an
 * offline laptop tells nobody. Consequences: only what its reader does with it (read, put aside, put off) is theirs, and the last one counts.
 */
import { z } from 'zod'
import { entity, f, optional, wire, withInitial } from '../entity.ts'
import { languages } from '../organization/model.ts'

/** `conflict raised`, `sync conflict` and `availability request` are matters of a person (matters.ts), which the inbox shows beside these. `contract_expected` is the first reminder of a contract that is not made. */
export const notificationTypes = [
  'assignment_proposed', 'assignment_updated', 'assignment_canceled', 'assignment_answered', 'answer_late', 'sheet_published', 'sheet_revised', 'plan_published', 'readiness_requested',
  'contract_expected', 'contract_ready', 'reminder', 'escalation',
] as const
export type NotificationType = (typeof notificationTypes)[number]

/** Those that have a mail of their own; of the others production tells, or a sheet does. */
export const mailTypes = ['assignment_proposed', 'assignment_updated', 'assignment_canceled', 'readiness_requested', 'contract_ready', 'reminder'] as const satisfies readonly NotificationType[]
export type MailType = (typeof mailTypes)[number]

/** Delivered in the inbox by being committed; a mail goes on from prepared, and may fail. */
export const notificationStates = ['prepared', 'dispatched', 'delivered', 'acknowledged', 'failed', 'escalated'] as const

const made = { class: 'derived' } as const
const free = { class: 'free' } as const

/** No reference columns: an archived project would refuse that it be read, an undo what it speaks of. */
const Refs = z.array(z.strictObject({ entity: z.string().max(40), id: wire.id })).max(8)
const Figures = z.record(z.string().max(40), z.union([z.string().max(200), z.number(), z.boolean(), z.null()]))

export const notification = entity({
  name: 'notification',
  scope: 'organization',
  fields: {
    /** Who is told: a person of the directory, else (nobody is linked) a member. */
    collaborator_id: optional(f.id('collaborator', made)),
    member_id: optional(f.id('member', made)),
    type: f.oneOf(notificationTypes, made),
    refs: f.json(Refs, made),
    /** No name, no fee: names are read when it is shown, by what its reader may see. */
    figures: withInitial(f.json(Figures, made), {}),
    /** Of who is told, when it was made. */
    locale: f.oneOf(languages, made),
    state: withInitial(f.oneOf(notificationStates, made), 'prepared'),
    /** Grows when it is sent anew. */
    round: withInitial(f.integer(1, 999, made), 1),
    /** Type, what it is of, who, which version: told once. */
    key: f.text(200, made),
    read_at: optional(f.instant(free)),
    dismissed_at: optional(f.instant(free)),
    snoozed_until: optional(f.instant(free)),
  },
  unique: [['key']],
  owner: 'collaborator_id',
})

/**
 * What somebody does not want to be told beside their inbox, which is mandatory: they were asked for everything, and took these back. A type that is newer than
 * what they said is told.
 */
export const notificationPreference = entity({
  name: 'notification_preference',
  scope: 'organization',
  fields: {
    /** Whose: a person of the directory, else (nobody is linked) a member. */
    collaborator_id: optional(f.id('collaborator', made)),
    member_id: optional(f.id('member', made)),
    no_mail: withInitial(f.json(z.array(z.enum(mailTypes)).max(mailTypes.length), free), []),
    no_desktop: withInitial(f.json(z.array(z.enum(notificationTypes)).max(notificationTypes.length), free), []),
  },
  unique: [['collaborator_id', 'member_id']],
  owner: 'collaborator_id',
})

/** Own words for a mail of a type, in a language. Without a row, those that ship (messages.ts). */
export const messageTemplate = entity({
  name: 'message_template',
  scope: 'organization',
  fields: {
    type: f.oneOf(mailTypes),
    language: f.oneOf(languages),
    subject: f.text(160),
    title: f.text(160),
    body: f.text(2000),
    /** On the button of a mail that has one; empty: as shipped. */
    link_text: optional(f.text(60)),
  },
  unique: [['type', 'language']],
})
