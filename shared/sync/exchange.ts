/**
 * One round of a device with its server: what is unsent goes up in issue order, each command with its issuer's token; then everybody's
 * view is brought up to date (sync rules 14 to 19, 29, 30). The app's loop and the simulator run this very code; it keeps nothing on disk.
 *
 * Laws: (a) a command leaves the outbox only by an outcome that came with a pull; (b) the answer to a push changes no row; (c) somebody
 * without a token holds up nobody but what was built on their work.
 */
import { sha256 } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { isUnsent, type OutboxHead } from '../store/outbox-file.ts'
import { batchesOf, sorter, windowsOf, type Sendable } from './batches.ts'
import type { Outbox, Replica, Reply, Taken, Transport } from './contracts.ts'
import { createSecurityReport } from './security.ts'
import { PROTOCOL, RowChange, SnapshotHead, type PushAnswer, type PushEntry, type PushRequest } from './wire.ts'

export type Trouble = Extract<Reply<unknown>, { ok: false }>

export interface Round {
  /** Commands taken by the server in this round. */
  sent: number
  /** Left behind, and why. */
  left: PushAnswer['left']
  /** Views brought up to date. */
  pulled: Id[]
  braked: Id[]
  recovering: boolean
  /** Of the first thing that went wrong; null: all went well. Per person where it was theirs alone. */
  trouble: Trouble | null
  troubles: ReadonlyMap<Id, Trouble>
  /** Whether anything moved: sent, settled or fetched. */
  progress: boolean
}

export interface ExchangeOptions {
  outbox: Outbox
  /** Open views, by person. */
  replicas(): ReadonlyMap<Id, Replica>
  transport: Transport
  /** The access token of a person of this computer; null: not signed in at the server. */
  tokenOf(user: Id): Promise<string | null>
  appVersion: string
  /** Told as batches go: commands sent, of how many. */
  onSending?(done: number, of: number): void
  breathe?(): Promise<void> | undefined
}

export interface Exchange {
  /** Sends, then fetches. */
  round(): Promise<Round>
  /** Only fetches, for one person. */
  pull(user: Id): Promise<Round>
  /** Unsent commands of others and what waits for whom. */
  waiting(): Promise<{ issuer: Id; waiting: number; since: string }[]>
}

/** Pages of one pull; far above what a person can hold. */
const MOST_PAGES = 100_000
/** Pages that were for another stage, in a row: something else is pulling the same view. */
const MOST_DROPPED = 5

/** Troubles of one person: somebody else may fare better. */
const PERSONAL: ReadonlySet<Trouble['problem']> = new Set(['token', 'refused'])
/**
 * Troubles of the way up alone: a server without room, or that fails over what it is sent, may well tell what it has. Not of them: versions too
 * far apart are refused at every address alike, and who asks to be left in peace (`busy`) is.
 */
const UPWARD: ReadonlySet<Trouble['problem']> = new Set(['server_full', 'server'])
/** Whether the way down is open all the same. */
export const isOnlyUpward = ({ problem }: Trouble): boolean => UPWARD.has(problem)

/** `stopped`: the rest waits for another round. `behind`: the server is in another epoch than these views. */
type Sent = 'sent' | 'stopped' | 'behind'

export function createExchange(options: ExchangeOptions): Exchange {
  const { outbox, transport, appVersion } = options
  /** Taken by the server, outcome not pulled yet: not sent again, unless the view says they are still unsettled after a pull up to head. */
  const taken = new Set<Id>()
  /** By person: the epoch whose server has all they had to offer again. */
  const offered = new Map<Id, number>()
  const breathe = options.breathe ?? (() => undefined)
  const security = createSecurityReport({ list: outbox.security, transport, appVersion })
  const empty = (): Round & { troubles: Map<Id, Trouble> } => ({ sent: 0, left: [], pulled: [], braked: [], recovering: false, trouble: null, troubles: new Map(), progress: false })

  async function tokens(): Promise<Map<Id, string>> {
    const found = new Map<Id, string>()
    for (const user of options.replicas().keys()) {
      const token = await options.tokenOf(user)
      if (token !== null) found.set(user, token)
    }
    return found
  }

  /** True: the server is in another epoch than these views: they are brought there first. */
  async function push(round: Round): Promise<boolean> {
    const held = await tokens()
    for (const user of options.replicas().keys()) await (held.has(user) ? outbox.enroll(user) : outbox.rest(user))
    const heads = (await outbox.heads()).filter(({ settled }) => !settled)
    const unsent = heads.filter(({ id, carried }) => !carried && !taken.has(id)).length
    if (unsent === 0) return false
    const known = new Map<Id, ReadonlySet<string> | null>()
    for (const [user, replica] of options.replicas()) known.set(user, await replica.serverCommands())
    const sort = sorter((user) => held.has(user), (user, name) => known.get(user)?.has(name) ?? true)
    let made = 0
    let underWay: Promise<Sent> = Promise.resolve('sent')
    for await (const batch of batchesUp(heads, sort)) {
      made += batch.length
      const done = Math.min(made, unsent)
      // Written while the one before is under way, sent when that is answered: a batch that overtakes another is answered `missing`, and would cross the network twice.
      const go = await ready(batch, held, unsent - done, round)
      const before = await underWay
      if (before !== 'sent') return before === 'behind'
      underWay = go().then((sent) => {
        if (sent === 'sent') options.onSending?.(done, unsent)
        return sent
      })
      underWay.catch(() => undefined)
      await breathe()
    }
    return (await underWay) === 'behind'
  }
  async function* batchesUp(heads: readonly OutboxHead[], sort: ReturnType<typeof sorter>): AsyncIterable<Sendable[]> {
    for (const window of windowsOf(heads)) {
      const [first, last] = [window[0], window.at(-1)]
      if (!first || !last) continue
      const entries = (await outbox.entries(first.position - 1, window.length, true)).filter(({ position }) => position <= last.position)
      yield* batchesOf(sort(entries).filter(({ entry }) => !taken.has(entry.id)))
    }
  }
  async function ready(batch: readonly Sendable[], held: ReadonlyMap<Id, string>, waiting: number, round: Round): Promise<() => Promise<Sent>> {
    const issuers = new Set(batch.map(({ entry }) => entry.issuer))
    const commands: PushEntry[] = batch.map(({ entry, command, prev }) => ({ issuer: entry.issuer, prev, ...(entry.no_wait ? { no_wait: true } : {}), command }))
    const request: PushRequest = {
      protocol: PROTOCOL, app_version: appVersion, batch_id: sha256(commands.map(({ command }) => command.id).join(' ')).slice(0, 32), epoch: await epochOf(issuers),
      tokens: Object.fromEntries([...held].filter(([user]) => issuers.has(user))), waiting, commands,
    }
    const go = transport.ready ? await transport.ready(request) : () => transport.push(request)
    return async () => told(await go(), request.epoch, round)
  }
  function told(reply: Reply<PushAnswer>, epoch: number, round: Round): Sent {
    if (!reply.ok) {
      round.trouble ??= reply
      return 'stopped'
    }
    for (const id of reply.value.taken) taken.add(id)
    round.sent += reply.value.taken.length
    round.recovering ||= reply.value.recovering
    if (reply.value.taken.length > 0) round.progress = true
    if (reply.value.recovering) return 'stopped'
    if (reply.value.epoch > epoch && epoch !== 0) return 'behind'
    round.left.push(...reply.value.left)
    return 'sent'
  }
  /** Of the view that is furthest behind: what its person has settled comes before what is not (rule 30). */
  async function epochOf(issuers: ReadonlySet<Id>): Promise<number> {
    const epochs: number[] = []
    for (const user of issuers) epochs.push((await options.replicas().get(user)?.epoch()) ?? 0)
    return Math.min(...epochs)
  }

  async function fillFrom(user: Id, replica: Replica, round: Round): Promise<Taken | Trouble> {
    const reply = await transport.snapshot(user)
    if (!reply.ok) return reply
    const result = await replica.takeSnapshot(reply.value)
    if (result === 'done') round.progress = true
    return result
  }
  async function reoffer(user: Id, replica: Replica, round: Round): Promise<Trouble | null> {
    const epoch = await replica.epoch()
    if (offered.get(user) === epoch) return null
    for (let after: string | null = null; ; ) {
      const request = await replica.reofferRequest(after)
      const reply = await transport.reoffer(request, user)
      if (!reply.ok) return reply
      round.recovering = reply.value.mode === 'recovery'
      after = request.commands.at(-1)?.command.id ?? null
      if (!request.done && after !== null) continue
      offered.set(user, epoch)
      return null
    }
  }
  /** One person's view up to the head of the server. */
  async function pullOne(user: Id, replica: Replica, round: Round): Promise<Trouble | null> {
    await replica.catchUp()
    // Before the view is filled anew: what was cut off on the way is not forgotten over it.
    const back = (await replica.returning()) ? await reoffer(user, replica, round) : null
    if (back) return back
    const before = new Set(taken)
    let dropped = 0
    let ahead: { request: Awaited<ReturnType<Replica['pullRequest']>>; reply: ReturnType<Transport['pull']> } | null = null
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      if (await replica.empty()) {
        const filled = await fillFrom(user, replica, round)
        if (typeof filled === 'object') return filled
        if (filled === 'brake') {
          round.braked.push(user)
          return null
        }
        if (filled === 'dropped') return { ok: false, problem: 'offline', code: 'cut', retry_after_ms: null }
        continue
      }
      const request = ahead?.request ?? (await replica.pullRequest())
      const reply = await (ahead?.reply ?? transport.pull(request, user))
      ahead = null
      if (!reply.ok) return reply
      if (!('rows' in reply.value)) {
        // Said long ago, and told again by a proxy; or by a server whose clock was behind when it was restored.
        if (reply.value.epoch < request.cursor.epoch) {
          if (++dropped >= MOST_DROPPED) return { ok: false, problem: 'server', code: 'epoch', retry_after_ms: null }
          continue
        }
        // Another epoch; or the same, and the server no longer knows what this view holds: it is filled again.
        if (reply.value.epoch > request.cursor.epoch || !reply.value.recovering) {
          await replica.newEpoch(reply.value)
          offered.delete(user)
          round.progress = true
        }
        const trouble = await reoffer(user, replica, round)
        if (trouble) return trouble
        if (reply.value.recovering) {
          round.recovering = true
          return null
        }
        continue
      }
      if (reply.value.has_more) {
        // The server makes the next page while this one is put away.
        const next = await replica.pullRequest(reply.value)
        ahead = { request: next, reply: transport.pull(next, user) }
        ahead.reply.catch(() => undefined)
        await breathe()
      }
      const result = await replica.take(reply.value)
      if (result !== 'more') ahead = null
      if (reply.value.rows.length > 0 || reply.value.outcomes.length > 0) round.progress = true
      if (result === 'brake') {
        round.braked.push(user)
        return null
      }
      if (result === 'done') {
        round.pulled.push(user)
        await resend(user, before)
        // Offered again, and still without an outcome: once more with the next round.
        if (await replica.returning()) offered.delete(user)
        return null
      }
      if (result === 'dropped' && ++dropped >= MOST_DROPPED) return { ok: false, problem: 'offline', code: 'dropped', retry_after_ms: null }
      await breathe()
    }
    return null
  }
  /**
   * A view at the head of the server has the outcome of all that was taken before; what is still unsettled there was lost with an older
   * state of the server, and goes again.
   */
  async function resend(user: Id, before: ReadonlySet<Id>): Promise<void> {
    const unsettled = new Map((await outbox.heads()).filter(({ settled }) => !settled).map(({ id, issuer }) => [id, issuer]))
    for (const id of taken) if (!unsettled.has(id) || (before.has(id) && unsettled.get(id) === user)) taken.delete(id)
  }

  async function pullAll(round: Round & { troubles: Map<Id, Trouble> }, only?: Id): Promise<void> {
    const held = await tokens()
    for (const [user, replica] of options.replicas()) {
      if (!held.has(user) || (only !== undefined && user !== only)) continue
      const trouble = await pullOne(user, replica, round)
      if (!trouble) continue
      round.troubles.set(user, trouble)
      round.trouble ??= trouble
      // No network, no server: nobody else will fare better.
      if (!PERSONAL.has(trouble.problem)) return
    }
  }
  return {
    async round() {
      const round = empty()
      // A view that has never been filled knows neither its epoch nor what the server can do.
      for (const [user, replica] of options.replicas()) if ((await replica.empty()) && (await options.tokenOf(user)) !== null) await pullAll(round, user)
      const unfilled = round.trouble
      const behind = unfilled === null && (await push(round))
      if (round.trouble === null) await security.send(await tokens())
      if (round.trouble === null || PERSONAL.has(round.trouble.problem) || (unfilled === null && isOnlyUpward(round.trouble))) await pullAll(round)
      if (behind && round.trouble === null && !round.recovering) {
        await push(round)
        await pullAll(round)
      }
      return round
    },
    async pull(user) {
      const round = empty()
      await pullAll(round, user)
      return round
    },
    async waiting() {
      const groups = new Map<Id, { issuer: Id; waiting: number; since: string }>()
      for (const { issuer, issued_at } of (await outbox.heads()).filter(isUnsent)) {
        const group = groups.get(issuer)
        if (group) group.waiting += 1
        else groups.set(issuer, { issuer, waiting: 1, since: issued_at })
      }
      return [...groups.values()]
    },
  }
}

/** Lines of a snapshot of one entity, for a repair: what they hold, and at which cursor. */
export async function readEntity(lines: AsyncIterable<string>): Promise<{ rows: RowChange[]; head: ReturnType<typeof SnapshotHead.parse> } | null> {
  let head: ReturnType<typeof SnapshotHead.parse> | null = null
  const rows: RowChange[] = []
  for await (const text of lines) {
    if (text === '') continue
    const value: unknown = JSON.parse(text)
    if (!head) head = SnapshotHead.parse(value)
    else if (typeof value === 'object' && value !== null && 'trailer' in value) return { rows, head }
    else rows.push(RowChange.parse(value))
  }
  return null
}
