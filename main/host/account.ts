/** What a person keeps of their own sign-in: name, password, PIN, recovery key, preferences; and how others help who lost it. */
import { emailKey, type User } from './app-file.ts'
import { drawCode, drawRecoveryKey, type Credentials } from './credentials.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import type { Entrance } from './identity.ts'
import type { identityOperations } from './identity-operations.ts'
import { hashPassword, hashPin } from './passwords.ts'
import type { Standing } from './standing.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'

type Handled = Pick<typeof identityOperations, 'recover' | 'addUser' | 'resetSignIn' | 'setPreference' | 'setName' | 'setPassword' | 'setPin' | 'makeRecoveryKey'>

export function accountHandlers({ app, clients, membership, now, emit }: Hosting, { record, letsPeopleIn }: Standing, { enter, state }: Entrance, { byPassword, byRecoveryKey }: Credentials): HostHandlers<Handled> {
  const renewed = (password: string, must_change: boolean): Pick<User, 'password' | 'must_change' | 'failures' | 'retry_at' | 'pin' | 'pin_failures' | 'pin_retry_at' | 'opened_at'> => ({
    password: hashPassword(password), must_change, failures: 0, retry_at: null, pin: null, pin_failures: 0, pin_retry_at: null, opened_at: null,
  })
  /** What opens whole sessions is touched from whole ones only. */
  const { whole } = clients
  /** Windows that were opened with what holds no more. */
  function close(user: string, but?: string): void {
    for (const [name] of clients.of(user)) {
      if (name === but) continue
      clients.delete(name)
      emit({ type: 'session', client: name })
    }
  }
  return {
    async recover(call, { email, key, password }: { email: string; key: string; password: string }) {
      const user = await byRecoveryKey(email, key)
      await app.changeUser(user.id, { ...renewed(password, false), recovery: null })
      close(user.id)
      await record(user.id, 'security.recovered')
      await enter(call, { ...user, must_change: false }, 'security.sign_in', 'password')
      return state(call)
    },
    async addUser(call, input: { name: string; email: string; password: string }) {
      const client = clients.signedIn(call)
      if (client.scope) throw refuse('auth.scope', detail(null, 'scope', 'org:members'))
      if (!(await letsPeopleIn(client))) throw refuse('auth.forbidden', detail(null, 'permission', 'org:members'))
      if (await app.userByEmail(emailKey(input.email))) throw refuse('record.taken', detail('email', 'taken'))
      const user = await app.addUser({ ...input, password: hashPassword(input.password) })
      return { user_id: user.id }
    },
    async resetSignIn(call, { user_id }: { user_id: string }) {
      const client = whole(call)
      // One's own is changed by who knows the present password, not by whoever finds the window open.
      if (user_id === client.user.id) throw refuse('auth.forbidden', detail('user_id', 'self', 'app.set_password'))
      const user = await app.userById(user_id)
      // A person one shares no organization with is not there to be helped.
      if (!user || !(await membership.mayVouchFor(client.user.id, user.id))) throw refuse('auth.forbidden', detail('user_id', 'vouch', 'org:members'))
      const password = drawCode(4, 4)
      await app.changeUser(user.id, renewed(password, true))
      close(user.id)
      await record(user.id, 'security.sign_in.reset', undefined, { by: client.user.id })
      return { password }
    },
    async setPreference(call, { name, value }: { name: string; value: string }) {
      await app.setSetting(clients.signedIn(call).user.id, name, value)
      return {}
    },
    async setName(call, { name }: { name: string }) {
      const client = whole(call)
      await app.changeUser(client.user.id, { name })
      for (const [, held] of clients.of(client.user.id)) held.user = { ...held.user, name }
      return state(call)
    },
    async setPassword(call, { password, new_password }: { password: string; new_password: string }) {
      const client = clients.provingAgain(call)
      if (client.scope) throw refuse('auth.scope', detail(null, 'scope', 'the whole session'))
      const user = await byPassword(client.user.email, password)
      if (password === new_password) throw refuse('auth.same_password', detail('new_password', 'same'))
      const { password: digest, must_change } = renewed(new_password, false)
      await app.changeUser(user.id, { password: digest, must_change })
      client.must_change = false
      close(user.id, call.client)
      await record(user.id, 'security.password.changed')
      emit({ type: 'session', client: call.client })
      return state(call)
    },
    async setPin(call, { password, pin }: { password: string; pin: string | null }) {
      const user = await byPassword(whole(call).user.email, password)
      await app.changeUser(user.id, { pin: pin === null ? null : hashPin(pin), pin_failures: 0, pin_retry_at: null, opened_at: now() })
      await record(user.id, pin === null ? 'security.pin.removed' : 'security.pin.set')
      return state(call)
    },
    async makeRecoveryKey(call, { password }: { password: string }) {
      const user = await byPassword(whole(call).user.email, password)
      const key = drawRecoveryKey()
      await app.changeUser(user.id, { recovery: hashPassword(key) })
      await record(user.id, 'security.recovery_key.made')
      return { key }
    },
  }
}
