import { z } from 'zod'
import { contractMarks } from '../../../shared/domain/contracts/phases.ts'
import { engagementMarks } from '../../../shared/domain/engagement/marks.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

const maybe = z.string().nullable()

/** Somebody of the team, as `collaborator.list_crew` says them. Days are local dates of the missions. */
export const CrewRow = z.object({
  id: z.string(), version: z.number(), display_name: z.string(), kind: z.string(), status: z.string(), phone: maybe, email: maybe, is_lead: z.boolean(),
  crew_role_id: maybe, crew_role_name: maybe, crew_role_name_en: maybe, crew_role_ids: z.array(z.string()), department_code: maybe,
  first_day: z.string(), last_day: z.string(), missions: z.number(), filled: z.number(), held: z.number(),
  next_at: z.custom<Instant>(isInstant).nullable(), next_assignment_id: maybe, next_state: maybe, next_title: maybe, next_day_code: maybe, next_zone: maybe,
  rate_minor: z.number().nullable(), rate_currency: maybe, rate_basis: maybe,
  engagement: z.array(z.enum(engagementMarks)), deadline_at: z.custom<Instant>(isInstant).nullable(), deadline_zone: maybe,
  contract: z.array(z.enum(contractMarks)),
  severe: z.number(), warning: z.number(), info: z.number(),
})
export type CrewRow = z.infer<typeof CrewRow>
