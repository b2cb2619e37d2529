/** Who signs in, in which window, and what is kept of their choices. */
import { emailKey, type User } from './app-file.ts'
import { scopeOf } from './clients.ts'
import { insideCloudDrive } from './data-folder.ts'
import type { HostCall } from './host-call.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import type { identityOperations } from './operations.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import type { Standing } from './standing.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { fromMs } from '../../shared/kernel/instants.ts'

const FREE_TRIES = 3
const MAX_WAIT_MS = 15 * 60_000

export function identityHandlers({ app, folder, options, journal, organizations, membership, turns, clients, now, emit }: Hosting, { record, letsPeopleIn }: Standing): HostHandlers<typeof identityOperations> {
  /** One try at a time for each person: tries sent together wait for each other, and for the delay that each one earns. */
  async function checkTry(email: string, password: string): Promise<User> {
    const user = await app.userByEmail(email)
    if (!user) {
      // The same work as for a known address, so that time does not tell whether a person exists.
      hashPassword(password)
      throw refuse('auth.failed')
    }
    if (user.retry_at !== null && user.retry_at > now()) throw refuse('auth.delayed', detail(null, 'retry_at', null, user.retry_at))
    if (!checkPassword(password, user.password)) {
      const failures = user.failures + 1
      const wait = failures <= FREE_TRIES ? 0 : Math.min(MAX_WAIT_MS, 1000 * 2 ** (failures - FREE_TRIES))
      await app.changeUser(user.id, { failures, retry_at: wait === 0 ? null : fromMs(Date.parse(now()) + wait) })
      journal.write('warn', 'sign_in.failed', { user: user.id, failures })
      await record(user.id, 'security.sign_in.failed')
      throw refuse('auth.failed')
    }
    await app.changeUser(user.id, { failures: 0, retry_at: null })
    return user
  }
  async function signIn(call: HostCall, email: string, password: string): Promise<void> {
    const user = await turns.take(`sign-in ${emailKey(email)}`, () => checkTry(emailKey(email), password))
    const known = await membership.of(user.id)
    const scope = scopeOf(call)
    clients.set(call.client, { user, open: known.length === 1 ? (known[0]?.id ?? null) : null, scope })
    await record(user.id, 'security.sign_in')
    emit({ type: 'session', client: call.client })
  }
  async function state(call: HostCall): Promise<unknown> {
    const client = clients.get(call.client)
    const known = client ? await membership.of(client.user.id) : []
    const preference = async (name: string): Promise<unknown> => (client ? app.setting(client.user.id, name) : null)
    return {
      version: options.appVersion, device: { code: app.device.code, kind: options.device },
      session: client ? { user_id: client.user.id, name: client.user.name, email: client.user.email } : null,
      preferences: { language: await preference('language'), theme: await preference('theme'), density: await preference('density'), last_path: await preference('last_path') },
      organizations: known.map(({ id, name, demo }) => ({ id, name, demo, state: organizations.stateOf(id) })),
      first_run: (await app.users()).length === 0, open: known.find(({ id }) => id === client?.open)?.id ?? null,
      warnings: insideCloudDrive(folder.root) ? ['cloud_drive'] : [],
    }
  }
  return {
    state,
    async firstRun(call, input: { name: string; email: string; password: string; language: string; theme: string }) {
      const user = await turns.take('first run', async () => {
        if ((await app.users()).length > 0) throw refuse('auth.failed', detail(null, 'first_run_done'))
        return app.addUser({ name: input.name, email: input.email, password: hashPassword(input.password) })
      })
      await app.setSetting(user.id, 'language', input.language)
      await app.setSetting(user.id, 'theme', input.theme)
      clients.set(call.client, { user, open: null, scope: null })
      emit({ type: 'session', client: call.client })
      return { user_id: user.id }
    },
    async signIn(call, input: { email: string; password: string }) {
      await signIn(call, input.email, input.password)
      return state(call)
    },
    async signOut(call) {
      const client = clients.get(call.client)
      clients.delete(call.client)
      if (client) await record(client.user.id, 'security.sign_out')
      emit({ type: 'session', client: call.client })
      return {}
    },
    async addUser(call, input: { name: string; email: string; password: string }) {
      const client = clients.signedIn(call)
      if (client.scope) throw refuse('auth.scope', detail(null, 'scope', 'org:members'))
      if (!(await letsPeopleIn(client))) throw refuse('auth.forbidden', detail(null, 'permission', 'org:members'))
      if (await app.userByEmail(emailKey(input.email))) throw refuse('record.taken', detail('email', 'taken'))
      const user = await app.addUser({ ...input, password: hashPassword(input.password) })
      return { user_id: user.id }
    },
    async setPreference(call, input: { name: string; value: string }) {
      await app.setSetting(clients.signedIn(call).user.id, input.name, input.value)
      return {}
    },
  }
}
