/** One organization of this computer that follows a server: its loop, its ear at the server, and what it says of itself. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DiskTrouble, SyncStatus } from '../../shared/domain/sync/states.ts'
import { personOf } from '../../shared/core/session.ts'
import { member } from '../../shared/domain/organization/model.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import { DAY, fromMs, type Instant } from '../../shared/kernel/instants.ts'
import { countDecisions } from '../../shared/core/kept-list.ts'
import { keptCommands } from '../../shared/store/command-log.ts'
import { fromDisk, StoreError } from '../../shared/store/engine.ts'
import { isUnsent, type OutboxFile } from '../../shared/store/outbox-file.ts'
import { isOnlyUpward, type Round } from '../../shared/sync/exchange.ts'
import { PROTOCOL } from '../../shared/sync/wire.ts'
import type { AppFile, FollowedServer } from '../host/app-file.ts'
import { openBlobExchange } from './blobs.ts'
import { createHttp, MEMBERSHIP_ENDED, type Problem } from './http.ts'
import { listen } from './http-transport.ts'
import { backoffMs, FALLBACK_MS } from './loop-machine.ts'
import { startLoop, systemOutside, type Loop, type RoundEnd } from './loop.ts'
import { deliverCarried, forgetStale } from './carrying.ts'
import { deliverParcels } from './parcels.ts'
import { openRounds, type RoundsOptions } from './rounds.ts'
import { phaseOf, troubleOf } from './status.ts'
import { compare, type Comparison } from './verify.ts'

export interface Exchanged {
  at: Instant
  ms: number
  sent: number
  pulled: number
  problem: string | null
  code: string | null
}
export interface Follower {
  commit(): void
  /** Something entered here was refused by this computer itself. */
  trouble(error: unknown): void
  /** Asks now; answers when a round has ended. */
  now(): Promise<void>
  /** The same without waiting. */
  wake(): void
  status(user: Id, can: readonly string[]): Promise<SyncStatus>
  log(): Exchanged[]
  verify(user: Id): Promise<Comparison | Problem>
  fetchBlob(user: Id, sha256: string): Promise<boolean>
  close(): Promise<void>
}
export interface FollowerOptions extends Omit<RoundsOptions, 'signal'> {
  server: FollowedServer
  app: Pick<AppFile, 'setting' | 'setSetting' | 'serverOf' | 'follow'>
  /** Told often; whoever shows it throttles. */
  changed(): void
  /** The server shut this device out. */
  shutOut(by: Id): void
  /** This person is no member any more: what only they held here goes. */
  leaves(user: Id): void
}

const LOGGED = 100
const KEYS_MS = 5 * 60_000
const FIRST_MISS_MS = 1_500
/** After which a server that has said nothing since the start is not there, as far as a person can tell. */
const FIRST_ANSWER_MS = 4_000
const DRIFT_SAID_MS = 2 * 60_000
const WINDOW_OF_KEPT = 1_000
/** Room that tells a full disk from one that has some again, bytes. */
const ROOM_BYTES = 256 * 1024

const isOfDisk = (error: unknown): error is StoreError => error instanceof StoreError && (error.problem === 'full' || error.problem === 'read_only' || error.problem === 'failed')
const diskOf = (error: unknown): DiskTrouble | null => (isOfDisk(error) ? (error.problem === 'full' ? 'full' : 'refuses') : null)
function hasRoom(folder: string): boolean {
  const file = join(folder, 'room.part')
  let room = true
  for (const step of [() => writeFileSync(file, Buffer.alloc(ROOM_BYTES), { flush: true }), () => rmSync(file, { force: true })])
    try {
      step()
    } catch {
      room = false
    }
  return room
}

export function follow(options: FollowerOptions): Follower {
  const { org, way, organizations, folder, journal, app, clock, now, changed } = options
  const stop = new AbortController()
  const rounds = openRounds({ ...options, signal: stop.signal })
  const blobs = openBlobExchange(org, { ...way, http: createHttp({ url: way.url, app_version: options.appVersion, signal: stop.signal }) }, folder.organization(org))
  const log: Exchanged[] = []
  const since = new Map<string, { phase: string; since: Instant }>()
  let last: Round | null = null
  let sending: { done: number; of: number } | null = null
  const started = performance.now()
  const sayIfSilent = systemOutside.after(FIRST_ANSWER_MS + 100, changed)
  /** The disk of this computer refused what was to be kept, and why. */
  let disk: DiskTrouble | null = null
  let serverFull = false
  /** The last round ended by a fault of this computer's own. */
  let broken = false
  let troubledSince: Instant | null = null
  let told = false
  let misses = 0
  let missed: () => void = () => undefined
  const verifiedKey = `organization ${org}`

  async function verifyNowAndThen(): Promise<void> {
    const kept = await app.setting(verifiedKey, 'sync_verified_at')
    if (typeof kept === 'string' && clock() - Date.parse(kept) < DAY) return
    for (const view of organizations.views.opened(org)) {
      if ((await way.sessions.standing(view.user)) !== 'held') continue
      const reply = await compare(view, rounds.transport, join(folder.organization(org).folder, 'differences'), now)
      if (!reply.ok || !reply.value.comparable) return
      if (reply.value.differing.length > 0) journal.write('error', 'sync.differed', { org, entities: reply.value.differing.join(' ') })
    }
    await app.setSetting(verifiedKey, 'sync_verified_at', now())
  }
  async function blobsPass(): Promise<{ left: boolean; refused: DiskTrouble | null; full: boolean }> {
    let left = false
    let full = false
    let refused: DiskTrouble | null = null
    for (const view of organizations.views.opened(org)) {
      if (stop.signal.aborted || (await way.sessions.standing(view.user)) !== 'held') continue
      const pass = await blobs.pass(view).catch((error: unknown) => {
        const known = fromDisk(error)
        if (!isOfDisk(known)) throw error
        journal.write('error', 'sync.files_refused', { org, why: known.message })
        // Commands do not wait for a file that has no place here.
        refused ??= diskOf(known)
        return null
      })
      left ||= pass !== null && pass.left && pass.trouble === null
      full ||= pass?.trouble?.problem === 'server_full'
    }
    return { left, refused, full }
  }
  /** Known also where the server does not answer. */
  async function rememberVersion(): Promise<void> {
    const [known, { version }] = [app.serverOf(org), rounds.observed]
    if (known && version !== null && known.version !== version) await app.follow(org, { ...known, version })
  }
  let learnt = Number.NEGATIVE_INFINITY
  /** What was carried here, on a stick or by a venue, goes to the server with anybody's token. */
  async function deliver(): Promise<boolean> {
    for (const user of organizations.viewersOf(org) ?? []) {
      if ((await way.sessions.standing(user)) !== 'held') continue
      const outbox = await organizations.views.outbox(org)
      await learnKeys(user, outbox)
      const { taken, refused } = await deliverCarried(org, outbox, (parcel) => way.sessions.ask(user, (token) => way.calls.parcel(token, org, { protocol: PROTOCOL, app_version: options.appVersion, parcel })), journal)
      if (refused + (await forgetStale(outbox, now())) > 0) for (const { replica } of organizations.views.opened(org)) await replica.catchUp()
      return (await deliverParcels(folder.organization(org).folder, way, org, user, options.appVersion)) > 0 || taken > 0
    }
    return false
  }
  /** By which computers of the organization know each other where there is no server. */
  async function learnKeys(user: Id, outbox: OutboxFile): Promise<void> {
    if (clock() - learnt < KEYS_MS) return
    const reply = await way.sessions.ask(user, (token) => way.calls.keys(token, org))
    if (!reply.ok) return
    learnt = clock()
    const keys = reply.value.items.flatMap(({ user_id, device, name, key }) => (isId(user_id) ? [{ user_id, device, name, public_key: key }] : []))
    if (JSON.stringify(keys) !== JSON.stringify(await outbox.carried.keys())) await outbox.carried.rememberKeys(keys)
  }
  /** A file of a row that has come is often still on its way up elsewhere: asked for again soon, less and less often. */
  function askForMissing(left: boolean): void {
    missed()
    if (left || blobs.counts().down === 0) {
      misses = 0
      return
    }
    missed = systemOutside.after(Math.min(FALLBACK_MS, FIRST_MISS_MS * 2 ** misses++), () => loop.tell({ type: 'news' }))
  }
  function endOf(round: Round): RoundEnd {
    const { trouble } = round
    if (trouble === null) return { type: 'done', moved: round.progress, left: round.left.some(({ why }) => why === 'missing') }
    if (trouble.problem === 'offline' || trouble.problem === 'busy' || trouble.problem === 'server' || trouble.problem === 'server_full') return { type: 'failed', retry_after_ms: trouble.retry_after_ms }
    return { type: 'stuck' }
  }
  /** Once for each person and start: from then on the server's clock is the organization's, where it was this computer's until now. */
  const said = new Set<Id>()
  async function sayFollowing(): Promise<void> {
    for (const user of organizations.viewersOf(org) ?? []) {
      if (said.has(user)) continue
      const reply = await way.sessions.ask(user, (token) => way.calls.following(token, org, true))
      if (reply.ok || reply.problem === 'refused') said.add(user)
    }
  }

  async function round(): Promise<RoundEnd> {
    const began = performance.now()
    const at = fromMs(clock())
    try {
      return await organizations.hold(org, async () => {
        const done = await rounds.run((sent, of) => {
          sending = { done: sent, of }
          changed()
        })
        last = done
        broken = false
        sending = null
        const { trouble } = done
        // Without contact nothing large was written: what a command was refused for may be so still.
        if (disk !== null && trouble !== null && hasRoom(folder.organization(org).folder)) disk = null
        log.unshift({ at, ms: Math.round(performance.now() - began), sent: done.sent, pulled: done.pulled.length, problem: trouble?.problem ?? null, code: trouble?.code ?? null })
        log.splice(LOGGED)
        if (done.sent > 0 || trouble !== null) journal.write(trouble ? 'warn' : 'info', 'sync.round', { org, sent: done.sent, pulled: done.pulled.length, problem: trouble?.problem ?? null, code: trouble?.code ?? null })
        troubledSince = trouble === null ? null : (troubledSince ?? at)
        const revoked = [...done.troubles].find(([, { problem }]) => problem === 'revoked')?.[0] ?? (trouble?.problem === 'revoked' ? (organizations.viewersOf(org)?.[0] ?? null) : null)
        if (revoked && !told) {
          told = true
          options.shutOut(revoked)
          return { type: 'stuck' }
        }
        for (const [user, { code }] of done.troubles) if (code === MEMBERSHIP_ENDED) options.leaves(user)
        if (trouble === null || isOnlyUpward(trouble)) {
          await rememberVersion()
          await sayFollowing()
          const carried = trouble === null && (await deliver())
          const files = await blobsPass()
          const left = files.left || carried
          disk = files.refused
          serverFull = files.full
          await verifyNowAndThen()
          askForMissing(left)
          const end = endOf(done)
          return end.type === 'done' && left ? { ...end, moved: true, left: true } : end
        }
        return endOf(done)
      })
    } catch (error) {
      sending = null
      disk = diskOf(fromDisk(error))
      broken = disk === null
      troubledSince ??= at
      journal.write('error', 'sync.failed', { org, why: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      return { type: 'failed', retry_after_ms: null }
    } finally {
      changed()
    }
  }

  const loop: Loop = startLoop(round, changed)
  // What this computer saw by itself goes as a command does: soon, and together with what comes in the same moment.
  organizations.views.whenSeen(org, () => loop.tell({ type: 'commit' }))

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = systemOutside.after(ms, resolve)
      stop.signal.addEventListener('abort', () => {
        cancel()
        resolve()
      }, { once: true })
    })
  async function hear(): Promise<void> {
    for (let failures = 0; !stop.signal.aborted; ) {
      let ear: Id | null = null
      for (const user of organizations.viewersOf(org) ?? []) if (ear === null && (await way.sessions.standing(user)) === 'held') ear = user
      const began = performance.now()
      if (ear !== null) {
        const ended = await listen(org, way.http, way.sessions, ear, stop.signal, () => loop.tell({ type: 'news' }))
        // Why the server speaks to this computer no more is for a round to find out.
        if (ended !== 'offline' && !stop.signal.aborted) loop.tell({ type: 'news' })
      }
      failures = performance.now() - began > 10_000 ? 0 : failures + 1
      await pause(ear === null ? 10_000 : backoffMs(failures, Math.random()))
    }
  }
  const hearing = hear().catch((error: unknown) => journal.write('error', 'sync.deaf', { org, why: error instanceof Error ? error.message : String(error) }))

  function sinceOf(user: Id, phase: SyncStatus['phase']): Instant {
    const known = since.get(user)
    if (known?.phase === phase) return known.since
    const at = phase === 'offline' || phase === 'retrying' || phase === 'server_full' ? (troubledSince ?? fromMs(clock())) : fromMs(clock())
    since.set(user, { phase, since: at })
    return at
  }

  return {
    commit() {
      disk = null
      loop.tell({ type: 'commit' })
    },
    trouble(error) {
      if (!isOfDisk(error)) return
      disk = diskOf(error)
      changed()
    },
    wake: () => loop.tell({ type: 'asked' }),
    async now() {
      // A round that was under way began before what the person wants sent.
      const underWay = loop.state().mode === 'exchanging'
      loop.tell({ type: 'asked' })
      for (let rounds = underWay ? 2 : 1; rounds > 0 && (loop.state().mode === 'exchanging' || loop.state().mode === 'soon'); rounds--) await loop.settled()
    },
    log: () => [...log],
    async status(user, can) {
      const state = loop.state()
      const standing = await way.sessions.standing(user)
      const problem = broken ? 'server' : troubleOf(user, last)
      const unsent = (await (await organizations.views.outbox(org)).heads()).filter(isUnsent)
      const view = (organizations.viewersOf(org) ?? []).includes(user) ? await organizations.views.open(org, user) : null
      const mine = view ? await view.replica.state() : null
      const kept = view ? await keptCommands(view.file.readEngine, org, user, 'open', WINDOW_OF_KEPT) : []
      const brake = view ? await view.replica.held() : null
      const names = new Map((view && (await personOf(view.core.reader(), { user_id: user, device: '', scope: null })) ? await view.core.reader().find(member, {}) : []).map(({ user_id, name }) => [user_id, name]))
      const others: SyncStatus['others'] = []
      for (const issuer of new Set(unsent.map((one) => one.issuer))) {
        if (issuer === user) continue
        const theirs = unsent.filter((one) => one.issuer === issuer)
        others.push({ user_id: issuer, name: names.get(issuer) ?? '', waiting: theirs.length, since: theirs[0]?.issued_at ?? fromMs(clock()), signed_in: (await way.sessions.standing(issuer)) === 'held' })
      }
      const waiting = mine?.waiting ?? unsent.filter(({ issuer }) => issuer === user).length
      const phase = phaseOf({
        revoked: told, storage: disk !== null, braked: brake !== null, standing: view ? standing : 'none', mode: state.mode, recovering: last?.recovering ?? false, problem,
        silent: last === null && !broken && rounds.observed.last_contact_at === null && performance.now() - started > FIRST_ANSWER_MS, serverFull,
        unknownOperation: last?.left.some(({ why }) => why === 'unknown') ?? false, sending: state.mode === 'exchanging' && sending !== null, waiting,
      })
      const { drift_ms, last_contact_at } = rounds.observed
      return {
        phase, since: sinceOf(user, phase),
        server: { url: options.server.url, name: options.server.name, version: rounds.observed.version ?? options.server.version },
        last_contact_at: last_contact_at === null ? (mine?.pulled_at ?? null) : fromMs(last_contact_at),
        retry: state.failures > 0 && state.due_at !== null ? { at: fromMs(state.due_at), failures: state.failures } : null,
        sending,
        mine: { waiting, failing: mine?.failing ?? 0, ...countDecisions(kept) },
        others,
        drift_ms: drift_ms !== null && Math.abs(drift_ms) >= DRIFT_SAID_MS ? drift_ms : null,
        attachments: blobs.counts(), unknown: mine?.unknown ?? 0, brake, venue: null, can: [...can],
        ...(disk === null ? {} : { disk }),
        secrets: way.credentials.protection === 'keychain' ? 'keychain' : 'file',
      }
    },
    async verify(user) {
      const view = await organizations.views.open(org, user)
      const reply = await compare(view, rounds.transport, join(folder.organization(org).folder, 'differences'), now)
      changed()
      return reply.ok ? reply.value : reply
    },
    async fetchBlob(user, sha256) {
      const reply = await blobs.fetch(user, sha256)
      changed()
      return reply.ok && reply.value
    },
    async close() {
      stop.abort()
      missed()
      sayIfSilent()
      await loop.close()
      await hearing
    },
  }
}
