/** What a handler of the core gets beside the transaction, and what a gesture longer than one command gets. */
import type { PrintMarks } from './print-marks.ts'
import type { Printer } from '../documents/printing.ts'
import type { CallContext } from '../domain/call-context.ts'
import type { AnyOperation, Handler, Reader } from '../domain/operation.ts'
import type { FailedJob } from '../domain/matters/matters.ts'
import type { Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { ErrorEnvelope } from '../kernel/result.ts'
import type { LoggedCommand } from '../store/command-log.ts'
import type { Engine } from '../store/engine.ts'
import type { Lens } from '../store/reader.ts'
import type { OwnKeys } from '../store/sealing.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import type { CommandRecord } from '../store/write-set.ts'
import type { ConflictWatch } from './conflict-watch.ts'
import type { Rehearse } from './rehearsed.ts'
import type { OwnerOf } from './sealed-record.ts'
import type { Person } from './session.ts'

export interface Call {
  name: string
  input: unknown
  /** The caller's idempotency key. */
  id?: string | undefined
  correlation_id?: string | undefined
  group_id?: Id | undefined
  /** Seed of the failed command which this one issues again: its rows keep their ids (sync rules 2 and 27). Never from a window. */
  seed?: Id | undefined
}

export interface AnswerEnvelope {
  value: Json
  /** Operations this person may do next, on the record or in the place asked about. */
  can?: string[]
  /** Columns left empty because this person may not read them, `collaborator.phone`. */
  hidden?: string[]
  /** True when this call had been answered before. */
  replayed?: true
  request_id: string
}
export type Answer = AnswerEnvelope | ErrorEnvelope

/** What core handlers (undo, audit, search, conflicts) get beside the transaction. */
export interface Inner {
  engine: Engine
  org: Id
  keys: OwnKeys
  person: Person
  lens: Lens | null
  operations: ReadonlyMap<string, AnyOperation>
  conflicts: ConflictWatch
  /** Reads without a person's lens, for what is computed over all rows and veiled afterwards. */
  all: Reader
  /** An attached file by its content hash; null: not on this computer. */
  blob: (sha256: string) => Uint8Array | null
  /** Draws PDFs. */
  print: Printer | null
  /** Signs and knows prints; null: not here. */
  marks: PrintMarks | null
  /** Between two pieces of long work: others are answered. */
  breathe: () => Promise<void> | undefined
  /** Work of this computer for the organization that was given up. */
  failedJobs: () => Promise<readonly FailedJob[]>
  /** Set by undo: which command this one undoes. */
  undoes: Id | null
  /** Writes a security event of this question (an export); null inside commands, which are audited by what they write. */
  record: ((action: string, changes: Json, project_id: Id | null) => Promise<void>) | null
  /** Does some commands and takes them back; null inside commands, which hold the writer's turn already. */
  rehearse: Rehearse | null
}
export interface CoreHandler {
  operation: AnyOperation
  run: (tx: OpenTransaction, input: unknown, inner: Inner) => Promise<unknown>
}
/** A core handler with its input typed by the operation's declaration. */
export function coreHandler<I>(operation: { input: { parse(value: unknown): I } } & object, run: (tx: OpenTransaction, input: I, inner: Inner) => Promise<unknown>): CoreHandler {
  return { operation: operation as unknown as AnyOperation, run: run as CoreHandler['run'] }
}

/** What a gesture longer than one command gets: the answers of its own commands, which go through `execute` like any other. */
export interface Composer {
  call: CallContext
  /** Group of the commands of this gesture: the caller's, or one made from the call's own id. */
  group_id: Id
  inner: Inner
  /**
   * Runs one command of the gesture; refusals are thrown. Its id is made from the caller's id and the label, so that the same
   * gesture asked again finds what it did already.
   */
  execute(name: string, input: unknown, label: string, seed?: Id): Promise<AnswerEnvelope>
  /** The id that `execute` gives to the command of this label. */
  idOf(label: string): Id
  /** What the same call noted when it began before, and was cut: the gesture goes on rather than being judged again. */
  begun: Json
  /** Writes the gesture in the log with what it must remember, before its first command. */
  begin(note: Json): Promise<void>
}
/** A gesture that is not a command itself but issues commands (an import, the undo of a group). It is never logged; its commands are. */
export interface CompositeHandler {
  operation: AnyOperation
  compose: (reader: Reader, input: unknown, composer: Composer) => Promise<unknown>
}
export function compositeHandler<I>(operation: { input: { parse(value: unknown): I } } & object, compose: (reader: Reader, input: I, composer: Composer) => Promise<unknown>): CompositeHandler {
  return { operation: operation as unknown as AnyOperation, compose: compose as CompositeHandler['compose'] }
}
export type AnyHandler = Handler | CoreHandler | CompositeHandler

/** What is said of a command beside what it wrote here: its record was frozen where it was first executed. */
export interface Frozen {
  v: number
  /** Null: over the input as it is kept here. */
  payload_hash: string | null
  record: CommandRecord
  ownerOf: OwnerOf
  after: readonly Id[]
  note: string | null
  converged: LoggedCommand['converged']
}
