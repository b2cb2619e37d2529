/** What can be done about a kept command, and the commands that a choice comes to. */
import { detail, refuse } from '../domain/errors.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import type { FieldChoice, KeptChoice } from '../domain/sync/operations.ts'
import type { Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { keptCommands, type LoggedCommand } from '../store/command-log.ts'
import type { CommandRecord, RecordedRow } from '../store/write-set.ts'
import type { Inner } from './core-handler.ts'
import { copying, inputAgain, restoring, takesFields } from './kept-again.ts'
import { openLogged, readsAllOf, standing, whyOf, type OpenedCommand } from './kept-open.ts'
import { keyOfRow, rowsNamed } from './kept-titles.ts'

type Loose = Readonly<Record<string, unknown>>
type Rows = ReadonlyMap<string, Loose>

/** Followers that one gesture carries along. */
const MOST_FOLLOWERS = 200
const MOST_OPEN = 2000

/** One command to be issued. `seed`: of the command it stands for, so that its rows have the ids that others already name. */
export interface Planned {
  name: string
  input: Json
  seed: Id | undefined
}

const operationOf = ({ again }: OpenedCommand, { operations }: Inner): AnyOperation | null => {
  const operation = again ? operations.get(again.name) : undefined
  return operation?.kind === 'command' ? operation : null
}
/** Rows that the command changes and somebody removed. */
const isRemovedUnder = (row: RecordedRow, rows: Rows): boolean => row.op === 'update' && (rows.get(keyOfRow(row))?.['deleted_at'] ?? null) !== null
const removedUnder = (record: CommandRecord, rows: Rows): RecordedRow[] => record.rows.filter((row) => isRemovedUnder(row, rows))

/** What is said once (an answer, a dispatch, a signature) is not done a second time: what stands is read, and the next step is another command. */
export const isSaidOnce = ({ logged }: OpenedCommand, { operations }: Inner): boolean => operations.get(logged.name)?.again === false

export function choicesOf(opened: OpenedCommand, rows: Rows, inner: Inner): KeptChoice[] {
  if (opened.decision) return []
  const letGo: KeptChoice = opened.logged.outcome === 'conflict' ? 'theirs' : 'left'
  const { record, again } = opened
  const own = opened.logged.actor === inner.person.user_id
  if (record === null || again === null || !operationOf(opened, inner) || isSaidOnce(opened, inner)) return [letGo]
  // Nobody decides over values they may not see; what they would have made themselves is theirs to make.
  if (!readsAllOf(inner.person, own ? { rows: record.rows.filter(({ op }) => op !== 'insert') } : record, rows)) return [letGo]
  const removed = removedUnder(record, rows)
  if (removed.length > 0) {
    const restorable = removed.every((row) => restoring(row, inner.operations) !== null)
    const copiable = removed.length === 1 && removed.every((row) => copying(row, rows.get(keyOfRow(row)) ?? {}, inner.operations) !== null)
    return [letGo, ...(restorable ? ['restore' as const] : []), ...(copiable ? ['copy' as const] : [])]
  }
  return ['mine', letGo, ...(opened.logged.outcome === 'conflict' && takesFields(opened, rows) ? ['fields' as const] : [])]
}

/** Ids of rows it made once stay those of that making, also when it was taken back: made again, they are others. */
async function seedOf(opened: OpenedCommand, reader: Reader): Promise<Id | undefined> {
  const made = [...(opened.record?.rows ?? []), ...opened.consequences].filter(({ op }) => op === 'insert')
  const known = await rowsNamed(reader, made)
  return known.size > 0 ? undefined : opened.logged.seed
}

export interface Asked {
  choice: KeptChoice
  fields?: readonly FieldChoice[] | undefined
  input?: Record<string, unknown> | undefined
}

/** The command that brings a removed row back, before the one that changes it; null: it stands. */
export function restoreOf(row: RecordedRow, rows: Rows, { operations }: Inner): Planned | null {
  const command = isRemovedUnder(row, rows) ? restoring(row, operations) : null
  return command && { ...command, seed: undefined }
}

/** The command that a choice comes to; null: nothing is to be written. */
export async function plannedFor(opened: OpenedCommand, asked: Asked, rows: Rows, reader: Reader, inner: Inner): Promise<Planned | null> {
  const { logged, record, again } = opened
  const operation = operationOf(opened, inner)
  if (asked.choice === 'theirs' || asked.choice === 'left') return null
  if (!operation || record === null || again === null) throw refuse('sync.choice', detail('choice', 'not_allowed', null, asked.choice))
  const whole = { input: again.input, record }
  if (asked.choice === 'copy') {
    const [row] = removedUnder(record, rows)
    const command = row && copying(row, rows.get(keyOfRow(row)) ?? {}, inner.operations)
    if (!command) throw refuse('sync.choice', detail('choice', 'not_allowed', null, asked.choice))
    return { ...command, seed: undefined }
  }
  const seed = await seedOf(opened, reader)
  if (asked.choice === 'fields') {
    const input = inputAgain(whole, rows, operation, asked.fields ?? [])
    return input === null ? null : { name: operation.name, input, seed }
  }
  if (asked.input !== undefined) return { name: logged.name, input: asked.input as Json, seed }
  const input = inputAgain(whole, rows, operation)
  return input === null ? null : { name: operation.name, input, seed }
}

/** Open commands of the same person that were built on this one, transitively, in their order. */
export async function followersOf(logged: LoggedCommand, { engine, org }: Inner): Promise<LoggedCommand[]> {
  const open = await keptCommands(engine, org, logged.actor, 'open', MOST_OPEN)
  const behind = new Set<string>([logged.id])
  const found = open.filter((one) => {
    const follows = one.outcome === 'blocked' && (behind.has(whyOf(one)) || one.after.some((id) => behind.has(id)))
    if (follows) behind.add(one.id)
    return follows
  })
  return found.slice(0, MOST_FOLLOWERS)
}

/** What a follower comes to once those before it stand again; null: what it was built on is not what stands, so its person decides. */
export async function plannedFollower(logged: LoggedCommand, reader: Reader, inner: Inner): Promise<Planned | null> {
  const opened = await openLogged(logged, null, inner.keys)
  const operation = operationOf(opened, inner)
  const { record, again } = opened
  if (!operation || record === null || again === null || isSaidOnce(opened, inner)) return null
  const rows = await rowsNamed(reader, record.rows)
  const stands = record.rows.every((row) => {
    const now = rows.get(keyOfRow(row))
    if (row.op === 'insert') return now === undefined
    return now !== undefined && (row.op === 'restore' || now['deleted_at'] === null) && standing(row, now).every(({ state }) => state !== 'other')
  })
  if (!stands) return null
  const input = inputAgain({ input: again.input, record }, rows, operation)
  return input === null ? null : { name: operation.name, input, seed: logged.seed }
}
