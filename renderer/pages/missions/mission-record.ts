import { z } from 'zod'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { MissionRow, NeedRow, NextState } from '../../app/rows.ts'

const instant = z.custom<Instant>(isInstant, { error: 'instant' })
const maybeInstant = instant.nullable()
const Linked = z.object({
  id: z.string(), lag_minutes: z.number(),
  mission: z.object({ id: z.string(), title: z.string(), day_code: z.string().nullable(), start_at: instant, end_at: instant, zone: z.string() }),
})
export type Linked = z.infer<typeof Linked>
const Milestone = z.object({ id: z.string(), version: z.number(), label: z.string(), at: instant, done: z.boolean() })
export type Milestone = z.infer<typeof Milestone>
const Check = z.object({ label: z.string(), done: z.boolean() })
export type Check = z.infer<typeof Check>
const Covered = z.object({ code: z.string().nullable(), name: z.string().nullable(), name_en: z.string().nullable(), needed: z.number(), filled: z.number(), held: z.number() })
export type Covered = z.infer<typeof Covered>
const Weather = z.object({ source: z.string(), periods: z.array(z.object({ id: z.string(), label: z.string(), figure: z.string(), note: z.string().nullable() })) })

/** One mission as `mission.get` answers it. */
export const MissionRecord = MissionRow.extend({
  needs: z.array(NeedRow), next_states: z.array(NextState), coverage: z.array(Covered), milestones: z.array(Milestone),
  waits_for: z.array(Linked), awaited_by: z.array(Linked), checklist: z.array(Check),
  location: z.object({ id: z.string(), name: z.string(), address: z.string().nullish() }).nullish(),
  sun: z.object({ rise_at: maybeInstant, set_at: maybeInstant }).nullable(), weather: Weather.nullable(),
})
export type MissionRecord = z.infer<typeof MissionRecord>
