/**
 * Laws of roles, held whoever writes and by whatever way, undo included: nobody grants, takes back or brings back a role that gives
 * more than they hold there within their session; some roles are held in the whole organization only; an owner always remains.
 */
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { defaultPolicy, mayGrant, organizationRoles, permissions, reachOf, type Binding, type Role } from '../permissions.ts'
import { member, roleBinding } from './model.ts'

async function bindingsOf(tx: Transaction, member_id: Id): Promise<Binding[]> {
  return (await tx.find(roleBinding, { member_id })).map(({ role, binding_project_id }) => ({ role, project_id: binding_project_id }))
}

export async function checkGrant(tx: Transaction, role: Role, project_id: Id | null): Promise<void> {
  if (organizationRoles.includes(role) && project_id !== null) throw refuse('member.role_scope', detail('role', 'organization_only', null, role))
  const [granter] = await tx.find(member, { user_id: tx.call.actor, status: 'active' })
  const held = granter ? await bindingsOf(tx, granter.id) : []
  // What the bindings give, narrowed by the session.
  const inSession = permissions.every((permission) => {
    const reach = reachOf(role, permission)
    return reach === null || reach === 'own' || (reach === 'org' && project_id !== null) || tx.may(permission, project_id)
  })
  if (!inSession || !mayGrant(held, { role, project_id }, defaultPolicy)) throw refuse('member.grants_more', detail('role', 'more_than_held', null, role))
}

export async function checkAnOwnerRemains(tx: Transaction, without: readonly Id[] = []): Promise<void> {
  const owners = await tx.find(roleBinding, { role: 'org_owner' })
  if (!owners.some((binding) => !without.includes(binding.id))) throw refuse('member.last_owner')
}
