/** Who holds a session in which window. In memory only: a host that starts again asks everybody again. */
import type { User } from './app-file.ts'
import type { HostCall } from './host-call.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { permissions, type Binding, type Permission } from '../../shared/domain/permissions.ts'
import type { Session } from '../../shared/core/session.ts'
import type { Id } from '../../shared/kernel/ids.ts'

export interface Client {
  user: Pick<User, 'id' | 'name' | 'email'>
  open: Id | null
  /** Organizations this session opened or was answered by: where its locks are written down, whose changes it hears of. */
  opened: Set<Id>
  scope: ReadonlySet<Permission> | null
  /** Nothing is answered until somebody unlocks or switches. */
  locked: boolean
  /** Came in with a password somebody else gave: nothing is answered until it is changed. */
  must_change: boolean
  amounts: 'shown' | 'hidden' | 'by_rights'
  see_as: Binding | null
}

export interface Clients {
  get(client: string): Client | undefined
  set(client: string, session: Client): void
  delete(client: string): void
  /** Windows of one person. */
  of(user: Id | string): [string, Client][]
  /** Windows with an organization in front of them: neither locked nor waiting for a new password. */
  seeing(org: string): string[]
  /** The session of a call, locked or not: `auth.required`. */
  held(call: HostCall): Client
  /** The session of a call that may only prove itself again: `auth.required`, `auth.locked`. */
  provingAgain(call: HostCall): Client
  /** The session of a call: `auth.required`, `auth.locked`, `auth.must_change`. */
  signedIn(call: HostCall): Client
  /** The same, not narrowed: a narrowed session is lent for one purpose (`auth.scope`). */
  whole(call: HostCall): Client
  sessionOf(client: Client): Session
}

/** The narrowing a call asked for, of the permissions there are. */
export const scopeOf = (call: HostCall): ReadonlySet<Permission> | null =>
  call.scope ? new Set(call.scope.filter((name): name is Permission => (permissions as readonly string[]).includes(name))) : null

export function openClients(device: string): Clients {
  const held = new Map<string, Client>()
  function present(call: HostCall): Client {
    const client = held.get(call.client)
    if (!client) throw refuse('auth.required')
    return client
  }
  function open(call: HostCall): Client {
    const client = present(call)
    if (client.locked) throw refuse('auth.locked')
    return client
  }
  function signedIn(call: HostCall): Client {
    const client = open(call)
    if (client.must_change) throw refuse('auth.must_change')
    return client
  }
  return {
    get: (client) => held.get(client),
    set: (client, session) => void held.set(client, session),
    delete: (client) => void held.delete(client),
    of: (user) => [...held].filter(([, { user: { id } }]) => id === user),
    seeing: (org) => [...held].flatMap(([name, { opened, locked, must_change }]) => (!locked && !must_change && [...opened].some((id) => id === org) ? [name] : [])),
    held: present,
    provingAgain: open,
    signedIn,
    whole(call) {
      const client = signedIn(call)
      if (client.scope) throw refuse('auth.scope', detail(null, 'scope', 'the whole session'))
      return client
    },
    sessionOf: ({ user, scope, see_as, amounts }) => ({ user_id: user.id, device, scope, amounts, ...(see_as ? { see_as } : {}) }),
  }
}
