import { z } from 'zod'
import { memberStandings } from '../../../shared/domain/organization/operations.ts'
import { roles } from '../../../shared/domain/permissions.ts'

const BindingRow = z.object({ id: z.string(), role: z.enum(roles), project_id: z.string().nullable(), project_name: z.string().nullable() })
export const MemberRow = z.object({
  id: z.string(), user_id: z.string(), name: z.string(), email: z.string().nullable(), standing: z.enum(memberStandings), created_at: z.string(),
  invitation_id: z.string().nullable(), expires_at: z.string().nullable(), bindings: z.array(BindingRow),
})
export type MemberRow = z.infer<typeof MemberRow>
export const Policies = z.object({
  id: z.string(), version: z.number(), planners_read_rates: z.boolean(), managers_read_audit: z.boolean(), publish_needs_two_people: z.boolean(),
})
export type Policies = z.infer<typeof Policies>
