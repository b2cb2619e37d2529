/** How what a window asks about the exchange with a server is done. */
import { emailKey, NO_PASSWORD, type User } from '../host/app-file.ts'
import type { Client } from '../host/clients.ts'
import type { Credentials } from '../host/credentials.ts'
import type { HostCall } from '../host/host-call.ts'
import type { HostHandlers, Hosting } from '../host/hosting.ts'
import type { Entrance } from '../host/identity.ts'
import type { Standing } from '../host/standing.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { SyncStatus } from '../../shared/domain/sync/states.ts'
import { isAccountCode } from '../../shared/domain/organization/invitation-code.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import type { Reply } from '../../shared/sync/contracts.ts'
import { LinkRequest, type ServerSession } from '../../shared/sync/server-wire.ts'
import { Refusal } from '../../shared/kernel/result.ts'
import { bytesOf } from '../../shared/sync/wire.ts'
import { ARRIVING, emailThere, openArrivals } from './arriving.ts'
import { connect, fillView, signUp } from './connecting.ts'
import { leave } from './leaving.ts'
import { part } from './parting.ts'
import { deliverParcels, keepParcel, makeParcel, readParcel } from './parcels.ts'
import { openMoves } from './progress.ts'
import { removeFromHere, unsentOf } from './removing.ts'
import { refusalOf, valueOf } from './server-calls.ts'
import { serverAddress, type ServerWay } from './servers.ts'
import type { consoleOperations, syncOperations } from './sync-operations.ts'
import { SERVING } from './venue/venue-handlers.ts'

interface Added {
  email?: string | undefined
  code?: string | undefined
  password: string
  password_here?: string | undefined
  email_here?: string | undefined
}

export function syncHandlers(hosting: Hosting, { organizationOf }: Standing, { enter, state }: Entrance, { byPassword }: Credentials): HostHandlers<typeof syncOperations & typeof consoleOperations> {
  const { app, folder, sqlite, organizations, membership, clients, turns, options, now, emit, sync, venues, vault, journal } = hosting
  const { signInOf, bring } = openArrivals(hosting, { byPassword })
  const moves = openMoves()
  const connecting = { app, folder, sqlite, organizations, appVersion: options.appVersion, now }

  async function held(call: HostCall): Promise<{ client: Client; org: Id }> {
    const client = clients.signedIn(call)
    return { client, org: await organizationOf(call, client) }
  }
  async function followed(call: HostCall): Promise<{ client: Client; org: Id; way: ServerWay }> {
    const { client, org } = await held(call)
    const server = app.serverOf(org)
    if (!server) throw refuse('sync.no_server')
    return { client, org, way: sync.servers.at(server.url) }
  }
  async function mustHold(client: Client, org: Id, permission: 'org:transfer' | 'device:manage'): Promise<void> {
    if (client.scope && !client.scope.has(permission)) throw refuse('auth.scope', detail(null, 'scope', permission))
    if (!(await membership.holds(clients.sessionOf(client), org, permission))) throw refuse('auth.forbidden', detail(null, 'permission', permission))
  }
  /** Nobody else has a view of it on this computer. */
  const isAlone = (client: Client, org: Id): boolean => folder.viewers(org).every((viewer) => viewer === client.user.id)
  async function canOf(client: Client, org: Id): Promise<string[]> {
    if (organizations.stateOf(org, client.user.id) !== 'ready') return []
    const [owns, manages] = [await membership.holds(clients.sessionOf(client), org, 'org:transfer'), await membership.holds(clients.sessionOf(client), org, 'device:manage')]
    return app.serverOf(org) === null ? (owns ? ['sync.connect'] : []) : [...(owns ? ['sync.leave'] : []), ...(manages ? ['sync.console'] : []), ...((await membership.holds(clients.sessionOf(client), org, SERVING)) ? ['venue.open'] : []), 'venue.join', ...(manages || isAlone(client, org) ? ['sync.remove'] : [])]
  }
  /** Everybody's windows read everything again. */
  async function changedWholly(org: Id, command: string): Promise<void> {
    await membership.remember(org).catch((error: unknown) => journal.write('warn', 'members.unwritten', { org, why: error instanceof Error ? error.message : String(error) }))
    await sync.refresh(org)
    emit({ type: 'changed', org, entities: ['*'], command })
    emit({ type: 'storage', org, state: organizations.stateOf(org) })
  }
  const local = (can: string[], revoked: SyncStatus['since'] | null, server: SyncStatus['server']): SyncStatus => ({
    phase: revoked !== null ? 'revoked' : server === null ? 'local' : 'offline', since: revoked ?? now(), server, last_contact_at: null, retry: null, sending: null, mine: { waiting: 0, failing: 0, conflicts: 0, rejected: 0, rejected_rights: 0 }, others: [], drift_ms: null,
    attachments: { up: 0, down: 0 }, unknown: 0, brake: null, venue: null, can,
  })
  async function enterWith(call: HostCall, user: User, org: Id): Promise<void> {
    await enter(call, { ...user, password: '' }, 'security.sign_in', 'password')
    const client = clients.get(call.client)
    if (!client) return
    client.open = org
    client.opened.add(org)
  }
  /** Nobody stays signed in at the server who is not here; whose session this one has ended there (there is one for each computer) goes on with it. */
  async function refusedHere(way: ServerWay, as: string, entered: ServerSession): Promise<void> {
    const id = entered.user_id
    if (!isId(id) || (await way.credentials.session(id)) === null) return void (await way.calls.logout(entered.access))
    await way.credentials.adoptKey(as, id)
    await way.credentials.keep(id, entered)
  }
  /** By e-mail and password, or by a code that names its person. */
  async function add(call: HostCall, way: ServerWay, { email: typed, code, password, password_here, email_here }: Added): Promise<unknown> {
    const email = typed === undefined ? undefined : emailKey(typed)
    if (code === undefined && email === undefined) throw refuse('validation.invalid', detail('email', 'required'))
    const here = email === undefined ? null : await app.userByEmail(email)
    valueOf(await way.calls.look())
    const as = here && email_here === undefined ? here.id : ARRIVING
    const device = await way.identity(as)
    const entered = valueOf(code === undefined ? await way.calls.login({ email: email ?? '', password, device }) : await way.calls.register({ code, password, device, ...(email === undefined ? {} : { email }) }))
    let user: User
    try {
      if (entered.orgs.length === 0) throw refuse('sync.nothing_there')
      user = await signInOf(call, way, entered, { there: password, here: password_here ?? password, email_here })
    } catch (error) {
      await refusedHere(way, as, entered)
      throw error
    }
    await way.credentials.adoptKey(as, user.id)
    await way.credentials.keep(user.id, entered)
    await sync.parted(user.id)
    const arrived = await turns.take(`server ${way.url}`, () => moves.during(call.client, (tell) => bring(way, user.id, entered.orgs, tell)))
    for (const { id } of arrived.brought) await changedWholly(id, 'sync.add')
    const [first] = [...arrived.brought, ...arrived.held]
    if (!first) throw refuse(arrived.left.some(({ code: why }) => why === 'sync.already_here') ? 'sync.already_here' : 'auth.device_revoked')
    await enterWith(call, user, first.id)
    return { ...Object(await state(call)), ...arrived }
  }
  async function consoleOf<T>(call: HostCall, ask: (way: ServerWay, token: string, org: Id) => Promise<Reply<T>>): Promise<T> {
    const { client, org, way } = await followed(call)
    await mustHold(client, org, 'device:manage')
    return valueOf(await way.sessions.ask(client.user.id, (token) => ask(way, token, org)))
  }

  return {
    async syncStatus(call) {
      const { client, org } = await held(call)
      const server = app.serverOf(org)
      const can = await canOf(client, org)
      const follower = sync.of(org)
      if (server && server.revoked_at === null && follower) return { ...(await follower.status(client.user.id, can)), venue: venues.stateOf(org, client.user.id) }
      return local(can, server ? (server.revoked_at as SyncStatus['since'] | null) : null, server && { url: server.url, name: server.name, version: server.version })
    },
    syncProgress: async ({ client }) => ({ move: moves.of(client) }),
    async syncNow(call) {
      const { org } = await followed(call)
      await (await sync.begin(org))?.now()
      return {}
    },
    async syncConnect(call, { url, code, password }: { url: string; code: string; password: string }) {
      const client = clients.whole(call)
      const org = await organizationOf(call, client)
      if (app.serverOf(org)) throw refuse('sync.follows_already')
      await mustHold(client, org, 'org:transfer')
      const known = (await app.organizations()).find(({ id }) => id === org)
      const user = await app.userById(client.user.id)
      if (!known || !user) throw refuse('auth.required')
      const way = sync.servers.at(serverAddress(url))
      await turns.take(`server ${org}`, () => moves.during(call.client, async (tell) => {
        valueOf(await way.calls.look())
        await signUp(way, user, code, password)
        await connect(connecting, way, org, user, known.name, tell)
      }))
      // Not told now, it is told when a number is next asked for here.
      await vault.handUp(org, client.user.id).catch((error: unknown) => journal.write('warn', 'vault.not_handed_up', { org, why: error instanceof Error ? error.message : String(error) }))
      await changedWholly(org, 'sync.connect')
      return { org }
    },
    async syncJoin(call, input: { url: string; code: string; name: string; email: string; password: string; email_here?: string | undefined }) {
      const way = sync.servers.at(serverAddress(input.url))
      const { code, name, password, email_here } = input
      const email = emailKey(input.email)
      if (isAccountCode(code)) return add(call, way, { code, password, email_here })
      const here = await app.userByEmail(email)
      // Who signs in here proves it first; and has one id everywhere, which only their account at that server can have.
      if (here && here.password !== NO_PASSWORD && email_here === undefined) {
        await byPassword(email, password)
        const entered = await way.calls.login({ email, password, device: await way.identity(here.id) })
        if (!entered.ok && (entered.problem === 'offline' || entered.problem === 'busy')) throw refusalOf(entered)
        if ((!entered.ok || entered.value.user_id !== here.id) && (await membership.of(here.id)).length > 0) throw refuse('sync.other_sign_in', detail('email_here', 'required'))
      }
      valueOf(await way.calls.look())
      const as = here && email_here === undefined ? here.id : ARRIVING
      const joined = valueOf(await way.calls.join({ code, name, email, password, device: await way.identity(as) }))
      const [user_id, org] = [joined.user_id, joined.org]
      if (!isId(user_id) || !isId(org)) throw refuse('sync.not_a_server')
      const user = await signInOf(call, way, joined, { there: password, here: password, email_here }).catch(async (error: unknown) => {
        await refusedHere(way, as, joined)
        throw error
      })
      await way.credentials.adoptKey(as, user_id)
      await way.credentials.keep(user_id, joined)
      await sync.parted(user_id)
      const known = (await app.organizations()).find(({ id }) => id === org)
      if (known && !app.serverOf(org)) throw refuse('sync.already_here')
      const named = joined.orgs.find(({ id }) => id === org)?.name ?? ''
      await app.rememberOrganization({ id: org, name: named || (known?.name ?? ''), members: [...new Set([...(known?.members ?? []), user_id])], keepers: known?.keepers ?? [], demo: false })
      if (!known) await app.follow(org, { url: way.url, name: new URL(way.url).host, version: null, since: now(), revoked_at: null })
      // Cut from here on, the exchange fills the view.
      await moves.during(call.client, (tell) => organizations.hold(org, () => fillView(organizations, way, org, user_id, tell), { create: true, user: user_id }))
      await changedWholly(org, 'sync.join')
      await enterWith(call, user, org)
      return state(call)
    },
    syncAdd: (call, { url, ...given }: Added & { url: string }) => add(call, sync.servers.at(serverAddress(url)), given),
    async syncSignIn(call, { password, code }: { password: string; code?: string | undefined }) {
      const { client, org, way } = await followed(call)
      const user = client.user
      if (code !== undefined) await signUp(way, { ...user, email: await emailThere(app, way.url, user) }, code, password)
      else {
        const entered = valueOf(await way.calls.login({ email: await emailThere(app, way.url, user), password, device: await way.identity(user.id) }))
        if (entered.user_id !== user.id) throw refuse('auth.failed')
        await way.credentials.keep(user.id, entered)
      }
      await sync.parted(user.id)
      // One session for all organizations of the server: those that went from here with the former one come back with this one.
      for (const { id, members } of await app.organizations()) {
        const server = app.serverOf(id)
        if (server?.url !== way.url || server.revoked_at !== null || (id !== org && !members.includes(user.id))) continue
        if (folder.viewers(id).includes(user.id)) sync.of(id)?.wake()
        else
          try {
            await moves.during(call.client, (tell) => organizations.hold(id, () => fillView(organizations, way, id, user.id, tell), { create: true, user: user.id }))
            await changedWholly(id, 'sync.sign_in')
          } catch (error) {
            if (id === org) throw error
            journal.write('warn', 'sync.not_filled', { org: id, why: error instanceof Error ? error.message : String(error) })
          }
      }
      sync.changed(org)
      return {}
    },
    async syncSignOut(call) {
      const { client, org, way } = await followed(call)
      const user = client.user.id
      const token = await way.sessions.access(user)
      if (token.ok) await way.calls.logout(token.value)
      await way.credentials.forget(user)
      // What only they held here goes (22); their unsent commands stay in the outbox (22a).
      for (const { id } of await app.organizations()) if (app.serverOf(id)?.url === way.url) await part({ folder, organizations }, id, user)
      await sync.refresh(org)
      emit({ type: 'storage', org, state: organizations.stateOf(org, user) })
      return {}
    },
    async syncLeave(call, { password }: { password: string }) {
      const client = clients.whole(call)
      const { org, way } = await followed(call)
      await byPassword(client.user.email, password)
      await mustHold(client, org, 'org:transfer')
      await (await sync.begin(org))?.now()
      await vault.bringHome(org, client.user.id).catch((error: unknown) => {
        // One that the server itself cannot open any more holds nobody back.
        if (!(error instanceof Refusal) || error.failure.code !== 'vault.no_key') throw error
        journal.write('warn', 'vault.not_brought_home', { org })
      })
      await turns.take(`server ${org}`, () => leave(connecting, way, org, client.user.id))
      await changedWholly(org, 'sync.leave')
      return { org }
    },
    async syncRemove(call, { password, given_up }: { password: string; given_up: number }) {
      const client = clients.whole(call)
      const { org, way } = await followed(call)
      await byPassword(client.user.email, password)
      await (await sync.begin(org))?.now()
      // Somebody else's view and work here are not for everybody to take away.
      const others = (await organizations.hold(org, () => unsentOf({ organizations }, org))).some((issuer) => issuer !== client.user.id)
      if (others || !isAlone(client, org)) await mustHold(client, org, 'device:manage')
      if (venues.servedBy(org) !== null) await venues.end(org)
      await turns.take(`server ${org}`, () => removeFromHere(connecting, way, org, given_up))
      for (const name of clients.seeing(org)) {
        const window = clients.get(name)
        if (window?.open === org) window.open = null
      }
      await sync.refresh(org)
      emit({ type: 'storage', org, state: 'missing' })
      return { org }
    },
    async syncRelease(call) {
      const { client, org } = await followed(call)
      await organizations.hold(org, async ({ replica }) => replica?.release(), { user: client.user.id })
      sync.of(org)?.wake()
      return {}
    },
    async syncNoWait(call, { id }: { id: Id }) {
      const { client, org } = await followed(call)
      await organizations.hold(org, async () => {
        const outbox = await organizations.views.outbox(org)
        const entry = await outbox.find(id)
        if (!entry || entry.issuer !== client.user.id) throw refuse('record.not_found', detail('id', 'not_found', null, id))
        await outbox.waitNoLonger(id)
      }, { user: client.user.id })
      sync.of(org)?.wake()
      return {}
    },
    async syncExport(call) {
      const { client, org, way } = await followed(call)
      const parcel = await organizations.hold(org, async () => makeParcel(await organizations.views.outbox(org), way, org, app.device.id, now()), { user: client.user.id })
      return { name: `callboard-${now().slice(0, 10)}-${app.device.code}.callboard`, text: JSON.stringify(parcel), commands: parcel.entries.length, people: Object.keys(parcel.signatures).length }
    },
    async syncImport(call, { text }: { text: string }) {
      const { client, org, way } = await followed(call)
      const parcel = readParcel(text, org)
      const taken = await organizations.hold(org, async ({ replica }) => {
        const outbox = await organizations.views.outbox(org)
        const ids = parcel.entries.map(({ command }) => command.id)
        const left = await outbox.left(ids)
        let fresh = 0
        keepParcel(folder.organization(org).folder, parcel)
        for (const { issuer, command } of parcel.entries) {
          if (left.has(command.id) || (await outbox.find(command.id))) continue
          const entry = { id: command.id, issuer, issued_at: command.issued_at, bytes: bytesOf(command) }
          // One's own goes from any computer of theirs (22b); what others entered is only shown here, and goes with its parcel.
          if (issuer === client.user.id) await outbox.append(entry)
          else await outbox.carry([entry])
          fresh++
        }
        for (const view of organizations.views.opened(org)) await view.replica.catchUp()
        await replica?.catchUp()
        return fresh
      }, { user: client.user.id })
      const delivered = await deliverParcels(folder.organization(org).folder, way, org, client.user.id, options.appVersion)
      sync.of(org)?.wake()
      return { commands: parcel.entries.length, fresh: taken, delivered: delivered > 0 }
    },
    async syncVerify(call) {
      const { client, org } = await followed(call)
      const found = await organizations.hold(org, async () => (await sync.begin(org))?.verify(client.user.id), { user: client.user.id })
      if (!found) throw refuse('sync.unreachable')
      if ('problem' in found) throw refusalOf(found)
      return found
    },
    async linkGive(call, given: unknown) {
      const { data: input } = LinkRequest.safeParse(given)
      if (!input) throw refuse('validation.invalid', detail('kind', 'required', 'the ids of its kind'))
      const { client, org, way } = await followed(call)
      if (client.scope && !client.scope.has(input.kind === 'answer' ? 'assignment:plan' : 'sheet:draft')) throw refuse('auth.scope')
      // The server knows what reached it: what was asked a moment ago goes first.
      await (await sync.begin(org))?.now()
      return valueOf(await way.sessions.ask(client.user.id, (token) => way.calls.link(token, org, input)))
    },
    async syncLog(call) {
      const { org } = await followed(call)
      return { items: sync.of(org)?.log() ?? [] }
    },
    serverConsole: (call) => consoleOf(call, (way, token, org) => way.calls.console.read(token, org)),
    serverRevoke: (call, input: { device: string; reason: string }) => consoleOf(call, (way, token, org) => way.calls.console.revoke(token, org, input)),
    serverAccess: (call, input: { user_id: Id }) => consoleOf(call, (way, token, org) => way.calls.console.access(token, org, input)),
    serverVerifyAudit: (call) => consoleOf(call, (way, token, org) => way.calls.console.verifyAudit(token, org)),
    serverAside: (call, input: { id: Id; decision: 'take_over' | 'close' }) => consoleOf(call, (way, token, org) => way.calls.console.aside(token, org, input)),
    serverStuck: (call, input: { kind: 'mail' | 'timer'; key: string; decision: 'retry' | 'drop' }) => consoleOf(call, (way, token, org) => way.calls.console.stuck(token, org, input)),
    serverRecovery: (call, input: { review: string | null }) => consoleOf(call, (way, token, org) => way.calls.console.recovery(token, org, input)),
    serverMissing: (call, input: { entity: string; id: Id; field: string; reason: string }) => consoleOf(call, (way, token, org) => way.calls.console.missing(token, org, input)),
  }
}
