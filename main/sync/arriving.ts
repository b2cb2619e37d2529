/**
 * A person of a server arrives on this computer: their sign-in here bears the id of their account there. A server is believed about its own
 * people only: whoever signs in here with a password, or belongs to something that does not come from that server, proves it here as well, for
 * anybody can run a server that says any id.
 */
import { emailKey, NO_PASSWORD, type AppFile, type User } from '../host/app-file.ts'
import type { Credentials } from '../host/credentials.ts'
import type { HostCall } from '../host/host-call.ts'
import type { Hosting } from '../host/hosting.ts'
import { hashPassword } from '../host/passwords.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import { Refusal } from '../../shared/kernel/result.ts'
import type { ServerSession } from '../../shared/sync/server-wire.ts'
import { fillView } from './connecting.ts'
import type { Tell } from './progress.ts'
import type { ServerWay } from './servers.ts'

/** The key of who arrives bears this name until the server says who they are. */
export const ARRIVING = 'joining'

/** `there`: the password at the server, which becomes the one here when there is none; `here`: of a sign-in that has its own. */
export interface Passwords {
  there: string
  here: string
  /** E-mail of the sign-in to be made here, where the one of the account opens somebody else's. */
  email_here?: string | undefined
}
interface Found {
  id: Id
  name: string
}
export interface Arrived {
  brought: Found[]
  /** Already here for this person. */
  held: Found[]
  /** What stayed at the server, with the code of why. */
  left: (Found & { code: string })[]
}

export interface Arrivals {
  /**
   * `sync.other_sign_in` (this e-mail is somebody else's here, who belongs to something: another e-mail opens this computer for the account),
   * `sync.other_password` (the one of this computer is needed as well). A sign-in that belongs to nothing here becomes the account's.
   */
  signInOf(call: HostCall, way: ServerWay, account: Pick<ServerSession, 'user_id' | 'name' | 'email'>, passwords: Passwords): Promise<User>
  /** Every organization of the account that this person has not here yet. Cut: rejects with `sync.unreachable`, and the same call goes on. */
  bring(way: ServerWay, user: Id, orgs: ServerSession['orgs'], tell: Tell): Promise<Arrived>
}

/** Of an account whose e-mail at the server is not that of its sign-in here. */
const emailAt = (url: string): string => `email ${new URL(url).origin}`
export const emailThere = async (app: Pick<AppFile, 'setting'>, url: string, user: Pick<User, 'id' | 'email'>): Promise<string> => {
  const kept = await app.setting(user.id, emailAt(url))
  return typeof kept === 'string' ? kept : user.email
}

export function openArrivals({ app, folder, organizations, membership, clients, journal, now, emit }: Hosting, { byPassword }: Pick<Credentials, 'byPassword'>): Arrivals {
  const isThisWindow = (call: HostCall, id: Id): boolean => {
    const client = clients.get(call.client)
    return client?.user.id === id && !client.locked && !client.must_change && !client.scope
  }
  const prove = (email: string, password: string): Promise<User> =>
    byPassword(email, password).catch((error: unknown) => {
      throw error instanceof Refusal && error.failure.code === 'auth.failed' ? refuse('sync.other_password', detail('password_here', 'required')) : error
    })
  /** A sign-in made here before its person came with their account. Its windows ask for a sign-in again. */
  async function becomeAccount(call: HostCall, former: User, id: Id, password: string): Promise<void> {
    if (former.password === NO_PASSWORD || (await membership.of(former.id)).length > 0 || (await app.userById(id)) !== null) throw refuse('sync.other_sign_in', detail('email', 'taken'))
    if (!isThisWindow(call, former.id)) await prove(former.email, password)
    await app.giveId(former.id, id)
    journal.write('info', 'sign_in.became_account', { from: former.id, to: id })
    for (const [client] of clients.of(former.id)) {
      clients.delete(client)
      emit({ type: 'session', client })
    }
  }
  async function mustProve(call: HostCall, way: ServerWay, id: Id, user: User | null): Promise<boolean> {
    if (isThisWindow(call, id)) return false
    if (user && user.password !== NO_PASSWORD) return true
    return (await app.organizations()).some((one) => [...one.members, ...one.keepers].includes(id) && app.serverOf(one.id)?.url !== way.url)
  }
  /** Nothing of a first loading that was refused stays: what could not be shown is not in the list. */
  async function takeBack(org: Id, user: Id, known: boolean): Promise<void> {
    await organizations.exclusively(org, () => organizations.views.drop(org, user))
    if (!known) await app.forgetOrganization(org)
  }
  return {
    async signInOf(call, way, account, { there, here, email_here }) {
      if (!isId(account.user_id)) throw refuse('sync.not_a_server')
      const email = emailKey(email_here ?? account.email)
      const sameEmail = await app.userByEmail(email)
      if (sameEmail && sameEmail.id !== account.user_id) {
        if (email_here !== undefined) throw refuse('record.taken', detail('email_here', 'taken'))
        await becomeAccount(call, sameEmail, account.user_id, here)
      } else {
        const known = await app.userById(account.user_id)
        if (await mustProve(call, way, account.user_id, known)) await prove(known ? known.email : email, here)
        if (!known) await app.addMember({ id: account.user_id, name: account.name, email })
      }
      const user = await app.userById(account.user_id)
      if (!user) throw refuse('sync.other_sign_in', detail('email', 'taken'))
      if (emailKey(account.email) !== emailKey(await emailThere(app, way.url, user))) await app.setSetting(user.id, emailAt(way.url), emailKey(account.email))
      if (user.password === NO_PASSWORD) await app.changeUser(user.id, { password: hashPassword(there) })
      return user
    },
    async bring(way, user, orgs, tell) {
      const arrived: Arrived = { brought: [], held: [], left: [] }
      for (const { id, name } of orgs) {
        if (!isId(id)) throw refuse('sync.not_a_server')
        const known = (await app.organizations()).find((one) => one.id === id)
        const server = app.serverOf(id)
        if (known && (server?.url !== way.url || server.revoked_at !== null)) {
          arrived.left.push({ id, name, code: server?.revoked_at ? 'auth.device_revoked' : 'sync.already_here' })
          continue
        }
        const seen = folder.viewers(id).includes(user)
        await app.rememberOrganization({ id, name: name || (known?.name ?? ''), members: [...new Set([...(known?.members ?? []), user])], keepers: known?.keepers ?? [], demo: false })
        if (!known) await app.follow(id, { url: way.url, name: new URL(way.url).host, version: null, since: now(), revoked_at: null })
        try {
          const filled = await organizations.hold(id, async ({ replica }) => {
            if (seen && replica && !(await replica.empty())) return false
            await fillView(organizations, way, id, user, tell)
            return true
          }, { create: true, user })
          arrived[filled ? 'brought' : 'held'].push({ id, name })
        } catch (error) {
          if (!(error instanceof Refusal) || error.failure.code === 'sync.unreachable') throw error
          await takeBack(id, user, known !== undefined)
          arrived.left.push({ id, name, code: error.failure.code })
        }
      }
      return arrived
    },
  }
}
