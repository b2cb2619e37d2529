/** What no role gives (`grantedByName`): given to a member by name, with a reason, and taken back. */
import { z } from 'zod'
import { inputOf, wire } from '../entity.ts'
import { command, Written } from '../operation.ts'
import { list } from '../records.ts'
import { permissionGrant } from './model.ts'

export const grantPermission = command({
  name: 'permission.grant',
  about: 'Gives a member by name what no role gives (numbers of people), with the reason and until when. Given again, it is changed.',
  input: z.strictObject(inputOf(permissionGrant, ['member_id', 'permission', 'reason'], ['until_at'])),
  output: Written,
  permission: 'org:bind',
  target: { kind: 'rows', entity: 'member', ids: (input) => [input.member_id] },
  undoable: false,
})
export const revokePermission = command({
  name: 'permission.revoke',
  about: 'Takes back what was given by name.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'org:bind',
  target: { kind: 'rows', entity: 'permission_grant', ids: (input) => [input.id], removed: true },
  undoable: false,
})
export const lapsePermission = command({
  name: 'permission.lapse',
  about: 'Takes away by the authority’s clock what was given by name until an instant: what it showed leaves every computer then.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'system:act',
  target: { kind: 'rows', entity: 'permission_grant', ids: (input) => [input.id], removed: true },
  undoable: false, again: false,
})
export const listPermissionGrants = list({ name: 'permission.list_grants', about: 'What was given by name, to whom, why and until when.', permission: 'org:bind', filters: ['member_id', 'permission'], sorts: ['created_at'] })
