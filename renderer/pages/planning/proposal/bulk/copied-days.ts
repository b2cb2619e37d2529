/** Which missions a copied day or week holds. Pure. */
import { DAY, fromMs, isLocalDate, localDateOf } from '../../../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../../../shared/kernel/instants.ts'
import type { PlanMission } from '../../plan.ts'

/** Missions that one command copies. */
export const mostCopied = 100

const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`)

/** Monday of the week of a date. */
export function mondayOf(date: string): LocalDate {
  const monday = new Date(noon(date) - ((new Date(noon(date)).getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10)
  if (!isLocalDate(monday)) throw new Error(date)
  return monday
}

export const daysBetween = (from: string, to: string): number => Math.round((noon(to) - noon(from)) / DAY)

/** Missions that are not canceled and begin on these days of their own zone, `until` not included; in the order they begin. */
export const missionsWithin = (missions: readonly PlanMission[], from: string, until: string): readonly PlanMission[] =>
  missions
    .filter(({ status, start, zone }) => {
      const day = localDateOf(fromMs(start), zone)
      return status !== 'canceled' && day >= from && day < until
    })
    .sort((one, other) => one.start - other.start || (one.id < other.id ? -1 : 1))
