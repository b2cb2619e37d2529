/** Who is in which window: first run, signing in and out, locking, switching, and what the window is narrowed to. */
import { emailKey, nobodySignsIn, type User } from './app-file.ts'
import { scopeOf, type Client } from './clients.ts'
import { pinOpens, type Credentials } from './credentials.ts'
import { insideCloudDrive } from './data-folder.ts'
import type { HostCall } from './host-call.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import { preferenceNames, type identityOperations } from './identity-operations.ts'
import { hashPassword } from './passwords.ts'
import type { Standing } from './standing.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { organizationRoles, type Binding, type Role } from '../../shared/domain/permissions.ts'
import { project } from '../../shared/domain/planning/model.ts'
import type { Id } from '../../shared/kernel/ids.ts'

interface Proof {
  pin?: string | undefined
  password?: string | undefined
}
export interface Entrance {
  /** Makes the window this person's; `password`: proven with it, so that the PIN counts again. */
  enter(call: HostCall, user: User, action: string, how: 'password' | 'pin'): Promise<void>
  state(call: HostCall): Promise<unknown>
}

const initialsOf = (name: string): string => name.split(/[\s-]+/).map((word) => [...word][0] ?? '').slice(0, 2).join('').toUpperCase()

export function openEntrance({ app, folder, options, organizations, membership, rescue, watch, clients, now, emit }: Hosting, { record }: Standing): Entrance {
  return {
    async enter(call, user, action, how) {
      if (how === 'password') await app.noteUser(user.id, { opened_at: now(), pin_failures: 0, pin_retry_at: null })
      const known = await membership.of(user.id)
      const chosen = await app.setting(user.id, 'amounts')
      const amounts = chosen === 'shown' || chosen === 'hidden' ? chosen : 'by_rights'
      const [only] = known
      const open = known.length === 1 && only ? only.id : null
      clients.set(call.client, {
        user, open, opened: new Set(open ? [open] : []), scope: scopeOf(call), locked: false, must_change: user.must_change, amounts, see_as: null,
      })
      await record(user.id, action)
      emit({ type: 'session', client: call.client })
    },
    async state(call) {
      const client = clients.get(call.client)
      const here = client && !client.locked ? client : null
      const user = client ? await app.userById(client.user.id) : null
      const known = here ? await membership.of(here.user.id) : []
      const open = known.find(({ id }) => id === here?.open)?.id ?? null
      const person = here && open && organizations.stateOf(open, here.user.id) === 'ready' ? await membership.person(clients.sessionOf(here), open) : null
      const preferences: Record<string, unknown> = {}
      // Locked: what the page needs to speak the person's language, in their colours; not where they were.
      for (const name of preferenceNames) preferences[name] = client && (here || name === 'language' || name === 'theme' || name === 'density' || name === 'text_scale') ? await app.setting(client.user.id, name) : null
      return {
        version: options.appVersion, device: { code: app.device.code, kind: options.device },
        session: here ? { user_id: here.user.id, name: here.user.name, email: here.user.email } : null,
        locked: client?.locked ? { user_id: client.user.id, name: client.user.name } : null,
        me: here && user ? { pin: user.pin !== null, recovery_key: user.recovery !== null, must_change: here.must_change } : null,
        amounts: person?.amounts ?? null,
        see_as: here?.see_as ? { role: here.see_as.role, project_id: here.see_as.project_id } : null,
        preferences,
        organizations: known.map(({ id, name, demo }) => ({ id, name, demo, state: organizations.stateOf(id, here?.user.id) })),
        first_run: nobodySignsIn(await app.users()), open,
        warnings: [...watch.warnings(), ...(insideCloudDrive(folder.root) ? ['cloud_drive'] : []), ...(rescue === 'none' ? [] : [`sign_ins_${rescue}`])],
      }
    },
  }
}

type Handled = Pick<typeof identityOperations, 'state' | 'people' | 'firstRun' | 'signIn' | 'signOut' | 'lock' | 'unlock' | 'switchTo' | 'setAmounts' | 'seeAs' | 'seeAsSelf'>

export function identityHandlers({ app, organizations, turns, clients, now, emit }: Hosting, { record, memberOf }: Standing, { enter, state }: Entrance, { byPassword, byPin }: Credentials): HostHandlers<Handled> {
  async function prove(user: Pick<User, 'id' | 'email'>, { pin, password }: Proof): Promise<{ user: User; how: 'pin' | 'password' }> {
    return pin === undefined ? { user: await byPassword(user.email, password ?? ''), how: 'password' } : { user: await byPin(user.id, pin), how: 'pin' }
  }
  async function seeAs(client: Client, see_as: Binding | null, action: string): Promise<void> {
    client.see_as = see_as
    await record(client.user.id, action, client.opened, see_as ? { role: see_as.role, project_id: see_as.project_id } : {})
  }
  /** Sign-ins were lost with their file: those who keep an organization begin, and help the others. */
  async function comeBack(users: readonly User[], { email, password }: { email: string; password: string }): Promise<User> {
    const user = users.find((one) => one.email === emailKey(email))
    if (!user || !(await app.organizations()).some(({ keepers }) => keepers.includes(user.id))) throw refuse('auth.not_a_keeper', detail('email', 'keeper'))
    await app.changeUser(user.id, { password: hashPassword(password) })
    await record(user.id, 'security.recovered')
    return user
  }
  return {
    state,
    async people() {
      const at = now()
      return { items: (await app.users()).map((user) => ({ user_id: user.id, name: user.name, initials: initialsOf(user.name), pin: pinOpens(user, at) })) }
    },
    async firstRun(call, input: { name: string; email: string; password: string; language: string; theme: string }) {
      const user = await turns.take('first run', async () => {
        const users = await app.users()
        if (!nobodySignsIn(users)) throw refuse('auth.failed', detail(null, 'first_run_done'))
        if (users.length > 0) return comeBack(users, input)
        return app.addUser({ name: input.name, email: input.email, password: hashPassword(input.password) })
      })
      await app.setSetting(user.id, 'language', input.language)
      await app.setSetting(user.id, 'theme', input.theme)
      await enter(call, user, 'security.sign_in', 'password')
      return { user_id: user.id }
    },
    async signIn(call, input: { email: string; password: string }) {
      await enter(call, await byPassword(input.email, input.password), 'security.sign_in', 'password')
      return state(call)
    },
    async signOut(call) {
      const client = clients.get(call.client)
      clients.delete(call.client)
      if (client) {
        await app.noteUser(client.user.id, { opened_at: null })
        await record(client.user.id, 'security.sign_out')
      }
      emit({ type: 'session', client: call.client })
      return {}
    },
    async lock(call, { everywhere }: { everywhere?: boolean }) {
      const client = clients.held(call)
      const windows = everywhere ? clients.of(client.user.id) : [[call.client, client] as const]
      const opened = new Set<Id>()
      for (const [name, held] of windows) {
        if (held.locked) continue
        held.locked = true
        for (const org of held.opened) opened.add(org)
        emit({ type: 'session', client: name })
      }
      await record(client.user.id, 'security.locked', opened)
      return {}
    },
    async unlock(call, proof: Proof) {
      const client = clients.held(call)
      if (!client.locked) return state(call)
      const { user, how } = await prove(client.user, proof)
      // Meanwhile the window may have become somebody else's.
      if (clients.get(call.client) !== client) throw refuse('auth.required')
      if (how === 'password') await app.noteUser(user.id, { opened_at: now(), pin_failures: 0, pin_retry_at: null })
      client.locked = false
      await record(user.id, 'security.unlocked', client.opened)
      emit({ type: 'session', client: call.client })
      return state(call)
    },
    async switchTo(call, { user_id, ...proof }: { user_id: string } & Proof) {
      const wanted = await app.userById(user_id)
      if (!wanted) throw refuse('auth.failed')
      const { user, how } = await prove(wanted, proof)
      await enter(call, user, 'security.switched', how)
      return state(call)
    },
    async setAmounts(call, { amounts }: { amounts: 'shown' | 'hidden' }) {
      const client = clients.signedIn(call)
      client.amounts = amounts
      emit({ type: 'session', client: call.client })
      return state(call)
    },
    async seeAs(call, { role, project_id = null }: { role: Role; project_id?: Id | null }) {
      const client = clients.signedIn(call)
      const org = await memberOf(client, call.org ?? client.open)
      if (client.see_as) throw refuse('auth.seeing_as', detail('role', 'seeing_as', null, client.see_as.role))
      if (project_id !== null && organizationRoles.includes(role)) throw refuse('member.role_scope', detail('role', 'organization_only', null, role))
      const found = project_id === null || (await organizations.hold(org, async ({ core }) => (await core.reader().get(project, project_id)) !== null, { user: client.user.id }))
      if (!found) throw refuse('record.not_found', detail('project_id', 'not_found', null, project_id))
      await seeAs(client, { role, project_id }, 'security.see_as.started')
      emit({ type: 'session', client: call.client })
      return state(call)
    },
    async seeAsSelf(call) {
      const client = clients.signedIn(call)
      if (client.see_as) await seeAs(client, null, 'security.see_as.stopped')
      emit({ type: 'session', client: call.client })
      return state(call)
    },
  }
}
