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
import { appendEvents } from '../store/audit-chain.ts'
import { appendCommand, findCommand, payloadHash } from '../store/command-log.ts'
import type { Engine } from '../store/engine.ts'
import { personKeys, type PersonKeys } from '../store/sealing.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import type { Write } from '../store/write-set.ts'
import { securityEvent } from './audit-trail.ts'
import { authorize, holdsSomewhere } from './authorize.ts'
import { decide, type Decision, type RecordedCommand, type Settled } from './decide.ts'
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
  handlers: ReadonlyMap<string, AnyHandler>
  random: (bytes: number) => Uint8Array
  contextOf(call: Call, session: Session, collaborator_id: Id | null): CallContext
  person(call: CallContext, session: Session): Promise<Person | null>
  readerOf(call: CallContext, asker: Person | null): Reader
  openWrites(operation: AnyOperation, call: CallContext, asker: Person | null, changedSince: (entity: AnyEntity, id: Id, version: number) => Promise<ReadonlySet<string>>): OpenTransaction
  innerOf(asker: Person | null, keys: PersonKeys, all: Reader): Inner | null
  finish(call: CallContext, operation: AnyOperation, input: Json, tx: OpenTransaction, keys: PersonKeys, output: unknown, undoes: Id | null, frozen: Frozen): Promise<Write[]>
  announce(call: CallContext, operation: AnyOperation, writes: readonly Write[]): void
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

export function createSettle(parts: SettleParts): (received: ReceivedCommand, session: Session) => Promise<Decision | Settled> {
  const { engine, org } = parts

  return async (received, session) => {
    const handler = parts.handlers.get(received.name)
    if (!handler || 'compose' in handler) throw new Error(`a device sent ${received.name}, which is no command here`)
    const { operation } = handler
    const base = parts.contextOf({ name: received.name, input: received.input }, session, null)
    const asker = await parts.person(base, session)
    const call: CallContext = {
      ...base, command_id: received.id, seed: received.seed, now: received.issued_at, group_id: received.group_id, correlation_id: received.correlation_id,
      collaborator_id: asker?.collaborator_id ?? null,
    }
    const given = JSON.parse(canonicalJson(received.input)) as Json
    const written: Write[] = []

    const decision = await engine.transaction(async () => {
      const keys = personKeys(engine, org, parts.random)
      const reader = parts.readerOf(call, asker)
      const ownerOf = await ownersOf(received.record.rows, reader)
      const record = await sealRecord(received.record, ownerOf, call.command_id, keys)
      const parsed = wellFormed(operation, received.input)
      const sealed = await sealInput(operation, parsed.ok ? parsed.value : received.input, given, call, keys, reader)
      /** Over the input and the record, as they are kept: the same id with another record is another command. */
      const digest = (input: Json, kept: unknown): string => sha256(canonicalJson({ name: received.name, v: received.v, input, record: kept }))
      const command = { ...received, payload_hash: digest(sealed, record) }
      const done: Done[] = []
      const decided = await decide(command, {
        async settled(id) {
          const known = await findCommand(engine, org, id)
          return known && { outcome: known.outcome, converged: known.converged, payload_hash: id === command.id ? digest(known.input, known.record) : known.payload_hash }
        },
        async authorize() {
          if (!parsed.ok) throw new Refusal(parsed.error)
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
              const tx = parts.openWrites(operation, call, asker, async () => new Set())
              const inner = parts.innerOf(asker, keys, reader)
              const output = await handler.run(tx, parsed.ok ? (parsed.value) : (undefined), inner as Inner)
              if (!keep(tx.writes())) throw dropped
              done.push({ tx, output, undoes: inner?.undoes ?? null })
            })
          } catch (error) {
            if (error !== dropped) throw error
          }
        },
      })
      if ('payload_hash' in decided) return decided
      const [applied] = done
      if (decided.outcome === 'applied' && applied) {
        const frozen = { v: received.v, record: received.record, ownerOf, after: received.after, note: decided.note, converged: decided.converged }
        written.push(...(await parts.finish(call, operation, sealed, applied.tx, keys, applied.output, applied.undoes, frozen)))
        return decided
      }
      await appendCommand(engine, org, {
        id: received.id, name: received.name, v: received.v, payload_hash: payloadHash(received.name, received.v, sealed), input: sealed, record,
        after: [...received.after], seed: received.seed,
        issued_at: received.issued_at, actor_kind: call.actor_kind, actor: call.actor, device: call.device, request_id: call.request_id, correlation_id: call.correlation_id,
        group_id: call.group_id, undoes: null, undoable: false, outcome: decided.outcome, note: null, converged: [], answer: null,
      })
      if (decided.outcome === 'rejected' && decided.failure.code.startsWith('auth.'))
        await appendEvents(engine, org, [securityEvent(call, 'security.permission.denied', { operation: operation.name, permission: operation.permission })])
      return decided.outcome === 'conflict' && asker ? await withoutHidden(decided, asker, reader) : decided
    })
    if (written.length > 0) parts.announce(call, operation, written)
    return decision
  }
}
