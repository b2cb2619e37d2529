/** Who holds a session in which window. In memory only: a host that starts again asks everybody again. */
import type { User } from './app-file.ts'
import type { HostCall } from './host-call.ts'
import { refuse } from '../../shared/domain/errors.ts'
import { permissions, type Permission } from '../../shared/domain/permissions.ts'
import type { Session } from '../../shared/core/session.ts'
import type { Id } from '../../shared/kernel/ids.ts'

export interface Client {
  user: Pick<User, 'id' | 'name' | 'email'>
  open: Id | null
  scope: ReadonlySet<Permission> | null
}

export interface Clients {
  get(client: string): Client | undefined
  set(client: string, session: Client): void
  delete(client: string): void
  /** The session of a call, or `auth.required`. */
  signedIn(call: HostCall): Client
  sessionOf(client: Client): Session
}

/** The narrowing a call asked for, of the permissions there are. */
export const scopeOf = (call: HostCall): ReadonlySet<Permission> | null =>
  call.scope ? new Set(call.scope.filter((name): name is Permission => (permissions as readonly string[]).includes(name))) : null

export function openClients(device: string): Clients {
  const held = new Map<string, Client>()
  return {
    get: (client) => held.get(client),
    set: (client, session) => void held.set(client, session),
    delete: (client) => void held.delete(client),
    signedIn(call) {
      const client = held.get(call.client)
      if (!client) throw refuse('auth.required')
      return client
    },
    sessionOf: (client) => ({ user_id: client.user.id, device, scope: client.scope }),
  }
}
