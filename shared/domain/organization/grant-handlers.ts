import { toMs } from '../../kernel/instants.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { handle, type Handler } from '../operation.ts'
import { listHandler } from '../records.ts'
import { grantPermission, lapsePermission, listPermissionGrants, revokePermission } from './grant-operations.ts'
import { member, permissionGrant } from './model.ts'

export const grantHandlers: readonly Handler[] = [
  handle(grantPermission, async (tx, { member_id, permission, reason, until_at = null }) => {
    const to = await tx.need(member, member_id)
    if (to.status !== 'active') throw refuseFor('member', 'transition_rejected', detail('member_id', 'state', 'active', to.status))
    if (until_at !== null && toMs(until_at) <= toMs(tx.call.now)) throw refuse('validation.invalid', detail('until_at', 'past', null, until_at))
    const [held] = await tx.find(permissionGrant, { member_id, permission })
    const row = held ? await tx.update(permissionGrant, held.id, { reason, until_at }) : await tx.insert(permissionGrant, 'grant', { member_id, permission, reason, until_at })
    return { id: row.id, version: row.version }
  }),
  handle(revokePermission, async (tx, { id }) => {
    const held = await tx.get(permissionGrant, id)
    await tx.remove(permissionGrant, id)
    return { id, version: held ? held.version + 1 : 1 }
  }),
  handle(lapsePermission, async (tx, { id }) => {
    const held = await tx.get(permissionGrant, id)
    if (held && (held.until_at === null || held.until_at > tx.call.now)) throw refuse('permission.not_due', detail('until_at', 'not_due', null, held.until_at))
    await tx.remove(permissionGrant, id)
    return { id, version: held ? held.version + 1 : 1 }
  }),
  listHandler(listPermissionGrants, permissionGrant, { sort: ['created_at'] }),
]
