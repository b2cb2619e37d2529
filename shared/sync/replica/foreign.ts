/**
 * Somebody else's unsettled command, in my view (17r): not executed, for I may not hold what its handler reads, but written as its
 * record says, restricted to the rows and columns I hold. Every base I can see must stand (or already be what it writes); else it has
 * no effect here, and the server decides.
 */
import { isConsequence, type AnyEntity } from '../../domain/entity.ts'
import { entities } from '../../domain/registry.ts'
import { readableBy } from '../../core/lens.ts'
import type { Person } from '../../core/session.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Lens } from '../../store/reader.ts'
import type { Foreseen, StoredRow } from '../../store/replica-store.ts'
import { keyOf, sameValue, type RecordedRow, type Write } from '../../store/write-set.ts'
import type { WireCommand } from '../wire.ts'
import type { View } from './view.ts'

export interface Onlooker {
  person: Person
  lens: Lens
}
interface Step {
  entity: AnyEntity
  recorded: RecordedRow
  before: StoredRow | null
  after: StoredRow
}

/** A row made by somebody else is seen where its project and mission are held already: an unsent grant gives nobody sight. */
async function placeHeld(view: View, entity: AnyEntity, row: StoredRow): Promise<boolean> {
  for (const [name, column] of [['project', 'project_id'], ['mission', 'mission_id']] as const) {
    const id = row[column]
    if (entity.scope === 'organization' || typeof id !== 'string' || (name === 'mission' && entity.scope !== 'mission')) continue
    if ((await view.row(name, id)) === null) return false
  }
  return true
}

function insertedRow(entity: AnyEntity, recorded: RecordedRow, command: WireCommand, issuer: Id, org: Id, { person }: Onlooker): StoredRow {
  const row: StoredRow = { org_id: org, id: recorded.id }
  if (entity.scope !== 'organization') row['project_id'] = recorded.fields['project_id']?.mine ?? null
  if (entity.scope === 'mission') row['mission_id'] = recorded.fields['mission_id']?.mine ?? null
  for (const [name, field] of Object.entries(entity.fields)) row[name] = recorded.fields[name]?.mine ?? recorded.beside?.[name]?.mine ?? field.initial ?? null
  for (const name of Object.keys(entity.fields)) if (row[name] !== null && !readableBy(person, entity, row, name)) row[name] = null
  return { ...row, version: 1, created_at: command.issued_at, created_by: issuer, updated_at: command.issued_at, updated_by: issuer, deleted_at: null }
}

/** What one recorded row would become; null: it does not concern me; `stuck`: a base I can see has moved. */
async function stepOf(view: View, recorded: RecordedRow, command: WireCommand, issuer: Id, org: Id, onlooker: Onlooker): Promise<Step | 'stuck' | null> {
  const entity = entities.get(recorded.entity)
  if (!entity) return null
  // What follows from a command holds up nothing: it is made again by whoever decides.
  const blocked = isConsequence(entity) ? null : 'stuck'
  const before = await view.row(recorded.entity, recorded.id)
  if (recorded.op === 'insert') {
    if (before !== null) return blocked
    const after = insertedRow(entity, recorded, command, issuer, org, onlooker)
    return (await placeHeld(view, entity, after)) && (await onlooker.lens.sees(entity, after)) ? { entity, recorded, before, after } : null
  }
  const beneath = await view.serverRow(recorded.entity, recorded.id)
  if (before === null || !(await onlooker.lens.sees(entity, before)) || (beneath !== null && !(await onlooker.lens.sees(entity, beneath)))) return null
  const kernel = { version: Number(before['version']) + 1, updated_at: command.issued_at, updated_by: issuer }
  if (recorded.op === 'restore') return before['deleted_at'] === null ? null : { entity, recorded, before, after: { ...before, ...kernel, deleted_at: null } }
  if (before['deleted_at'] !== null) return recorded.op === 'remove' ? null : blocked
  const after: StoredRow = { ...before, ...kernel }
  for (const [name, cell] of Object.entries(recorded.fields)) {
    if (!(name in entity.fields) || !readableBy(onlooker.person, entity, before, name)) continue
    if (!sameValue(before[name] ?? null, cell.base) && !sameValue(before[name] ?? null, cell.mine)) return 'stuck'
    if (recorded.op === 'update') after[name] = cell.mine
  }
  const moved = Object.entries(recorded.beside ?? {}).some(([name, cell]) => readableBy(onlooker.person, entity, before, name) && !sameValue(before[name] ?? null, cell.base) && !sameValue(before[name] ?? null, cell.mine))
  if (isConsequence(entity) && moved) return null
  for (const [name, cell] of Object.entries(recorded.beside ?? {})) if (name in entity.fields && readableBy(onlooker.person, entity, before, name)) after[name] = cell.mine
  if (recorded.op === 'remove') after['deleted_at'] = command.issued_at
  return { entity, recorded, before, after }
}

/** `failed`: whether a command named in `after` has no effect here. Leaves the writes in the view. */
export async function performForeign(view: View, command: WireCommand, issuer: Id, org: Id, onlooker: Onlooker | null, failed: (id: Id) => Promise<boolean>): Promise<{ outcome: Foreseen; writes: Write[]; looked: string[] }> {
  const looked = command.record.rows.map(({ entity, id }) => keyOf(entity, id))
  if (onlooker === null) return { outcome: 'elsewhere', writes: [], looked }
  for (const id of command.after) if (await failed(id)) return { outcome: 'blocked', writes: [], looked }
  const steps: Step[] = []
  for (const recorded of command.record.rows) {
    const step = await stepOf(view, recorded, command, issuer, org, onlooker)
    if (step === 'stuck') return { outcome: 'conflict', writes: [], looked }
    if (step) steps.push(step)
    // A mission and what lives in it come by one command: the first is there when the second is placed.
    if (step) await view.put(step.entity.name, step.recorded.id, step.after)
  }
  if (steps.length === 0) return { outcome: 'elsewhere', writes: [], looked }
  return { outcome: 'applied', writes: steps.map(({ entity, recorded, before, after }) => ({ entity, id: recorded.id, op: recorded.op, before, after })), looked }
}
