/**
 * What the authority does by itself (decision 0011, a): a command whose actor is the organization, issued by its clock or for an answer
 * that came through a link. Same validation, same guards, same record, same log and audit as a person's; no role gives it, no device sends it.
 */
import type { CallContext } from '../domain/call-context.ts'
import { generateDueContract } from '../domain/contracts/operations.ts'
import type { AnyOperation, Handler, Reader } from '../domain/operation.ts'
import { defaultPolicy, noHolding, type Holding } from '../domain/permissions.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { ErrorEnvelope, Failure } from '../kernel/result.ts'
import { appendEvents } from '../store/audit-chain.ts'
import { findCommand, INPUT_VERSION, payloadHash } from '../store/command-log.ts'
import { StoreError, type Engine } from '../store/engine.ts'
import type { Lens } from '../store/reader.ts'
import { personKeys, type PersonKeys } from '../store/sealing.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import type { Write } from '../store/write-set.ts'
import { securityEvent } from './audit-trail.ts'
import { authorize } from './authorize.ts'
import type { Answer, AnyHandler, CoreHandler, Inner } from './core-handler.ts'
import type { Ledger, ReadSet } from './ledger.ts'
import { emptyReadSet } from './ledger.ts'
import { sealInput } from './sealed-record.ts'
import type { Person } from './session.ts'

export interface ActOptions {
  /** Of the command, made from what it is about (`deriveId(org, 'timer:' + key)`): once done, it is never done twice. */
  id: Id
  /** Left out: the id. */
  seed?: Id | undefined
  /** The collaborator for whom it is done, named in the audit. */
  onBehalfOf?: Id | null | undefined
  correlation_id?: string | undefined
}

/** The id belongs to a command that is not this one: somebody else's (any id may be pushed), or another input. Its taker is in the audit. */
export class IdTaken extends Error {
  readonly id: Id
  constructor(id: Id) {
    super(`command ${id} is another command`)
    this.name = 'IdTaken'
    this.id = id
  }
}

/** A command done inside the caller's transaction. `announce` is to be called once that is committed. */
export interface Acted {
  answer: Answer
  announce(): void
}

export interface Acting {
  /**
   * Issues one command of the system, in a transaction of its own: on an authority only, and only an operation that needs `system:act`
   * (anything else is a programming error and throws). Done before, it answers what was answered, `replayed`. What is refused is answered,
   * and not logged. Throws `IdTaken`.
   */
  act(name: string, input: unknown, options: ActOptions): Promise<Answer>
  /** The same inside the caller's transaction, under a savepoint: a refusal takes back that command alone. Throws `IdTaken`; the database's own refusals too. */
  actInside(name: string, input: unknown, options: ActOptions): Promise<Acted>
}

/** What the organization's core lends. Reads and writes are of the writing connection. */
interface ActingParts {
  engine: Engine
  org: Id
  ledger: Ledger
  handlers: ReadonlyMap<string, AnyHandler>
  now(): Instant
  random: (bytes: number) => Uint8Array
  app_version: string
  parse(operation: AnyOperation, input: unknown): unknown
  readerOf(call: CallContext, asker: Person, lens: Lens | null): Reader
  openWrites(operation: AnyOperation, call: CallContext, asker: Person, changedSince: Ledger['changedSince']): OpenTransaction
  innerOf(asker: Person, keys: PersonKeys, all: Reader): Inner | null
  finish(call: CallContext, operation: AnyOperation, input: { given: Json; sealed: Json }, tx: OpenTransaction, keys: PersonKeys, output: unknown, more: { undoes: null; asker: Person; reads: ReadSet }): Promise<Write[]>
  announce(call: CallContext, operation: AnyOperation, writes: readonly Write[]): void
  failureOf(error: unknown, call: CallContext): Failure
  envelope(call: CallContext, failure: Failure): ErrorEnvelope
}

const everywhere: Holding = { ...noHolding, everywhere: true }
/** Reads everything and acts by itself; no right of a person is lent to it. */
function systemOf(org: Id): Person {
  const holding: Person['holding'] = (permission) => (permission === 'system:act' || permission.endsWith(':read') ? everywhere : noHolding)
  return { user_id: org, member_id: org, name: 'Callboard', collaborator_id: null, bindings: [], policy: defaultPolicy, amounts: 'shown', until: null, holding, may: (permission) => holding(permission).everywhere }
}
const everything: Lens = { where: () => Promise.resolve([]), sees: () => Promise.resolve(true), redact: () => undefined }

/** What the audit keeps of a refusal that nobody is there to be told: one event for each try (domain chapter 7). */
const refusalNames: ReadonlyMap<string, string> = new Map([[generateDueContract.name, 'contract.generation_failed']])

export function createActing(parts: ActingParts): Acting {
  const { engine, org, ledger } = parts
  const system = systemOf(org)
  let requests = 0

  function handlerOf(name: string): Handler | CoreHandler {
    if (ledger.kind !== 'authority') throw new Error(`${name}: a replica does nothing by itself`)
    const handler = parts.handlers.get(name)
    if (!handler || 'compose' in handler || handler.operation.kind !== 'command' || handler.operation.permission !== 'system:act') throw new Error(`${name} is no command of the system`)
    return handler
  }
  function callOf({ id, seed, correlation_id }: ActOptions): CallContext {
    const now = parts.now()
    const request_id = deriveId(org, `request:${now}:${++requests}:${id}`)
    return {
      org, command_id: id, seed: seed ?? id, now, decided_at: now, actor_kind: 'system', actor: org, collaborator_id: null, device: 'core',
      request_id, correlation_id: correlation_id ?? request_id, group_id: null, app_version: parts.app_version,
    }
  }
  /** Once for each id: what is due is tried again and again. */
  async function noteTaken(call: CallContext, operation: AnyOperation): Promise<void> {
    const event = { ...securityEvent(call, 'security.payload.mismatch', { operation: operation.name, command: call.command_id }), id: deriveId(org, `id taken:${call.command_id}`) }
    const noted = await engine.all('SELECT 1 AS one FROM audit_event WHERE org_id = ? AND id = ?', [org, event.id])
    if (noted.length === 0) await appendEvents(engine, org, [event])
  }

  async function noteRefusal(call: CallContext, operation: AnyOperation, input: unknown, failure: Failure): Promise<void> {
    const action = refusalNames.get(operation.name)
    if (action === undefined) return
    const [first = null] = operation.target.kind === 'rows' ? operation.target.ids(input) : []
    await appendEvents(engine, org, [securityEvent(call, action, { code: failure.code, command: call.command_id }, first === null ? {} : { entity: 'assignment', entity_id: first })])
  }

  /** Null: the id is another command's, and the audit says so. */
  async function done(name: string, given: unknown, options: ActOptions): Promise<Acted | null> {
    const handler = handlerOf(name)
    const { operation } = handler
    const call = callOf(options)
    const nothing = (): void => undefined
    try {
      const input = parts.parse(operation, given)
      const plain = JSON.parse(canonicalJson(input)) as Json
      const reader = parts.readerOf(call, system, null)
      const former = await findCommand(engine, org, options.id)
      // Keys made inside the savepoint go with it: each command looks for its own.
      const keys = personKeys(engine, org, parts.random)
      if (former) {
        const mine = former.actor_kind === 'system' && former.actor === org && former.name === name
        if (mine && former.payload_hash === payloadHash(name, INPUT_VERSION, await sealInput(operation, input, plain, call, keys, reader, former.input)))
          return { answer: { value: former.answer, replayed: true, request_id: call.request_id }, announce: nothing }
        await noteTaken(call, operation)
        return null
      }
      return await engine.savepoint(async () => {
        const sealed = await sealInput(operation, input, plain, call, keys, reader)
        await authorize(system, operation, input, reader, everything)
        const tx = parts.openWrites(operation, call, system, ledger.changedSince)
        if (options.onBehalfOf) tx.onBehalfOf(options.onBehalfOf)
        const output = await handler.run(tx, input, parts.innerOf(system, keys, reader) as Inner)
        const writes = await parts.finish(call, operation, { given: plain, sealed }, tx, keys, output, { undoes: null, asker: system, reads: emptyReadSet() })
        return { answer: { value: output as Json, request_id: call.request_id }, announce: () => parts.announce(call, operation, writes) }
      })
    } catch (error) {
      if (error instanceof StoreError) throw error
      const failure = parts.failureOf(error, call)
      await noteRefusal(call, operation, given, failure)
      return { answer: parts.envelope(call, failure), announce: nothing }
    }
  }

  return {
    async act(name, input, options) {
      const acted = await engine.transaction(() => done(name, input, options)).catch((error: unknown): Acted => {
        if (!(error instanceof StoreError)) throw error
        const call = callOf(options)
        return { answer: parts.envelope(call, parts.failureOf(error, call)), announce: () => undefined }
      })
      if (!acted) throw new IdTaken(options.id)
      acted.announce()
      return acted.answer
    },
    async actInside(name, input, options) {
      const acted = await done(name, input, options)
      if (!acted) throw new IdTaken(options.id)
      return acted
    },
  }
}
