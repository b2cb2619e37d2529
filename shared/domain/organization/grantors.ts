import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { permissions, type Permission } from '../permissions.ts'

export const listGrantors = query({
  name: 'access.grantors',
  about: 'For a page that refuses (decision B7): which roles give the permission, and who can give such a role.',
  input: z.strictObject({ permission: z.enum(permissions as [Permission, ...Permission[]]), project_id: wire.id.optional() }),
  output: z.object({ roles: z.array(z.string()), people: z.array(z.object({ id: z.string(), name: z.string() })) }),
  permission: 'org:read',
  target: { kind: 'organization' },
})
