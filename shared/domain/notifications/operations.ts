/** What the authority tells people, and what they do with it. Reading is a command: it is audited. A notification never performs a transition. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import type { Id } from '../../kernel/ids.ts'
import { command, query, WrittenMany } from '../operation.ts'
import { languages } from '../organization/model.ts'
import { notificationStates, notificationTypes } from './model.ts'

export const makeNotifications = command({
  name: 'notification.make',
  about: 'Tells who has to hear of a commit, or of a question that waits to be told: in their inbox at once, by mail or by hand where they have none.',
  input: z.strictObject({ about: z.enum(['command', 'acceptance']), id: wire.id }),
  output: WrittenMany,
  permission: 'system:act',
  target: { kind: 'visible' },
  undoable: false, again: false, ignoresLock: true,
})

const mailed = { permission: 'system:act', target: { kind: 'rows', entity: 'notification', ids: (input: { id: Id }) => [input.id] }, output: WrittenMany, undoable: false, again: false, ignoresLock: true } as const
const Round = z.int().min(1).max(999)

export const sentNotification = command({ ...mailed, name: 'notification.sent', about: 'Notes that a mail server took the mail of that round.', input: z.strictObject({ id: wire.id, round: Round }) })
export const failedNotification = command({
  ...mailed, name: 'notification.failed', about: 'Notes that the mail of that round was given up, and how (a code of the mail server): somebody is to be told in another way.',
  input: z.strictObject({ id: wire.id, round: Round, code: z.string().min(1).max(40) }),
})

export const retryNotification = command({
  ...mailed, name: 'notification.retry', about: 'Begins another round of a mail that was given up, for a person who asked for it. Answers nothing when that round is over.', input: z.strictObject({ id: wire.id, round: Round }),
})

const ids = z.array(wire.id).min(1).max(200)
const own = { permission: 'org:read', target: { kind: 'rows', entity: 'notification', ids: (input: { ids: Id[] }) => input.ids }, output: WrittenMany, undoable: false } as const

export const readNotifications = command({ ...own, name: 'notification.read', about: 'Notes that one has read them.', input: z.strictObject({ ids }) })
export const unreadNotifications = command({ ...own, name: 'notification.unread', about: 'Shows them as unread again.', input: z.strictObject({ ids }) })
export const dismissNotifications = command({
  ...own, name: 'notification.dismiss', about: 'Puts them aside. They stay listed among what was put aside; `back`: they are here again.', input: z.strictObject({ ids, back: z.literal(true).optional() }),
})
export const snoozeNotifications = command({
  ...own, name: 'notification.snooze', about: 'Puts them off until an instant; null: they are here again.', input: z.strictObject({ ids, until: wire.instant.nullable() }),
})

/** `to_answer`: the reader is waited for; `to_know`: they are told. */
export const notificationGroups = ['to_answer', 'to_know'] as const
export const mostShown = 200

export const listNotifications = query({
  name: 'notification.list',
  about: 'One’s own inbox, newest first, in words of the reader’s language: what waits for an answer, then what is to be known. Conflicts, questions of availability and kept work are matters (matter.list).',
  input: z.strictObject({
    show: z.enum(['inbox', 'snoozed', 'dismissed']).optional().describe('inbox when left out'),
    language: z.enum(languages).optional().describe('of the words; the organization’s when left out'),
    limit: z.int().min(1).max(mostShown).optional(),
  }),
  output: z.object({
    items: z.array(z.object({
      id: z.string(), version: z.int(), type: z.enum(notificationTypes), group: z.enum(notificationGroups), state: z.enum(notificationStates),
      subject: z.string(), body: z.string(), refs: z.array(z.object({ entity: z.string(), id: z.string() })), figures: z.record(z.string(), z.unknown()),
      created_at: z.string(), read_at: z.string().nullable(), dismissed_at: z.string().nullable(), snoozed_until: z.string().nullable(),
      desktop: z.boolean().describe('they want it on their desktop too'),
      /** Of a question: until when, and whether it still waits. */
      deadline_at: z.string().nullable(), asked: z.object({ assignment_id: z.string(), acceptance_id: z.string() }).nullable(),
    })),
    total: z.int(), unread: z.int(), to_answer: z.int(),
    /** Not read, or waiting for an answer; a question told several times is one. */
    waiting: z.int(),
    /** People whom the reader may ask and who are to be told by hand (notification.to_tell). */
    by_hand: z.int(),
    next_at: z.string().nullable().describe('when one that was put off comes back'),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

/** No address; they refused mail, or mail of this, or nobody asked them; the mail was given up; it has not left after a quarter of an hour. */
export const whyByHand = ['no_email', 'refused', 'not_asked', 'failed', 'not_sent'] as const

export const listToTell = query({
  name: 'notification.to_tell',
  about: 'People to be told by hand: questions that wait for somebody who has no inbox here, and has no e-mail, did not agree to be written to, or whose mail does not leave.',
  input: z.strictObject({ project_id: wire.id.optional() }),
  output: z.object({
    items: z.array(z.object({
      acceptance_id: z.string(), assignment_id: z.string(), project_id: z.string(), mission_id: z.string(), mission_title: z.string(), collaborator_id: z.string(), collaborator_name: z.string(), tell_at: z.string(), deadline_at: z.string(), why: z.enum(whyByHand),
    })),
    total: z.int(),
  }),
  permission: 'assignment:plan',
  target: { kind: 'visible', project: ({ project_id }) => project_id },
})
