/**
 * The ladder of engagement (domain chapter 4): asking, telling, answering, confirming, coming, closing. Nothing here is undone: each step has
 * its way back. Answers and expiry pass a locked mission, for no term changes; an archived project refuses both.
 */
import { z } from 'zod'
import { inputOf, wire } from '../entity.ts'
import { bulkRows, command, Written, WrittenMany } from '../operation.ts'
import { assignment } from '../planning/model.ts'
import { acceptance, tellingChannels } from './model.ts'

const Reason = z.string().trim().min(1).max(500)
const Words = z.string().trim().min(1).max(2000)

type Changes = { changes: { id: z.infer<typeof wire.id> }[] }
const changed = (entity: string) => ({ kind: 'rows', entity, ids: (input: Changes) => input.changes.map(({ id }) => id) }) as const
const one = (entity: string) => ({ kind: 'rows', entity, ids: (input: { id: z.infer<typeof wire.id> }) => [input.id] }) as const
const ids = (entity: string) => ({ kind: 'rows', entity, ids: (input: { ids: z.infer<typeof wire.id>[] }) => input.ids }) as const
/** A list of rows, each named once. */
const many = <T extends z.ZodType<{ id: string }>>(line: T) =>
  z.array(line).min(1).max(bulkRows).refine((list) => new Set(list.map(({ id }) => id)).size === list.length, { error: 'repeated' })
const manyIds = z.array(wire.id).min(1).max(bulkRows)

/** Whether somebody is waited for: asked, or to be asked again. */
const isAsked = (row: Readonly<Record<string, unknown>>): boolean => row['state'] === 'proposed' || row['reconfirm_since'] !== null
const isOneOf = (...states: readonly string[]) => (row: Readonly<Record<string, unknown>>): boolean => states.includes(String(row['state']))

/** What an acceptance said on the screen of who read it out: a draft may have been rewritten meanwhile. */
const Told = z.strictObject({ start_at: wire.instant, end_at: wire.instant, role: z.string().nullable() })

/** Assignments, and what was asked of each, in the order given. */
export const Asked = z.object({ ids: z.array(z.string()), acceptance_ids: z.array(z.string()) })

// Asking and telling

export const proposeAssignments = command({
  name: 'assignment.propose',
  about: 'Asks people whether they come, from planned or canceled: a draft for each, of which nobody knows until it is told. Asked by another meanwhile: refused; by oneself: nothing changes.',
  input: z.strictObject({ changes: many(z.strictObject({ id: wire.id, version: wire.version, deadline_at: wire.instant })) }),
  output: Asked,
  permission: 'assignment:plan',
  target: changed('assignment'),
  possible: isOneOf('planned', 'canceled', 'proposed'),
  undoable: false,
})
export const askAgain = command({
  name: 'assignment.ask_again',
  about: 'Asks again at once whose terms changed, rather than in a quarter of an hour; or anew, with a deadline, who let the former question pass.',
  input: z.strictObject({ changes: many(z.strictObject({ id: wire.id, deadline_at: wire.instant.optional() })) }),
  output: Asked,
  permission: 'assignment:plan',
  target: changed('assignment'),
  possible: isAsked,
  undoable: false,
  again: false,
})
export const dispatchAcceptances = command({
  name: 'acceptance.dispatch',
  about: 'Says that people were told by hand (paper, telephone, in person): from then on they may answer, and be late. What they were told may be given: a draft rewritten meanwhile is refused.',
  input: z.strictObject({ changes: many(z.strictObject({ id: wire.id, told: Told.optional() })), channel: z.enum(['hand']) }),
  output: WrittenMany,
  permission: 'assignment:plan',
  target: changed(acceptance.name),
  possible: isOneOf('draft'),
  undoable: false,
  again: false,
})
/** As many as the model counts. */
const mostRounds = 999
export const revokeLink = command({
  name: 'acceptance.revoke_link',
  about: 'Makes the links that were given out for a question worth nothing (sent to the wrong person, forwarded): a new one is made when it is mailed or copied again. Who has an old one is told that it is no longer valid.',
  input: z.strictObject({ id: wire.id, version: wire.version }),
  output: Written,
  permission: 'assignment:plan',
  target: one(acceptance.name),
  possible: (row) => Number(row['round'] ?? 1) < mostRounds,
  undoable: false, again: false, ignoresLock: true,
})

// Answering

const answered = { id: wire.id, acceptance_id: wire.id }
/** Of a team: how many come, how many do not. */
const counts = { accepted: z.int().min(1).max(999).optional(), refused: z.int().min(0).max(999).optional() }
const yes = { conditions: Words.optional(), words: Words.optional(), ...counts, told: Told.optional() }
const sealedWords = (input: { id: z.infer<typeof wire.id> }) => ['conditions', 'words'].map((name) => ({ path: [name], subject: input.id }))

export const acceptOwn = command({
  name: 'assignment.accept',
  about: 'Says yes for oneself, on the terms of that acceptance, with conditions or not.',
  input: z.strictObject({ ...answered, ...yes }),
  output: Written,
  permission: 'assignment:answer',
  target: one('assignment'),
  possible: isAsked,
  undoable: false, again: false, ignoresLock: true, sealed: sealedWords,
})
export const declineOwn = command({
  name: 'assignment.decline',
  about: 'Says no for oneself. Whom it releases: an asked person; one asked again on other terms has withdrawn.',
  input: z.strictObject({ ...answered, words: Words.optional() }),
  output: Written,
  permission: 'assignment:answer',
  target: one('assignment'),
  possible: isAsked,
  undoable: false, again: false, ignoresLock: true, sealed: sealedWords,
})
export const withdrawOwn = command({
  name: 'assignment.withdraw',
  about: 'Takes back one’s own yes, as long as it is not confirmed. What else is asked of that assignment is withdrawn with it.',
  input: z.strictObject({ id: wire.id, words: Words.optional() }),
  output: Written,
  permission: 'assignment:answer',
  target: one('assignment'),
  possible: isOneOf('accepted'),
  undoable: false, again: false, ignoresLock: true, sealed: sealedWords,
})

/** Who enters it for them: where it came from, and why it was not the person. Kept in the audit. */
const entered = { source: z.enum(['hand', 'paper']), reason: Reason }

export const acceptFor = command({
  name: 'assignment.accept_for',
  about: 'Enters somebody’s yes, with its source and a reason.',
  input: z.strictObject({ ...answered, ...yes, ...entered }),
  output: Written,
  permission: 'assignment:answer_for',
  target: one('assignment'),
  possible: isAsked,
  undoable: false, again: false, ignoresLock: true, sealed: sealedWords,
})
export const acceptByVoice = command({
  name: 'assignment.accept_by_voice',
  about: 'Enters the yes of somebody who was not asked here, or no more (a late yes by telephone): asked, told by hand and answered in one gesture. For who also plans.',
  input: z.strictObject({ id: wire.id, conditions: Words.optional(), words: Words.optional(), ...counts, ...entered }),
  output: Written,
  permission: 'assignment:answer_for',
  target: one('assignment'),
  possible: isOneOf('planned', 'canceled'),
  undoable: false, again: false, sealed: sealedWords,
})
export const declineFor = command({
  name: 'assignment.decline_for',
  about: 'Enters somebody’s no, with its source and a reason.',
  input: z.strictObject({ ...answered, words: Words.optional(), ...entered }),
  output: Written,
  permission: 'assignment:answer_for',
  target: one('assignment'),
  possible: isAsked,
  undoable: false, again: false, ignoresLock: true, sealed: sealedWords,
})
export const withdrawFor = command({
  name: 'assignment.withdraw_for',
  about: 'Enters that somebody takes back their yes, with its source and a reason.',
  input: z.strictObject({ id: wire.id, words: Words.optional(), ...entered }),
  output: Written,
  permission: 'assignment:answer_for',
  target: one('assignment'),
  possible: isOneOf('accepted'),
  undoable: false, again: false, ignoresLock: true, sealed: sealedWords,
})

// Confirming, coming, closing

export const confirmAssignments = command({
  name: 'assignment.confirm',
  about: 'Confirms who has accepted: the money is there, and no rule is broken or a reason and a date say why. Figures of a rate card are frozen. A refusal lists what is missing of each row.',
  input: z.strictObject({
    changes: many(z.strictObject({
      id: wire.id, budget: z.literal(true),
      ...inputOf(assignment, [], ['override_reason', 'expected_resolution_at']),
    })),
  }),
  output: WrittenMany,
  permission: 'assignment:confirm',
  target: changed('assignment'),
  possible: isOneOf('accepted'),
  undoable: false,
})
export const recordPresence = command({
  name: 'assignment.record_presence',
  about: 'Enters attendance: who came, from when to when. Actual hours count for rest and for costs.',
  input: z.strictObject({
    changes: many(z.strictObject({ id: wire.id, version: wire.version, ...inputOf(assignment, [], ['presence', 'presence_note', 'actual_start_at', 'actual_end_at']) })),
  }),
  output: WrittenMany,
  permission: 'assignment:execute',
  target: changed('assignment'),
  possible: isOneOf('accepted', 'confirmed', 'executed'),
})
export const executeAssignments = command({
  name: 'assignment.execute',
  about: 'Says that confirmed work was done, before the authority sees it from the attendance.',
  input: z.strictObject({ ids: manyIds }),
  output: WrittenMany,
  permission: 'assignment:execute',
  target: ids('assignment'),
  possible: isOneOf('confirmed'),
  undoable: false,
})
export const closeAssignments = command({
  name: 'assignment.close',
  about: 'Closes work that was done, once nothing of it is missing.',
  input: z.strictObject({ ids: manyIds }),
  output: WrittenMany,
  permission: 'assignment:close',
  target: ids('assignment'),
  possible: isOneOf('executed'),
  undoable: false,
})

// What the authority does by itself

const bySystem = { permission: 'system:act', undoable: false, again: false } as const

export const toldBySystem = command({
  ...bySystem,
  name: 'acceptance.told',
  about: 'Notes that the person was told, in their inbox or by mail.',
  input: z.strictObject({ id: wire.id, channel: z.enum(tellingChannels).exclude(['hand']) }),
  output: Written,
  target: one(acceptance.name),
  ignoresLock: true,
})
export const openedBySystem = command({
  ...bySystem,
  name: 'acceptance.opened',
  about: 'Notes the first time the message or the link was opened.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  target: one(acceptance.name),
  ignoresLock: true,
})
export const answerByLink = command({
  ...bySystem,
  name: 'assignment.answer_by_link',
  about: 'Writes the answer that somebody gave through their link.',
  input: z.strictObject({ id: wire.id, answer: z.enum(['accepted', 'refused']), conditions: Words.optional(), words: Words.optional(), ...counts }),
  output: Written,
  target: one(acceptance.name),
  ignoresLock: true, sealed: sealedWords,
})
export const expireBySystem = command({
  ...bySystem,
  name: 'acceptance.expire',
  about: 'Ends a question whose deadline has passed without an answer. Who was asked is released; who had accepted before stays, to be asked again.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  target: one(acceptance.name),
  ignoresLock: true,
})
export const noteLateBySystem = command({
  ...bySystem,
  name: 'acceptance.note_late',
  about: 'Writes beside an acceptance an answer that could not be applied: which, when, why.',
  input: z.strictObject({ id: wire.id, answer: z.enum(['accepted', 'refused']), at: wire.instant, why: z.string().min(1).max(80), command: wire.id }),
  output: Written,
  target: one(acceptance.name),
  ignoresLock: true,
})
export const executeBySystem = command({
  ...bySystem,
  name: 'assignment.execute_by_system',
  about: 'Says that work was done: its window has passed and attendance is entered.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  target: one('assignment'),
})
