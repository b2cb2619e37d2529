import type { z } from 'zod'
import type { Id } from '../../kernel/ids.ts'
import { Refusal, type ErrorDetail } from '../../kernel/result.ts'
import type { Row, Values } from '../entity.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import { changeRow, pageRequestOf } from '../records.ts'
import { cancel } from '../engagement/leaving.ts'
import { withQuestions } from '../engagement/queries.ts'
import { removeQuestions } from '../engagement/parts.ts'
import { crewRole, rateCard } from '../organization/model.ts'
import { changeAssignments, changeRate } from './change-operations.ts'
import { assignment, mission } from './model.ts'
import { shifted } from './moving.ts'
import * as operations from './operations.ts'
import { answeredTerms, asksAgain, changeTerms, isOpen, withRate, type AskedChange, type Terms } from './terms.ts'

type AssignmentRow = Row<typeof assignment>

/** Once somebody has answered on them, terms change by assignment.change only (domain chapter 4). */
export function checkTermsOpen(row: AssignmentRow, fields: readonly string[]): void {
  if (isOpen(row)) return
  const frozen = fields.filter((name) => (answeredTerms as readonly string[]).includes(name))
  if (row.state === 'canceled') throw refuseFor('assignment', 'transition_rejected', detail('state', 'canceled', null, row.state))
  if (frozen.length > 0) throw refuse('assignment.locked_terms', ...frozen.map((name) => detail(name, row.state)))
}

/** One law for rows changed alike. */
async function changeEach(tx: Transaction, ids: readonly Id[], termsOf: (row: AssignmentRow) => Terms | Promise<Terms>, reason?: string): Promise<{ ids: Id[] }> {
  const asked: AskedChange[] = []
  for (const id of ids) {
    const row = await tx.need(assignment, id)
    asked.push({ row, terms: await termsOf(row) })
  }
  return { ids: await changeTerms(tx, asked, reason) }
}

/** What others changed of these fields since the row was read, as the refusal for one row says it. */
async function changedSince(tx: Transaction, row: AssignmentRow, version: number, fields: readonly string[]): Promise<readonly ErrorDetail[]> {
  try {
    await tx.checkVersion(assignment, row, version, fields)
    return []
  } catch (error) {
    if (error instanceof Refusal && error.failure.code === 'concurrency.version_mismatch') return error.failure.details
    throw error
  }
}

type PlannedPerson = z.infer<typeof operations.createAssignments.input>['people'][number]

async function planned(tx: Transaction, on: Row<typeof mission>, person: PlannedPerson): Promise<Values<typeof assignment>> {
  if (on.status === 'canceled') throw refuseFor('mission', 'transition_rejected', detail('mission_id', 'canceled', null, on.title))
  return {
    ...(await withRate(tx, person)), collaborator_id: person.collaborator_id, project_id: on.project_id, mission_id: on.id,
    start_at: person.start_at ?? on.start_at, end_at: person.end_at ?? on.end_at,
  }
}
async function plan(tx: Transaction, many: readonly { label: string; values: Values<typeof assignment> }[]): Promise<{ ids: string[] }> {
  return { ids: (await tx.insertMany(assignment, many)).map(({ id }) => id) }
}

export const assignmentHandlers: readonly Handler[] = [
  handle(operations.createAssignments, async (tx, input) => {
    const on = await tx.need(mission, input.mission_id)
    const many = []
    for (const [index, person] of input.people.entries()) many.push({ label: `person:${index}`, values: await planned(tx, on, person) })
    return plan(tx, many)
  }),
  handle(operations.createAssignmentsAcross, async (tx, input) => {
    const many = []
    for (const [index, { mission_id, ...person }] of input.assignments.entries()) {
      const on = await tx.need(mission, mission_id)
      if (on.project_id !== input.project_id) throw refuseFor('mission', 'not_found', detail(`assignments.${index}.mission_id`, 'not_found', null, mission_id))
      many.push({ label: `assignment:${index}`, values: await planned(tx, on, person) })
    }
    return plan(tx, many)
  }),
  handle(operations.updateAssignment, async (tx, input) => {
    const row = await tx.need(assignment, input.id)
    checkTermsOpen(row, Object.keys(input.changes))
    const changes = await withRate(tx, input.changes)
    await changeRow(tx, assignment, { ...input, changes })
    const after = await tx.need(assignment, row.id)
    await asksAgain(tx, after, Object.keys(changes).filter((name) => after[name as keyof AssignmentRow] !== row[name as keyof AssignmentRow]))
    return { id: row.id, version: after.version }
  }),
  handle(operations.cancelAssignments, cancel),
  handle(operations.removeAssignments, async (tx, input) => {
    for (const id of input.ids) {
      const row = await tx.get(assignment, id)
      if (row && row.state !== 'planned' && row.state !== 'canceled') throw refuseFor('assignment', 'transition_rejected', detail('state', 'engaged', null, row.state))
      if (row) await removeQuestions(tx, row.id)
      await tx.remove(assignment, id)
    }
    return { ids: [...input.ids] }
  }),
  handle(changeAssignments, async (tx, { changes, reason }) => {
    const asked: AskedChange[] = []
    const stale: ErrorDetail[] = []
    for (const [index, { id, version, ...terms }] of changes.entries()) {
      const row = await tx.need(assignment, id)
      stale.push(...(await changedSince(tx, row, version, Object.keys(terms))).map((one) => ({ ...one, field: `changes.${index}.${one.field ?? ''}` })))
      asked.push({ row, terms })
    }
    if (stale.length > 0) throw refuse('concurrency.version_mismatch', ...stale)
    return { ids: await changeTerms(tx, asked, reason) }
  }),
  handle(operations.shiftAssignments, (tx, { ids, days, minutes }) =>
    changeEach(tx, ids, async (row) => shifted(row, { days, minutes }, (await tx.need(mission, row.mission_id)).zone))),
  handle(operations.reassign, (tx, { ids, collaborator_id, reason }) => changeEach(tx, ids, () => ({ collaborator_id }), reason)),
  handle(operations.changeCrewRole, async (tx, { ids, crew_role_id }) => {
    await tx.need(crewRole, crew_role_id)
    return changeEach(tx, ids, () => ({ crew_role_id }))
  }),
  handle(changeRate, async (tx, { ids, reason, ...rate }) => {
    if (rate.rate_card_id) await tx.need(rateCard, rate.rate_card_id)
    return changeEach(tx, ids, () => rate, reason)
  }),
  answer(operations.listAssignments, async (reader, input) => {
    const { items, ...page } = await reader.view('assignment_line', { ...pageRequestOf(input, ['start_at']), where: input.project_id === undefined ? {} : { project_id: input.project_id } })
    return { items: await withQuestions(reader, items), ...page }
  }),
  answer(operations.getAssignment, async (reader, { id }) => {
    const { items } = await reader.view('assignment_line', { where: { id }, sort: ['id'], limit: 1 })
    return (await withQuestions(reader, items))[0] ?? reader.need(assignment, id)
  }),
]
