/**
 * After the server was put back to an older state (sync rule 30): what it forgot of mine is unsettled again, before everything that was
 * issued since, in the order in which it had been decided: by epoch, then by commit. A number of commits alone says nothing: two epochs
 * that began at one copy count alike.
 */
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import type { NumberList } from '../../store/number-list.ts'
import { addPending, findPending, findSettled, movePending, returnedPending, settledOutside, type SettledCommand } from '../../store/replica-store.ts'
import { PROTOCOL, PUSH_BYTES, WireCommand, type PullRefusal, type Receipt, type ReofferRequest } from '../wire.ts'
import { knownNumbers } from './numbers.ts'

/** Offered at once. */
const AT_ONCE = 200

const inOrder = (a: SettledCommand, b: SettledCommand): number => a.epoch - b.epoch || a.seq - b.seq

/** Inside a transaction. */
export async function bringBack(engine: Engine, org: Id, user: Id, held: PullRefusal['held']): Promise<void> {
  const back: SettledCommand[] = []
  // From an earlier restore, still without an outcome.
  for (const { id } of await returnedPending(engine, org)) {
    const settled = await findSettled(engine, org, id)
    if (settled) back.push(settled)
  }
  for (const lost of await settledOutside(engine, org, held)) {
    if (await findPending(engine, org, lost.id)) continue
    await addPending(engine, org, { id: lost.id, position: -1, issuer: user, bytes: lost.command, outcome: lost.outcome, reason: null, converged: lost.converged, reads: { rows: [], ranges: [] } })
    back.push(lost)
  }
  for (const [index, { id }] of back.sort(inOrder).entries()) await movePending(engine, org, id, index - back.length)
}

/** What goes to the restored server, a batch after another; numbers with the first. */
export async function offerAgain(engine: Engine, org: Id, user: Id, epoch: number, after: string | null, gone: NumberList): Promise<ReofferRequest> {
  const back = await returnedPending(engine, org)
  const commands: ReofferRequest['commands'] = []
  let at = after === null ? 0 : back.findIndex(({ id }) => id === after) + 1
  for (let bytes = 0; at < back.length && commands.length < AT_ONCE && bytes < PUSH_BYTES; at++) {
    const one = back[at]
    const settled = one && (await findSettled(engine, org, one.id))
    if (!settled) continue
    commands.push({ issuer: user, command: WireCommand.parse(JSON.parse(one.bytes)), receipt: JSON.parse(settled.receipt) as Receipt })
    bytes += one.bytes.length
  }
  const numbers = after === null ? await knownNumbers(engine, org, await gone.all()) : []
  return { protocol: PROTOCOL, epoch, done: at >= back.length, commands, numbers: numbers.map((one) => ({ ...one, id: one.id as Id, series: one.series as Id | null })) }
}
