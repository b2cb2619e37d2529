/** How what a window asks about serving others here, or being served, is done. */
import type { Client } from '../../host/clients.ts'
import type { HostCall } from '../../host/host-call.ts'
import type { HostHandlers, Hosting } from '../../host/hosting.ts'
import type { Standing } from '../../host/standing.ts'
import { detail, refuse } from '../../../shared/domain/errors.ts'
import type { Permission } from '../../../shared/domain/permissions.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { venueOperations } from '../sync-operations.ts'
import { ownAddresses } from './venues.ts'

/** Whoever plans at least one project is the one on site who needs it; nothing becomes final by it (docs/decisions/0010-sync.md). */
export const SERVING: Permission = 'assignment:plan'

export function venueHandlers({ app, clients, membership, venues }: Hosting, { organizationOf }: Standing): HostHandlers<typeof venueOperations> {
  async function held(call: HostCall): Promise<{ client: Client; org: Id }> {
    const client = clients.signedIn(call)
    const org = await organizationOf(call, client)
    if (!app.serverOf(org)) throw refuse('sync.no_server')
    return { client, org }
  }
  async function mustHold(client: Client, org: Id): Promise<void> {
    if (client.scope && !client.scope.has(SERVING)) throw refuse('auth.scope', detail(null, 'scope', SERVING))
    if (!(await membership.holds(clients.sessionOf(client), org, SERVING))) throw refuse('auth.forbidden', detail(null, 'permission', SERVING))
  }
  /** Who opened it, or could have. */
  async function serving(call: HostCall): Promise<Id> {
    const { client, org } = await held(call)
    const by = venues.servedBy(org)
    if (by === null) throw refuse('venue.closed')
    if (by !== client.user.id) await mustHold(client, org)
    return org
  }
  return {
    async venueOpen(call, at: { address: string; port: number }) {
      const { client, org } = await held(call)
      await mustHold(client, org)
      return venues.serve(org, client.user, at)
    },
    async venueClose(call) {
      await venues.end(await serving(call))
      return {}
    },
    async venueAdmit(call, { id }: { id: string }) {
      const org = await serving(call)
      if (!venues.admit(org, id)) throw refuse('record.not_found', detail('id', 'not_found', null, id))
      return {}
    },
    async venueAddresses(call) {
      await held(call)
      return { items: ownAddresses() }
    },
    async venueJoin(call, at: { url: string; code: string }) {
      const { client, org } = await held(call)
      await venues.join(org, client.user, at)
      return {}
    },
    async venueLeave(call) {
      const { org } = await held(call)
      if (venues.servedBy(org) === null) await venues.end(org)
      return {}
    },
  }
}
