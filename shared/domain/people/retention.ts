/**
 * How long a person's entry is kept. `retain_until` is the day after which there is no reason any more; what holds them beyond it is
 * counted here, in days of UTC. The lengths are the defaults of documents-and-law (registre du personnel: five years after leaving; pieces of accounting:
 * ten years), to be confirmed with the organization's counsel.
 */
import { addDays, localDateOf, type Instant, type LocalDate } from '../../kernel/instants.ts'
import { isAcceptedOrLater, type EngagementState } from '../engagement/rules.ts'

export const holdReasons = ['work_ahead', 'staff_register', 'accounting'] as const
export type HoldReason = (typeof holdReasons)[number]
export interface Hold {
  reason: HoldReason
  /** Last day of the hold. */
  until: LocalDate
  /** Assignments that are the reason. */
  count: number
}

const REGISTER_YEARS = 5
const ACCOUNTING_YEARS = 10
/** Days before their day that people are said to come up soon. */
export const SOON_DAYS = 30

export interface HeldWork {
  state: EngagementState
  end_at: Instant
  engagement_kind: string
  rate_minor: number | null
}

/** Same month and day some years later; 29 February becomes 1 March. */
function yearsAfter(day: LocalDate, years: number): LocalDate {
  const [year = '', month = '', date = ''] = day.split('-')
  const later = `${String(Number(year) + years).padStart(4, '0')}-${month}-${date}` as LocalDate
  return month === '02' && date === '29' ? addDays(`${later.slice(0, 4)}-02-28` as LocalDate, 1) : later
}

const employed: ReadonlySet<string> = new Set(['cddu_technician', 'cddu_artist', 'employee', 'intern'])

/** What holds a person on a day, the longest last. Canceled work holds nobody; work nobody said yes to holds only while it is ahead. */
export function holdsOf(work: readonly HeldWork[], today: LocalDate): Hold[] {
  const found = new Map<HoldReason, Hold>()
  const add = (reason: HoldReason, until: LocalDate): void => {
    if (until < today) return
    const known = found.get(reason)
    found.set(reason, { reason, until: known && known.until > until ? known.until : until, count: (known?.count ?? 0) + 1 })
  }
  for (const one of work) {
    if (one.state === 'canceled') continue
    const last = localDateOf(one.end_at, 'UTC')
    if (last >= today) add('work_ahead', last)
    if (!isAcceptedOrLater(one.state) || last >= today) continue
    if (employed.has(one.engagement_kind)) add('staff_register', yearsAfter(last, REGISTER_YEARS))
    if (one.rate_minor !== null && one.rate_minor > 0) add('accounting', yearsAfter(last, ACCOUNTING_YEARS))
  }
  return [...found.values()].sort((a, b) => (a.until < b.until ? -1 : 1))
}

/** Contracts that were signed are pieces of accounting: ten years after their last day. `lastDays`: one for each. */
export function signedHold(lastDays: readonly LocalDate[], today: LocalDate): Hold[] {
  const held = lastDays.map((day) => yearsAfter(day, ACCOUNTING_YEARS)).filter((until) => until >= today).sort()
  const until = held.at(-1)
  return until === undefined ? [] : [{ reason: 'accounting', until, count: held.length }]
}

export const waysOut = ['archive', 'remove'] as const
export type WayOut = (typeof waysOut)[number]
/** What may be done with a person past their day: inactive entries still serve the register and the accounts, work ahead needs an active one. */
export const waysOutOf = (holds: readonly Hold[]): WayOut[] => (holds.length === 0 ? ['archive', 'remove'] : holds.some(({ reason }) => reason === 'work_ahead') ? [] : ['archive'])

export type Standing = 'due' | 'held' | 'soon'
/** Null: their day is far. */
export function standingOf(retain_until: LocalDate, holds: readonly Hold[], today: LocalDate): Standing | null {
  if (retain_until >= today) return retain_until <= addDays(today, SOON_DAYS) ? 'soon' : null
  return holds.length > 0 ? 'held' : 'due'
}
