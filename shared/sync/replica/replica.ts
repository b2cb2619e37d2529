/**
 * What one person holds of an organization on this computer (sync rules 17 to 25, 30): the same core over the server's rows with the
 * unsettled commands of this computer on top. Every method is one transaction of the view, or several that each leave it right.
 */
import type { AnyHandler } from '../../core/core-handler.ts'
import { createOrganizationCore, type OrganizationCore, type Outside } from '../../core/organization-core.ts'
import type { Session } from '../../core/session.ts'
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import { DAY, fromMs, toMs } from '../../kernel/instants.ts'
import { storeEvents } from '../../store/audit-chain.ts'
import type { Engine } from '../../store/engine.ts'
import type { OutboxFile } from '../../store/outbox-file.ts'
import { foldChanges } from '../../store/replica-changes.ts'
import {
  addPending, allShadows, clearStaged, countUnknown, dropPending, dropSettled, eachRow, findPending, findSettled, hasReturned, pendingHeads, readLine, writeLine,
  type PendingCommand, type PendingHead, type ReplicaLine, type StoredRow,
} from '../../store/replica-store.ts'
import { keyOf } from '../../store/write-set.ts'
import type { Replica, ReplicaState, Taken } from '../contracts.ts'
import { tally } from '../digests.ts'
import { BRAKE_FLOOR, BRAKE_SHARE, PROTOCOL, WireCommand, type Cursor, type PullPage } from '../wire.ts'
import { fill } from './filling.ts'
import { knownRow, knownRows, takeUp, type KnownRow } from './known-rows.ts'
import { replicaLedger } from './ledger.ts'
import { logAgain, takeOutcomes } from './outcomes.ts'
import { forgetLines, forgetRows } from './purge.ts'
import { bringBack, offerAgain } from './returning.ts'
import { hasNumbers, keepNumbersOf } from './numbers.ts'
import { newsOf, rebase, type News } from './rebase.ts'
import { outlineOf, perform, type Performer } from './perform.ts'
import { doTheRest } from './the-rest.ts'
import { brakeOn, continues, heldRows, isWhole, openStage, stagedUpTo, stagePage, Unfit, type Brake, type Recent, type Stage } from './staging.ts'
import { openView, serverRowOf, type Came } from './view.ts'

export interface ReplicaOptions {
  org: Id
  user: Id
  /** Id of this device, as registered at the server. */
  device: string
  engine: Engine
  readEngine: Engine
  outbox: OutboxFile
  handlers: readonly AnyHandler[]
  outside: Outside
  /** `whole`: never the fast way (tests compare). */
  rebase?: 'fast' | 'whole'
}

/** Settled commands are kept so long, for a server that is restored. */
const SETTLED_DAYS = 90
/** Rows whose change alters what the person may do or see. */
const rights: ReadonlySet<string> = new Set(['member', 'role_binding', 'organization'])
/** Commands whose outcome one pull asks for. */
const WATCHED = 5000
const noNews = newsOf([])

/** Transactions of the view; what one had put in the outbox is taken back when the view cannot be written. */
function withdrawing(engine: Engine, outbox: OutboxFile): { engine: Engine; issued: (id: Id) => void } {
  let current: Id[] = []
  return {
    issued: (id) => void current.push(id),
    engine: {
      ...engine,
      transaction: (work) => {
        let mine: Id[] = []
        return engine
          .transaction(() => {
            current = mine = []
            return work()
          })
          .catch(async (error: unknown) => {
            for (const id of mine) await outbox.withdraw(id)
            throw error
          })
      },
    },
  }
}

export async function openReplica(options: ReplicaOptions): Promise<Replica> {
  const { org, user, device, outbox, outside } = options
  const { engine, issued } = withdrawing(options.engine, outbox)
  const core: OrganizationCore = createOrganizationCore({
    org, engine, readEngine: options.readEngine, handlers: options.handlers, outside, ledger: replicaLedger({ engine, org, outbox, issued }),
  })
  const session: Session = { user_id: user, device, scope: null }
  const performer: Performer = { engine, org, core, session, outbox }
  const recent: Recent = new Map()
  let brake: Brake | null = null
  let released = false
  /** When what changed was last folded, by this computer's clock, ms. */
  let folded = Number.NEGATIVE_INFINITY

  await engine.transaction(async () => {
    if (!(await readLine(engine, org))) await writeLine(engine, org, { user_id: user, device, epoch: 0, cursor_seq: 0, scope: null, commands: [], applied_position: 0, pulled_at: null })
  })
  await outbox.enroll(user)

  async function line(): Promise<ReplicaLine> {
    const found = await readLine(engine, org)
    if (!found) throw new Error('a replica without its line')
    return found
  }
  /** Where the next page begins: after what is staged, else after what counts. */
  async function stageEnd(): Promise<{ epoch: number; seq: number; scope: string | null; staged: boolean }> {
    const { epoch, cursor_seq, scope } = await line()
    const staged = await stagedUpTo(engine, org)
    return staged ? { ...staged, staged: true } : { epoch, seq: cursor_seq, scope, staged: false }
  }
  /** Rebases on news and closes the view; answers what it came to. Inside a transaction. */
  async function rebaseOn(news: News, whole: boolean): Promise<Came> {
    const view = await rebase(performer, () => openView(engine, org, outside.now()), news, whole || options.rebase === 'whole')
    return view.close()
  }
  const announce = (came: Came): void => {
    if (came === 'much') core.refreshed('sync.pulled')
    else if (came.length > 0) core.noteWrites('sync.pulled', org, came)
  }

  /** What a stage says of rows, and what follows from it beside them. */
  async function* pagesOf(stage: Stage): AsyncIterable<KnownRow[]> {
    for await (const part of stage.parts()) {
      const rows = await knownRows(engine, org, part.rows)
      const gone = rows.filter(({ row }) => row === null)
      for (const { entity, id } of gone) {
        const left = hasNumbers(entity) ? await serverRowOf(engine, org, entity, id) : null
        if (left) await keepNumbersOf(engine, org, entity, left)
      }
      yield rows
      await forgetRows(engine, org, gone)
      await storeEvents(engine, org, part.events)
    }
  }
  /** All staged pages, and this one, take effect. Inside a transaction. */
  async function finish(last: PullPage | null): Promise<{ taken: Taken; writes: Came; settled: Id[] }> {
    const stage = await openStage(engine, org, last, recent)
    if (!stage) return { taken: 'done', writes: [], settled: [] }
    const before = await line()
    brake = released || before.scope === null ? null : await brakeOn(engine, org, stage)
    if (brake) {
      if (last) await stagePage(engine, org, last, recent)
      return { taken: 'brake', writes: [], settled: [] }
    }
    released = false
    const settled = await takeOutcomes({ engine, org, user, now: outside.now() }, stage.outcomes)
    const changed = before.scope !== stage.end.scope || [...stage.entities].some((name) => rights.has(name))
    const writes = await rebaseOn({ pages: () => pagesOf(stage), settled }, changed)
    if (changed) await forgetLines(engine, org, core, session)
    await clearStaged(engine, org)
    const now = toMs(outside.now())
    await dropSettled(engine, org, { before: fromMs(now - SETTLED_DAYS * DAY) })
    if (now - folded >= DAY) {
      await foldChanges(engine, org)
      folded = now
    }
    await writeLine(engine, org, { ...before, cursor_seq: stage.end.seq, scope: stage.end.scope, commands: stage.commands ?? before.commands, pulled_at: outside.now() })
    return { taken: 'done', writes, settled: [...settled.keys()] }
  }
  async function finishing(work: () => ReturnType<typeof finish>): Promise<Taken> {
    const { taken, writes, settled } = await engine.transaction(work)
    announce(writes)
    if (settled.length > 0) await outbox.settled(settled, user)
    for (const id of settled) await doTheRest(performer, id)
    return taken
  }

  /** What is in the outbox and not in this view, and the reverse. Inside a transaction. */
  async function compareOutbox(): Promise<{ writes: Came; taken: number; settled: Id[]; lost: PendingHead[] }> {
    const state = await line()
    const known = new Map((await pendingHeads(engine, org)).map((one) => [one.id, one]))
    const entries = await outbox.heads()
    const present = new Set(entries.map(({ id }) => id))
    const settled: Id[] = []
    const fresh: PendingCommand[] = []
    for (const { id, position, issuer } of entries) {
      if (known.has(id)) continue
      if (await findSettled(engine, org, id)) {
        settled.push(id)
        continue
      }
      const entry = await outbox.find(id)
      if (entry) fresh.push({ id, position, issuer, bytes: issuer === user ? entry.bytes : outlineOf(entry.bytes), outcome: 'elsewhere', reason: null, converged: [], reads: { rows: [], ranges: [] } })
    }
    // Taken back by whoever issued it, before this view heard of it; mine are put in the outbox again (it was restored from an older copy).
    const missing = [...known.values()].filter(({ id, position }) => position > 0 && !present.has(id))
    const left = await outbox.left(missing.map(({ id }) => id))
    const withdrawn = missing.filter(({ id, issuer }) => issuer !== user && !left.has(id))
    const last = [...known.values()].at(-1)?.position ?? 0
    for (const one of fresh) await addPending(engine, org, one)
    for (const { id } of withdrawn) await dropPending(engine, org, id)
    const whole = withdrawn.length > 0 || fresh.some(({ position }) => position < last)
    let writes: Came = []
    if (whole) writes = await rebaseOn(noNews, true)
    else if (fresh.length > 0) {
      const view = openView(engine, org, outside.now())
      for (const one of fresh) await perform(performer, view, one)
      writes = await view.close()
    }
    for (const { issuer, bytes } of fresh) if (issuer === user) await logAgain({ engine, org, user, device }, JSON.parse(bytes) as WireCommand)
    const applied_position = Math.max(state.applied_position, entries.at(-1)?.position ?? 0)
    if (applied_position !== state.applied_position) await writeLine(engine, org, { ...state, applied_position })
    return { writes, taken: fresh.length, settled, lost: missing.filter(({ issuer }) => issuer === user) }
  }

  const replica: Replica = {
    org,
    user,
    core,
    async state(): Promise<ReplicaState> {
      const { epoch, cursor_seq, pulled_at } = await line()
      const mine = (await pendingHeads(engine, org)).filter(({ issuer }) => issuer === user)
      return { user_id: user, epoch, cursor_seq, waiting: mine.length, failing: mine.filter(({ outcome }) => outcome !== 'applied' && outcome !== 'elsewhere').length, unknown: await countUnknown(engine, org), pulled_at }
    },
    epoch: async () => (await line()).epoch,
    async empty() {
      const { epoch, scope } = await line()
      return epoch === 0 || scope === null
    },
    async pullRequest(after) {
      const { epoch, seq, scope, staged } = after ? { ...after.to, scope: after.scope, staged: true } : await stageEnd()
      const pending = await pendingHeads(engine, org)
      // Mine too, once: an outcome from before this cursor (a snapshot was taken since) would never come by itself, the later ones do.
      const watching = pending.filter(({ issuer }) => !staged || issuer !== user).slice(0, WATCHED).map(({ id }) => id)
      return {
        protocol: PROTOCOL, app_version: outside.app_version, cursor: { epoch, seq }, scope, waiting: pending.filter(({ issuer }) => issuer === user).length, clock: outside.now(),
        ...(watching.length > 0 ? { watching } : {}),
      }
    },
    async take(page) {
      if (!isWhole(page)) return 'dropped'
      const taken = await finishing(async () => {
        if (!continues(page, await stageEnd())) return { taken: 'dropped', writes: [], settled: [] }
        if (!page.has_more) return finish(page)
        await stagePage(engine, org, page, recent)
        return { taken: 'more', writes: [], settled: [] }
      }).catch(async (error: unknown): Promise<Taken> => {
        if (!(error instanceof Unfit)) throw error
        // Which of the staged pages it was does not matter: they come again.
        await engine.transaction(() => clearStaged(engine, org))
        return 'dropped'
      })
      if (taken !== 'more') recent.clear()
      return taken
    },
    async release() {
      released = true
      await finishing(() => finish(null))
    },
    held: () => Promise.resolve(brake),
    async takeSnapshot(lines) {
      const cut = new Error('the snapshot was cut')
      const held = new Error('the brake holds')
      const settled: Id[] = []
      try {
        await engine.transaction(async () => {
          const state = await line()
          const former = state.epoch === 0 ? 0 : await heldRows(engine, org)
          const filled = await fill(engine, org, lines)
          if (!filled) throw cut
          const { head, outcomes } = filled
          await writeLine(engine, org, { ...state, epoch: head.at.epoch, cursor_seq: head.at.seq, scope: head.scope, commands: head.commands, pulled_at: outside.now() })
          const taken = await takeOutcomes({ engine, org, user, now: outside.now() }, outcomes)
          settled.push(...taken.keys())
          await rebaseOn(newsOf([], taken), true)
          await forgetLines(engine, org, core, session)
          // A server that lost much of what is here asks first, as many tombstones do.
          const now = await heldRows(engine, org)
          if (!released && former >= BRAKE_FLOOR && former - now > former * BRAKE_SHARE) {
            brake = { removed: former - now, held: former }
            throw held
          }
          released = false
          brake = null
        })
      } catch (error) {
        if (error === held) return 'brake'
        if (error === cut || error instanceof SyntaxError) return 'dropped'
        throw error
      }
      core.refreshed('sync.filled')
      if (settled.length > 0) await outbox.settled(settled, user)
      return 'done'
    },
    async newEpoch(refusal) {
      await engine.transaction(async () => {
        const state = await line()
        if (state.epoch > refusal.epoch) return
        await clearStaged(engine, org)
        await bringBack(engine, org, user, refusal.held)
        await writeLine(engine, org, { ...state, epoch: refusal.epoch, cursor_seq: 0, scope: null })
      })
    },
    async reofferRequest(after) {
      return offerAgain(engine, org, user, (await line()).epoch, after, outbox.numbers)
    },
    async returning() {
      const { epoch, scope } = await line()
      return (epoch !== 0 && scope === null) || (await hasReturned(engine, org))
    },
    async catchUp() {
      const { writes, taken, settled, lost } = await engine.transaction(compareOutbox)
      announce(writes)
      if (settled.length > 0) await outbox.settled(settled, user)
      for (const { id, issuer } of lost) {
        const pending = await findPending(engine, org, id)
        if (pending) await outbox.append({ id, issuer, issued_at: WireCommand.parse(JSON.parse(pending.bytes)).issued_at, bytes: pending.bytes })
      }
      return taken
    },
    verifyRequest: () =>
      engine.transaction(async () => {
        const { epoch, cursor_seq, scope } = await line()
        const digests: Record<string, { count: number; digest: string }> = {}
        for (const entity of entities.values()) {
          const sum = tally()
          const shadows = new Map((await allShadows(engine, org, entity.name)).map(({ id, row }) => [id as string, row]))
          for (const row of shadows.values()) if (row) sum.add(bare(row))
          for await (const row of eachRow(engine, org, entity)) if (!shadows.has(String(row['id']))) sum.add(bare(row))
          digests[entity.name] = sum.result()
        }
        return { protocol: PROTOCOL, cursor: { epoch, seq: cursor_seq }, scope: scope ?? '', entities: digests }
      }),
    async repair(name, changes, cursor: Cursor) {
      const entity = entities.get(name)
      if (!entity) return
      const writes = await engine.transaction(async () => {
        const state = await line()
        if (state.epoch !== cursor.epoch || state.cursor_seq !== cursor.seq) return []
        const rows = new Map<string, KnownRow>()
        for await (const row of eachRow(engine, org, entity)) rows.set(keyOf(name, String(row['id'])), { entity: name, id: String(row['id']) as Id, row: null })
        for (const change of changes) {
          const known = await knownRow(engine, org, change)
          if (known) rows.set(keyOf(known.entity, known.id), known)
        }
        // Rows only an unsettled command made are nobody's mistake.
        for (const { id, row } of await allShadows(engine, org, name)) if (row === null && rows.get(keyOf(name, id))?.row === null) rows.delete(keyOf(name, id))
        return rebaseOn(newsOf(rows.values()), true)
      })
      announce(writes)
    },
    async serverCommands() {
      const { commands } = await line()
      return commands.length === 0 ? null : new Set(commands)
    },
  }

  // What was set aside for a newer version may be known by now; what another person of this computer did meanwhile is taken in.
  const late = await engine.transaction(async () => {
    const rows = await takeUp(engine, org, (entity, id) => serverRowOf(engine, org, entity, id))
    return rows.length === 0 ? [] : rebaseOn(newsOf(rows), true)
  })
  announce(late)
  await replica.catchUp()
  return replica
}

/** A row as it goes over the wire: without the organization it is in. */
function bare(row: StoredRow): StoredRow {
  const { org_id: _org, ...rest } = row
  return rest
}
