import { z } from 'zod'
import { roles } from '../../../shared/domain/permissions.ts'

export const MemberRow = z.object({ id: z.string(), user_id: z.string(), name: z.string(), email: z.string().nullable(), status: z.string() })
export type MemberRow = z.infer<typeof MemberRow>
export const BindingRow = z.object({ id: z.string(), member_id: z.string(), role: z.enum(roles), binding_project_id: z.string().nullable() })
export type BindingRow = z.infer<typeof BindingRow>
export const Policies = z.object({
  id: z.string(), version: z.number(), planners_read_rates: z.boolean(), managers_read_audit: z.boolean(), publish_needs_two_people: z.boolean(),
})
export type Policies = z.infer<typeof Policies>
