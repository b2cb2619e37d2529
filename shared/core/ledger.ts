/**
 * What a core keeps beside the rows it writes. An authority keeps the chain (and, where devices follow it, the log of changed rows);
 * a replica keeps the outbox and the server's rows (shared/sync). Commands are decided and executed alike in both.
 */
import type { AnyEntity } from '../domain/entity.ts'
import type { CallContext } from '../domain/call-context.ts'
import type { Where } from '../domain/operation.ts'
import type { Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { appendEvents, fieldsChangedSince, type AuditEvent } from '../store/audit-chain.ts'
import { appendCommand, type LoggedCommand } from '../store/command-log.ts'
import type { Engine } from '../store/engine.ts'
import { nothingPending, type CommandRecord, type Pending, type Write } from '../store/write-set.ts'

/** What a command looked at: rows by id (`entity/id`), and the conditions under which it looked for rows (null: any row of the entity). */
export interface ReadSet {
  rows: Set<string>
  ranges: Map<string, { entity: string; where: Where | null }>
}
export const emptyReadSet = (): ReadSet => ({ rows: new Set(), ranges: new Map() })
/** The rows that a question names, when it asks for nothing but them. */
function idsAsked(asked: readonly string[] | Where | null): readonly string[] | null {
  if (asked === null || Array.isArray(asked)) return asked as readonly string[] | null
  const { id, ...others } = asked as Where
  if (Object.keys(others).length > 0) return null
  return typeof id === 'string' ? [id] : Array.isArray(id) ? (id as readonly string[]) : null
}
/** Notes what a reader was asked: a condition that is only ids is those rows. */
export function noteRead(reads: ReadSet, entity: AnyEntity, asked: readonly string[] | Where | null): void {
  const ids = idsAsked(asked)
  if (ids) for (const id of ids) reads.rows.add(`${entity.name}/${id}`)
  else reads.ranges.set(`${entity.name} ${JSON.stringify(asked)}`, { entity: entity.name, where: asked as Where | null })
}

/** The person's own unsettled commands, as a new command meets them. */
export interface Unsettled {
  /** Which of them had written the value on the screen (rule 3, `from`). */
  from: Pending
  /** All that wrote a base of these rows, or made a row they refer to (rule 3, `after`). */
  after: readonly Id[]
}
const nothingUnsettled: Unsettled = { from: nothingPending, after: [] }

/** A command that was applied, inside its transaction, its rows written. */
export interface KeptCommand {
  call: CallContext
  logged: LoggedCommand
  /** Input and record as they were made, nothing sealed: what is sent. */
  input: Json
  record: CommandRecord
  writes: readonly Write[]
  reads: ReadSet
  /** The audit events of the command; made only where they are kept. */
  events(): Promise<AuditEvent[]>
}

export interface Ledger {
  readonly kind: 'authority' | 'replica'
  /** Who sees that no two living rows share what is unique: the database's indexes, or (on a replica, which has none) a look before each write. */
  readonly uniqueBy: 'index' | 'look'
  /** Fields of the row written by anybody after a version. */
  changedSince(entity: AnyEntity, id: Id, version: number): Promise<ReadonlySet<string>>
  /** Grows whenever roles change, in whatever process; left out: only this one changes them. */
  rights?(): Promise<number>
  unsettled(writes: readonly Write[]): Promise<Unsettled>
  keep(kept: KeptCommand): Promise<void>
  /** A gesture of several commands that begins: never sent, its commands are. */
  keepGesture(logged: LoggedCommand, events: () => Promise<AuditEvent[]>): Promise<void>
  /** A command that was decided and not applied; in the deciding transaction. */
  keepRefused(logged: LoggedCommand, events: readonly AuditEvent[]): Promise<void>
  /** Events beside the data (a denial, an export); opens its own transaction. */
  security(events: readonly AuditEvent[]): Promise<void>
}

/** `onChange`: told, in the transaction, which rows a command wrote and its place in the order of commits. */
export function authorityLedger(engine: Engine, org: Id, onChange?: (seq: number, writes: readonly Write[]) => Promise<void>): Ledger {
  return {
    kind: 'authority',
    uniqueBy: 'index',
    changedSince: (entity, id, version) => fieldsChangedSince(engine, org, entity.name, id, version),
    unsettled: () => Promise.resolve(nothingUnsettled),
    async keep({ logged, writes, events }) {
      const seq = await appendCommand(engine, org, logged)
      await appendEvents(engine, org, await events())
      await onChange?.(seq, writes)
    },
    async keepGesture(logged, events) {
      const seq = await appendCommand(engine, org, logged)
      await appendEvents(engine, org, await events())
      await onChange?.(seq, [])
    },
    async keepRefused(logged, events) {
      const seq = await appendCommand(engine, org, logged)
      await appendEvents(engine, org, events)
      await onChange?.(seq, [])
    },
    security: (events) => engine.transaction(() => appendEvents(engine, org, events)),
  }
}
