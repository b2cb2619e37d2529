/**
 * What assignments cost (decision P6): an estimate, derived and never stored. Hourly: the window less unpaid breaks; daily: working days;
 * cachet: their number; flat: once; each times the people behind the line. Pure and exact: nothing is rounded before it is shown.
 */
import { addDays, localDateOf, MINUTE, shiftDays, toMs } from '../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'
import type { EngagementState } from '../engagement/rules.ts'
import type { rateBases } from '../organization/model.ts'

export type Basis = (typeof rateBases)[number]

/** Minor units times the milliseconds of an hour: the finest share that an hourly rate can have. Whole, however it is split and summed. */
export type Exact = bigint
const SHARE = 3_600_000n

/** Minor units, half up, once for what is shown. Of totals of their own: shown lines may differ from the shown total by their roundings. */
export const shownMinor = (amount: Exact): number => Number((amount + SHARE / 2n) / SHARE)

export interface Rate {
  basis: Basis
  amount_minor: number
  currency: string
}

export interface Costed {
  start_at: Instant
  end_at: Instant
  /** Of the mission: working days are its days (decision A12). */
  zone: string
  cachets: number
  quantity: number
  unpaid_break_minutes: number
  state: EngagementState
}

export interface WorkedDay {
  /** Local date on which the working day begins. */
  date: LocalDate
  /** Of the window, in milliseconds; a day of a change of the clock may hold 23 or 25 hours. */
  ms: number
}

/** Ten years. A window that is longer was mistyped: its last day holds the rest, rather than everybody waiting while centuries are counted. */
const mostDays = 3_660

/**
 * Working days of a window: one belongs to the date on which it begins, so that a night is one day; a window that lasts longer begins
 * another at the same time on the clock of each following date.
 */
export function workedDays({ start_at, end_at, zone }: Pick<Costed, 'start_at' | 'end_at' | 'zone'>): WorkedDay[] {
  const days: WorkedDay[] = []
  const first = localDateOf(start_at, zone)
  let from = start_at
  for (let day = 1; from < end_at; day++) {
    const next = shiftDays(start_at, day, zone)
    const until = next < end_at && day < mostDays ? next : end_at
    days.push({ date: addDays(first, day - 1), ms: toMs(until) - toMs(from) })
    from = until
  }
  return days
}

export interface DayCost {
  date: LocalDate
  amount: Exact
}

/** What the assignment costs on each of its working days. Canceled: nothing. Breaks are taken from its first days; cachets and flat fees fall on the first. */
export function costOf(row: Costed, rate: Rate): DayCost[] {
  const days = workedDays(row)
  if (row.state === 'canceled') return days.map(({ date }) => ({ date, amount: 0n }))
  const each = BigInt(rate.amount_minor) * BigInt(row.quantity)
  switch (rate.basis) {
    case 'hourly': {
      let unpaid = row.unpaid_break_minutes * MINUTE
      return days.map(({ date, ms }) => {
        const taken = Math.min(ms, unpaid)
        unpaid -= taken
        return { date, amount: each * BigInt(ms - taken) }
      })
    }
    case 'daily':
      return days.map(({ date }) => ({ date, amount: each * SHARE }))
    case 'cachet':
      return days.map(({ date }, index) => ({ date, amount: index === 0 ? each * BigInt(row.cachets) * SHARE : 0n }))
    case 'flat':
      return days.map(({ date }, index) => ({ date, amount: index === 0 ? each * SHARE : 0n }))
  }
}

export interface Card extends Rate {
  id: string
  crew_role_id: string | null
  valid_from: string | null
  valid_to: string | null
}

export const inForce = (card: Pick<Card, 'valid_from' | 'valid_to'>, date: string): boolean =>
  (card.valid_from === null || card.valid_from <= date) && (card.valid_to === null || date <= card.valid_to)

/**
 * The rate of an assignment: its own figure; else the card it names; else the card of its role, the one that began last. Cards count
 * when they are in force on the date the mission begins. null: no rate is known, or two cards of the role say otherwise.
 */
export function rateOf(
  row: { rate_basis: Basis | null; rate_minor: number | null; rate_currency: string | null; rate_card_id: string | null; crew_role_id: string | null },
  cards: readonly Card[], mission_date: string,
): Rate | null {
  if (row.rate_minor !== null && row.rate_basis !== null && row.rate_currency !== null) return { basis: row.rate_basis, amount_minor: row.rate_minor, currency: row.rate_currency }
  const standing = cards.filter((card) => inForce(card, mission_date))
  if (row.rate_card_id !== null) return standing.find(({ id }) => id === row.rate_card_id) ?? null
  const ofRole = row.crew_role_id === null ? [] : standing.filter(({ crew_role_id }) => crew_role_id === row.crew_role_id)
  const began = ofRole.map(({ valid_from }) => valid_from ?? '').toSorted().at(-1)
  const latest = ofRole.filter(({ valid_from }) => (valid_from ?? '') === began)
  return latest.length === 1 ? (latest[0] ?? null) : null
}

/** Confirmed or further: committed. Asked or planned: expected. */
export const isCommitted = (state: EngagementState): boolean => state === 'confirmed' || state === 'executed' || state === 'closed'
