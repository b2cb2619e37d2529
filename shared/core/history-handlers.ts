/**
 * Undo as a command (sync rule 28). Laws: it restores exactly the declared fields and relations the undone command had changed;
 * it refuses, naming what moved, rather than overwrite something newer; what had an effect outside is never undone; undoing an
 * undo does the first again.
 */
import { listHistory, undo, undoGroup, type KeptRow } from '../domain/audit/operations.ts'
import { detail, refuse, refuseFor } from '../domain/errors.ts'
import { writeImport } from '../domain/imports/operations.ts'
import type { Reader } from '../domain/operation.ts'
import { mergeCollaborators } from '../domain/people/merge-operations.ts'
import { entityNamed } from '../domain/registry.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import { commandsOfActor, commandsOfGroup, findCommand, undoneBy, type LoggedCommand } from '../store/command-log.ts'
import { compositeHandler, coreHandler, type CompositeHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { undoUntil } from './import-list.ts'
import { revert } from './reverting.ts'
import { mergeUndoUntil } from './merge-handlers.ts'
import { openRecord } from './sealed-record.ts'

/** What the kept rows are called, as far as the person may see them. */
async function withTitles(reader: Reader, kept: readonly KeptRow[]): Promise<KeptRow[]> {
  const titled: KeptRow[] = []
  for (const row of kept) {
    const entity = entityNamed(row.entity)
    const column = entity.search[0] ?? ('name' in entity.fields ? 'name' : null)
    const found: Record<string, unknown> | null = column === null ? null : await reader.get(entity, row.id as Id)
    const title = column === null ? null : found?.[column]
    titled.push({ ...row, title: typeof title === 'string' ? title : null })
  }
  return titled
}

/** Rows brought in or made one long ago have been lived with: imports and merges are undone within their days, or by hand. */
function refuseLate(commands: readonly LoggedCommand[], now: Instant): void {
  const until = ({ name, issued_at }: LoggedCommand): Instant | null => (name === writeImport.name ? undoUntil(issued_at) : name === mergeCollaborators.name ? mergeUndoUntil(issued_at) : null)
  const late = commands.find((one) => now > (until(one) ?? now))
  if (late) throw refuse('undo.too_late', detail('command_id', 'too_late', until(late), late.issued_at))
}

/** Takes back every command of a group that still stands, the last first. */
const undoWholeGroup = compositeHandler(undoGroup, async (reader, { group_id }, { inner, call, group_id: ownGroup, execute }) => {
  const { engine, org, person } = inner
  const commands = await commandsOfGroup(engine, org, group_id)
  if (commands.length === 0 || commands.some(({ actor }) => actor !== person.user_id)) throw refuseFor('command', 'not_found', detail('id', 'not_found', null, group_id))
  refuseLate(commands, call.now)
  const fixed = commands.find(({ undoable, outcome }) => !undoable || outcome !== 'applied')
  if (fixed) throw refuse('undo.impossible', detail('group_id', 'not_undoable', null, fixed.name))
  const undo_group_id = ownGroup === group_id ? deriveId(call.command_id, 'undo') : ownGroup
  let rows = 0
  let undone = 0
  const kept: KeptRow[] = []
  for (const command of commands.toReversed()) {
    const by = await undoneBy(engine, org, command.id)
    const before = by === null ? null : await findCommand(engine, org, by)
    // Undone otherwise already; when this very call did it before it was cut short, its part is counted.
    if (before && before.group_id !== undo_group_id) continue
    const { value } = await execute('history.undo', { command_id: command.id, keep_moved: true }, `undo:${command.id}`)
    const answer = undo.output.parse(value)
    undone++
    rows += answer.rows
    kept.push(...(answer.kept ?? []))
  }
  if (undone === 0) throw refuse('undo.moved', detail('group_id', 'undone_already', null, group_id))
  return { group_id, undo_group_id, commands: undone, rows, kept: await withTitles(reader, kept) }
})

export const historyHandlers: readonly (CoreHandler | CompositeHandler)[] = [
  undoWholeGroup,
  coreHandler(undo, async (tx, { command_id, keep_moved }, inner) => {
    const { engine, org, person, keys } = inner
    const logged = await findCommand(engine, org, command_id)
    if (!logged || logged.actor !== person.user_id) throw refuseFor('command', 'not_found', detail('id', 'not_found', null, command_id))
    if (!logged.undoable || logged.outcome !== 'applied') throw refuse('undo.impossible', detail('command_id', 'not_undoable', null, logged.name))
    refuseLate([logged], tx.call.now)
    const by = await undoneBy(engine, org, command_id)
    // Performed again on a device, it finds itself in the log already.
    if (by !== null && by !== tx.call.command_id) throw refuse('undo.moved', detail('command_id', 'undone_already', null, logged.name))
    const record = await openRecord(logged.record, keys)
    if (!record) throw refuse('undo.impossible', detail('command_id', 'erased', null, logged.name))
    const operation = inner.operations.get(logged.name)
    // Undoing an undo is judged by the right that its own undone command needed.
    const original = logged.undoes ? await originOf(inner, logged.undoes) : operation
    if (original?.ignoresLock === 'archived') tx.open('all')
    const { rows, kept } = await revert(tx, record, inner, original?.permission ?? 'org:settings', keep_moved === true, logged.issued_at)
    inner.undoes = logged.id
    return { command_id, rows, ...(keep_moved ? { kept } : {}) }
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
