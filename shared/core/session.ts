/** Who asks: a signed-in user, on a device, maybe narrowed (a scope, a role to see as, amounts hidden); and what that person is in one organization. */
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { Reader } from '../domain/operation.ts'
import { member, organization, permissionGrant, roleBinding } from '../domain/organization/model.ts'
import { allows, amountPermissions, holdingOf, intersectHoldings, noHolding, type Binding, type Holding, type Permission, type PermissionPolicy } from '../domain/permissions.ts'

export interface Session {
  user_id: Id
  device: string
  /** Permissions the session is limited to; null: all that the person holds. */
  scope: ReadonlySet<Permission> | null
  /** Reads with what this role gives, never with more than the person holds, and writes nothing (decision B3). */
  see_as?: Binding | undefined
  /** `by_rights`: shown to who reads the amounts of a project or of the organization, hidden from who reads their own only. Left out: shown. */
  amounts?: 'shown' | 'hidden' | 'by_rights' | undefined
}

/** What makes two sessions of one user differ in what they may do. */
export const sessionKey = ({ user_id, scope, see_as, amounts }: Session): string =>
  [user_id, scope ? [...scope].join(',') : '*', see_as ? `${see_as.role}:${see_as.project_id ?? '*'}` : '', amounts ?? 'shown'].join(' ')

export interface Person {
  user_id: Id
  member_id: Id
  name: string
  collaborator_id: Id | null
  bindings: readonly Binding[]
  policy: PermissionPolicy
  amounts: 'shown' | 'hidden'
  /** When the next of what was given by name ends: from then on the person is to be read again. Null: nothing ends. */
  until: Instant | null
  /** Where the person (within the session's scope) holds a permission. */
  holding(permission: Permission): Holding
  may(permission: Permission, project_id: string | null, own?: boolean): boolean
}

/** Rows by which it is told who may do what. */
export const changesRights = ({ name }: { name: string }): boolean => name === 'member' || name === 'role_binding' || name === 'permission_grant' || name === 'organization'

const everywhere: Holding = { ...noHolding, everywhere: true }

/** The person behind a session in this organization; null when not an active member. */
export async function personOf(reader: Reader, session: Session): Promise<Person | null> {
  const [found] = await reader.find(member, { user_id: session.user_id, status: 'active' })
  if (!found) return null
  const bindings = (await reader.find(roleBinding, { member_id: found.id })).map(({ role, binding_project_id }) => ({ role, project_id: binding_project_id }))
  const settings = await reader.need(organization, found.org_id)
  const policy = { planners_read_rates: settings.planners_read_rates, managers_read_audit: settings.managers_read_audit }
  const grants = (await reader.find(permissionGrant, { member_id: found.id })).filter(({ until_at }) => until_at === null || until_at > reader.call.decided_at)
  const named = new Set<Permission>(grants.map(({ permission }) => permission))
  const whole = (permission: Permission): Holding => {
    if (session.scope && !session.scope.has(permission)) return noHolding
    const own = named.has(permission) ? everywhere : holdingOf(bindings, permission, policy)
    return session.see_as ? intersectHoldings(own, holdingOf([session.see_as], permission, policy)) : own
  }
  const readsAmounts = amountPermissions.some((permission) => {
    const { everywhere, projects } = whole(permission)
    return everywhere || projects.size > 0
  })
  const hides = session.amounts === 'hidden' || (session.amounts === 'by_rights' && !readsAmounts)
  const held = new Map<Permission, Holding>()
  const holding = (permission: Permission): Holding => {
    let known = held.get(permission)
    if (!known) held.set(permission, (known = hides && amountPermissions.includes(permission) ? noHolding : whole(permission)))
    return known
  }
  return {
    user_id: session.user_id, member_id: found.id, name: found.name, collaborator_id: found.collaborator_id, bindings, policy, amounts: hides ? 'hidden' : 'shown', holding,
    until: grants.flatMap(({ until_at }) => until_at ?? []).sort()[0] ?? null,
    may: (permission, project_id, own = false) => allows(holding(permission), permission, { project_id, own }),
  }
}
