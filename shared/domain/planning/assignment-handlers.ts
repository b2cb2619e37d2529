import type { z } from 'zod'
import { fromMs, MINUTE, shiftDays, toMs, type Instant } from '../../kernel/instants.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Row } from '../entity.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import { changeRow, listHandler } from '../records.ts'
import { crewRole, rateCard } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { assignment, mission } from './model.ts'
import * as operations from './operations.ts'

type AssignmentRow = Row<typeof assignment>

/** Terms that an answer stands on: from accepted on they change by assignment.change only (domain chapter 4). */
const answeredTerms = ['start_at', 'end_at', 'crew_role_id', 'rate_card_id', 'rate_basis', 'rate_minor', 'rate_currency', 'cachets'] as const
const open = (row: AssignmentRow): boolean => row.state === 'planned' || row.state === 'proposed'

export function checkTermsOpen(row: AssignmentRow, fields: readonly string[]): void {
  if (open(row)) return
  const frozen = fields.filter((name) => (answeredTerms as readonly string[]).includes(name))
  if (row.state === 'canceled') throw refuseFor('assignment', 'transition_rejected', detail('state', 'canceled', null, row.state))
  if (frozen.length > 0) throw refuse('assignment.locked_terms', ...frozen.map((name) => detail(name, row.state)))
}

/** The rate of the card in force, copied on the assignment when it names one and gives no figure of its own. */
async function withRate(tx: Transaction, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const id = values['rate_card_id']
  if (typeof id !== 'string' || values['rate_minor'] !== undefined) return values
  const card = await tx.get(rateCard, id as Id)
  return card ? { ...values, rate_basis: card.basis, rate_minor: card.amount_minor, rate_currency: card.currency } : values
}

async function each(tx: Transaction, ids: readonly Id[], work: (row: AssignmentRow) => Promise<unknown>): Promise<{ ids: string[] }> {
  for (const id of ids) await work(await tx.need(assignment, id))
  return { ids: [...ids] }
}

type PlannedPerson = z.infer<typeof operations.createAssignments.input>['people'][number]

async function plan(tx: Transaction, label: string, on: Row<typeof mission>, person: PlannedPerson): Promise<Id> {
  if (on.status === 'canceled') throw refuseFor('mission', 'transition_rejected', detail('mission_id', 'canceled', null, on.title))
  const row = await tx.insert(assignment, label, {
    ...(await withRate(tx, person)), collaborator_id: person.collaborator_id, project_id: on.project_id, mission_id: on.id,
    start_at: person.start_at ?? on.start_at, end_at: person.end_at ?? on.end_at,
  })
  return row.id
}

export const assignmentHandlers: readonly Handler[] = [
  handle(operations.createAssignments, async (tx, input) => {
    const on = await tx.need(mission, input.mission_id)
    const ids: string[] = []
    for (const [index, person] of input.people.entries()) ids.push(await plan(tx, `person:${index}`, on, person))
    return { ids }
  }),
  handle(operations.createAssignmentsAcross, async (tx, input) => {
    const ids: string[] = []
    for (const [index, { mission_id, ...person }] of input.assignments.entries()) {
      const on = await tx.need(mission, mission_id)
      if (on.project_id !== input.project_id) throw refuseFor('mission', 'not_found', detail(`assignments.${index}.mission_id`, 'not_found', null, mission_id))
      ids.push(await plan(tx, `assignment:${index}`, on, person))
    }
    return { ids }
  }),
  handle(operations.updateAssignment, async (tx, input) => {
    const row = await tx.need(assignment, input.id)
    checkTermsOpen(row, Object.keys(input.changes))
    return changeRow(tx, assignment, { ...input, changes: await withRate(tx, input.changes) })
  }),
  handle(operations.cancelAssignments, (tx, input) => {
    if (input.reason) tx.reason(input.reason)
    return each(tx, input.ids, async (row) => {
      if (row.state === 'canceled') return
      if (row.state !== 'planned') throw refuseFor('assignment', 'transition_rejected', detail('state', 'transition', row.state, 'canceled'))
      await tx.update(assignment, row.id, { state: 'canceled', cancel_reason: input.reason ?? null })
    })
  }),
  handle(operations.removeAssignments, async (tx, input) => {
    for (const id of input.ids) {
      const row = await tx.get(assignment, id)
      if (row && row.state !== 'planned' && row.state !== 'canceled') throw refuseFor('assignment', 'transition_rejected', detail('state', 'engaged', null, row.state))
      await tx.remove(assignment, id)
    }
    return { ids: [...input.ids] }
  }),
  handle(operations.shiftAssignments, async (tx, input) => {
    const moved = (instant: Instant, zone: string): Instant => fromMs(toMs(shiftDays(instant, input.days, zone)) + input.minutes * MINUTE)
    return each(tx, input.ids, async (row) => {
      checkTermsOpen(row, ['start_at', 'end_at'])
      const { zone } = await tx.need(mission, row.mission_id)
      await tx.update(assignment, row.id, { start_at: moved(row.start_at, zone), end_at: moved(row.end_at, zone), call_at: row.call_at && moved(row.call_at, zone) })
    })
  }),
  handle(operations.reassign, async (tx, input) => {
    await tx.need(collaborator, input.collaborator_id)
    return each(tx, input.ids, async (row) => {
      if (row.state !== 'planned') throw refuseFor('assignment', 'transition_rejected', detail('state', 'engaged', 'planned', row.state))
      await tx.update(assignment, row.id, { collaborator_id: input.collaborator_id })
    })
  }),
  handle(operations.changeCrewRole, async (tx, input) => {
    await tx.need(crewRole, input.crew_role_id)
    return each(tx, input.ids, async (row) => {
      checkTermsOpen(row, ['crew_role_id'])
      await tx.update(assignment, row.id, { crew_role_id: input.crew_role_id })
    })
  }),
  listHandler(operations.listAssignments, 'assignment_line', { sort: ['start_at'], project: 'project_id' }),
  answer(operations.getAssignment, async (reader, { id }) => {
    const { items } = await reader.view('assignment_line', { where: { id }, sort: ['id'], limit: 1 })
    return items[0] ?? reader.need(assignment, id)
  }),
]
