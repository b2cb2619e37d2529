/** Decides a command that was recorded elsewhere (sync rules 7 to 13). What does not apply is kept whole, with its outcome. */
import type { CallContext } from '../domain/call-context.ts'
import type { AnyEntity } from '../domain/entity.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import { entityNamed } from '../domain/registry.ts'
import { canonicalJson, sha256, type Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import { failure, Refusal, success, type Result } from '../kernel/result.ts'
import { findCommand, payloadHash } from '../store/command-log.ts'
import type { Engine } from '../store/engine.ts'
import { personKeys, type PersonKeys } from '../store/sealing.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import type { Write } from '../store/write-set.ts'
import { securityEvent } from './audit-trail.ts'
import { authorize, holdsSomewhere } from './authorize.ts'
import { decide, type DecidingPlace, type Decision, type RecordedCommand, type Settled } from './decide.ts'
import { emptyReadSet, type Ledger, type ReadSet } from './ledger.ts'
import { lensOf, readableBy } from './lens.ts'
import type { AnyHandler, Call, Frozen, Inner } from './core-handler.ts'
import { ownersOf, sealInput, sealRecord } from './sealed-record.ts'
import type { Person, Session } from './session.ts'

/** A command with its frozen record, as another device issued it. */
export interface ReceivedCommand extends Omit<RecordedCommand, 'payload_hash'> {
  v: number
  input: Json
  seed: Id
  issued_at: Instant
  group_id: Id | null
  correlation_id: string
}

/** What the organization's core lends for deciding. */
export interface SettleParts {
  engine: Engine
  org: Id
  ledger: Ledger
  handlers: ReadonlyMap<string, AnyHandler>
  random: (bytes: number) => Uint8Array
  contextOf(call: Call, session: Session, collaborator_id: Id | null): CallContext
  person(call: CallContext, session: Session): Promise<Person | null>
  readerOf(call: CallContext, asker: Person | null, reads?: ReadSet): Reader
  openWrites(operation: AnyOperation, call: CallContext, asker: Person | null, changedSince: (entity: AnyEntity, id: Id, version: number) => Promise<ReadonlySet<string>>, reads?: ReadSet): OpenTransaction
  innerOf(asker: Person | null, keys: PersonKeys, all: Reader): Inner | null
  finish(call: CallContext, operation: AnyOperation, input: { given: Json; sealed: Json }, tx: OpenTransaction, keys: PersonKeys, output: unknown, more: { undoes: Id | null; frozen: Frozen; asker: Person | null; reads: ReadSet }): Promise<Write[]>
  announce(call: CallContext, operation: AnyOperation, writes: readonly Write[]): void
}

/** How a command is decided where it was not issued. */
export interface SettleOptions {
  /** It was applied before, by this authority (a receipt says so): the rights of now are not asked again (rule 31). */
  trusted?: boolean | undefined
}

/** Malformed input is an outcome like another: the device that sent it must not offer it for ever. */
function wellFormed(operation: AnyOperation, input: unknown): Result<unknown> {
  const parsed = operation.input.safeParse(input)
  return parsed.success ? success(parsed.data) : failure(refuse('validation.invalid', ...parsed.error.issues.slice(0, 20).map((issue) => detail(issue.path.join('.') || null, issue.code, issue.message))).failure)
}

/** What others wrote is shown only where this person may read it (rule 22). */
async function withoutHidden(decided: Extract<Decision, { outcome: 'conflict' }>, person: Person, reader: Reader): Promise<Decision> {
  const disputes = []
  for (const dispute of decided.disputes) {
    const entity = entityNamed(dispute.entity)
    const [row]: Record<string, unknown>[] = await reader.find(entity, { id: dispute.id }, { removed: true })
    disputes.push(row && readableBy(person, entity, row, dispute.field) ? dispute : { ...dispute, base: null, theirs: null })
  }
  return { ...decided, disputes }
}

interface Done {
  tx: OpenTransaction
  output: unknown
  undoes: Id | null
}

export interface Replayed {
  decision: Decision
  /** Rows written here; none unless it was applied. */
  writes: Write[]
  reads: ReadSet
}

export interface Deciding {
  /** Decides and logs, in a transaction of its own. */
  settle(received: ReceivedCommand, session: Session): Promise<Decision | Settled>
  /** The same inside the caller's transaction. `announce` is to be called once that is committed. */
  settleInside(received: ReceivedCommand, session: Session, options?: SettleOptions): Promise<{ decision: Decision | Settled; announce(): void }>
  /** Decides on the rows of a replica, inside the caller's transaction, and leaves its writes: nothing is logged. `known` gives outcomes, final or as this replica foresees them. */
  replay(received: ReceivedCommand, session: Session, known: (id: Id) => Promise<Settled | null>): Promise<Replayed>
}

export function createDeciding(parts: SettleParts): Deciding {
  const { engine, org, ledger } = parts

  function handlerOf(received: ReceivedCommand): Exclude<AnyHandler, { compose: unknown }> {
    const handler = parts.handlers.get(received.name)
    if (!handler || 'compose' in handler || handler.operation.kind !== 'command') throw new Error(`a device sent ${received.name}, which is no command here`)
    return handler
  }
  async function contextOf(received: ReceivedCommand, session: Session): Promise<{ call: CallContext; asker: Person | null }> {
    const base = parts.contextOf({ name: received.name, input: received.input }, session, null)
    const asker = await parts.person(base, session)
    return {
      asker,
      call: {
        ...base, command_id: received.id, seed: received.seed, now: received.issued_at, group_id: received.group_id, correlation_id: received.correlation_id,
        collaborator_id: asker?.collaborator_id ?? null,
      },
    }
  }

  /** Rules 8 to 13, with what the handler wrote when it was applied. */
  async function decideHere(received: ReceivedCommand, session: Session, payload_hash: string, known: DecidingPlace['settled'], { call, asker }: { call: CallContext; asker: Person | null }, keys: PersonKeys, options: SettleOptions) {
    const { operation, run } = handlerOf(received)
    const reads = emptyReadSet()
    const reader = parts.readerOf(call, asker, reads)
    const parsed = wellFormed(operation, received.input)
    const done: Done[] = []
    const decision = await decide({ ...received, payload_hash }, {
      settled: known,
      async authorize() {
        if (!parsed.ok) throw new Refusal(parsed.error)
        if (options.trusted) return
        if (!asker) throw refuse('auth.forbidden', detail(null, 'membership', 'a member of the organization'))
        holdsSomewhere(asker, session, operation)
        // A row removed meanwhile is for rule 10 to judge, not for permission.
        const aimed = operation.target.kind === 'rows' ? { ...operation, target: { ...operation.target, removed: true as const } } : operation
        await authorize(asker, aimed, parsed.value, reader, lensOf(asker, reader, new Set()))
      },
      row: async (entity, id) => (await reader.find(entityNamed(entity), { id }, { removed: true }))[0] ?? null,
      entity: entityNamed,
      async attempt(keep) {
        const dropped = new Error('not kept')
        try {
          await engine.savepoint(async () => {
            // Bases decide, not versions: two devices number the versions of one row differently.
            const tx = parts.openWrites(operation, call, asker, async () => new Set(), reads)
            const inner = parts.innerOf(asker, keys, reader)
            const output = await run(tx, parsed.ok ? parsed.value : undefined, inner as Inner)
            if (!keep(tx.writes())) throw dropped
            done.push({ tx, output, undoes: inner?.undoes ?? null })
          })
        } catch (error) {
          if (error !== dropped) throw error
        }
      },
    })
    return { decision, operation, reader, reads, done: done[0] ?? null, input: parsed.ok ? parsed.value : received.input }
  }

  async function settleInside(received: ReceivedCommand, session: Session, options: SettleOptions = {}): Promise<{ decision: Decision | Settled; announce(): void }> {
    const { operation } = handlerOf(received)
    const context = await contextOf(received, session)
    const { call, asker } = context
    const given = JSON.parse(canonicalJson(received.input)) as Json
    const keys = personKeys(engine, org, parts.random)
    const reader = parts.readerOf(call, asker)
    const ownerOf = await ownersOf(received.record.rows, reader)
    const record = await sealRecord(received.record, ownerOf, call.command_id, keys)
    const parsed = wellFormed(operation, received.input)
    const sealed = await sealInput(operation, parsed.ok ? parsed.value : received.input, given, call, keys, reader)
    /** Over the input and the record, as they are kept: the same id with another record is another command. */
    const digest = (input: Json, kept: unknown): string => sha256(canonicalJson({ name: received.name, v: received.v, input, record: kept }))
    const known: DecidingPlace['settled'] = async (id) => {
      const found = await findCommand(engine, org, id)
      return found && { outcome: found.outcome, converged: found.converged, payload_hash: id === received.id ? digest(found.input, found.record) : found.payload_hash }
    }
    const { decision, done, reads } = await decideHere(received, session, digest(sealed, record), known, context, keys, options)
    if ('payload_hash' in decision) return { decision, announce: () => undefined }
    if (decision.outcome === 'applied' && done) {
      const frozen = { v: received.v, record: received.record, ownerOf, after: received.after, note: decision.note, converged: decision.converged }
      const written = await parts.finish(call, operation, { given, sealed }, done.tx, keys, done.output, { undoes: done.undoes, frozen, asker, reads })
      return { decision, announce: () => parts.announce(call, operation, written) }
    }
    const shown = decision.outcome === 'conflict' && asker ? await withoutHidden(decision, asker, reader) : decision
    const denied = decision.outcome === 'rejected' && decision.failure.code.startsWith('auth.')
    await ledger.keepRefused({
      id: received.id, name: received.name, v: received.v, payload_hash: payloadHash(received.name, received.v, sealed), input: sealed, record,
      after: [...received.after], seed: received.seed,
      issued_at: received.issued_at, actor_kind: call.actor_kind, actor: call.actor, device: call.device, request_id: call.request_id, correlation_id: call.correlation_id,
      group_id: call.group_id, undoes: null, undoable: false, outcome: decision.outcome, note: null, converged: [], answer: reasonOf(decision),
    }, denied ? [securityEvent(call, 'security.permission.denied', { operation: operation.name, permission: operation.permission })] : [])
    return { decision: shown, announce: () => undefined }
  }

  return {
    settleInside,
    async settle(received, session) {
      const { decision, announce } = await engine.transaction(() => settleInside(received, session))
      announce()
      return decision
    },
    async replay(received, session, known) {
      const context = await contextOf(received, session)
      const keys = personKeys(engine, org, parts.random)
      // Its own id is asked of nobody: it is unsettled, or it would not be replayed.
      const { decision, done, reads } = await decideHere(received, session, '', (id) => (id === received.id ? Promise.resolve(null) : known(id)), context, keys, {})
      if ('payload_hash' in decision) throw new Error('an unsettled command has an outcome')
      return { decision, writes: decision.outcome === 'applied' && done ? done.tx.writes() : [], reads }
    },
  }
}

/** Why a command was not applied, as it is kept with it: fields in dispute by name, never by value (they are read again when shown, rule 22). */
export function reasonOf(decision: Decision): Json {
  switch (decision.outcome) {
    case 'applied': return null
    case 'blocked': return { by: decision.by }
    case 'rejected': return { failure: { code: decision.failure.code, details: decision.failure.details.map(({ field, issue }) => ({ field, issue })) } }
    case 'conflict': return { why: decision.why, fields: decision.disputes.map(({ entity, id, field }) => ({ entity, id, field })), failure: decision.failure ? { code: decision.failure.code } : null }
  }
}
