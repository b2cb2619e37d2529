/** The venues of this computer: for each organization it serves others, or is served, or neither. They end with the app. */
import { networkInterfaces } from 'node:os'
import { detail, refuse } from '../../../shared/domain/errors.ts'
import type { VenueAddress, VenueServing, VenueState } from '../../../shared/domain/sync/states.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../../shared/kernel/instants.ts'
import { Refusal } from '../../../shared/kernel/result.ts'
import type { AppFile } from '../../host/app-file.ts'
import type { Journal } from '../../host/journal.ts'
import type { OpenOrganizations } from '../../host/open-organizations.ts'
import type { ServerWay } from '../servers.ts'
import { joinVenue, VenueTrouble, type VenueGuest } from './guest.ts'
import { openVenueHost, type VenueHost } from './host.ts'
import type { VenueParts } from './parts.ts'

export interface VenuePerson {
  id: Id
  name: string
}
export interface Venues {
  /** Of the organization here; the code is shown to who opened it. */
  stateOf(org: Id, user: Id): VenueState | null
  serve(org: Id, person: VenuePerson, at: { address: string; port: number }): Promise<VenueServing>
  join(org: Id, person: VenuePerson, at: { url: string; code: string }): Promise<void>
  /** Who opened it; null: this computer serves nobody. */
  servedBy(org: Id): Id | null
  admit(org: Id, id: string): boolean
  /** Whatever it is. */
  end(org: Id): Promise<void>
  /** Something was entered here. */
  nudge(org: Id): void
  close(): Promise<void>
}
export interface VenuesOptions {
  app: Pick<AppFile, 'serverOf'>
  organizations: OpenOrganizations
  way(url: string): ServerWay
  journal: Journal
  now(): Instant
  changed(org: Id): void
}

type Open = { user: Id } & ({ role: 'host'; host: VenueHost } | { role: 'guest'; guest: VenueGuest })

/** Of this computer, those the others reach first. Addresses that only mean something on one cable are left out. */
export function ownAddresses(): VenueAddress[] {
  const found = Object.entries(networkInterfaces()).flatMap(([name, given]) =>
    (given ?? []).flatMap(({ address, internal, family }) => (address.startsWith('fe80:') ? [] : [{ address, name, loopback: internal, family }])))
  return found.sort((a, b) => Number(a.loopback) - Number(b.loopback) || a.family.localeCompare(b.family)).map(({ address, name, loopback }) => ({ address, name, loopback }))
}

function refusalOf(error: unknown, now: Instant): unknown {
  if (!(error instanceof VenueTrouble)) return error
  if (error.problem === 'code') return refuse('venue.code', detail('code', 'wrong'))
  if (error.problem === 'delayed') return refuse('auth.delayed', detail('code', 'retry_at', null, fromMs(Date.parse(now) + (error.retryMs ?? 30_000))))
  return refuse(error.problem === 'refused' ? 'venue.refused' : 'venue.unreachable', detail('url', error.problem))
}

export function openVenues({ app, organizations, way, journal, now, changed }: VenuesOptions): Venues {
  const open = new Map<Id, Open>()
  const beginning = new Set<Id>()

  async function end(org: Id): Promise<void> {
    const known = open.get(org)
    open.delete(org)
    if (!known) return
    await (known.role === 'host' ? known.host : known.guest).close()
    changed(org)
  }
  async function partsOf(org: Id, { id, name }: VenuePerson): Promise<VenueParts> {
    const server = app.serverOf(org)
    if (!server || server.revoked_at !== null) throw refuse('sync.no_server')
    const there = way(server.url)
    const device = await there.identity(id)
    return {
      org, person: { user_id: id, name }, device, now, journal,
      async hold(work) {
        try {
          return await organizations.hold(org, async () => work({ view: await organizations.views.open(org, id), outbox: await organizations.views.outbox(org) }), { user: id })
        } catch (error) {
          // Signed out, shut out, or following no server any more: it ends.
          if (error instanceof Refusal && error.failure.code !== 'storage.restoring') void end(org)
          throw error
        }
      },
      async catchUp() {
        for (const view of organizations.views.opened(org)) await view.replica.catchUp()
      },
      publicKey: (user) => there.credentials.publicKey(user),
      sign: (user, text) => there.credentials.sign(user, text),
      isRegistered: async (user) => (await there.sessions.standing(user)) !== 'none',
      changed: () => changed(org),
    }
  }
  async function begin(org: Id, person: VenuePerson, work: (parts: VenueParts) => Promise<Open>): Promise<Open> {
    if (open.has(org) || beginning.has(org)) throw refuse('venue.already')
    beginning.add(org)
    try {
      const parts = await partsOf(org, person)
      await parts.hold(() => Promise.resolve())
      const one = await work(parts)
      open.set(org, one)
      changed(org)
      return one
    } catch (error) {
      throw refusalOf(error, now())
    } finally {
      beginning.delete(org)
    }
  }
  return {
    stateOf(org, user) {
      const known = open.get(org)
      if (!known) return null
      const server = app.serverOf(org)
      if (!server || server.revoked_at !== null) {
        void end(org)
        return null
      }
      if (known.role === 'guest') return known.guest.state()
      const state = known.host.state()
      return known.user === user ? state : { ...state, serving: null }
    },
    async serve(org, person, { address, port }) {
      if (!ownAddresses().some((own) => own.address === address)) throw refuse('venue.address', detail('address', 'not_here', null, address))
      const one = await begin(org, person, async (parts) => {
        try {
          return { role: 'host', user: person.id, host: await openVenueHost(parts, { address, port }) }
        } catch (error) {
          if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')) throw refuse(error.code === 'EADDRNOTAVAIL' ? 'venue.address' : 'venue.port', detail('port', String(error.code), null, String(port)))
          throw error
        }
      })
      if (one.role !== 'host') throw refuse('venue.already')
      return one.host.serving()
    },
    async join(org, person, at) {
      if (!/^http:\/\/[^/]+\/?$/.test(at.url) || !URL.canParse(at.url)) throw refuse('validation.invalid', detail('url', 'address', 'http://…', at.url.slice(0, 200)))
      // One that was closed there is left without a word.
      const known = open.get(org)
      if (known?.role === 'guest' && known.guest.state().trouble === 'closed') await end(org)
      await begin(org, person, async (parts) => ({ role: 'guest', user: person.id, guest: await joinVenue(parts, at) }))
    },
    servedBy(org) {
      const known = open.get(org)
      return known?.role === 'host' ? known.user : null
    },
    admit(org, id) {
      const known = open.get(org)
      return known?.role === 'host' && known.host.admit(id)
    },
    end,
    nudge(org) {
      const known = open.get(org)
      if (known?.role === 'guest') known.guest.nudge()
    },
    async close() {
      await Promise.all([...open.keys()].map(end))
    },
  }
}
