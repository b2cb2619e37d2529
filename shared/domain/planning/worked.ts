/**
 * Hours that count for rest, weeks, busy time and costs: those that attendance says, else those that were planned. Who is down as absent has
 * worked none: their row takes no time, makes no conflict of a person and costs nothing, while it goes on filling its post. Pure.
 */
import type { Instant } from '../../kernel/instants.ts'

interface Planned {
  readonly start_at: Instant
  readonly end_at: Instant
  readonly actual_start_at: Instant | null
  readonly actual_end_at: Instant | null
}

/** Whether an assignment takes its person's time. */
export const takesTime = (row: { readonly state: unknown; readonly presence: unknown }): boolean => row.state !== 'canceled' && row.presence !== 'absent'

/** Of one end alone the other stays as planned; where that makes no window (nobody has entered when they left a night that began late), the plan stands. */
export function workedWindow({ start_at, end_at, actual_start_at, actual_end_at }: Planned): { start_at: Instant; end_at: Instant } {
  const worked = { start_at: actual_start_at ?? start_at, end_at: actual_end_at ?? end_at }
  return worked.start_at < worked.end_at ? worked : { start_at, end_at }
}
