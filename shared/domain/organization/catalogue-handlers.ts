/** Departments and crew roles: their colours, their order, and what a kind of work brings. */
import { keyBetween, keysFor } from '../../kernel/ordering.ts'
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse } from '../errors.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import { recordHandlers } from '../records.ts'
import { addMissing, missingOf, type Missing } from './applying.ts'
import { isDepartmentColour, snapColour } from './colours.ts'
import { crewRole, department } from './model.ts'
import * as operations from './operations.ts'

type Ordered = typeof department | typeof crewRole

async function atTheEnd(tx: Transaction, of: Ordered): Promise<string> {
  const rows: { position: string }[] = await tx.find(of, {})
  return keyBetween(rows.map((row) => row.position).sort().at(-1) ?? null, null)
}

/** After another, or first. Positions that leave no room between them (rows made at once on two computers) are all given anew. */
async function move(tx: Transaction, of: Ordered, { id, after_id }: { id: Id; after_id: Id | null }) {
  const moved = await tx.need(of, id)
  const rows: { id: Id; position: string }[] = (await tx.find(of, {}, { sort: ['position', 'name'] })).filter((row) => row.id !== id)
  const at = after_id === null ? 0 : rows.findIndex((row) => row.id === after_id) + 1
  if (after_id !== null && at === 0) throw refuse('validation.reference', detail('after_id', 'not_found', of.name, after_id))
  const [before, after] = [rows[at - 1]?.position ?? null, rows[at]?.position ?? null]
  if (before === null || after === null || before < after) {
    const row = await tx.update(of, id, { position: keyBetween(before, after) })
    return { id: row.id, version: row.version }
  }
  const order = [...rows.slice(0, at), moved, ...rows.slice(at)]
  const positions = keysFor(order.length)
  for (const [index, row] of order.entries()) await tx.update(of, row.id, { position: positions[index] ?? '' })
  const row = await tx.need(of, id)
  return { id: row.id, version: row.version }
}

/** A colour of one's own is kept as it will be seen. What is no colour is left for the record's own rule to refuse. */
const seen = (values: Record<string, unknown>): Record<string, unknown> => {
  const { colour } = values
  return typeof colour !== 'string' || isDepartmentColour(colour) ? values : { ...values, colour: snapColour(colour) ?? colour }
}

const named = ({ departments, crew_roles }: Missing) => ({ departments: departments.map((one) => one.code), crew_roles: crew_roles.map((one) => one.name) })

const departmentHandlers = recordHandlers(department, operations.departments, {
  sort: ['position'],
  complete: async (tx, values) => ({ position: await atTheEnd(tx, department), ...seen(values) }),
  changes: seen,
})

export const catalogueHandlers: readonly Handler[] = [
  ...departmentHandlers,
  ...recordHandlers(crewRole, operations.crewRoles, { sort: ['name'], complete: async (tx, values) => ({ position: await atTheEnd(tx, crewRole), ...values }) }),
  handle(operations.moveDepartment, (tx, input) => move(tx, department, input)),
  handle(operations.moveCrewRole, (tx, input) => move(tx, crewRole, input)),
  answer(operations.previewPreset, async (reader, { kind }) => named(await missingOf(reader, kind))),
  handle(operations.applyPreset, async (tx, { kind }) => named(await addMissing(tx, kind))),
  answer(operations.snapDepartmentColour, async (_, { colour }) => ({ colour: isDepartmentColour(colour) ? colour : snapColour(colour) })),
]
