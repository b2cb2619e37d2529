/**
 * The only way to change anything in one organization. In one place and in this order: who, may they, is it well-formed, was it
 * done already, then one transaction with the rows, the frozen record, the audit events and the log; then the answer.
 */
import type { PrintMarks } from './print-marks.ts'
import type { Printer } from '../documents/printing.ts'
import type { CallContext } from '../domain/call-context.ts'
import type { AnyEntity } from '../domain/entity.ts'
import { detail, refuse, refuseFor } from '../domain/errors.ts'
import type { AnyOperation, Handler, Reader, Where } from '../domain/operation.ts'
import type { FailedJob } from '../domain/matters/matters.ts'
import { entities, entityNamed } from '../domain/registry.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'
import type { Instant } from '../kernel/instants.ts'
import { Refusal, type ErrorEnvelope, type Failure } from '../kernel/result.ts'
import { findAnswer, INPUT_VERSION, isGroupOfAnother, payloadHash, type LoggedCommand } from '../store/command-log.ts'
import { StoreError, type Engine } from '../store/engine.ts'
import { createReader, type Lens } from '../store/reader.ts'
import { readModels } from '../store/read-models.ts'
import { indexWrite } from '../store/search.ts'
import { isErased, personKeys, type OwnKeys } from '../store/sealing.ts'
import { createStatements } from '../store/statements.ts'
import { openTransaction, type OpenTransaction } from '../store/transaction.ts'
import { recordOf, type CommandRecord, type Write } from '../store/write-set.ts'
import { createDeciding, type Deciding, type SettleParts } from './settle.ts'
import { authorityLedger, emptyReadSet, noteRead, type Ledger, type ReadSet } from './ledger.ts'
import { createActing, type Acting } from './acting.ts'
import { eventsOf, securityEvent, subjectOf } from './audit-trail.ts'
import { authorize, digestOfId, holdsSomewhere } from './authorize.ts'
import { createConflictWatch } from './conflict-watch.ts'
import type { Answer, AnswerEnvelope, AnyHandler, Call, CoreHandler, Frozen, Inner } from './core-handler.ts'
import { possibleOn, possibleHere } from './possible.ts'
import { createGestures } from './gestures.ts'
import { lensOf, readableBy } from './lens.ts'
import { createRehearsal } from './rehearsal.ts'
import type { Rehearse } from './rehearsed.ts'
import { sealInput, sealRecord, type OwnerOf } from './sealed-record.ts'
import { changesRights, personOf, sessionKey, type Person, type Session } from './session.ts'

export interface Commit {
  org: Id
  command: Id
  name: string
  /** Rows written, by entity. */
  touched: ReadonlyMap<string, ReadonlySet<string>>
  writes: readonly Write[]
}

export interface Outside {
  now(): Instant
  random(bytes: number): Uint8Array
  app_version: string
  /** Attached files by content hash, where there are any. */
  blob?: (sha256: string) => Uint8Array | null
  /** Draws PDFs elsewhere than in this thread. Absent: they are drawn here. */
  print?: Printer
  /** Signs prints and knows who else does, where there are keys. */
  marks?: PrintMarks
  /** Work of this computer for the organization that was given up, where it does any. */
  failedJobs?: () => Promise<readonly FailedJob[]>
  /** Between two pieces of long work: lets other calls be answered. Absent: work is done in one piece. */
  breathe?: () => Promise<void> | undefined
  /** Unexpected errors, with their stack, for the local log only. */
  report(error: unknown, request_id: string): void
}

/** `act`, `actInside`: commands of the system itself, on an authority only (acting.ts). */
export interface OrganizationCore extends Acting {
  readonly org: Id
  execute(call: Call, session: Session): Promise<Answer>
  /** Writes a security event on its own (sign-in, export, restore). */
  record(session: Session, action: string, changes: Json): Promise<void>
  onCommit(listener: (commit: Commit) => void): () => void
  /** Reads for derived caches (conflicts), without a person. */
  reader(): Reader
  /** Decides commands recorded elsewhere, or here earlier (sync rules 7 to 13). */
  readonly deciding: Deciding
  settle: Deciding['settle']
  /** The session's person and what they see, as they are now on a connection: the writing one (inside a transaction), or another in a snapshot. Null: not a member. */
  viewer(session: Session, on?: Engine): Promise<{ person: Person; lens: Lens } | null>
  /** Rows changed otherwise than by a command issued here (pulled, replayed, purged): caches and listeners hear of them. After the commit. */
  noteWrites(name: string, command: Id, writes: readonly Write[]): void
  /** All rows may be others (a first filling): caches begin again, listeners hear of every entity. After the commit. */
  refreshed(name: string): void
}

export interface CoreOptions {
  org: Id
  /** Writes and the reads inside commands. */
  engine: Engine
  /** Reads of queries: a connection of its own, so that a long write never makes a list wait. */
  readEngine: Engine
  handlers: readonly AnyHandler[]
  outside: Outside
  /** Left out: the only authority of its organization, which no device follows. */
  ledger?: Ledger
}

const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal

/** The first command of an empty file: nobody is a member yet. */
const FOUNDING = 'organization.create'
/** Lets in whoever says the code of an invitation: they are no member before it. */
const JOINING = 'invitation.accept'

export function createOrganizationCore(options: CoreOptions): OrganizationCore {
  const { org, engine, readEngine, outside } = options
  const ledger = options.ledger ?? authorityLedger(engine, org)
  const handlers = new Map(options.handlers.map((handler) => [handler.operation.name, handler]))
  const operations: ReadonlyMap<string, AnyOperation> = new Map(options.handlers.map(({ operation }) => [operation.name, operation]))
  const writeStatements = createStatements(engine.dialect)
  const readStatements = createStatements(readEngine.dialect)
  const listeners = new Set<(commit: Commit) => void>()
  let people = new Map<string, Person | null>()
  /** Grows when roles change: a command that waited behind such a change is judged by the rights of now. */
  let rights = 0
  let requests = 0
  const blob = outside.blob ?? (() => null)
  const print = outside.print ?? null
  const marks = outside.marks ?? null
  const breathe = outside.breathe ?? (() => undefined)
  const failedJobs = outside.failedJobs ?? (() => Promise.resolve([]))
  /** Refusals of people who are not members: nothing of them is written in this organization's file. */
  const outsiders = new WeakSet<Refusal>()
  function notAMember(): Refusal {
    const refusal = refuseFor('organization', 'not_found', detail(null, 'membership', 'a member of the organization'))
    outsiders.add(refusal)
    return refusal
  }
  /** Refusals that their own command has put in the audit. */
  const audited = new WeakMap<Refusal, string>()

  /** Of a call's own key: the same person asking the same again makes the same command. */
  const commandId = (session: Session, key: string): Id => deriveId(session.user_id, `call:${org}:${key}`)
  function contextOf(call: Call, session: Session, collaborator_id: Id | null): CallContext {
    const now = outside.now()
    const request_id = deriveId(session.user_id, `request:${now}:${++requests}:${call.id ?? ''}`)
    const command_id = call.id === undefined ? deriveId(request_id, 'command') : commandId(session, call.id)
    return {
      org, command_id, seed: call.seed ?? command_id, now, decided_at: now, actor_kind: 'user', actor: session.user_id, collaborator_id, device: session.device,
      request_id, correlation_id: call.correlation_id ?? request_id, group_id: call.group_id ?? null, app_version: outside.app_version,
    }
  }
  const denyAll = () => false
  const noting = (reads: ReadSet | undefined) => reads && ((entity: AnyEntity, asked: readonly string[] | Where | null) => noteRead(reads, entity, asked))
  const readerOf = (call: CallContext, person: Person | null, lens: Lens | null, from: Engine = readEngine, reads?: ReadSet): Reader =>
    createReader(call, { engine: from, onRead: noting(reads), statements: from === engine ? writeStatements : readStatements, readModels, lens, may: person ? (permission, project, own) => person.may(permission, project, own) : denyAll })

  const conflicts = createConflictWatch(() => readerOf(bare(), null, null), outside.now, outside.breathe)
  /** Reading for a derived cache: no call, so it takes neither a number nor an id that a call would have had. */
  const bare = (): CallContext => ({
    org, command_id: org, seed: org, now: outside.now(), decided_at: outside.now(), actor_kind: 'system', actor: org, collaborator_id: null, device: 'core', request_id: org, correlation_id: org,
    group_id: null, app_version: outside.app_version,
  })

  /** Other processes change roles too: what is known here of persons goes as soon as the organization says so. */
  let rightsSaid = 0
  async function heedRights(): Promise<void> {
    const said = (await ledger.rights?.()) ?? 0
    if (said === rightsSaid) return
    rightsSaid = said
    people = new Map()
    rights++
  }
  async function person(call: CallContext, session: Session): Promise<Person | null> {
    const key = sessionKey(session)
    let known = people.get(key)
    const over = known?.until != null && known.until <= call.decided_at
    if (known === undefined || over) people.set(key, (known = await personOf(readerOf(call, null, null), session)))
    return known
  }
  function parse(operation: AnyOperation, input: unknown): unknown {
    const parsed = operation.input.safeParse(input)
    if (parsed.success) return parsed.data
    throw refuse('validation.invalid', ...parsed.error.issues.slice(0, 50).map((issue) => {
      const found: unknown = issue.path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined), input)
      return detail(issue.path.join('.') || null, issue.code === 'custom' ? issue.message : issue.code, issue.message, found === undefined ? null : JSON.stringify(found)?.slice(0, 200) ?? null)
    }))
  }

  async function appendSecurity(call: CallContext, action: string, changes: Json, where: { entity?: string; entity_id?: string; project_id?: string | null } = {}): Promise<void> {
    await ledger.security([securityEvent(call, action, changes, where)])
  }
  /** Denials and look-ups of unknown ids leave a trace in the caller's own organization, with the asked id digested. */
  async function auditRefusal(call: CallContext, operation: AnyOperation, failure: Failure): Promise<void> {
    const asked = failure.details.find((one) => one.field === 'id' || one.issue === 'not_found')?.found
    const what = { operation: operation.name, asked: asked ? digestOfId(asked) : null }
    if (failure.code === 'auth.forbidden' || failure.code === 'auth.scope') await appendSecurity(call, 'security.permission.denied', { ...what, permission: operation.permission })
    else if (failure.code.endsWith('.not_found') || failure.code === 'validation.reference') await appendSecurity(call, 'security.record.not_found', what)
    else if (failure.code.endsWith('.transition_rejected')) await appendSecurity(call, 'security.transition.rejected', { ...what, details: failure.details as unknown as Json })
  }
  function envelope(call: CallContext, failure: Failure): ErrorEnvelope {
    return { error: { ...failure, request_id: call.request_id, timestamp: outside.now() } }
  }
  function failureOf(error: unknown, call: CallContext): Failure {
    if (isRefusal(error)) return error.failure
    if (error instanceof StoreError) {
      const codes = { full: 'storage.full', read_only: 'storage.read_only', damaged: 'storage.damaged', unavailable: 'storage.unavailable', failed: 'storage.failed', reference: 'validation.reference', unique: 'record.taken', append_only: 'server.unexpected' } as const
      outside.report(error, call.request_id)
      return refuse(codes[error.problem]).failure
    }
    outside.report(error, call.request_id)
    return refuse('server.unexpected').failure
  }

  /** What queries and gestures are given: the reading connection, and the person's lens. */
  const readInner = (call: CallContext, asker: Person, lens: Lens, rehearse: Rehearse): Inner => ({
    engine: readEngine, org, keys: personKeys(readEngine, org, outside.random), person: asker, lens, operations, conflicts, all: readerOf(call, asker, null), blob, print, marks, failedJobs, breathe, undoes: null, rehearse,
    record: (action, changes, project_id) => appendSecurity(call, action, changes, { project_id }),
  })

  async function query(handler: Handler | CoreHandler, call: CallContext, asker: Person, rawInput: unknown, session: Session, rightsKnown: number): Promise<AnswerEnvelope> {
    const { operation } = handler
    const input = parse(operation, rawInput)
    const hidden = new Set<string>()
    const lens = lensOf(asker, readerOf(call, asker, null), hidden)
    const reader = readerOf(call, asker, lens)
    const targets = await authorize(asker, operation, input, readerOf(call, asker, null), lens)
    const inner = readInner(call, asker, lens, rehearsal({ call, known: asker, session, rightsKnown, key: call.command_id, denied: (of, failure) => auditRefusal(call, of, failure) }))
    const value = await handler.run(reader as OpenTransaction, input, inner)
    const can = operation.target.kind === 'rows' && targets[0]
      ? await possibleOn(asker, entityNamed(operation.target.entity), targets[0], operations, inner.all)
      : await possibleHere(asker, operation, input, operations, inner.all)
    return { value: value as Json, can, ...(hidden.size > 0 ? { hidden: [...hidden].sort() } : {}), request_id: call.request_id }
  }

  async function finish(call: CallContext, operation: AnyOperation, input: { given: Json; sealed: Json }, tx: OpenTransaction, keys: OwnKeys, output: unknown, more: { undoes: Id | null; frozen?: Frozen; asker: Person | null; reads: ReadSet }): Promise<Write[]> {
    const { undoes, frozen, asker, reads } = more
    const writes = tx.writes()
    // Before anything of this command is sealed for them.
    if (ledger.kind === 'authority') for (const { entity, id, before, after } of writes) if (isErased(entity.name, after) && !isErased(entity.name, before)) await keys.destroy(id, call.now)
    const { from, after } = frozen ? { from: () => null, after: frozen.after } : await ledger.unsettled(writes)
    const seen = (entity: AnyEntity, row: Readonly<Record<string, unknown>>, field: string) => ledger.kind === 'authority' || asker === null || readableBy(asker, entity, row, field)
    const record: CommandRecord = frozen?.record ?? { rows: writes.map((write) => recordOf(write, from, seen, operation.follows[write.entity.name])) }
    const subjects = new Map(writes.map((write) => [write.id, subjectOf(write)]))
    const ownerOf: OwnerOf = frozen?.ownerOf ?? ((id) => subjects.get(id) ?? id)
    const logged: LoggedCommand = {
      id: call.command_id, name: operation.name, v: frozen?.v ?? INPUT_VERSION, payload_hash: frozen?.payload_hash ?? payloadHash(operation.name, frozen?.v ?? INPUT_VERSION, input.sealed),
      input: input.sealed, record: await sealRecord(record, ownerOf, call.command_id, keys), after: [...after], seed: call.seed,
      issued_at: call.now, actor_kind: call.actor_kind, actor: call.actor, device: call.device, request_id: call.request_id,
      correlation_id: call.correlation_id, group_id: call.group_id, undoes, undoable: operation.undoable, outcome: 'applied', note: frozen?.note ?? null, converged: frozen?.converged ?? [], answer: output as Json,
    }
    await ledger.keep({ call, logged, input: input.given, record, writes, reads, events: () => eventsOf({ call, action: operation.name, reason: tx.givenReason(), on_behalf_of: tx.givenPerson() }, writes, keys) })
    for (const write of writes) await indexWrite(engine, org, write)
    return writes
  }
  /** Roles changed: who may do what is asked again, also by commands already waiting. */
  function forgetRights(writes: readonly Write[]): void {
    if (!writes.some(({ entity }) => changesRights(entity))) return
    people = new Map()
    rights++
  }
  const announce = (call: CallContext, operation: AnyOperation, writes: readonly Write[]): void => noteWrites(operation.name, call.command_id, writes)
  function noteWrites(name: string, command: Id, writes: readonly Write[]): void {
    const touched = new Map<string, Set<string>>()
    for (const write of writes) {
      let ids = touched.get(write.entity.name)
      if (!ids) touched.set(write.entity.name, (ids = new Set()))
      ids.add(write.id)
    }
    forgetRights(writes)
    conflicts.note(writes)
    for (const listener of listeners) listener({ org, command, name, touched, writes })
  }
  const openWrites: SettleParts['openWrites'] = (operation, call, asker, changedSince, { reads, stood } = {}) =>
    openTransaction(call, {
      engine, statements: writeStatements, readModels, ignoresLock: operation.ignoresLock, changedSince, uniqueBy: ledger.uniqueBy, onRead: noting(reads), stood,
      may: asker ? (permission, project, own) => asker.may(permission, project, own) : denyAll,
    })
  const innerOf = (asker: Person | null, keys: OwnKeys, all: Reader): Inner | null =>
    asker ? { engine, org, keys, person: asker, lens: null, operations, conflicts, all, blob, print, marks, failedJobs, breathe, undoes: null, record: null, rehearse: null } : null
  /** By the rights of now: they may have changed while the call waited for its turn. */
  async function byRightsOfNow(known: Person, call: CallContext, session: Session, rightsKnown: number): Promise<Person> {
    await heedRights()
    if (rights === rightsKnown) return known
    const now = await personOf(readerOf(call, null, null, engine), session)
    if (!now) throw notAMember()
    return now
  }
  const rehearsal = createRehearsal({
    engine, org, handlers, ledger, random: outside.random, conflicts, parse, openWrites, innerOf, byRightsOfNow, commandId, readerOf: (call, asker, lens) => readerOf(call, asker, lens, engine),
  })

  async function command(handler: Handler | CoreHandler, call: CallContext, known: Person | null, rawInput: unknown, session: Session, rightsKnown: number): Promise<AnswerEnvelope> {
    const { operation } = handler
    const input = parse(operation, rawInput)
    const given = JSON.parse(canonicalJson(input)) as Json
    const writes: Write[] = []
    const answer = await engine.transaction(async (): Promise<AnswerEnvelope> => {
      const keys = personKeys(engine, org, outside.random)
      const done = await findAnswer(engine, org, call.command_id)
      const sealedInput = await sealInput(operation, input, given, call, keys, readerOf(call, known, null, engine), done?.input)
      if (done) {
        if (done.payload_hash !== payloadHash(operation.name, INPUT_VERSION, sealedInput)) throw refuse('idempotency.payload_mismatch')
        return { value: done.answer, replayed: true, request_id: call.request_id }
      }
      if (call.group_id !== null && (await isGroupOfAnother(engine, org, call.group_id, call.actor))) throw refuse('validation.invalid', detail('group_id', 'not_allowed', null, call.group_id))
      const asker = known && (await byRightsOfNow(known, call, session, rightsKnown))
      if (asker && asker !== known) holdsSomewhere(asker, session, operation)
      // Only a replica asks later what its commands had looked at.
      const reads = emptyReadSet()
      const noted = ledger.kind === 'replica' ? reads : undefined
      const reader = readerOf(call, asker, null, engine, noted)
      if (asker) await authorize(asker, operation, input, reader, lensOf(asker, reader, new Set()))
      const tx = openWrites(operation, call, asker, ledger.changedSince, { reads: noted })
      const inner = innerOf(asker, keys, reader)
      const output = await handler.run(tx, input, inner as Inner)
      writes.push(...(await finish(call, operation, { given, sealed: sealedInput }, tx, keys, output, { undoes: inner?.undoes ?? null, asker, reads })))
      forgetRights(writes)
      return { value: output as Json, request_id: call.request_id }
    })
    if (!answer.replayed) announce(call, operation, writes)
    return answer
  }

  const gestures = createGestures({
    engine, org, ledger, random: outside.random, audited, parse, commandId, execute: (call, session) => execute(call, session), readerOf,
    innerOf: (call, asker, lens, session, rightsKnown, key) => readInner(call, asker, lens, rehearsal({ call, known: asker, session, rightsKnown, key })),
  })

  async function execute(asked: Call, session: Session): Promise<Answer> {
    let call = contextOf(asked, session, null)
    const handler = handlers.get(asked.name)
    if (!handler) return envelope(call, refuse('validation.unknown_operation', detail('name', 'unknown', null, String(asked.name).slice(0, 80))).failure)
    try {
      await heedRights()
      // Taken before the person is looked up: a right withdrawn from here on is asked again inside the command's turn.
      const rightsKnown = rights
      const asker = await person(call, session)
      if (!asker) {
        const founding = asked.name === FOUNDING && (await engine.all('SELECT 1 AS one FROM organization WHERE org_id = ? LIMIT 1', [org])).length === 0
        if ((!founding && asked.name !== JOINING) || 'compose' in handler) throw notAMember()
        return await command(handler, call, null, asked.input, session, rightsKnown)
      }
      call = { ...call, collaborator_id: asker.collaborator_id }
      if (session.see_as && handler.operation.kind === 'command') throw refuse('auth.seeing_as', detail(null, 'role', null, session.see_as.role))
      holdsSomewhere(asker, session, handler.operation)
      if ('compose' in handler) return await gestures(handler, call, asker, asked, session, rightsKnown)
      return handler.operation.kind === 'query' ? await query(handler, call, asker, asked.input, session, rightsKnown) : await command(handler, call, asker, asked.input, session, rightsKnown)
    } catch (error) {
      const failure = failureOf(error, call)
      try {
        if (isRefusal(error) && !audited.has(error) && !outsiders.has(error)) await auditRefusal(call, handler.operation, failure)
      } catch (auditError) {
        // The refusal stands whether or not it could be written down (full disk, read-only folder).
        outside.report(auditError, call.request_id)
      }
      // Of a gesture, the number under which the log has the refusal of its part.
      const part = isRefusal(error) ? audited.get(error) : undefined
      return envelope(part === undefined ? call : { ...call, request_id: part }, failure)
    }
  }

  const deciding = createDeciding({
    engine, org, ledger, handlers, random: outside.random, contextOf, openWrites, innerOf, finish, announce,
    // Of the rows as they are inside the deciding transaction.
    person: (call, session) => personOf(readerOf(call, null, null, engine), session),
    readerOf: (call, asker, reads) => readerOf(call, asker, null, engine, reads),
  })

  const acting = createActing({
    engine, org, ledger, handlers, now: outside.now, random: outside.random, app_version: outside.app_version, parse, openWrites, innerOf, finish, announce, failureOf, envelope,
    readerOf: (call, asker, lens) => readerOf(call, asker, lens, engine),
  })

  return {
    org,
    execute,
    ...acting,
    record: (session, action, changes) => appendSecurity(contextOf({ name: action, input: null }, session, null), action, changes),
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reader: () => readerOf(bare(), null, null),
    deciding,
    settle: deciding.settle,
    async viewer(session, on = engine) {
      const reader = readerOf(bare(), null, null, on)
      const found = await personOf(reader, session)
      return found && { person: found, lens: lensOf(found, reader, new Set()) }
    },
    noteWrites,
    refreshed(name) {
      people = new Map()
      rights++
      conflicts.forget()
      const touched = new Map([...entities.keys()].map((entity) => [entity, new Set<string>()]))
      for (const listener of listeners) listener({ org, command: org, name, touched, writes: [] })
    },
  }
}
