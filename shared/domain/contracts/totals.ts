/**
 * Sums of a contract: gross pay from hours, days, cachets or a flat fee, allowances apart (they are no pay), hours counted for the unemployment
 * annexes. Exact: an hourly rate by the minute is rounded half up once, for each assignment, as a payslip's line is.
 */
import { MINUTE, toMs } from '../../kernel/instants.ts'
import { timesQuantity } from '../../kernel/money.ts'
import { failure, success, type Result } from '../../kernel/result.ts'
import unemploymentData from '../planning/rule-packs/unemployment.json' with { type: 'json' }
import type { ContractFacts, DayFacts, PayFacts } from './facts.ts'

export type TotalIssue = 'contract.mixed_currencies' | 'contract.pay_without_days'

/** Paid minutes of a stretch: its window less the unpaid break; real minutes, on nights when the clock changes too. Never below 0. */
export const paidMinutes = (day: Pick<DayFacts, 'start_at' | 'end_at' | 'break_minutes'>): number =>
  Math.max(0, Math.floor((toMs(day.end_at) - toMs(day.start_at)) / MINUTE) - day.break_minutes)

export interface PayLine extends PayFacts {
  /** Working days: distinct dates. */
  days: number
  minutes: number
  gross_minor: number
}

/** What one assignment pays over its stretches. */
export function payLine(pay: PayFacts, days: readonly DayFacts[]): PayLine {
  const own = days.filter(({ assignment_id }) => assignment_id === pay.assignment_id)
  const minutes = own.reduce((sum, day) => sum + paidMinutes(day), 0)
  const dates = new Set(own.map(({ date }) => date)).size
  return { ...pay, days: dates, minutes, gross_minor: grossOf(pay, dates, minutes) }
}

function grossOf({ basis, rate_minor, cachets }: PayFacts, days: number, minutes: number): number {
  switch (basis) {
    case 'hourly':
      return Number((BigInt(rate_minor) * BigInt(minutes) + 30n) / 60n)
    case 'daily':
      return rate_minor * days
    case 'cachet':
      return rate_minor * cachets
    case 'flat':
      return rate_minor
  }
}

export interface ContractTotals {
  lines: PayLine[]
  currency: string
  gross_minor: number
  allowances_minor: number
  days: number
  minutes: number
  cachets: number
  /** For the 507 hours: real hours, and 12 for each cachet (dated data of the unemployment annexes). */
  counted_minutes: number
}

/** Totals in the contract's currency. Refused where an amount has another, or where hours or days are paid and none is known. */
export function totalsOf({ pay, days, allowances, currency }: Pick<ContractFacts, 'pay' | 'days' | 'allowances' | 'currency'>): Result<ContractTotals, TotalIssue> {
  if ([...pay, ...allowances].some((one) => one.currency !== currency)) return failure('contract.mixed_currencies')
  const lines = pay.map((one) => payLine(one, days))
  if (lines.some(({ basis, days: dates }) => (basis === 'hourly' || basis === 'daily') && dates === 0)) return failure('contract.pay_without_days')
  const sum = (of: (line: PayLine) => number): number => lines.reduce((total, line) => total + of(line), 0)
  const inCachets = new Set(lines.flatMap(({ basis, assignment_id }) => (basis === 'cachet' ? [assignment_id] : [])))
  const hourly = days.reduce((total, day) => (inCachets.has(day.assignment_id) ? total : total + paidMinutes(day)), 0)
  const cachets = sum((line) => (line.basis === 'cachet' ? line.cachets : 0))
  return success({
    lines, currency, gross_minor: sum(({ gross_minor }) => gross_minor), allowances_minor: allowances.reduce((total, one) => total + timesQuantity(one.amount_minor, one.quantity), 0),
    days: new Set(days.map(({ date }) => date)).size, minutes: days.reduce((total, day) => total + paidMinutes(day), 0), cachets,
    counted_minutes: hourly + cachets * unemploymentData.cachet_minutes,
  })
}
