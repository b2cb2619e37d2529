/**
 * A server that was put back to an older state (sync rules 30, 31). It opens in recovery: no push, no number. Devices offer again what had
 * been settled after the state restored, each with its receipt; at the close it is done again in the old order. `applied` skips the question
 * of permission (the roles are old too), any other outcome is kept as it was given. Who comes late is taken when they come.
 */
import type { Batch } from '../../core/settle.ts'
import type { Session } from '../../core/session.ts'
import { entities } from '../../domain/registry.ts'
import { canonicalJson, type Json } from '../../kernel/hashing.ts'
import { deriveId, type Id } from '../../kernel/ids.ts'
import { toMs, type Instant } from '../../kernel/instants.ts'
import { appendCommand, findOutcome, payloadHash } from '../../store/command-log.ts'
import { StoreError, type Engine } from '../../store/engine.ts'
import { codecFor } from '../../store/reader.ts'
import { dropReoffer, keepReoffer, lastCommit, markChanges, moveHead, noteHeard, readHead, reoffers, setAside, type OfferedAgain, type SyncHead } from '../../store/sync-log.ts'
import type { Sender } from '../contracts.ts'
import { Receipt, WireCommand, type ReofferRequest } from '../wire.ts'
import type { AuthorityParts } from './parts.ts'
import { concernsCommand, receivedOf, unknownIn } from './push.ts'
import { contentOf, isGenuine } from './receipts.ts'
import { statementsOf, storedRows } from './rows.ts'

/**
 * To be called on an organization whose backup was put in place, before it is opened. The new epoch is above every one that a device may
 * have seen, also when the same backup is restored twice: seconds of the clock.
 */
export async function enterRecovery(engine: Engine, org: Id, now: Instant): Promise<{ epoch: number; restored_seq: number } | null> {
  return engine.transaction(async () => {
    const head = await readHead(engine, org)
    if (!head) return null
    const [epoch, last] = [Math.max(head.epoch + 1, Math.floor(toMs(now) / 1000)), await lastCommit(engine, org)]
    // Who has not been heard since an earlier restore counts from that one: what they offer twice is known by its id.
    const restored_seq = head.restored_seq > 0 ? Math.min(head.restored_seq, last) : last
    await moveHead(engine, org, { epoch, restored_seq, mode: 'recovery', since: now })
    return { epoch, restored_seq }
  })
}

interface Tally {
  executed: number
  failed: number
  stored: number
}

const NUMBER = 'number'
interface KnownNumber {
  entity: string
  id: Id
  field: string
  number: string | number
}
/** After everything that was done again. */
const LAST = Number.MAX_SAFE_INTEGER

async function again(parts: AuthorityParts, head: SyncHead, offered: OfferedAgain, batch: Batch, tally: Tally, announced: (() => void)[]): Promise<void> {
  const { engine, org, core, commands } = parts
  if (await findOutcome(engine, org, offered.id)) return
  const command = WireCommand.parse(JSON.parse(offered.command))
  const receipt = Receipt.parse(JSON.parse(offered.receipt))
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

const isNumber = (offered: OfferedAgain): boolean => offered.receipt === NUMBER

/** Gives a row the number that a device knows it by; nothing where another row has it by now. */
async function giveBack({ engine, org }: AuthorityParts, { entity: name, id, field, number }: KnownNumber): Promise<boolean> {
  const entity = entities.get(name)
  if (entity?.fields[field]?.class !== 'authority') return false
  const [row] = await storedRows(engine, org, entity, { where: [{ id }] })
  if (!row || row[field] === number || !entity.fields[field]?.schema.safeParse(number).success) return false
  try {
    await engine.savepoint(() => engine.run(statementsOf(engine).update(name, [field]), [
      codecFor(entity).encode(field, number), Number(row['version']) + 1, String(row['updated_at']), String(row['updated_by']), row['deleted_at'] === null ? null : String(row['deleted_at']), org, id,
    ]))
    return true
  } catch (error) {
    if (error instanceof StoreError && error.problem === 'unique') return false
    throw error
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

export async function closeRecovery(parts: AuthorityParts, by: string): Promise<Tally> {
  const { engine, org, core } = parts
  const tally: Tally = { executed: 0, failed: 0, stored: 0 }
  const announced: (() => void)[] = []
  const closed = await engine.transaction(async () => {
    const head = await readHead(engine, org)
    if (head?.mode !== 'recovery') return false
    const offered = await reoffers(engine, org)
    const batch = core.deciding.batch()
    for (const one of offered) {
      if (!isNumber(one)) await again(parts, head, one, batch, tally, announced)
      await dropReoffer(engine, org, one.id)
    }
    const renumbered: KnownNumber[] = []
    for (const one of offered.filter(isNumber)) {
      const known = JSON.parse(one.command) as KnownNumber
      if (await giveBack(parts, known)) renumbered.push(known)
    }
    const seq = await logClose(parts, head, by, { ...tally, numbers: renumbered.length })
    await markChanges(engine, org, seq, renumbered)
    await moveHead(engine, org, { epoch: head.epoch, restored_seq: head.restored_seq, mode: 'open', since: parts.now() })
    return true
  })
  if (closed) {
    for (const announce of announced) announce()
    await core.record({ user_id: by as Id, device: 'server', scope: null }, 'security.recovery.closed', { ...tally })
  }
  return tally
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
      if (!sender.actors.has(issuer) || receipt.epoch >= head.epoch) continue
      if (!isGenuine(head.receipt_key, receipt, command)) {
        forged.push({ issuer, id: command.id })
        continue
      }
      const offered: OfferedAgain = { id: command.id, seq: receipt.seq, user_id: issuer, device: sender.device, command: canonicalJson(command), receipt: canonicalJson(receipt) }
      if (head.mode === 'recovery') await keepReoffer(engine, org, offered)
      else late.push(offered)
      taken += 1
    }
    const batch = core.deciding.batch()
    const tally: Tally = { executed: 0, failed: 0, stored: 0 }
    for (const one of late.sort((a, b) => a.seq - b.seq)) await again(parts, head, one, batch, tally, announced)
    if (head.mode === 'recovery')
      for (const { entity, id, field, number } of request.numbers)
        await keepReoffer(engine, org, { id: `${NUMBER} ${entity} ${id} ${field}` as Id, seq: LAST, user_id: [...sender.actors][0] ?? org, device: sender.device, command: canonicalJson({ entity, id, field, number }), receipt: NUMBER })
    if (request.done) for (const user of sender.actors) await noteHeard(engine, org, user, sender.device, head.epoch)
    return { taken, mode: head.mode }
  })
  for (const announce of announced) announce()
  for (const { issuer, id } of forged) await core.record({ user_id: issuer, device: sender.device, scope: null }, 'security.receipt.forged', { command: id })
  return answer
}
