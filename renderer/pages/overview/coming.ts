import type { z } from 'zod'
import type { OverviewMission } from '../../../shared/domain/matters/overview-operations.ts'
import { DAY, isInstant, toMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

export type Coming = z.infer<typeof OverviewMission>

export const nameOfMission = ({ day_code, title }: Pick<Coming, 'day_code' | 'title'>): string => (day_code ? `${day_code} ${title}` : title)
/** The core answers instants; anything else is not shown. */
export const instantOf = (text: string | null | undefined): Instant | null => (isInstant(text) ? text : null)

/** Are the missions those of the coming week, or the next one beyond it? */
export function withinWeek(missions: readonly Coming[], now: string): boolean {
  const [first] = missions
  const [start, from] = [instantOf(first?.start_at), instantOf(now)]
  return start !== null && from !== null && toMs(start) - toMs(from) < 7 * DAY
}
