import type { z } from 'zod'
import type { Id } from '../../kernel/ids.ts'
import { isPlannableDate } from '../../kernel/instants.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { bulkRows, handle, type Handler, type Reader, type Transaction } from '../operation.ts'
import { clearBlocks } from '../people/blocks.ts'
import { availability } from '../people/model.ts'
import { checkInProject } from '../people/scope.ts'
import { listHandler } from '../records.ts'
import { transitionOf } from '../transitions.ts'
import { availabilityRequest } from './model.ts'
import * as operations from './operations.ts'
import { requestTransitions, type RequestState } from './rules.ts'
import { joined, weeklyWindows, type Window } from './windows.ts'

/** Legal by the table, or no step at all: the same answer for other times or with other words. */
function checkStep(from: RequestState, to: RequestState): void {
  if (from !== to && transitionOf(requestTransitions, from, to) === null) throw refuseFor('availability_request', 'transition_rejected', detail('state', 'transition', from, to))
}

/** Asking and withdrawing are of those who plan; one's own record is not enough. */
function checkPlans(reader: Reader): void {
  if (!reader.may('availability:write', null)) throw refuse('auth.forbidden', detail(null, 'permission', 'availability:write'))
}

const common = (one: Window, other: Window): Window => ({
  start_at: one.start_at > other.start_at ? one.start_at : other.start_at, end_at: one.end_at < other.end_at ? one.end_at : other.end_at,
})

/** The answered windows within those asked. */
function answeredWindows(asked: readonly Window[], given: readonly Window[] | undefined): Window[] {
  if (given === undefined) return joined(asked)
  const found = joined(asked.flatMap((one) => given.map((other) => common(one, other))))
  if (found.length === 0) throw refuse('validation.invalid', detail('windows', 'outside'))
  return found
}

const kindOf = { free: 'available', not_free: 'unavailable' } as const

type Answered = z.infer<typeof operations.answerRequest.input>

async function answer(tx: Transaction, { id, state, note, windows }: Answered): Promise<{ id: Id; version: number }> {
  const row = await tx.need(availabilityRequest, id)
  checkStep(row.state, state)
  for (const block of await tx.find(availability, { availability_request_id: id })) await tx.remove(availability, block.id)
  if (state !== 'maybe')
    for (const [index, window] of answeredWindows(row.windows, windows).entries()) {
      const { collaborator_id, zone } = row
      await clearBlocks(tx, { collaborator_id, project_id: null, ...window }, true)
      await tx.insert(availability, `answer:${index}`, { collaborator_id, availability_project_id: null, kind: kindOf[state], ...window, zone, source: 'manual', availability_request_id: id })
    }
  const after = await tx.update(availabilityRequest, id, { state, answered_at: tx.call.now, answer_note: note ?? null })
  return { id: after.id, version: after.version }
}

type Said = Pick<z.infer<typeof operations.setMany.input>, 'when' | 'zone'>

/** The windows that are meant, in order and apart from each other: at most one more than can be written. */
export function windowsOf({ when, zone }: Said): Window[] {
  if ('windows' in when) return joined(when.windows)
  for (const side of ['from', 'to'] as const) if (!isPlannableDate(when.weekly[side])) throw refuse('validation.invalid', detail(`when.weekly.${side}`, 'date', null, when.weekly[side]))
  return weeklyWindows(when.weekly, zone, bulkRows + 1)
}

/** Blocks lying under windows that the writer may take away: of one scope, or of all when what was said is taken back altogether. */
async function scopesUnder(tx: Transaction, collaborator_id: Id, window: Window): Promise<(Id | null)[]> {
  const own = collaborator_id === tx.call.collaborator_id
  const under = await tx.find(availability, { collaborator_id, start_at: { lt: window.end_at }, end_at: { gt: window.start_at } })
  return [...new Set(under.map((block) => block.availability_project_id))].filter((project) => tx.may('availability:write', project, own))
}

async function setMany(tx: Transaction, input: z.infer<typeof operations.setMany.input>): Promise<{ ids: string[] }> {
  const windows = windowsOf(input)
  if (windows.length === 0) throw refuse('validation.invalid', detail('when', 'empty'))
  if (windows.length * input.collaborator_ids.length > bulkRows)
    throw refuse('validation.invalid', detail('collaborator_ids', 'too_many_rows', String(bulkRows), String(windows.length * input.collaborator_ids.length)))
  const ids: string[] = []
  for (const collaborator_id of input.collaborator_ids) {
    if (input.project_id !== null) await checkInProject(tx, collaborator_id, input.project_id)
    for (const [index, window] of windows.entries()) {
      const scopes = input.kind === 'none' && input.project_id === null ? await scopesUnder(tx, collaborator_id, window) : [input.project_id]
      for (const project_id of scopes) await clearBlocks(tx, { collaborator_id, project_id, ...window }, true)
      if (input.kind === 'none') continue
      const row = await tx.insert(availability, `block:${collaborator_id}:${index}`, {
        collaborator_id, availability_project_id: input.project_id, kind: input.kind, ...window, zone: input.zone, reason: input.reason ?? null, source: 'manual',
      })
      ids.push(row.id)
    }
  }
  return { ids }
}

async function writeCalendar(tx: Transaction, { collaborator_id, events, kind, reason }: z.infer<typeof operations.writeCalendar.input>): Promise<{ ids: string[] }> {
  const ids: string[] = []
  for (const { external_id } of events)
    for (const block of await tx.find(availability, { collaborator_id, external_id, source: 'import' })) await tx.remove(availability, block.id)
  for (const { external_id, blocks, zone } of events)
    for (const [index, window] of blocks.entries()) {
      await clearBlocks(tx, { collaborator_id, project_id: null, ...window }, true)
      const row = await tx.insert(availability, `event:${external_id}:${index}`, {
        collaborator_id, availability_project_id: null, kind, ...window, zone, reason: reason ?? null, source: 'import', external_id,
      })
      ids.push(row.id)
    }
  return { ids }
}

/** Throws `availability.not_due` before the deadline. */
async function lapse(tx: Transaction, id: Id): Promise<{ id: Id; version: number }> {
  const row = await tx.need(availabilityRequest, id)
  checkStep(row.state, 'no_answer')
  if (row.state === 'asked' && (row.deadline_at === null || row.deadline_at > tx.call.now)) throw refuse('availability.not_due', detail('deadline_at', 'not_due', null, row.deadline_at))
  const after = await tx.update(availabilityRequest, id, { state: 'no_answer' })
  return { id: after.id, version: after.version }
}

export const availabilityHandlers: readonly Handler[] = [
  handle(operations.requestAvailability, async (tx, { collaborator_ids, windows, message, deadline_at, ...asked }) => {
    checkPlans(tx)
    const ids: string[] = []
    for (const collaborator_id of collaborator_ids) {
      const row = await tx.insert(availabilityRequest, `question:${collaborator_id}`, { collaborator_id, windows: joined(windows), message: message ?? null, deadline_at: deadline_at ?? null, ...asked })
      ids.push(row.id)
    }
    return { ids }
  }),
  handle(operations.answerRequest, answer),
  handle(operations.noteNoAnswer, async (tx, { id }) => {
    checkPlans(tx)
    return lapse(tx, id)
  }),
  handle(operations.lapseRequest, (tx, { id }) => lapse(tx, id)),
  handle(operations.withdrawRequest, async (tx, { id }) => {
    checkPlans(tx)
    const row = await tx.get(availabilityRequest, id)
    if (row && row.state !== 'asked' && row.state !== 'no_answer') throw refuse('availability.answered', detail('state', 'answered', null, row.state))
    await tx.remove(availabilityRequest, id)
    return { id, version: 0 }
  }),
  listHandler(operations.listRequests, availabilityRequest, { sort: ['-created_at'] }),
  handle(operations.setMany, setMany),
  handle(operations.writeCalendar, writeCalendar),
]
