/** The exchange of this computer with its servers: one follower for each organization that has one. */
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { AppFile } from '../host/app-file.ts'
import type { DataFolder } from '../host/data-folder.ts'
import type { HostEvent } from '../host/host-call.ts'
import type { Journal } from '../host/journal.ts'
import type { OpenOrganizations } from '../host/open-organizations.ts'
import type { SecretStore } from '../host/secret-store.ts'
import { backoffMs } from './loop-machine.ts'
import { follow, type Follower } from './follower.ts'
import { openServers, type Servers } from './servers.ts'

export interface Sync {
  readonly servers: Servers
  of(org: Id): Follower | null
  /** Begins or ends following, as the organization now stands. */
  refresh(org: Id): Promise<void>
  /** Follows now, also in a run that does not by itself. */
  begin(org: Id): Promise<Follower | null>
  /** Its files are taken away for some work; afterwards it follows again if it should. */
  paused(org: Id, over: Promise<unknown>): void
  /** Nothing of a former session of this person is being taken away any more: what is fetched from here on stays. */
  parted(user: Id): Promise<void>
  /** Windows are told that its state is another. */
  changed(org: Id): void
  start(): Promise<void>
  close(): Promise<void>
}

export interface SyncOptions {
  app: AppFile
  folder: DataFolder
  organizations: OpenOrganizations
  journal: Journal
  store: SecretStore
  appVersion: string
  now(): Instant
  clock(): number
  emit(event: HostEvent): void
  shutOut(org: Id, by: Id): Promise<void>
  /** Of a computer that was shut out: true when nothing sealed is left here. */
  handOver(org: Id): Promise<boolean>
  /** Takes away what only this person held of the organization, unless `still` says otherwise once the files are closed; what they had not sent stays. */
  part(org: Id, user: Id, still?: () => Promise<boolean>): Promise<void>
  /** False: this run asks no server by itself. */
  enabled: boolean
}

/** What has the files is usually done with them in a moment. */
const PART_AGAIN_MS = 1_000

/** Windows hear of it at most so often. */
const TOLD_EVERY_MS = 300

export function openSync({ app, folder, organizations, journal, store, appVersion, now, clock, emit, shutOut, handOver: handOverOnce, part, enabled }: SyncOptions): Sync {
  const servers = openServers({ store, device: app.device, app_version: appVersion, whenEnded: (url, user) => void partings.set(user, partEverywhere(url, user).catch(report(null))) })
  const partings = new Map<Id, Promise<void>>()
  const followers = new Map<Id, Follower>()
  const refreshing = new Map<Id, Promise<unknown>>()
  const telling = new Map<Id, NodeJS.Timeout>()
  let closed = false
  const report = (org: Id | null) => (error: unknown) => journal.write('error', 'sync.failed', { org, why: error instanceof Error ? (error.stack ?? error.message) : String(error) })

  function changed(org: Id): void {
    if (closed || telling.has(org)) return
    telling.set(org, setTimeout(() => {
      telling.delete(org)
      emit({ type: 'sync', org })
    }, TOLD_EVERY_MS).unref())
  }
  async function end(org: Id): Promise<void> {
    const known = followers.get(org)
    followers.delete(org)
    await known?.close()
  }
  /** Until it is done, for as long as this runs; the next run begins again. */
  async function handOver(org: Id): Promise<void> {
    for (let failures = 1; !closed && !(await handOverOnce(org)); failures++)
      await later(backoffMs(failures, Math.random()))
  }
  const later = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref())
  /** The server ended this person's session: at once, or as soon as whatever else has the files is done with them. */
  async function partEverywhere(url: string, user: Id): Promise<void> {
    for (const { id } of await app.organizations()) {
      const server = app.serverOf(id)
      const still = (): Promise<boolean> => servers.at(url).sessions.ended(user)
      while (!closed && server?.url === url && server.revoked_at === null && folder.viewers(id).includes(user) && (await still())) {
        const failed = await part(id, user, still).then(() => null, (error: unknown) => ({ error }))
        if (failed === null) break
        report(id)(failed.error)
        await later(PART_AGAIN_MS)
      }
    }
  }
  /** One after another for each organization: two that begin together would leave two followers, of which one is never ended. */
  function refresh(org: Id, asked = enabled): Promise<void> {
    const mine = (refreshing.get(org) ?? Promise.resolve()).then(() => stand(org, asked))
    refreshing.set(org, mine.catch(() => undefined))
    return mine
  }
  async function stand(org: Id, asked: boolean): Promise<void> {
    const server = app.serverOf(org)
    await end(org)
    changed(org)
    if (!server || closed || !asked) return
    if (server.revoked_at !== null) return void handOver(org).catch(report(org))
    followers.set(org, follow({
      org, server, way: servers.at(server.url), organizations, folder, journal, app, appVersion, now, clock, changed: () => changed(org),
      shutOut: (by) => void shutOut(org, by).catch(report(org)),
      // As often as the server says so, until it is done.
      leaves: (user) => void part(org, user).catch(report(org)),
    }))
  }
  return {
    servers,
    of: (org) => followers.get(org) ?? null,
    refresh: (org) => refresh(org),
    async begin(org) {
      if (!followers.has(org)) await refresh(org, true)
      return followers.get(org) ?? null
    },
    paused(org, over) {
      void end(org).catch(report(org))
      over.catch(() => undefined).then(() => refresh(org)).catch(report(org))
    },
    async parted(user) {
      await partings.get(user)
    },
    changed,
    async start() {
      for (const { id } of await app.organizations()) {
        const server = app.serverOf(id)
        // Cut off before it was done, when the session ended.
        if (server) for (const user of folder.viewers(id)) if (await servers.at(server.url).sessions.ended(user)) await part(id, user).catch(report(id))
        await refresh(id)
      }
    },
    async close() {
      closed = true
      for (const timer of telling.values()) clearTimeout(timer)
      const ending = [...followers.keys()].map(end)
      servers.close()
      await Promise.all([...ending, ...refreshing.values()])
    },
  }
}
