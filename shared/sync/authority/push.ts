/**
 * Intents up (sync rules 7 to 16): one transaction for the batch, a savepoint for each command. The answer only stops the sending; what
 * became of a command is told by the next pull (rule 18).
 *
 * A command that this server cannot decide for a reason of its own (a defect) takes nothing with it: it is left with the reason, reported,
 * and what its issuer did later waits behind it. Tried three times, it is kept as refused like any other, whole, so that its person is asked
 * and the queue goes on: a defect blocks nobody for ever. When the storage fails, nothing of the batch is taken.
 */
import { PayloadMismatch } from '../../core/decide.ts'
import type { Batch, ReceivedCommand } from '../../core/settle.ts'
import type { Session } from '../../core/session.ts'
import { detail, refuse } from '../../domain/errors.ts'
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import { findCommand, findOutcome, INPUT_VERSION, unknownAmong, type LoggedCommand } from '../../store/command-log.ts'
import { StoreError } from '../../store/engine.ts'
import { heldKeys, isSealed, unseal, type PersonKeys } from '../../store/sealing.ts'
import { canonicalJson } from '../../kernel/hashing.ts'
import { isTakenOver, notePush, readHead } from '../../store/sync-log.ts'
import type { Sender } from '../contracts.ts'
import type { PushAnswer, PushEntry, WireCommand } from '../wire.ts'
import type { AuthorityParts } from './parts.ts'
import { contentOf } from './receipts.ts'

type Left = PushAnswer['left'][number]

/** Of one command, before it is kept as refused. */
const ATTEMPTS = 3

/** What of the database's own errors passes, or concerns every command alike; the rest is what a statement of this command was refused for. */
const OF_STORAGE = /^SQLITE_(IOERR|BUSY|LOCKED|NOMEM|PROTOCOL|INTERRUPT)/

/** Whether the trouble is with this command; the storage's own troubles concern every command. */
export function concernsCommand(error: unknown): boolean {
  if (!(error instanceof StoreError)) return true
  if (error.problem === 'failed') return !(error.cause instanceof Error && 'code' in error.cause && OF_STORAGE.test(String(error.cause.code)))
  return error.problem === 'unique' || error.problem === 'reference' || error.problem === 'append_only'
}

export const receivedOf = ({ id, name, v, input, record, after, seed, issued_at, group_id, correlation_id }: WireCommand): ReceivedCommand => ({
  id, name, v, input, after, seed, issued_at, group_id, correlation_id,
  record: { rows: record.rows.map(({ beside, ...row }) => ({ ...row, ...(beside ? { beside } : {}) })) },
})

/** What this server has no word for: an operation, a version of it, an entity, a column (rule 16). Null: it knows all of it. */
export function unknownIn(commands: ReadonlySet<string>, { name, v, record }: WireCommand): string | null {
  if (!commands.has(name)) return name
  if (v > INPUT_VERSION) return `${name} ${v}`
  for (const row of record.rows) {
    const entity = entities.get(row.entity)
    if (!entity) return row.entity
    for (const field of [...Object.keys(row.fields), ...Object.keys(row.beside ?? {})])
      if (!(field in entity.fields) && !(field === 'project_id' && entity.scope !== 'organization') && !(field === 'mission_id' && entity.scope === 'mission')) return `${row.entity}.${field}`
  }
  return null
}

/** Equal, where what was sealed is read with the keys there are; of an erased person nothing can be compared any more. */
async function sameValue(kept: unknown, sent: unknown, keys: PersonKeys): Promise<boolean> {
  if (isSealed(kept)) {
    const key = await keys.keyOf(kept.$sealed as Id)
    return key === null || kept.bytes === '' || canonicalJson(unseal(key, kept)) === canonicalJson(sent)
  }
  if (typeof kept !== 'object' || kept === null || typeof sent !== 'object' || sent === null) return canonicalJson(kept) === canonicalJson(sent)
  if (Array.isArray(kept) !== Array.isArray(sent)) return false
  const [a, b] = [kept as Record<string, unknown>, sent as Record<string, unknown>]
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) if (!(await sameValue(a[name] ?? null, b[name] ?? null, keys))) return false
  return true
}
/** Whether it is the very command that this id was given to (rule 7). */
export async function isSameCommand(logged: LoggedCommand, issuer: Id, command: WireCommand, keys: PersonKeys): Promise<boolean> {
  const envelope = ({ name, v, after, seed, issued_at, group_id, correlation_id }: LoggedCommand | WireCommand) => canonicalJson({ name, v, after, seed, issued_at, group_id, correlation_id })
  if (logged.actor !== issuer || envelope(logged) !== envelope(command)) return false
  return (await sameValue(logged.input, command.input, keys)) && (await sameValue(logged.record, command.record, keys))
}

/** A new command keeps its rows' ids only when it does again what was kept: of this person, or taken over by them. */
async function maySeed({ engine, org }: AuthorityParts, command: WireCommand, issuer: Id): Promise<boolean> {
  if (command.seed === command.id) return true
  const root = await findOutcome(engine, org, command.seed)
  if (!root || root.outcome === 'applied') return false
  return root.actor === issuer || (await isTakenOver(engine, org, command.seed, issuer))
}

interface Turn {
  parts: AuthorityParts
  sender: Sender
  /** Of the organization's receipts. */
  key: string
  batch: Batch
  /** Of those to be taken, the ids that the log does not have; asked once for all. */
  unknown: Set<Id>
  taken: Id[]
  left: Left[]
  /** By person: behind what nothing more of theirs is taken. */
  stopped: Map<Id, Id>
  /** Left because they wait for another: what was issued after them goes on (rule 9). */
  waiting: Set<Id>
  /** To be done once the batch is committed. */
  after: (() => void | Promise<void>)[]
}

const failures = new WeakMap<AuthorityParts, Map<Id, number>>()
function failedAgain(parts: AuthorityParts, id: Id): number {
  let counts = failures.get(parts)
  if (!counts) failures.set(parts, (counts = new Map()))
  const count = (counts.get(id) ?? 0) + 1
  if (counts.size > 1000) counts.clear()
  counts.set(id, count)
  return count
}

async function settle(turn: Turn, { issuer, command, no_wait }: PushEntry, refusal: 'seed' | 'defect' | null): Promise<void> {
  const { parts: { core, engine }, sender, batch } = turn
  const session: Session = { user_id: issuer, device: sender.device, scope: null }
  const failure = refusal === null ? undefined : refusal === 'seed' ? refuse('auth.forbidden', detail('seed', 'not_allowed')).failure : refuse('server.unexpected').failure
  try {
    const { announce } = await engine.savepoint(() => core.deciding.settleInside(receivedOf(command), session, { noWait: no_wait, batch, refusal: failure, payload_hash: contentOf(turn.key, command), isNew: true }))
    turn.unknown.delete(command.id)
    turn.after.push(announce)
  } catch (error) {
    batch.forget()
    throw error
  }
}

async function takeOne(turn: Turn, entry: PushEntry): Promise<void> {
  const { parts, sender, batch, taken, left } = turn
  const { engine, org } = parts
  const { command, issuer, prev } = entry
  const stop = (why: Left['why'], on: string | null): void => {
    left.push({ id: command.id, why, on })
    if (!turn.stopped.has(issuer)) turn.stopped.set(issuer, command.id)
  }
  if (!sender.actors.has(issuer)) return void left.push({ id: command.id, why: 'token', on: null })
  const known = turn.unknown.has(command.id) ? null : await findCommand(engine, org, command.id)
  if (known) {
    if (known.actor === issuer && (known.payload_hash === contentOf(turn.key, command) || (await isSameCommand(known, issuer, command, heldKeys(engine, org))))) taken.push(command.id)
    else {
      left.push({ id: command.id, why: 'refused', on: 'idempotency.payload_mismatch' })
      const session: Session = { user_id: issuer, device: sender.device, scope: null }
      turn.after.push(() => parts.core.record(session, 'security.payload.mismatch', { command: command.id, operation: command.name.slice(0, 80) }))
    }
    return
  }
  const before = turn.stopped.get(issuer)
  if (before !== undefined) return void left.push({ id: command.id, why: 'missing', on: before })
  const unknown = unknownIn(parts.commands, command)
  if (unknown !== null) return stop('unknown', unknown)
  if (prev !== null && !turn.waiting.has(prev) && !(await batch.outcomeOf(prev))) return stop('missing', prev)
  if (!entry.no_wait)
    for (const id of command.after)
      if (!(await batch.outcomeOf(id))) {
        turn.waiting.add(command.id)
        return void left.push({ id: command.id, why: 'waits', on: id })
      }
  const seeded = await maySeed(parts, command, issuer)
  try {
    await settle(turn, entry, seeded ? null : 'seed')
  } catch (error) {
    if (error instanceof PayloadMismatch || !concernsCommand(error)) throw error
    parts.report(error, command.id)
    if (failedAgain(parts, command.id) < ATTEMPTS) return stop('failed', 'server.unexpected')
    await settle(turn, entry, 'defect')
  }
  taken.push(command.id)
}

const newTurn = (parts: AuthorityParts, sender: Sender, key: string): Turn => ({ parts, sender, key, batch: parts.core.deciding.batch(), unknown: new Set(), taken: [], left: [], stopped: new Map(), waiting: new Set(), after: [] })

async function afterCommit(turn: Turn): Promise<void> {
  for (const work of turn.after.splice(0)) {
    try {
      await work()
    } catch (error) {
      // Committed: nobody's command fails for what is only announced.
      turn.parts.report(error, 'after a push')
    }
  }
}

/** Each in a transaction of its own: when one cannot be committed, the others are. */
async function oneByOne(parts: AuthorityParts, entries: readonly PushEntry[], sender: Sender, key: string): Promise<Turn> {
  const turn = newTurn(parts, sender, key)
  for (const entry of entries) {
    const before = { taken: turn.taken.length, left: turn.left.length }
    try {
      await parts.engine.transaction(() => takeOne(turn, entry))
      await afterCommit(turn)
    } catch (error) {
      if (!concernsCommand(error)) throw error
      turn.after.length = 0
      turn.batch.forget()
      turn.taken.length = before.taken
      turn.left.length = before.left
      parts.report(error, entry.command.id)
      if (failedAgain(parts, entry.command.id) < ATTEMPTS) {
        turn.left.push({ id: entry.command.id, why: 'failed', on: 'server.unexpected' })
        turn.stopped.set(entry.issuer, entry.command.id)
      } else {
        await parts.engine.transaction(() => settle(turn, entry, 'defect'))
        await afterCommit(turn)
        turn.taken.push(entry.command.id)
      }
    }
  }
  return turn
}

async function together(parts: AuthorityParts, entries: readonly PushEntry[], sender: Sender, key: string): Promise<Turn | null> {
  const turn = newTurn(parts, sender, key)
  try {
    await parts.engine.transaction(async () => {
      turn.unknown = await unknownAmong(parts.engine, parts.org, entries.map(({ command }) => command.id))
      for (const entry of entries) await takeOne(turn, entry)
      const now = parts.now()
      for (const user of new Set(entries.flatMap(({ issuer }) => (sender.actors.has(issuer) ? [issuer] : []))))
        await notePush(parts.engine, parts.org, user, sender.device, sender.waiting, sender.app_version, sender.protocol, now)
    })
  } catch (error) {
    if (!concernsCommand(error)) throw error
    // A reference that leads nowhere shows at the commit only, and not whose it is.
    parts.report(error, 'a batch that could not be committed')
    return null
  }
  await afterCommit(turn)
  return turn
}

/** `epoch` 0, or none: not known to who brings it (a parcel). */
export async function push(parts: AuthorityParts, entries: readonly PushEntry[], sender: Sender, epoch = 0): Promise<PushAnswer> {
  const head = await readHead(parts.engine, parts.org)
  if (!head) throw new Error(`organization ${parts.org} is followed by nobody`)
  if (head.mode === 'recovery' || (epoch !== 0 && epoch !== head.epoch)) return { epoch: head.epoch, taken: [], left: [], recovering: head.mode === 'recovery' }
  const { taken, left } = (await together(parts, entries, sender, head.receipt_key)) ?? (await oneByOne(parts, entries, sender, head.receipt_key))
  return { epoch: head.epoch, taken, left, recovering: false }
}
