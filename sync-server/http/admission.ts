/** Who asks, in which organization, and whether they may: in this order, before anything is counted or read. */
import { detail, refuse, refuseFor } from '../../shared/domain/errors.ts'
import { member } from '../../shared/domain/organization/model.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Refusal } from '../../shared/kernel/result.ts'
import type { Caller, Place, Server } from './asked.ts'
import type { Declared } from './declared.ts'

export interface Admitted {
  caller: Caller | null
  place: Place | null
}

export function bearerOf(header: string | undefined): string | null {
  const [, token] = /^Bearer ([\w-]{10,200})$/i.exec(header ?? '') ?? []
  return token ?? null
}

/** Unknown, not one's own, not yet filled: answered alike. */
const noSuchOrganization = (): Refusal => refuseFor('organization', 'not_found', detail(null, 'membership', 'a member of the organization'))

export async function admit(server: Server, declared: Declared, asked: { authorization: string | undefined; org: string | undefined; now: Instant }): Promise<Admitted> {
  const { who } = declared
  if (who === 'anybody') return { caller: null, place: null }
  const token = bearerOf(asked.authorization)
  if (token === null) throw refuse('auth.required')
  const holder = who === 'shut_out' ? await server.sessions.byAny(token, asked.now) : await server.sessions.byAccess(token, asked.now)
  if (!holder) throw refuse('auth.token')
  const caller = { holder, token }
  if (holder.revoked && who !== 'shut_out') throw refuse('auth.device_revoked')
  if (who === 'administrator' && !(await server.accounts.byId(holder.user_id))?.administrator) throw refuse('auth.forbidden', detail(null, 'administrator', 'an administrator of the server'))
  if (who === 'person' || who === 'administrator') return { caller, place: null }
  const place = await placeOf(server, asked.org ?? '', holder.user_id, holder.device)
  if (who !== 'shut_out' && (await server.accounts.isShutOut(place.org, holder.device))) throw refuse('auth.device_revoked')
  if (who === 'keeper' && !place.person.may('device:manage', null)) {
    server.organizations.record([place.org], holder, 'security.permission.denied', { operation: declared.path.split('/').slice(5).join('/') || 'console', permission: 'device:manage' })
    throw refuse('auth.forbidden', detail(null, 'permission', 'device:manage'))
  }
  return { caller, place }
}

async function placeOf(server: Server, org: string, user_id: Id, device: string): Promise<Place> {
  if (!isId(org)) throw noSuchOrganization()
  const hosted = await server.organizations.hosted(org)
  if (!hosted) throw noSuchOrganization()
  const person = await server.organizations.person(hosted, user_id, device)
  if (person) return { org, hosted, person }
  // Their computer is told to let go of its rows, which a server that lost its data must never say: only who was a member hears it.
  const [former] = await hosted.authority.core.reader().find(member, { user_id }, { removed: true })
  throw former ? refuse('auth.membership_ended') : noSuchOrganization()
}
