/** Laptops of one organization with real files and real sockets, and the authority they follow when there is a network. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openDataFolder } from '../../../main/host/data-folder.ts'
import type { Journal } from '../../../main/host/journal.ts'
import type { SecretStore } from '../../../main/host/secret-store.ts'
import { deliverCarried, type Delivered } from '../../../main/sync/carrying.ts'
import { openCredentials, type Credentials } from '../../../main/sync/credentials.ts'
import { joinVenue, type VenueGuest } from '../../../main/sync/venue/guest.ts'
import { openVenueHost, type VenueHost } from '../../../main/sync/venue/host.ts'
import { isSignedBy } from '../../../main/sync/venue/parcels.ts'
import type { VenueParts } from '../../../main/sync/venue/parts.ts'
import { openViews, type OpenView, type Views } from '../../../main/sync/views.ts'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import { canonicalJson } from '../../../shared/kernel/hashing.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { DeviceKey } from '../../../shared/store/carried.ts'
import { openAuthority } from '../../../shared/sync/authority/authority.ts'
import type { Authority, Reply, Transport } from '../../../shared/sync/contracts.ts'
import { createExchange } from '../../../shared/sync/exchange.ts'
import { createLife, memoryDatabase } from '../simulator/mortal.ts'
import { org, randomOf, sessionOf, userOf, world, type PersonName, type World } from '../simulator/world.ts'

export { org, userOf }
const now = () => fromMs(Date.now())
const offline: Extract<Reply<never>, { ok: false }> = { ok: false, problem: 'offline', code: null, retry_after_ms: null }

export interface Laptop {
  name: string
  user: Id
  parts: VenueParts
  views: Views
  noted: { event: string; fields: Record<string, unknown> }[]
  view(): Promise<OpenView>
  ask(name: string, input: unknown): Promise<Record<string, unknown>>
  /** One round with the authority, as when there is network. */
  round(): Promise<void>
  deliver(): Promise<Delivered>
  serve(port?: number): Promise<VenueHost>
  join(host: VenueHost | { url: string; code: string }): Promise<VenueGuest>
  /** Texts that occur anywhere in the files of this laptop. */
  found(texts: readonly string[]): string[]
  /** Ids of commands in its outbox. */
  outbox(): Promise<{ id: Id; carried: boolean; bytes: string }[]>
  /** Process ends; files stay. */
  restart(): Promise<void>
  close(): Promise<void>
}
export interface Lab {
  world: World
  authority: Authority
  /** Whether the server is reached. */
  online: boolean
  /** Everybody is up to date, then there is no network any more. */
  cutOff(): Promise<void>
  /** There is a network again: everybody exchanges and delivers what they carry, until nothing is left to do. */
  comeBack(): Promise<void>
  laptop(person: PersonName, options?: { name?: string; registered?: boolean }): Promise<Laptop>
  close(): Promise<void>
}

function memory(): SecretStore {
  const held = new Map<string, string>()
  return {
    protection: 'file',
    read: (name) => Promise.resolve(held.get(name) ?? null),
    write: (name, secret) => Promise.resolve(void held.set(name, secret)),
    remove: (name) => Promise.resolve(void held.delete(name)),
  }
}
export async function until(what: () => Promise<boolean> | boolean, about: string, ms = 12_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) expect.fail(`not in time: ${about}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
}

export async function openLab(): Promise<Lab> {
  const built = await world()
  const database = memoryDatabase(built.server)
  const engine = database.open(createLife())
  const report = (error: unknown): never => {
    throw error instanceof Error ? error : new Error(String(error))
  }
  const authority = await openAuthority({ org, engine, readEngine: engine, handlers: organizationOperations, outside: { now, random: randomOf('venue'), app_version: 'test', report } })
  const keys = new Map<string, DeviceKey>()
  const laptops: Laptop[] = []
  let drawn = 0

  const lab: Lab = {
    world: built, authority, online: true,
    async cutOff() {
      for (const laptop of laptops) await laptop.round()
      lab.online = false
    },
    async comeBack() {
      lab.online = true
      for (let rounds = 0; rounds < 3; rounds++)
        for (const laptop of laptops) {
          await laptop.round()
          await laptop.deliver()
        }
      for (const laptop of laptops) await laptop.round()
    },
    async laptop(person, { name = `laptop ${person}`, registered = true } = {}) {
      const user = userOf(person)
      const device = name.replaceAll(' ', '-')
      const root = mkdtempSync(join(tmpdir(), 'callboard-venue-'))
      const credentials: Credentials = openCredentials(memory(), 'http://server.example')
      const noted: Laptop['noted'] = []
      const journal: Journal = { write: (_level, event, fields) => void noted.push({ event, fields }) }
      let folder = openDataFolder(root, {})
      const open = (): Views => openViews({
        folder, sqlite: {}, device, journal, now, onCommit: () => undefined,
        outside: () => ({ now, random: randomOf(`${name} ${++drawn}`), app_version: 'test', report }),
      })
      let views = open()
      if (registered) keys.set(`${user} ${device}`, { user_id: user, device, name, public_key: await credentials.publicKey(user) })

      const viewer = { user_id: user, device }
      const reached = <T>(work: () => Promise<T>): Promise<Reply<T>> => (lab.online ? work().then((value) => ({ ok: true, value })) : Promise.resolve(offline))
      const refusable = <T>(work: () => Promise<T | null>): Promise<Reply<T>> =>
        lab.online ? work().then((value) => (value === null ? { ...offline, problem: 'refused' } : { ok: true, value })) : Promise.resolve(offline)
      const transport: Transport = {
        push: (request) => reached(() => authority.push(request.commands, { device, actors: new Set([user]), app_version: 'test', protocol: 1, waiting: request.waiting })),
        security: (request) => reached(() => authority.security(request.events, { device, actors: new Set([user]), app_version: 'test', protocol: 1, waiting: 0 }, user)),
        pull: (request) => refusable(() => authority.pull(request, viewer)),
        snapshot: (_as, entity) => refusable(() => authority.snapshot(viewer, entity)),
        verify: (request) => refusable(() => authority.verify(request, viewer)),
        reoffer: (request) => reached(() => authority.reoffer(request, { device, actors: new Set([user]), app_version: 'test', protocol: 1, waiting: 0 })),
      }
      const parts: VenueParts = {
        org, person: { user_id: user, name: `Personne ${person}` }, device: { id: device, name },
        hold: async (work) => work({ view: await views.open(org, user), outbox: await views.outbox(org) }),
        catchUp: async () => {
          for (const { replica } of views.opened(org)) await replica.catchUp()
        },
        publicKey: (of) => credentials.publicKey(of),
        sign: (of, text) => credentials.sign(of, text),
        isRegistered: (of) => Promise.resolve(of === user),
        now, journal, changed: () => undefined,
      }
      const laptop: Laptop = {
        name, user, parts, noted,
        get views() {
          return views
        },
        view: () => views.open(org, user),
        async ask(operation, input) {
          const answer = await (await views.open(org, user)).core.execute({ name: operation, input, id: `${device}-${++drawn}` }, sessionOf(user, device))
          if ('error' in answer) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`)
          return answer.value as Record<string, unknown>
        },
        async round() {
          const { replica } = await views.open(org, user)
          const outbox = await views.outbox(org)
          const exchange = createExchange({ outbox, replicas: () => new Map([[user, replica]]), transport, tokenOf: () => Promise.resolve('token'), appVersion: 'test' })
          const { trouble } = await exchange.round()
          if (trouble) throw new Error(`round: ${trouble.problem} ${trouble.code}`)
          await outbox.carried.rememberKeys([...keys.values()])
        },
        async deliver() {
          const outbox = await views.outbox(org)
          // As the server's `sync/parcels`: whose signature holds may act.
          return deliverCarried(org, outbox, (parcel) => reached(() => {
            const { signatures, ...signed } = parcel
            const actors = new Set<Id>()
            for (const [issuer, signature] of Object.entries(signatures)) {
              const known = keys.get(`${issuer} ${parcel.device}`)
              if (known && isSignedBy(known.public_key, canonicalJson(signed), signature)) actors.add(known.user_id)
            }
            return authority.push(parcel.entries, { device: parcel.device, actors, app_version: 'test', protocol: 1, waiting: 0 })
          }), journal)
        },
        serve: (port = 0) => openVenueHost(parts, { address: '127.0.0.1', port }),
        join: (host) => joinVenue(parts, 'serving' in host ? host.serving() : host),
        found(texts) {
          const files = filesIn(root).map((path) => readFileSync(path))
          return texts.filter((text) => files.some((bytes) => bytes.includes(text)))
        },
        outbox: async () => (await (await views.outbox(org)).entries()).map(({ id, carried, bytes }) => ({ id, carried, bytes })),
        async restart() {
          await views.close(org)
          folder.release()
          folder = openDataFolder(root, {})
          views = open()
        },
        async close() {
          await views.close(org)
          folder.release()
          rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
        },
      }
      laptops.push(laptop)
      if (lab.online) await laptop.round()
      return laptop
    },
    async close() {
      for (const laptop of laptops) await laptop.close()
      database.close()
    },
  }
  return lab
}
