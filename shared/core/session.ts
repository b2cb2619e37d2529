/** Who asks: a signed-in user, on a device, maybe with a narrowed scope; and what that person is in one organization. */
import type { Id } from '../kernel/ids.ts'
import type { Reader } from '../domain/operation.ts'
import { member, organization, roleBinding } from '../domain/organization/model.ts'
import { allows, holdingOf, type Binding, type Holding, type Permission, type PermissionPolicy } from '../domain/permissions.ts'

export interface Session {
  user_id: Id
  device: string
  /** Permissions the session is limited to; null: all that the person holds. */
  scope: ReadonlySet<Permission> | null
}

export interface Person {
  user_id: Id
  member_id: Id
  name: string
  collaborator_id: Id | null
  bindings: readonly Binding[]
  policy: PermissionPolicy
  /** Where the person (within the session's scope) holds a permission. */
  holding(permission: Permission): Holding
  may(permission: Permission, project_id: string | null, own?: boolean): boolean
}

const nothing: Holding = { everywhere: false, projects: new Set(), ownEverywhere: false, ownProjects: new Set() }

/** The person behind a session in this organization; null when not an active member. */
export async function personOf(reader: Reader, session: Session): Promise<Person | null> {
  const [found] = await reader.find(member, { user_id: session.user_id, status: 'active' })
  if (!found) return null
  const bindings = (await reader.find(roleBinding, { member_id: found.id })).map(({ role, binding_project_id }) => ({ role, project_id: binding_project_id }))
  const settings = await reader.need(organization, found.org_id)
  const policy = { planners_read_rates: settings.planners_read_rates, managers_read_audit: settings.managers_read_audit }
  const held = new Map<Permission, Holding>()
  const holding = (permission: Permission): Holding => {
    if (session.scope && !session.scope.has(permission)) return nothing
    let known = held.get(permission)
    if (!known) held.set(permission, (known = holdingOf(bindings, permission, policy)))
    return known
  }
  return {
    user_id: session.user_id, member_id: found.id, name: found.name, collaborator_id: found.collaborator_id, bindings, policy, holding,
    may: (permission, project_id, own = false) => allows(holding(permission), permission, { project_id, own }),
  }
}
