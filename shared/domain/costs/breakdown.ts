/** Costs gathered by day, mission, person… in each currency. */
import type { LocalDate } from '../../kernel/instants.ts'
import type { EngagementState } from '../engagement/rules.ts'
import { isCommitted, type DayCost, type Exact } from './cost.ts'

export const breakdowns = ['day', 'mission', 'cost_centre', 'department', 'role', 'person', 'state'] as const
export type Breakdown = (typeof breakdowns)[number]
/** What totals may be broken down by where rates are not read: never by whoever or whatever a single rate belongs to. */
export const totalBreakdowns: readonly Breakdown[] = ['day', 'mission']

export interface CostRow {
  id: string
  person_id: string
  state: EngagementState
  /** Key of each breakdown; days are in `days`. null: none. */
  keys: Readonly<Record<Exclude<Breakdown, 'day'>, string | null>>
  /** Without a rate, all its days with nothing. */
  days: readonly DayCost[]
  currency: string | null
}

export interface Amount {
  committed: Exact
  expected: Exact
  /** People who are paid of it. */
  people: Set<string>
}
export interface CostLine {
  key: string | null
  /** Assignments that are not canceled, priced or not. */
  count: number
  unpriced: number
  amounts: Map<string, Amount>
}

const empty = (key: string | null): CostLine => ({ key, count: 0, unpriced: 0, amounts: new Map() })

function add(line: CostLine, row: CostRow, amount: Exact): void {
  line.count++
  if (row.currency === null) {
    line.unpriced++
    return
  }
  let of = line.amounts.get(row.currency)
  if (!of) line.amounts.set(row.currency, (of = { committed: 0n, expected: 0n, people: new Set() }))
  of[isCommitted(row.state) ? 'committed' : 'expected'] += amount
  of.people.add(row.person_id)
}

const sum = (days: readonly DayCost[]): Exact => days.reduce((total, { amount }) => total + amount, 0n)

/** Lines of a breakdown and the whole, over the working days of a period (both ends included). Currencies are never added to each other. */
export function breakDown(rows: readonly CostRow[], by: Breakdown, period: { from: LocalDate | null; to: LocalDate | null }): { lines: CostLine[]; whole: CostLine } {
  const whole = empty(null)
  const lines = new Map<string | null, CostLine>()
  const lineOf = (key: string | null): CostLine => {
    let line = lines.get(key)
    if (!line) lines.set(key, (line = empty(key)))
    return line
  }
  for (const row of rows) {
    if (row.state === 'canceled') continue
    const days = row.days.filter(({ date }) => (period.from === null || date >= period.from) && (period.to === null || date <= period.to))
    if (days.length === 0) continue
    add(whole, row, sum(days))
    if (by === 'day') for (const { date, amount } of days) add(lineOf(date), row, amount)
    else add(lineOf(row.keys[by]), row, sum(days))
  }
  return { lines: [...lines.values()], whole }
}
