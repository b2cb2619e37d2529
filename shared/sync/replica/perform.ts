/** One unsettled command on the view as it stands: mine through the rules, somebody else's as its record. What it wrote is laid down beside the rows. */
import type { OrganizationCore } from '../../core/organization-core.ts'
import type { Settled } from '../../core/decide.ts'
import { reasonOf } from '../../core/settle.ts'
import type { Session } from '../../core/session.ts'
import type { Json } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import { findCommand } from '../../store/command-log.ts'
import type { Engine } from '../../store/engine.ts'
import type { OutboxFile } from '../../store/outbox-file.ts'
import { findPending, findSettled, foresee, type PendingCommand } from '../../store/replica-store.ts'
import type { Write } from '../../store/write-set.ts'
import { bytesOf, type WireCommand } from '../wire.ts'
import { performForeign } from './foreign.ts'
import { layDown, readsOf } from './ledger.ts'
import type { View } from './view.ts'

export interface Performer {
  engine: Engine
  org: Id
  core: OrganizationCore
  session: Session
  outbox: OutboxFile
}
export interface Performed {
  outcome: PendingCommand['outcome']
  reason: Json
  converged: PendingCommand['converged']
  reads: PendingCommand['reads']
  writes: readonly Write[]
}

/** Of somebody else's command a view keeps which rows it is about, and no value: those stay in the outbox, which is nobody's own file. */
export function outlineOf(bytes: string): string {
  const command = JSON.parse(bytes) as WireCommand
  return bytesOf({ ...command, input: null, record: { rows: command.record.rows.map(({ entity, id, op }) => ({ entity, id, op, fields: {} })) } })
}
async function commandOf({ outbox, session }: Performer, { id, issuer, bytes }: PendingCommand): Promise<WireCommand | null> {
  const kept = issuer === session.user_id ? bytes : (await outbox.find(id))?.bytes
  return kept === undefined ? null : (JSON.parse(kept) as WireCommand)
}

/** The commands it was built on, without opening the rest: canonical JSON begins with them. */
export function afterOf({ bytes }: PendingCommand): string[] {
  const from = bytes.indexOf('[')
  return JSON.parse(bytes.slice(from, bytes.indexOf(']', from) + 1)) as string[]
}

/** Outcomes as this replica knows or foresees them. */
export function knownOf({ engine, org }: Performer): (id: Id) => Promise<Settled | null> {
  return async (id) => {
    const pending = await findPending(engine, org, id)
    if (pending) return { payload_hash: '', outcome: pending.outcome === 'elsewhere' ? 'applied' : pending.outcome, converged: pending.converged }
    const settled = await findSettled(engine, org, id)
    if (settled) return { payload_hash: '', outcome: settled.outcome, converged: settled.converged }
    const logged = await findCommand(engine, org, id)
    return logged && { payload_hash: '', outcome: logged.outcome, converged: logged.converged }
  }
}

async function decideMine(performer: Performer, command: WireCommand): Promise<Performed> {
  const { core, session } = performer
  const { decision, writes, reads } = await core.deciding.replay(command, session, knownOf(performer))
  return { outcome: decision.outcome, reason: reasonOf(decision), converged: decision.outcome === 'applied' ? decision.converged : [], reads: readsOf(reads), writes }
}
async function decideForeign(performer: Performer, view: View, command: WireCommand, issuer: Id): Promise<Performed> {
  const { core, session, org, engine } = performer
  const known = knownOf(performer)
  const viewer = await core.viewer(session)
  let done: Awaited<ReturnType<typeof performForeign>> | null = null
  const stuck = new Error('no effect here')
  try {
    await engine.savepoint(async () => {
      done = await performForeign(view, command, issuer, org, viewer, async (id) => ((await known(id))?.outcome ?? 'applied') !== 'applied')
      if (done.writes.length === 0) throw stuck
    })
  } catch (error) {
    if (error !== stuck) throw error
  }
  const { outcome, writes, looked } = done ?? { outcome: 'elsewhere' as const, writes: [], looked: [] }
  return { outcome, reason: null, converged: [], reads: { rows: looked, ranges: [] }, writes }
}

/** Performs a pending command again, here and now; answers what it wrote. */
export async function perform(performer: Performer, view: View, pending: PendingCommand): Promise<Performed> {
  const { engine, org, session } = performer
  const command = await commandOf(performer, pending)
  if (!command) {
    // Somebody else's, settled and gone from the outbox: the server's rows say what became of it.
    const gone: Performed = { outcome: 'elsewhere', reason: null, converged: [], reads: { rows: [], ranges: [] }, writes: [] }
    await foresee(engine, org, pending.id, gone)
    return gone
  }
  if (pending.position < 0) {
    // Back from before a restore of the server: what was not applied then is kept as it was, never executed (rule 31).
    const told = await findSettled(engine, org, pending.id)
    if (told && told.outcome !== 'applied') {
      const kept: Performed = { outcome: told.outcome, reason: pending.reason, converged: [], reads: { rows: [], ranges: [] }, writes: [] }
      await foresee(engine, org, pending.id, kept)
      return kept
    }
  }
  // What it may write is what its record says, for mine and others' alike; a handler that writes elsewhere is no longer the same command.
  for (const { entity, id } of command.record.rows) await view.watch(entity, id)
  const done = pending.issuer === session.user_id ? await decideMine(performer, command) : await decideForeign(performer, view, command, pending.issuer)
  for (const { entity, id, before } of done.writes) await view.watch(entity.name, id, before)
  await layDown(engine, org, pending.id, pending.position, done.writes)
  await foresee(engine, org, pending.id, done)
  return done
}
