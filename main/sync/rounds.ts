/** Rounds of one organization on this computer: every person's view, over the wire, with what a round teaches about the server's clock and reach. */
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Replica, Reply, Transport } from '../../shared/sync/contracts.ts'
import { createExchange, type Exchange, type Round } from '../../shared/sync/exchange.ts'
import { breather } from '../host/breather.ts'
import type { DataFolder } from '../host/data-folder.ts'
import type { Journal } from '../host/journal.ts'
import type { OpenOrganizations } from '../host/open-organizations.ts'
import { createHttp } from './http.ts'
import { createTransport } from './http-transport.ts'
import type { ServerWay } from './servers.ts'

export interface Observed {
  last_contact_at: number | null
  /** This computer's clock less the server's, ms, as the last page said. */
  drift_ms: number | null
  /** The server's, as its last answer bore it. */
  version: string | null
}
export interface Rounds {
  run(onSending: (done: number, of: number) => void): Promise<Round>
  readonly observed: Observed
  readonly transport: Transport
}

export interface RoundsOptions {
  org: Id
  way: ServerWay
  organizations: OpenOrganizations
  folder: DataFolder
  journal: Journal
  appVersion: string
  now(): Instant
  clock(): number
  /** Ends what is under way with the server. */
  signal: AbortSignal
}

export function openRounds(options: RoundsOptions): Rounds {
  const { org, way, organizations, clock } = options
  const observed: Observed = { last_contact_at: null, drift_ms: null, version: null }
  const heard = (version: string): void => {
    observed.version = version
  }
  const bare = createTransport(org, createHttp({ url: way.url, app_version: options.appVersion, signal: options.signal, heard }), way.sessions)
  const noting = async <T>(asking: Promise<Reply<T>>): Promise<Reply<T>> => {
    const reply = await asking
    if (reply.ok) observed.last_contact_at = clock()
    return reply
  }
  const transport: Transport = {
    push: (request) => noting(bare.push(request)),
    ready: async (request) => {
      const go = await bare.ready(request)
      return () => noting(go())
    },
    async pull(request, as) {
      const before = clock()
      const reply = await noting(bare.pull(request, as))
      if (reply.ok && 'server_time' in reply.value) observed.drift_ms = Math.round((before + clock()) / 2 - Date.parse(reply.value.server_time))
      return reply
    },
    security: (request, as) => noting(bare.security(request, as)),
    snapshot: (as, entity) => noting(bare.snapshot(as, entity)),
    verify: (request, as) => noting(bare.verify(request, as)),
    reoffer: (request, as) => noting(bare.reoffer(request, as)),
  }
  /** Without network a token cannot be renewed: its person is signed in all the same, and their commands wait for nobody. */
  async function tokenOf(user: Id): Promise<string | null> {
    const token = await way.sessions.access(user)
    if (token.ok) return token.value
    return token.problem === 'token' ? null : ((await way.credentials.session(user))?.access ?? null)
  }
  let exchange: Exchange | null = null
  let outbox: unknown = null
  let sending: (done: number, of: number) => void = () => undefined
  const views = new Map<Id, Replica>()
  async function make(): Promise<Exchange> {
    const shared = await organizations.views.outbox(org)
    if (exchange && outbox === shared) return exchange
    outbox = shared
    return createExchange({
      outbox: shared, replicas: () => views, transport, tokenOf, appVersion: options.appVersion, breathe: breather(), onSending: (done, of) => sending(done, of),
    })
  }
  return {
    observed,
    transport,
    async run(onSending) {
      sending = onSending
      exchange = await make()
      views.clear()
      for (const user of organizations.viewersOf(org) ?? []) views.set(user, (await organizations.views.open(org, user)).replica)
      return exchange.round()
    },
  }
}
