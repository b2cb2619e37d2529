/** Decides a command that was recorded elsewhere (sync rules 7 to 13). What does not apply is kept whole, with its outcome. */
import type { CallContext } from '../domain/call-context.ts'
import type { AnyEntity } from '../domain/entity.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import { entities, entityNamed } from '../domain/registry.ts'
import { groupBy } from '../kernel/grouping.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import { failure, Refusal, success, type Failure, type Result } from '../kernel/result.ts'
import { fieldsChangedByOthers, type AuditEvent } from '../store/audit-chain.ts'
import { findCommand, findOutcome, payloadHash, type KnownOutcome, type LoggedCommand, type Outcome } from '../store/command-log.ts'
import type { Engine } from '../store/engine.ts'
import { personKeys, type PersonKeys } from '../store/sealing.ts'
import type { OpenTransaction, WriteAccess } from '../store/transaction.ts'
import { keyOf, type Write } from '../store/write-set.ts'
import { securityEvent } from './audit-trail.ts'
import { authorize, digestOfId, holdsSomewhere } from './authorize.ts'
import { decide, PayloadMismatch, type DecidingPlace, type Decision, type RecordedCommand, type Settled } from './decide.ts'
import { emptyReadSet, type Ledger, type ReadSet } from './ledger.ts'
import { lensOf, readableBy } from './lens.ts'
import type { AnyHandler, Call, Frozen, Inner } from './core-handler.ts'
import { addReferred, rowsById } from './named-rows.ts'
import { ownersIn, sealInput, sealRecord } from './sealed-record.ts'
import { changesRights, sessionKey, type Person, type Session } from './session.ts'

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
  openWrites(operation: AnyOperation, call: CallContext, asker: Person | null, changedSince: Ledger['changedSince'] | null, more?: { reads?: ReadSet | undefined; stood?: WriteAccess['stood'] }): OpenTransaction
  innerOf(asker: Person | null, keys: PersonKeys, all: Reader): Inner | null
  finish(call: CallContext, operation: AnyOperation, input: { given: Json; sealed: Json }, tx: OpenTransaction, keys: PersonKeys, output: unknown, more: { undoes: Id | null; frozen: Frozen; asker: Person | null; reads: ReadSet }): Promise<Write[]>
  announce(call: CallContext, operation: AnyOperation, writes: readonly Write[]): void
}

/** How a command is decided where it was not issued. */
export interface SettleOptions {
  /** It was applied before, by this authority (a receipt says so): the rights of now are not asked again (rule 31). */
  trusted?: boolean | undefined
  /** Its author waits no longer for what it was built on: unknown here, it is kept as blocked (rule 9). */
  noWait?: boolean | undefined
  /** It may not be done, whatever its rows: kept as refused. */
  refusal?: Failure | undefined
  /** What the log keeps to know the same command again; left out: a hash over the input as it is kept. */
  payload_hash?: string | undefined
  /** Commands decided one after the other in one transaction share what is looked up for each. */
  batch?: Batch | undefined
  /** The log was asked: no command has this id. */
  isNew?: boolean | undefined
}

/** Persons and keys, looked up once while nothing about them changes; outcomes, which never change. */
export interface Batch {
  keys: PersonKeys
  readonly people: Map<string, Person | null>
  outcomeOf(id: Id): Promise<KnownOutcome | null>
  /** Told of each command that the log has from now on. */
  settled(id: Id, outcome: KnownOutcome): void
  /** To be called when a savepoint took something back: a key made inside it is gone. */
  forget(): void
}

/** Malformed input is an outcome like another: the device that sent it must not offer it for ever. */
function wellFormed(operation: AnyOperation, input: unknown): Result<unknown> {
  const parsed = operation.input.safeParse(input)
  return parsed.success ? success(parsed.data) : failure(refuse('validation.invalid', ...parsed.error.issues.slice(0, 20).map((issue) => detail(issue.path.join('.') || null, issue.code, issue.message))).failure)
}

/** What others wrote is shown only where this person may read it (rule 22). */
async function withoutHidden(decided: Extract<Decision, { outcome: 'conflict' }>, person: Person, reader: Reader): Promise<Decision> {
  const rows = new Map<string, Record<string, unknown>>()
  for (const [name, those] of groupBy(decided.disputes, ({ entity }) => entity))
    for (const [id, row] of await rowsById(reader, entityNamed(name), those.map(({ id }) => id), { removed: true })) rows.set(keyOf(name, id), row)
  const disputes = decided.disputes.map((dispute) => {
    const row = rows.get(keyOf(dispute.entity, dispute.id))
    return row && readableBy(person, entityNamed(dispute.entity), row, dispute.field) ? dispute : { ...dispute, base: null, theirs: null }
  })
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
  /** Keeps a command with an outcome that was given elsewhere; nothing is executed. Inside the caller's transaction. */
  keepInside(received: ReceivedCommand, session: Session, given: { outcome: Exclude<Outcome, 'applied'>; reason: Json }, options?: Pick<SettleOptions, 'batch' | 'payload_hash'>): Promise<void>
  batch(): Batch
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
  /**
   * `late`: when it was issued counts as when it is decided. A view must not depend on the moment it is rebased, and what a receipt says was
   * applied in time is not late today.
   */
  async function contextOf(received: ReceivedCommand, session: Session, batch: Batch | undefined, late: boolean): Promise<{ call: CallContext; asker: Person | null }> {
    const base = parts.contextOf({ name: received.name, input: received.input }, session, null)
    const key = sessionKey(session)
    let asker = batch?.people.get(key)
    if (asker === undefined) {
      asker = await parts.person(base, session)
      batch?.people.set(key, asker)
    }
    return {
      asker,
      call: {
        ...base, command_id: received.id, seed: received.seed, now: received.issued_at, decided_at: late ? received.issued_at : base.decided_at, group_id: received.group_id, correlation_id: received.correlation_id,
        collaborator_id: asker?.collaborator_id ?? null,
      },
    }
  }
  function batch(): Batch {
    const people = new Map<string, Person | null>()
    const outcomes = new Map<Id, KnownOutcome>()
    const made: Batch = {
      keys: personKeys(engine, org, parts.random), people,
      async outcomeOf(id) {
        const known = outcomes.get(id) ?? (await findOutcome(engine, org, id))
        if (known) outcomes.set(id, known)
        return known
      },
      settled: (id, outcome) => void outcomes.set(id, outcome),
      forget() {
        made.keys = personKeys(engine, org, parts.random)
        people.clear()
        outcomes.clear()
      },
    }
    return made
  }

  /** Entered fields that somebody else wrote since the author read the row: by the versions in the input, and the chain. */
  async function changedByOthers(versions: ReadonlyMap<string, number>, received: ReceivedCommand, session: Session, entity: AnyEntity, row: Readonly<Record<string, unknown>>): Promise<ReadonlySet<string> | null> {
    const read = versions.get(String(row['id']))
    if (read === undefined || ledger.kind === 'replica') return null
    // The author's own unsettled commands had moved the version on their screen, and move it here before this one comes.
    if (read === Number(row['version'])) return null
    return fieldsChangedByOthers(engine, org, entity.name, String(row['id']), read - received.after.length, { actor: session.user_id, device: session.device })
  }

  interface Decided {
    decision: Decision | Settled
    operation: AnyOperation
    reads: ReadSet
    done: Done | null
    /** Refused for what the person may not do, or may not see. */
    denied: Failure | null
  }
  /** Rules 8 to 13, with what the handler wrote when it was applied. */
  async function decideHere(received: ReceivedCommand, parsed: Result<unknown>, session: Session, known: DecidingPlace['settled'], { call, asker }: { call: CallContext; asker: Person | null }, keys: PersonKeys, options: SettleOptions): Promise<Decided> {
    const { operation, run } = handlerOf(received)
    const reads = emptyReadSet()
    const reader = parts.readerOf(call, asker, reads)
    const lens = asker && lensOf(asker, reader, new Set())
    const versions = versionsIn(received.input)
    const done: Done[] = []
    const refused: Failure[] = []
    const existing = (entity: string, ids: readonly Id[]) => rowsById(reader, entityNamed(entity), ids, { removed: true })
    /** As they stand before the handler runs. */
    const stood = new Map<string, Readonly<Record<string, unknown>>>()
    const decision = await decide({ ...received, payload_hash: '' }, {
      settled: known,
      async authorize() {
        if (!parsed.ok) throw new Refusal(parsed.error)
        if (options.trusted) return null
        try {
          if (options.refusal) throw new Refusal(options.refusal)
          if (!asker || !lens) throw refuse('auth.forbidden', detail(null, 'membership', 'a member of the organization'))
          holdsSomewhere(asker, session, operation)
          // A row removed meanwhile is for rule 10 to judge, not for permission.
          const aimed = operation.target.kind === 'rows' ? { ...operation, target: { ...operation.target, removed: true as const } } : operation
          await authorize(asker, aimed, parsed.value, reader, lens)
          return null
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          const asked = /^(\w+)\.not_found$/.exec(error.failure.code)?.[1]
          const id = error.failure.details.find(({ issue }) => issue === 'not_found')?.found
          if (asked !== undefined && entities.has(asked) && id && (await existing(asked, [id as Id])).size === 0) return error.failure
          refused.push(error.failure)
          throw error
        }
      },
      async rows(entity, ids) {
        const found = await existing(entity, ids)
        for (const [id, row] of found) stood.set(keyOf(entity, id), row)
        return found
      },
      entity: entityNamed,
      follows: (entity) => operation.follows[entity] ?? [],
      sees: async (entity, row) => options.trusted === true || lens === null || lens.sees(entity, row),
      readable: (entity, row, field) => options.trusted === true || asker === null || readableBy(asker, entity, row, field),
      changedByOthers: (entity, row) => changedByOthers(versions, received, session, entity, row),
      async attempt(keep) {
        const dropped = new Error('not kept')
        await addReferred(parts.readerOf(call, asker), received.record, stood)
        try {
          await engine.savepoint(async () => {
            // Bases decide, not versions: two devices number the versions of one row differently.
            const tx = parts.openWrites(operation, call, asker, null, { reads, stood })
            const inner = parts.innerOf(asker, keys, reader)
            const output = await run(tx, parsed.ok ? parsed.value : undefined, inner as Inner)
            if (!keep(tx.writes())) throw dropped
            done.push({ tx, output, undoes: inner?.undoes ?? null })
          })
        } catch (error) {
          if (error !== dropped) throw error
        }
      },
    }, { noWait: options.noWait })
    return { decision, operation, reads, done: done[0] ?? null, denied: refused[0] ?? null }
  }

  async function settleInside(received: ReceivedCommand, session: Session, options: SettleOptions = {}): Promise<{ decision: Decision | Settled; announce(): void }> {
    const { operation } = handlerOf(received)
    const shared = options.batch ?? batch()
    const context = await contextOf(received, session, shared, options.trusted === true)
    const { call, asker } = context
    const { keys } = shared
    const given = received.input
    const reader = parts.readerOf(call, asker)
    const parsed = wellFormed(operation, received.input)
    const former = options.isNew ? null : await findCommand(engine, org, received.id)
    const ownerOf = await ownersIn(received.record, reader, former?.record)
    const record = await sealRecord(received.record, ownerOf, call.command_id, keys)
    const sealed = await sealInput(operation, parsed.ok ? parsed.value : received.input, given, call, keys, reader, former?.input)
    if (former) {
      // Over the input and the record, as they are kept: the same id with another record is another command.
      if (canonicalJson([former.name, former.v, former.input, former.record]) !== canonicalJson([received.name, received.v, sealed, record])) throw new PayloadMismatch(received.id)
      return { decision: { outcome: former.outcome, converged: former.converged, payload_hash: former.payload_hash }, announce: () => undefined }
    }
    const known: DecidingPlace['settled'] = async (id) => {
      const found = id === received.id ? null : await shared.outcomeOf(id)
      return found && { outcome: found.outcome, converged: found.converged, payload_hash: '' }
    }
    const { decision, done, reads, denied } = await decideHere(received, parsed, session, known, context, keys, options)
    if ('payload_hash' in decision) throw new Error('a command without outcome has one')
    if (decision.outcome === 'applied' && done) {
      const frozen = { v: received.v, payload_hash: options.payload_hash ?? null, record: received.record, ownerOf, after: received.after, note: decision.note, converged: decision.converged }
      const written = await parts.finish(call, operation, { given, sealed }, done.tx, keys, done.output, { undoes: done.undoes, frozen, asker, reads })
      if (written.some(({ entity }) => changesRights(entity))) shared.people.clear()
      shared.settled(received.id, { actor: call.actor, seed: call.seed, outcome: 'applied', converged: decision.converged })
      return { decision, announce: () => parts.announce(call, operation, written) }
    }
    const shown = decision.outcome === 'conflict' && asker ? await withoutHidden(decision, asker, reader) : decision
    // A key that the handler made was taken back with what it wrote.
    shared.forget()
    await ledger.keepRefused(refused(received, call, { input: sealed, record }, { outcome: decision.outcome, reason: reasonOf(decision) }, options), denied ? denialOf(call, operation, denied) : [])
    shared.settled(received.id, { actor: call.actor, seed: call.seed, outcome: decision.outcome, converged: [] })
    return { decision: shown, announce: () => undefined }
  }

  const refused = (received: ReceivedCommand, call: CallContext, kept: Pick<LoggedCommand, 'input' | 'record'>, { outcome, reason }: { outcome: Outcome; reason: Json }, options: SettleOptions): LoggedCommand => ({
    id: received.id, name: received.name, v: received.v, payload_hash: options.payload_hash ?? payloadHash(received.name, received.v, kept.input), ...kept,
    after: [...received.after], seed: received.seed,
    issued_at: received.issued_at, actor_kind: call.actor_kind, actor: call.actor, device: call.device, request_id: call.request_id, correlation_id: call.correlation_id,
    group_id: call.group_id, undoes: null, undoable: false, outcome, note: null, converged: [], answer: reason,
  })

  async function keepInside(received: ReceivedCommand, session: Session, given: { outcome: Exclude<Outcome, 'applied'>; reason: Json }, options: Pick<SettleOptions, 'batch' | 'payload_hash'> = {}): Promise<void> {
    const { operation } = handlerOf(received)
    const shared = options.batch ?? batch()
    const { call, asker } = await contextOf(received, session, shared, false)
    const reader = parts.readerOf(call, asker)
    const parsed = wellFormed(operation, received.input)
    const record = await sealRecord(received.record, await ownersIn(received.record, reader), call.command_id, shared.keys)
    const input = await sealInput(operation, parsed.ok ? parsed.value : received.input, received.input, call, shared.keys, reader)
    await ledger.keepRefused(refused(received, call, { input, record }, given, options), [])
  }

  return {
    settleInside,
    keepInside,
    batch,
    async settle(received, session) {
      const { decision, announce } = await engine.transaction(() => settleInside(received, session))
      announce()
      return decision
    },
    async replay(received, session, known) {
      const { operation } = handlerOf(received)
      const context = await contextOf(received, session, undefined, true)
      const keys = personKeys(engine, org, parts.random)
      // Its own id is asked of nobody: it is unsettled, or it would not be replayed.
      const others: DecidingPlace['settled'] = (id) => (id === received.id ? Promise.resolve(null) : known(id))
      const { decision, done, reads } = await decideHere(received, wellFormed(operation, received.input), session, others, context, keys, {})
      if ('payload_hash' in decision) throw new Error('an unsettled command has an outcome')
      return { decision, writes: decision.outcome === 'applied' && done ? done.tx.writes() : [], reads }
    },
  }
}

/** What the log says of a refusal: that it was not allowed, or that something out of sight was looked for, the asked id digested. */
function denialOf(call: CallContext, operation: AnyOperation, failure: Failure): AuditEvent[] {
  if (failure.code.startsWith('auth.')) return [securityEvent(call, 'security.permission.denied', { operation: operation.name, permission: operation.permission })]
  const asked = failure.details.find(({ issue }) => issue === 'not_found')?.found
  return failure.code.endsWith('.not_found') ? [securityEvent(call, 'security.record.not_found', { operation: operation.name, asked: asked ? digestOfId(asked) : null })] : []
}

/** Versions of rows as the author read them: any part of an input that names an id and a version. */
function versionsIn(input: Json, found = new Map<string, number>()): ReadonlyMap<string, number> {
  if (typeof input !== 'object' || input === null) return found
  if (!Array.isArray(input) && typeof input['id'] === 'string' && typeof input['version'] === 'number') found.set(input['id'], input['version'])
  for (const part of Object.values(input)) versionsIn(part, found)
  return found
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
