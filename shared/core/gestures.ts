/** Gestures longer than one command (an import, the undo of a group): they issue commands through the core's own door, one gesture at a time. */
import type { CallContext } from '../domain/call-context.ts'
import { refuse } from '../domain/errors.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import { Refusal } from '../kernel/result.ts'
import { findAnswer, INPUT_VERSION, payloadHash } from '../store/command-log.ts'
import type { Engine } from '../store/engine.ts'
import type { Lens } from '../store/reader.ts'
import { personKeys } from '../store/sealing.ts'
import { eventsOf } from './audit-trail.ts'
import { authorize } from './authorize.ts'
import type { Answer, AnswerEnvelope, Call, CompositeHandler, Inner } from './core-handler.ts'
import type { Ledger } from './ledger.ts'
import { lensOf } from './lens.ts'
import type { Person, Session } from './session.ts'

/** What the organization's core lends. Reads are of the reading connection. */
interface GestureParts {
  engine: Engine
  org: Id
  ledger: Ledger
  random: (bytes: number) => Uint8Array
  /** Refusals that their own command has put in the audit. */
  audited: WeakMap<Refusal, string>
  parse(operation: AnyOperation, input: unknown): unknown
  commandId(session: Session, key: string): Id
  execute(call: Call, session: Session): Promise<Answer>
  readerOf(call: CallContext, asker: Person | null, lens: Lens | null): Reader
  innerOf(call: CallContext, asker: Person, lens: Lens, session: Session, rightsKnown: number, key: string): Inner
}
type Compose = (handler: CompositeHandler, call: CallContext, asker: Person, asked: Call, session: Session, rightsKnown: number) => Promise<AnswerEnvelope>

export function createGestures(parts: GestureParts): Compose {
  const { engine, org, ledger, readerOf } = parts
  /** Gestures take turns: each reads what the one before has written. */
  let last: Promise<unknown> = Promise.resolve()

  /**
   * A gesture is logged when it writes for the first time, by the hash of its input alone (a file may be in it): the same call with
   * another input is refused, the same one goes on where it was cut.
   */
  async function gestureLog(operation: AnyOperation, call: CallContext, input: unknown): Promise<{ noted: Json; begin: (note: Json) => Promise<void> }> {
    const payload_hash = payloadHash(operation.name, INPUT_VERSION, JSON.parse(canonicalJson(input)) as Json)
    const known = await findAnswer(engine, org, call.command_id)
    if (known && known.payload_hash !== payload_hash) throw refuse('idempotency.payload_mismatch')
    let logged = known !== null
    return {
      noted: known?.answer ?? null,
      begin: async (note) => {
        if (logged) return
        logged = true
        await engine.transaction(async () => {
          await ledger.keepGesture({
            id: call.command_id, name: operation.name, v: INPUT_VERSION, payload_hash, input: null, record: { rows: [] }, after: [], seed: call.seed, issued_at: call.now,
            actor_kind: call.actor_kind, actor: call.actor, device: call.device, request_id: call.request_id, correlation_id: call.correlation_id, group_id: null, undoes: null,
            undoable: false, outcome: 'applied', note: null, converged: [], answer: note,
          }, () => eventsOf({ call, action: operation.name, reason: null }, [], personKeys(engine, org, parts.random)))
        })
      },
    }
  }
  const compose: Compose = async ({ operation, compose: doing }, call, asker, asked, session, rightsKnown) => {
    const input = parts.parse(operation, asked.input)
    const lens = lensOf(asker, readerOf(call, asker, null), new Set())
    await authorize(asker, operation, input, readerOf(call, asker, null), lens)
    const log = await gestureLog(operation, call, input)
    const group_id = asked.group_id ?? deriveId(call.command_id, 'group')
    const key = asked.id ?? call.command_id
    const value = await doing(readerOf(call, asker, lens), input, {
      call, group_id, begun: log.noted, begin: log.begin, idOf: (label) => parts.commandId(session, `${key}:${label}`),
      inner: parts.innerOf(call, asker, lens, session, rightsKnown, key),
      async execute(name, part, label, seed) {
        await log.begin(null)
        const answer = await parts.execute({ name, input: part, id: `${key}:${label}`, correlation_id: call.correlation_id, group_id, seed }, session)
        if (!('error' in answer)) return answer
        const { request_id, timestamp: _timestamp, ...failure } = answer.error
        const refusal = new Refusal(failure)
        parts.audited.set(refusal, request_id)
        throw refusal
      },
    })
    return { value: value as Json, request_id: call.request_id }
  }
  return (...gesture) => {
    const mine = last.then(() => compose(...gesture))
    last = mine.catch(() => undefined)
    return mine
  }
}
