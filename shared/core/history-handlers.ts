/**
 * Undo as a command (sync rule 28). Laws: it restores exactly the declared fields and relations the undone command had changed;
 * it refuses, naming what moved, rather than overwrite something newer; what had an effect outside is never undone; undoing an
 * undo does the first again.
 */
import { listHistory, undo } from '../domain/audit/operations.ts'
import type { AnyEntity } from '../domain/entity.ts'
import { detail, refuse, refuseFor } from '../domain/errors.ts'
import { entities, entityNamed } from '../domain/registry.ts'
import { commandsOfActor, findCommand, undoneBy } from '../store/command-log.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import { sameValue, type CommandRecord, type RecordedRow } from '../store/write-set.ts'
import { isOwn, projectIdOf } from './lens.ts'
import { coreHandler, type CoreHandler, type Inner } from './organization-core.ts'
import { openRecord } from './sealed-record.ts'

type Loose = Record<string, unknown>

async function current(tx: OpenTransaction, entity: AnyEntity, row: RecordedRow): Promise<Loose> {
  const [found] = await tx.find(entity, { id: row.id }, { removed: true })
  if (!found) throw refuse('undo.moved', detail('id', 'gone', null, row.id))
  return found as Loose
}

/** Fields that are not as the command left them: someone changed them since. */
function checkNothingMoved(entity: AnyEntity, row: RecordedRow, now: Loose): void {
  const expectedGone = row.op === 'remove'
  if ((now['deleted_at'] !== null) !== expectedGone) throw refuse('undo.moved', detail(null, expectedGone ? 'restored_since' : 'removed_since', null, row.id))
  if (row.op === 'remove') return
  const moved = Object.entries(row.fields).filter(([name, cell]) => name in entity.fields && !sameValue(now[name], cell.mine))
  if (moved.length > 0) throw refuse('undo.moved', ...moved.map(([name, cell]) => detail(name, 'changed_since', JSON.stringify(cell.mine), JSON.stringify(now[name] ?? null))))
}

/** Living rows that refer to a row about to be removed, and are not removed with it. */
async function checkNothingDepends(tx: OpenTransaction, row: RecordedRow, leaving: ReadonlySet<string>): Promise<void> {
  for (const other of entities.values()) {
    const columns = Object.entries(other.fields).filter(([, field]) => field.references === row.entity).map(([name]) => name)
    if (row.entity === 'mission' && other.scope === 'mission') columns.push('mission_id')
    if (row.entity === 'project' && other.scope !== 'organization') columns.push('project_id')
    for (const column of columns) {
      const living = (await tx.find(other, { [column]: row.id }, { limit: 500 })).filter((one) => !leaving.has((one as Loose)['id'] as string))
      if (living.length > 0) throw refuse('undo.depends', ...living.slice(0, 20).map((one) => detail(other.name, 'refers', null, String((one as Loose)['id']))))
    }
  }
}

async function revert(tx: OpenTransaction, record: CommandRecord, inner: Inner, permission: Parameters<typeof inner.person.may>[0]): Promise<void> {
  const leaving = new Set(record.rows.filter(({ op }) => op === 'insert' || op === 'restore').map(({ id }) => String(id)))
  const rows = [...record.rows].reverse()
  for (const row of rows) {
    const entity = entityNamed(row.entity)
    const now = await current(tx, entity, row)
    if (!inner.person.may(permission, projectIdOf(entity, now), isOwn(entity, now, inner.person))) throw refuse('auth.forbidden', detail(null, 'permission', permission))
    checkNothingMoved(entity, row, now)
    if (leaving.has(row.id)) await checkNothingDepends(tx, row, leaving)
  }
  for (const row of rows) {
    const entity = entityNamed(row.entity)
    if (row.op === 'insert' || row.op === 'restore') await tx.remove(entity, row.id)
    else if (row.op === 'remove') await tx.restore(entity, row.id)
    else await tx.put(entity, row.id, Object.fromEntries(Object.entries(row.fields).map(([name, cell]) => [name, cell.base])))
  }
}

export const historyHandlers: readonly CoreHandler[] = [
  coreHandler(undo, async (tx, { command_id }, inner) => {
    const { engine, org, person, keys } = inner
    const logged = await findCommand(engine, org, command_id)
    if (!logged || logged.actor !== person.user_id) throw refuseFor('command', 'not_found', detail('id', 'not_found', null, command_id))
    if (!logged.undoable || logged.outcome !== 'applied') throw refuse('undo.impossible', detail('command_id', 'not_undoable', null, logged.name))
    if ((await undoneBy(engine, org, command_id)) !== null) throw refuse('undo.moved', detail('command_id', 'undone_already', null, logged.name))
    const record = await openRecord(logged.record, keys)
    if (!record) throw refuse('undo.impossible', detail('command_id', 'erased', null, logged.name))
    const operation = inner.operations.get(logged.name)
    // Undoing an undo is judged by the right that its own undone command needed.
    const original = logged.undoes ? await originOf(inner, logged.undoes) : operation
    await revert(tx, record, inner, original?.permission ?? 'org:settings')
    inner.undoes = logged.id
    return { command_id, rows: record.rows.length }
  }),
  coreHandler(listHistory, async (_, input, { engine, org, person }) => {
    const commands = await commandsOfActor(engine, org, person.user_id, input.limit ?? 50)
    const items = commands.map((one) => ({
      command_id: one.id, group_id: one.group_id, name: one.name, issued_at: one.issued_at, undoable: one.undoable, undone_by: one.undone_by, undoes: one.undoes, rows: one.record.rows.length,
    }))
    const undoNext = items.find((one) => one.undoable && one.undone_by === null && one.undoes === null && one.rows > 0)
    return { items, undo: undoNext?.command_id ?? null, redo: redoOf(items) }
  }),
]

interface HistoryLine {
  command_id: string
  undoes: string | null
  undone_by: string | null
  rows: number
}

/** Undos form a stack on top: the newest one not taken back, as long as nothing new was done after it. */
function redoOf(items: readonly HistoryLine[]): string | null {
  const byId = new Map(items.map((one) => [one.command_id, one]))
  const isRedo = (one: HistoryLine): boolean => {
    const target = one.undoes === null ? undefined : byId.get(one.undoes)
    return target !== undefined && target.undoes !== null && !isRedo(target)
  }
  for (const one of items) {
    if (one.undoes === null) {
      if (one.rows > 0) return null
    } else if (!isRedo(one) && one.undone_by === null) return one.command_id
  }
  return null
}

async function originOf(inner: Inner, id: string): Promise<ReturnType<Inner['operations']['get']>> {
  for (let next: string | null = id; next !== null; ) {
    const found = await findCommand(inner.engine, inner.org, next)
    if (!found) return undefined
    if (found.undoes === null) return inner.operations.get(found.name)
    next = found.undoes
  }
  return undefined
}
