/**
 * A server that was put back to an older state (sync rules 30, 31). It opens in recovery: no push, no number. Devices offer again what had
 * been settled after the state restored, each with its receipt; at the close it is done again in the old order. `applied` skips the question
 * of permission (the roles are old too), any other outcome is kept as it was given. Who comes late is taken when they come.
 *
 * It closes by itself once every computer that is waited for has come and nothing is left to look at; else the operator closes it, who has
 * looked at the roles and members that come back.
 */
import type { Batch } from '../../core/settle.ts'
import type { Session } from '../../core/session.ts'
import { refuse } from '../../domain/errors.ts'
import { canonicalJson, type Json } from '../../kernel/hashing.ts'
import { deriveId, type Id } from '../../kernel/ids.ts'
import { toMs, type Instant } from '../../kernel/instants.ts'
import { appendCommand, findOutcome, payloadHash } from '../../store/command-log.ts'
import type { Engine } from '../../store/engine.ts'
import { dropReoffer, findReoffer, heldEpochs, keepReoffer, lastCommit, markChanges, moveHead, noteHeard, readHead, reoffers, setAside, type OfferedAgain, type SyncHead } from '../../store/sync-log.ts'
import type { Sender } from '../contracts.ts'
import { Receipt, WireCommand, type ReofferRequest } from '../wire.ts'
import { closesItself, reviewOf } from './operator.ts'
import { returnNumbers, tellNumbers } from './numbers.ts'
import type { AuthorityParts } from './parts.ts'
import { concernsCommand, receivedOf, unknownIn } from './push.ts'
import { contentOf, isGenuine } from './receipts.ts'

/**
 * To be called on an organization whose backup was put in place, before it is opened. The new epoch is above every one that a device may
 * have seen, also when the same backup is restored twice: seconds of the clock.
 */
export async function enterRecovery(engine: Engine, org: Id, now: Instant): Promise<{ epoch: number; restored_seq: number } | null> {
  return engine.transaction(async () => {
    const head = await readHead(engine, org)
    if (!head) return null
    const [epoch, restored_seq] = [Math.max(head.epoch + 1, Math.floor(toMs(now) / 1000)), await lastCommit(engine, org)]
    await moveHead(engine, org, { epoch, restored_seq, mode: 'recovery', since: now, held: heldEpochs(head, restored_seq) })
    return { epoch, restored_seq }
  })
}

interface Tally {
  executed: number
  failed: number
  stored: number
}

const receiptOf = (offered: OfferedAgain): Receipt => Receipt.parse(JSON.parse(offered.receipt))
/** The order in which they had been decided: two epochs that began at one copy count their commits alike. */
const inOldOrder = (offered: readonly OfferedAgain[]): OfferedAgain[] =>
  offered.map((one) => ({ one, epoch: receiptOf(one).epoch })).sort((a, b) => a.epoch - b.epoch || a.one.seq - b.one.seq || (a.one.id < b.one.id ? -1 : 1)).map(({ one }) => one)

async function again(parts: AuthorityParts, head: SyncHead, offered: OfferedAgain, batch: Batch, tally: Tally, announced: (() => void)[]): Promise<void> {
  const { engine, org, core, commands } = parts
  if (await findOutcome(engine, org, offered.id)) return
  const command = WireCommand.parse(JSON.parse(offered.command))
  const receipt = receiptOf(offered)
  const aside = (reason: string): Promise<void> => setAside(engine, org, { id: offered.id, user_id: offered.user_id, device: offered.device, command: offered.command, reason, received_at: parts.now() })
  if (unknownIn(commands, command) !== null) return aside('unknown')
  const session: Session = { user_id: offered.user_id, device: offered.device, scope: null }
  const payload_hash = contentOf(head.receipt_key, command)
  try {
    await engine.savepoint(async () => {
      if (receipt.outcome !== 'applied') {
        await core.deciding.keepInside(receivedOf(command), session, { outcome: receipt.outcome, reason: { restored: true } }, { batch, payload_hash })
        tally.stored += 1
        return
      }
      const { decision, announce } = await core.deciding.settleInside(receivedOf(command), session, { trusted: true, batch, payload_hash })
      announced.push(announce)
      if (decision.outcome === 'applied') tally.executed += 1
      else tally.failed += 1
    })
  } catch (error) {
    if (!concernsCommand(error)) throw error
    // Nothing that was accepted is lost for a defect: it is put aside, for a person to look at.
    batch.forget()
    parts.report(error, offered.id)
    await aside('failed')
    tally.failed += 1
  }
}

/** The close of a recovery is a commit of its own: rows that got their number back are told with it. */
async function logClose(parts: AuthorityParts, head: SyncHead, by: string, summary: Json): Promise<number> {
  const id = deriveId(parts.org, `recovery ${head.epoch}`)
  return appendCommand(parts.engine, parts.org, {
    id, name: 'sync.close_recovery', v: 1, payload_hash: payloadHash('sync.close_recovery', 1, null), input: null, record: { rows: [] }, after: [], seed: id, issued_at: parts.now(), actor_kind: 'system',
    actor: by, device: 'server', request_id: id, correlation_id: id, group_id: null, undoes: null, undoable: false, outcome: 'applied', note: null, converged: [], answer: summary,
  })
}

/** `review`: of the rights that its operator has looked at. Throws `sync.recovery_unreviewed` when others come back than those. */
export async function closeRecovery(parts: AuthorityParts, by: string, review: string | null): Promise<Tally> {
  const { engine, org, core } = parts
  const tally: Tally = { executed: 0, failed: 0, stored: 0 }
  const announced: (() => void)[] = []
  const closed = await engine.transaction(async () => {
    const head = await readHead(engine, org)
    if (head?.mode !== 'recovery') return null
    const offered = await reoffers(engine, org)
    if (reviewOf(offered) !== review) throw refuse('sync.recovery_unreviewed')
    const batch = core.deciding.batch()
    for (const one of inOldOrder(offered)) {
      await again(parts, head, one, batch, tally, announced)
      await dropReoffer(engine, org, one.id)
    }
    const renumbered = await returnNumbers(parts)
    const seq = await logClose(parts, head, by, { ...tally, numbers: renumbered.length })
    await markChanges(engine, org, seq, renumbered)
    await moveHead(engine, org, { ...head, mode: 'open', since: parts.now() })
    return renumbered
  })
  if (closed) {
    for (const announce of announced) announce()
    const numbers = closed.map(({ entity, id, field, number }) => ({ entity, id, field, number }))
    await core.record({ user_id: by as Id, device: 'server', scope: null }, 'security.recovery.closed', { ...tally, ...(numbers.length > 0 ? { numbers } : {}) })
  }
  return tally
}

/** Of two receipts of one command, the later one says what became of it. */
async function keepNewest({ engine, org }: AuthorityParts, offered: OfferedAgain): Promise<void> {
  const known = await findReoffer(engine, org, offered.id)
  const [mine, theirs] = [receiptOf(offered), known && receiptOf(known)]
  if (!theirs || theirs.epoch < mine.epoch || (theirs.epoch === mine.epoch && theirs.seq < mine.seq)) await keepReoffer(engine, org, offered)
}

/** Takes what was settled before the restore; only what this organization has signed, of persons whose token came with it. */
export async function reoffer(parts: AuthorityParts, request: ReofferRequest, sender: Sender): Promise<{ taken: number; mode: 'open' | 'recovery' }> {
  const { engine, org, core } = parts
  const announced: (() => void)[] = []
  const forged: { issuer: Id; id: Id }[] = []
  const answer = await engine.transaction(async () => {
    const head = await readHead(engine, org)
    if (!head) throw new Error(`organization ${org} is followed by nobody`)
    let taken = 0
    const late: OfferedAgain[] = []
    for (const { issuer, command, receipt } of request.commands) {
      if (!sender.actors.has(issuer)) continue
      if (!isGenuine(head.receipt_key, receipt, command)) {
        forged.push({ issuer, id: command.id })
        continue
      }
      const offered: OfferedAgain = { id: command.id, seq: receipt.seq, user_id: issuer, device: sender.device, command: canonicalJson(command), receipt: canonicalJson(receipt) }
      if (head.mode === 'recovery') await keepNewest(parts, offered)
      else late.push(offered)
      taken += 1
    }
    await tellNumbers(parts, request.numbers, sender.device)
    const batch = core.deciding.batch()
    const tally: Tally = { executed: 0, failed: 0, stored: 0 }
    for (const one of inOldOrder(late)) await again(parts, head, one, batch, tally, announced)
    const numbers = late.length > 0 ? await returnNumbers(parts) : []
    if (request.done) for (const user of sender.actors) await noteHeard(engine, org, user, sender.device, head.epoch)
    return { taken, mode: head.mode, numbers }
  })
  for (const announce of announced) announce()
  for (const { issuer, id } of forged) await core.record({ user_id: issuer, device: sender.device, scope: null }, 'security.receipt.forged', { command: id })
  for (const { entity, id, field, number } of answer.numbers) await core.record({ user_id: [...sender.actors][0] ?? org, device: sender.device, scope: null }, 'security.number.given_back', { entity, id, field, number })
  const { taken, mode } = answer
  if (mode !== 'recovery' || !request.done || !(await closesItself(parts))) return { taken, mode }
  await closeRecovery(parts, 'server', null)
  return { taken, mode: 'open' }
}
