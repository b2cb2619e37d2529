/** Giving a version to its people: who is told, who read it, what it changes for each; running late; is a print still current. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import { bulkRows, command, query, WrittenMany } from '../operation.ts'
import { answerSources, tellingChannels } from '../engagement/model.ts'
import { sheetMailStates } from './model.ts'
import { LANGUAGES } from './snapshot.ts'
import { recipientStates } from './rules.ts'

type Id = z.infer<typeof wire.id>
type State = Readonly<Record<string, unknown>>

const ofRevision = { kind: 'rows', entity: 'revision', ids: (input: { revision_id: Id }) => [input.revision_id] } as const
const wasPublished = (row: State): boolean => row['state'] === 'published' || row['state'] === 'archived'
const isPublished = (row: State): boolean => row['state'] === 'published'
const people = z.array(wire.id).min(1).max(bulkRows)
const instant = z.string()

const Line = z.object({ section: z.string(), row_id: z.string().nullable(), runs: z.array(z.object({ text: z.string(), bold: z.boolean() })) })
const Recipient = z.object({
  collaborator_id: z.string(), name: z.string(),
  /** Null on the sheet no more. */
  call_at: instant.nullable(), crew_role: z.string().nullable(), department: z.string().nullable(), assignment_ids: z.array(z.string()), gone: z.boolean(),
  state: z.enum(recipientStates),
  /** Does the version say something to them that they were not told before? */
  concerned: z.boolean(),
  /** Version that they know; null: none before this one. */
  known: z.int().nullable(),
  changes: z.array(Line),
  /** Version that what follows is of: this one, or the one they know when nothing changed for them since. */
  delivered: z.int().nullable(),
  channel: z.enum(tellingChannels).nullable(), sent_at: instant.nullable(), sent_by_name: z.string().nullable(), opened_at: instant.nullable(),
  confirmed_at: instant.nullable(), confirmed_by_name: z.string().nullable(), confirm_source: z.enum(answerSources).nullable(),
  /** Of the mail of this version: on its way, taken, or given up (with the code of the mail server): then they are to be told in another way. */
  mail_state: z.enum(sheetMailStates).nullable(), mail_failure: z.string().nullable(),
  /** Why no mail reaches them; null: one does, or they have an inbox here. */
  by_hand: z.enum(['no_email', 'refused', 'not_asked']).nullable(),
  /** Of the links that were given to them for this sheet, of whichever version; null: none was. */
  link_round: z.int().nullable(),
})
export type SheetRecipient = z.infer<typeof Recipient>

export const recipientsOfSheet = query({
  name: 'sheet.recipients',
  about: 'The people of a version: their call, what it changed for each since the version they know, and whether they were told, opened it, read it. Who changed nothing keeps what they said of the former version. A member reads of themselves only.',
  input: z.strictObject({ revision_id: wire.id }),
  output: z.object({
    items: z.array(Recipient),
    counts: z.object({ people: z.int(), concerned: z.int(), to_tell: z.int(), unread: z.int() }),
    /** May who asks say of themselves that they read it? */
    mine: z.object({ on_sheet: z.boolean(), read: z.boolean() }),
    zone: z.string(), date: z.string(),
  }),
  permission: 'project:read',
  target: { kind: 'visible' },
})
export const tellSheet = command({
  name: 'sheet.tell',
  about: 'Says that these people were told of a published version by hand: paper, telephone, in person. Who was told already, or is not on it, is left as they are.',
  input: z.strictObject({ revision_id: wire.id, collaborator_ids: people, channel: z.enum(['hand']) }),
  output: WrittenMany,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: wasPublished,
})
export const confirmRead = command({
  name: 'sheet.confirm_read',
  about: 'Says of oneself: I have read this version.',
  input: z.strictObject({ revision_id: wire.id }),
  output: WrittenMany,
  permission: 'project:read',
  target: ofRevision,
  possible: wasPublished,
  undoable: false,
})
export const confirmReadFor = command({
  name: 'sheet.confirm_read_for',
  about: 'Notes that these people said they read a published version: in words (hand) or on a signed sheet (paper).',
  input: z.strictObject({ revision_id: wire.id, collaborator_ids: people, source: z.enum(['hand', 'paper']) }),
  output: WrittenMany,
  permission: 'sheet:draft',
  target: ofRevision,
  possible: wasPublished,
})

const Delay = { revision_id: wire.id, from_line_id: z.string().max(60), minutes: z.int().min(1).max(720) }
const Moved = z.object({ label: z.string(), before: instant, after: instant })

export const previewDelay = query({
  name: 'sheet.preview_delay',
  about: 'What running late from a line of the schedule on would move (schedule, key times, calls still to come), for whom, and what stands against it. Writes nothing.',
  input: z.strictObject(Delay),
  output: z.object({
    slots: z.array(Moved), key_times: z.array(Moved),
    people: z.array(z.object({ collaborator_id: z.string(), name: z.string(), call_before: instant.nullable(), call_after: instant.nullable(), changes: z.array(Line) })),
    /** Limits of the day that stay where they are and are overrun then. */
    overrun: z.array(z.object({ label: z.string(), at: instant, until: instant })),
    zone: z.string(),
  }),
  permission: 'sheet:draft',
  target: ofRevision,
})
export const delaySheet = command({
  name: 'sheet.delay',
  about: 'Running late: makes a draft of the next version in which the schedule, the key times and the calls still to come are later from a line on. The published version stays as it is until that draft is published.',
  input: z.strictObject(Delay),
  output: z.object({ id: z.string(), version: z.int(), revision_id: z.string() }),
  permission: 'sheet:draft',
  target: ofRevision,
  possible: isPublished,
})

export const summarySheet = query({
  name: 'sheet.summary',
  about: 'A version as text to paste into a message: short enough for one, or with the schedule; for one person or for all. In the language of the document.',
  input: z.strictObject({ revision_id: wire.id, length: z.enum(['short', 'long']), collaborator_id: wire.id.optional(), language: z.enum(LANGUAGES).optional() }),
  /** `parts`: messages that it takes on a telephone without the internet. */
  output: z.object({ text: z.string(), characters: z.int(), parts: z.int() }),
  permission: 'project:read',
  target: { kind: 'visible' },
})
export const personalPdf = query({
  name: 'sheet.personal_pdf',
  about: 'Copies of a version, one for each person named (for all, when none is), in one PDF: their own lines boxed, their name on every page, without internal notes, telephones only of who agreed.',
  input: z.strictObject({ revision_id: wire.id, collaborator_ids: z.array(wire.id).min(1).max(200).optional(), language: z.enum(LANGUAGES).optional() }),
  output: z.object({ file_name: z.string(), media_type: z.string(), base64: z.string(), copies: z.int() }),
  permission: 'project:read',
  target: { kind: 'visible' },
})

/**
 * `current`, `older` (replaced by another), `withdrawn` (by none), `newer` (this computer has not heard of it yet), `other` (no version says
 * this), `unknown_sheet`, `forged` (the signature is not of what it says), `unreadable` (no code of a sheet).
 */
export const printVerdicts = ['current', 'older', 'withdrawn', 'newer', 'other', 'unknown_sheet', 'forged', 'unreadable'] as const
/** `none`: only the digits of the footer were typed. `unknown_key`: by a computer of which this one knows no key. */
export const printSignatures = ['valid', 'unknown_key', 'invalid', 'none'] as const
export const checkPrint = query({
  name: 'sheet.check_print',
  about: 'Is this print still current? By the text of the code on it, or the digits of its footer; answered from what this computer has, with the age of that.',
  input: z.strictObject({ text: z.string().min(1).max(2000) }),
  output: z.object({
    verdict: z.enum(printVerdicts), signature: z.enum(printSignatures),
    /** Version that the print says it is. */
    printed: z.int().nullable(),
    sheet: z.object({ id: z.string(), project_id: z.string(), title: z.string(), date: z.string(), current: z.int().nullable(), current_revision_id: z.string().nullable() }).nullable(),
    /** What is otherwise in the current version. */
    changes: z.array(Line),
    /** Until when this computer knows; null: it never heard of the server. */
    as_of: instant.nullable(),
    /** True: no server, nothing can be published elsewhere. */
    alone: z.boolean(),
  }),
  permission: 'project:read',
  target: { kind: 'visible' },
})
