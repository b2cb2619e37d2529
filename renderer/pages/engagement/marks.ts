import { z } from 'zod'
import { engagementMarksOf } from '../../../shared/domain/engagement/marks.ts'
import type { EngagementMark } from '../../../shared/domain/engagement/marks.ts'
import { acceptanceStates } from '../../../shared/domain/engagement/model.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { AssignmentRow } from '../../app/rows.ts'

const maybeInstant = z.custom<Instant>(isInstant).nullish().transform((value) => value ?? null)

/** An assignment of a list, with the question that waits or the last there was. */
export const AskedLine = AssignmentRow.extend({
  reconfirm_since: maybeInstant, acceptance_id: z.string().nullable(), acceptance_state: z.enum(acceptanceStates).nullable(), deadline_at: maybeInstant, asked_at: maybeInstant, opened_at: maybeInstant,
  answered_late: z.boolean().nullable(), draft_id: z.string().nullable(),
})
export type AskedLine = z.infer<typeof AskedLine>

export const marksOf = (row: AskedLine, now: number): EngagementMark[] => engagementMarksOf(row, now)
