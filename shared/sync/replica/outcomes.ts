/** What the server decided, taken into the replica: an outcome is a fact, told once and kept (sync rules 15, 18, 24). */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import { appendCommand, findCommand, payloadHash } from '../../store/command-log.ts'
import type { Engine } from '../../store/engine.ts'
import { findPending, keepSettled, setOutcome } from '../../store/replica-store.ts'
import { bytesOf, type OutcomeChange, type WireCommand } from '../wire.ts'
import type { News } from './rebase.ts'

export interface Taker {
  engine: Engine
  org: Id
  user: Id
  now: Instant
}

const cellsOf = (list: readonly { entity: string; id: string; field: string }[]): string => list.map(({ entity, id, field }) => `${entity}/${id}/${field}`).sort().join(' ')

interface Place {
  engine: Engine
  org: Id
  user: Id
  device: string
}
type Logged = Pick<OutcomeChange, 'outcome' | 'note' | 'reason'>

/** A command of mine that this view's log does not have; it cannot be undone from here. */
async function log({ engine, org, user, device }: Place, { outcome, note, reason }: Logged, command: WireCommand): Promise<void> {
  await appendCommand(engine, org, {
    id: command.id, name: command.name, v: command.v, payload_hash: payloadHash(command.name, command.v, command.input), input: command.input, record: command.record,
    after: command.after, seed: command.seed, issued_at: command.issued_at, actor_kind: 'user', actor: user, device, request_id: command.id, correlation_id: command.correlation_id,
    group_id: command.group_id, undoes: null, undoable: false, outcome, note, converged: [], answer: reason ?? null,
  })
}
/** Mine, in the outbox and not in the view (which was cut off between the two, or is younger): the same call finds it done. */
export async function logAgain(place: Place, command: WireCommand): Promise<void> {
  if (!(await findCommand(place.engine, place.org, command.id))) await log(place, { outcome: 'applied', note: null }, command)
}

/** Takes outcomes in commit order; answers which unsettled commands of this computer they settle, and whether as foreseen. */
export async function takeOutcomes(taker: Taker, outcomes: readonly OutcomeChange[]): Promise<News['settled']> {
  const { engine, org, user, now } = taker
  const settled = new Map<Id, { asForeseen: boolean }>()
  for (const one of outcomes) {
    const id = one.id as Id
    const pending = await findPending(engine, org, id)
    const mine = one.issuer === user
    if (pending) {
      const foreseen = pending.outcome === 'elsewhere' ? 'applied' : pending.outcome
      settled.set(id, { asForeseen: foreseen === one.outcome && cellsOf(pending.converged) === cellsOf(one.converged) })
    }
    if (pending || mine) {
      const command = pending && mine ? pending.bytes : one.command ? bytesOf(one.command) : ''
      await keepSettled(engine, org, {
        id, seq: one.seq, epoch: one.receipt.epoch, outcome: one.outcome, converged: one.converged.map((cell) => ({ ...cell, id: cell.id as Id })), receipt: JSON.stringify(one.receipt), command, settled_at: now,
      })
    }
    if (!mine) continue
    if (await findCommand(engine, org, id)) await setOutcome(engine, org, id, one.outcome, one.note, one.converged.map((cell) => ({ ...cell, id: cell.id as Id })), one.reason ?? null)
    else if (one.command && one.outcome !== 'applied') await log({ engine, org, user, device: '' }, one, one.command)
  }
  return settled
}
