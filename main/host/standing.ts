/** Where a call stands: which organization it means, and what its person may do there with the organization's own file. */
import type { Client } from './clients.ts'
import type { HostCall } from './host-call.ts'
import type { Hosting } from './hosting.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Permission } from '../../shared/domain/permissions.ts'
import type { Json } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { Refusal } from '../../shared/kernel/result.ts'

export interface Standing {
  /** The organization a call names, else the open one; `organization.not_found` when it is not theirs. */
  organizationOf(call: HostCall, client: Client): Promise<Id>
  /** The organization with this id, of which the person is a member. */
  memberOf(client: Client, wanted: string | null): Promise<Id>
  /** Backups and exports need their right in the organization; a damaged file is put back by those who kept it. */
  mayKeep(call: HostCall, client: Client, org: Id, permission: Permission): Promise<void>
  /** Adding a user to this computer is for those who let people into one of its organizations. */
  letsPeopleIn(client: Client): Promise<boolean>
  /** Sign-in events go to the organizations named, else to every one the person belongs to on this computer (decision A8). */
  record(user: Id, action: string, only?: ReadonlySet<Id>, changes?: Json): Promise<void>
}

export const unknownOrganization = (wanted: string | null): Refusal =>
  new Refusal({ ...refuse('record.not_found').failure, code: 'organization.not_found', details: [detail('org', 'not_found', null, wanted)] })

export function openStanding({ app, organizations, membership, journal, clients: { sessionOf } }: Omit<Hosting, 'upkeep'>, device: string): Standing {
  async function memberOf(client: Client, wanted: string | null): Promise<Id> {
    const found = (await app.organizations()).find((one) => one.id === wanted)
    if (!found || !(await membership.belongs(client.user.id, found))) throw unknownOrganization(wanted)
    return found.id
  }
  return {
    memberOf,
    async organizationOf(call, client) {
      const wanted = call.org ?? client.open
      const found = (await app.organizations()).find((one) => one.id === wanted)
      // A file in use says itself who is not a member; for one that cannot be asked, those who are not get the same answer.
      const hidden = found !== undefined && organizations.stateOf(found.id, client.user.id) !== 'ready' && !(await membership.belongs(client.user.id, found))
      if (!found || hidden) throw unknownOrganization(wanted)
      return found.id
    },
    async mayKeep(call, client, org, permission) {
      if (client.scope && !client.scope.has(permission)) throw refuse('auth.scope', detail(null, 'scope', permission))
      const known = (await app.organizations()).find((one) => one.id === org)
      if (organizations.stateOf(org, client.user.id) !== 'ready') {
        if (known?.keepers.includes(client.user.id)) return
        throw refuse('auth.forbidden', detail(null, 'permission', permission))
      }
      const answer = await organizations.hold(org, ({ core }) => core.execute({ name: 'keeper.check', input: { permission }, correlation_id: call.correlation_id }, sessionOf(client)), { user: client.user.id })
      if ('error' in answer) throw new Refusal(answer.error)
    },
    async letsPeopleIn(client) {
      for (const known of await membership.of(client.user.id))
        if (organizations.stateOf(known.id, client.user.id) === 'ready' && (await membership.holds(sessionOf(client), known.id, 'org:members'))) return true
      return false
    },
    async record(user, action, only, changes = {}) {
      for (const known of await app.organizations()) {
        try {
          if (only && !only.has(known.id)) continue
          if (!(await membership.belongs(user, known)) || organizations.stateOf(known.id, user) === 'sign_in') continue
          await organizations.hold(known.id, ({ core }) => core.record({ user_id: user, device, scope: null }, action, changes), { user })
        } catch (error) {
          journal.write('warn', 'audit.unwritten', { org: known.id, action, why: error instanceof Error ? error.message : String(error) })
        }
      }
    },
  }
}
