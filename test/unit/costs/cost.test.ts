/** What assignments cost, against plain counting over random assignments in four zones. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakDown, breakdowns, type Breakdown, type CostRow } from '../../../shared/domain/costs/breakdown.ts'
import { givenAway } from '../../../shared/domain/costs/masking.ts'
import { costOf, inForce, rateOf, shownMinor, workedDays, type Basis, type Card, type Costed } from '../../../shared/domain/costs/cost.ts'
import { engagementStates } from '../../../shared/domain/engagement/rules.ts'
import { addDays, fromLocal, fromMs, toLocal, toMs, type Instant, type LocalDate } from '../../../shared/kernel/instants.ts'

/** Around a change of the clock in each. */
const changes = { 'Europe/Paris': ['2026-10-25', '2027-03-28'], 'America/New_York': ['2026-11-01', '2027-03-14'], 'Australia/Lord_Howe': ['2026-10-04', '2027-04-04'], 'Pacific/Auckland': ['2026-09-27', '2027-04-04'] } as const
type Zone = keyof typeof changes
const zone = fc.constantFrom<Zone>('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland')
const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`)
  // A time that a change of the clock leaves out begins no day.
  .filter((time) => time < '02:00' || time >= '03:00')
const window = fc.tuple(zone, fc.integer({ min: 0, max: 1 }), fc.integer({ min: -3, max: 2 }), clock, fc.integer({ min: 1, max: 4 * 24 * 4 })).map(([one, which, away, time, quarters]) => {
  const start_at = fromLocal(addDays((changes[one][which] ?? changes[one][0]) as LocalDate, away), time, one)
  return { zone: one, start_at, end_at: fromMs(toMs(start_at) + quarters * 900_000) }
})
const terms = fc.record({
  cachets: fc.integer({ min: 1, max: 4 }), quantity: fc.integer({ min: 1, max: 6 }), unpaid_break_minutes: fc.integer({ min: 0, max: 600 }), state: fc.constantFrom(...engagementStates),
})
const costed = fc.tuple(window, terms).map(([when, what]): Costed => ({ ...when, ...what }))
const basis = fc.constantFrom<Basis>('hourly', 'daily', 'cachet', 'flat')
const minor = fc.integer({ min: 0, max: 100_000 })
const total = (row: Costed, of: Basis, amount_minor: number): bigint => costOf(row, { basis: of, amount_minor, currency: 'EUR' }).reduce((sum, { amount }) => sum + amount, 0n)

/** Minute by minute: a new working day when the clock shows the time of the start again, on a later date. */
function walkedDays({ start_at, end_at, zone: where }: Costed): { date: string; minutes: number }[] {
  const days: { date: string; minutes: number }[] = []
  const first = toLocal(start_at, where)
  let next = first.date
  for (let ms = toMs(start_at); ms < toMs(end_at); ms += 60_000) {
    const now = toLocal(fromMs(ms), where)
    if (now.date > next || (now.date === next && now.time >= first.time)) {
      days.push({ date: next, minutes: 0 })
      next = addDays(next, 1)
    }
    const day = days.at(-1)
    if (day) day.minutes++
  }
  return days
}

describe('the working days of a window', () => {
  it('are those of the clock on the wall, in every zone and over its changes', () => {
    fc.assert(fc.property(costed, (row) => {
      expect(workedDays(row).map(({ date, ms }) => ({ date, minutes: ms / 60_000 }))).toEqual(walkedDays(row))
    }), { numRuns: 150 })
  })

  it('are one for a night, though it ends on another date', () => {
    const night = { zone: 'Europe/Paris', start_at: fromLocal('2026-10-24', '20:00', 'Europe/Paris'), end_at: fromLocal('2026-10-25', '06:00', 'Europe/Paris') }
    // Eleven hours: the clock goes back.
    expect(workedDays(night)).toEqual([{ date: '2026-10-24', ms: 11 * 3_600_000 }])
  })
})

describe('what an assignment costs', () => {
  it('is its hours less the breaks, its days, its cachets or its fee, times the people of the line', () => {
    fc.assert(fc.property(costed, basis, minor, (row, of, amount) => {
      const days = walkedDays(row)
      const minutes = Math.max(0, days.reduce((sum, day) => sum + day.minutes, 0) - row.unpaid_break_minutes)
      const units = { hourly: minutes / 60, daily: days.length, cachet: row.cachets, flat: 1 }[of]
      const expected = row.state === 'canceled' ? 0 : amount * units * row.quantity
      expect(Number(total(row, of, amount)) / 3_600_000).toBeCloseTo(expected, 6)
      expect(Math.abs(shownMinor(total(row, of, amount)) - expected)).toBeLessThanOrEqual(0.5 + 1e-6)
    }), { numRuns: 200 })
  })

  it('by the hour is the same however the window is cut', () => {
    fc.assert(fc.property(costed, minor, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (row, amount, at, share) => {
      const cut = fromMs(Math.round(toMs(row.start_at) + (toMs(row.end_at) - toMs(row.start_at)) * at))
      const [one, other] = [toMs(cut) - toMs(row.start_at), toMs(row.end_at) - toMs(cut)].map((ms) => Math.floor(ms / 60_000))
      const unpaid = Math.min(row.unpaid_break_minutes, one ?? 0)
      fc.pre(row.unpaid_break_minutes - unpaid <= (other ?? 0) && share >= 0)
      const parts = [{ ...row, end_at: cut, unpaid_break_minutes: unpaid }, { ...row, start_at: cut, unpaid_break_minutes: row.unpaid_break_minutes - unpaid }]
      expect(parts.reduce((sum, part) => sum + total(part, 'hourly', amount), 0n)).toBe(total(row, 'hourly', amount))
    }), { numRuns: 200 })
  })

  it('is rounded once, half up, when it is shown', () => {
    expect([0n, 1_799_999n, 1_800_000n, 3_600_000n, 5_400_000n].map(shownMinor)).toEqual([0, 0, 1, 1, 2])
    // A third of an hour at 10.00 three times is 10.00, not 9.99.
    const third = { zone: 'Europe/Paris', start_at: fromMs(0), end_at: fromMs(1_200_000), cachets: 1, quantity: 1, unpaid_break_minutes: 0, state: 'planned' } as const
    expect(shownMinor(total(third, 'hourly', 1000) * 3n)).toBe(1000)
  })
})

describe('the rate of an assignment', () => {
  const card = (id: string, valid_from: string | null, valid_to: string | null, amount_minor: number): Card => ({ id, crew_role_id: 'role', basis: 'daily', amount_minor, currency: 'EUR', valid_from, valid_to })
  const bare = { rate_basis: null, rate_minor: null, rate_currency: null, rate_card_id: null, crew_role_id: 'role' }
  const cards = [card('2026', '2026-01-01', '2026-12-31', 200), card('2027', '2027-01-01', null, 220)]

  it('is its own figure, else the card it names, else the card of its role, if in force when the mission begins', () => {
    expect(rateOf({ ...bare, rate_basis: 'flat', rate_minor: 7, rate_currency: 'CHF', rate_card_id: '2026' }, cards, '2026-05-01')).toEqual({ basis: 'flat', amount_minor: 7, currency: 'CHF' })
    expect(rateOf(bare, cards, '2026-12-31')?.amount_minor).toBe(200)
    expect(rateOf(bare, cards, '2027-01-01')?.amount_minor).toBe(220)
    expect(rateOf(bare, cards, '2025-12-31')).toBeNull()
    expect(rateOf({ ...bare, rate_card_id: '2026' }, cards, '2026-06-01')?.amount_minor).toBe(200)
    expect(rateOf({ ...bare, rate_card_id: '2026' }, cards, '2027-06-01')).toBeNull()
    expect(rateOf({ ...bare, crew_role_id: null }, cards, '2026-06-01')).toBeNull()
  })

  it('is none when two cards of the role say otherwise, and the newer when one began later', () => {
    expect(rateOf(bare, [card('a', '2026-01-01', null, 1), card('b', '2026-01-01', null, 2)], '2026-06-01')).toBeNull()
    expect(rateOf(bare, [card('a', null, null, 1), card('b', '2026-03-01', null, 2)], '2026-06-01')?.amount_minor).toBe(2)
    expect([inForce({ valid_from: '2026-01-01', valid_to: '2026-01-01' }, '2026-01-01'), inForce({ valid_from: null, valid_to: '2026-01-01' }, '2026-01-02')]).toEqual([true, false])
  })
})

const key = (letter: string) => fc.option(fc.integer({ min: 1, max: 4 }).map((n) => `${letter}${n}`))
const row = fc.record({
  person_id: fc.integer({ min: 1, max: 5 }).map((n) => `p${n}`), state: fc.constantFrom(...engagementStates), mission: key('m'), cost_centre: key('c'), department: key('d'), role: key('r'),
  currency: fc.constantFrom(null, 'EUR', 'EUR', 'CHF'), first: fc.integer({ min: 0, max: 5 }), amounts: fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 3 }),
}).map(({ first, amounts, person_id, state, currency, ...keys }): Omit<CostRow, 'id'> => ({
  person_id, state, currency, keys: { ...keys, person: person_id, state }, days: amounts.map((amount, index) => ({ date: addDays('2026-10-20' as LocalDate, first + index), amount: currency === null ? 0n : amount })),
}))
const rows = fc.array(row, { maxLength: 25 }).map((list) => list.map((one, index): CostRow => ({ ...one, id: `a${index}` })))
const by = fc.constantFrom<Breakdown>(...breakdowns)

describe('costs broken down', () => {
  it('add up to the whole by whatever they are broken down, in each currency, committed and expected apart', () => {
    fc.assert(fc.property(rows, by, (all, of) => {
      const { lines, whole } = breakDown(all, of, { from: null, to: null })
      for (const currency of ['EUR', 'CHF'])
        for (const part of ['committed', 'expected'] as const) {
          const sum = lines.reduce((found, line) => found + (line.amounts.get(currency)?.[part] ?? 0n), 0n)
          expect(sum).toBe(whole.amounts.get(currency)?.[part] ?? 0n)
          const naive = all.filter((one) => one.currency === currency && (['confirmed', 'executed', 'closed'].includes(one.state) ? part === 'committed' : part === 'expected' && one.state !== 'canceled'))
          expect(sum).toBe(naive.flatMap(({ days }) => days).reduce((found, { amount }) => found + amount, 0n))
        }
      const living = all.filter(({ state }) => state !== 'canceled')
      expect([whole.count, whole.unpriced]).toEqual([living.length, living.filter(({ currency }) => currency === null).length])
      if (of !== 'day') expect(lines.reduce((found, line) => found + line.count, 0)).toBe(living.length)
    }), { numRuns: 300 })
  })

  it('of two periods beside each other add up to those of both', () => {
    fc.assert(fc.property(rows, by, fc.integer({ min: 0, max: 8 }), (all, of, day) => {
      const cut = addDays('2026-10-19' as LocalDate, day)
      const parts = [breakDown(all, of, { from: null, to: cut }), breakDown(all, of, { from: addDays(cut, 1), to: null })]
      const { whole } = breakDown(all, of, { from: null, to: null })
      for (const currency of ['EUR', 'CHF']) {
        const sum = parts.reduce((found, part) => found + (part.whole.amounts.get(currency)?.committed ?? 0n) + (part.whole.amounts.get(currency)?.expected ?? 0n), 0n)
        expect(sum).toBe((whole.amounts.get(currency)?.committed ?? 0n) + (whole.amounts.get(currency)?.expected ?? 0n))
      }
    }), { numRuns: 200 })
  })
})

/** Sums as rows over the cells of a table: how many of them tell something of their own. */
function rankOf(table: readonly (readonly number[])[]): number {
  const PRIME = 1_000_003n
  const inverse = (value: bigint): bigint => {
    let [result, base, power] = [1n, value % PRIME, PRIME - 2n]
    for (; power > 0n; power >>= 1n, base = (base * base) % PRIME) if (power & 1n) result = (result * base) % PRIME
    return result
  }
  let left = table.map((line) => line.map(BigInt))
  let rank = 0
  for (let column = 0; column < (table[0]?.length ?? 0); column++) {
    const pivot = left.find((line) => (line[column] ?? 0n) !== 0n)
    if (!pivot) continue
    rank++
    const by = inverse(pivot[column] ?? 1n)
    left = left.filter((line) => line !== pivot).map((line) => {
      const times = ((line[column] ?? 0n) * by) % PRIME
      return line.map((value, at) => (((value - times * (pivot[at] ?? 0n)) % PRIME) + PRIME) % PRIME)
    })
  }
  return rank
}

describe('totals without rates', () => {
  const asker = fc.constantFrom(null, 'p1')

  it('by day and by mission, put together in whatever way, tell nobody’s pay', () => {
    let shown = 0
    fc.assert(fc.property(rows, asker, (all, me) => {
      for (const [currency, { day, mission, whole }] of givenAway(all, me)) {
        const cells = new Map<string, { day: string; mission: string | null; people: Set<string> }>()
        for (const one of all.filter((each) => each.currency === currency && each.state !== 'canceled'))
          for (const { date } of one.days) {
            const key = `${date} ${one.keys.mission ?? ''}`
            const cell = cells.get(key) ?? { day: date, mission: one.keys.mission, people: new Set<string>() }
            if (one.person_id !== me) cell.people.add(one.person_id)
            cells.set(key, cell)
          }
        const list = [...cells.values()]
        const sum = (holds: (cell: (typeof list)[number]) => boolean): number[] => list.map((cell) => (holds(cell) ? 1 : 0))
        const told = [
          ...[...new Set(list.map((cell) => cell.day))].filter((key) => !day.has(key)).map((key) => sum((cell) => cell.day === key)),
          ...[...new Set(list.map((cell) => cell.mission))].filter((key) => !mission.has(key)).map((key) => sum((cell) => cell.mission === key)),
          ...(whole ? [] : [sum(() => true)]),
        ]
        shown += told.length
        for (const person of new Set(list.flatMap(({ people }) => [...people]))) {
          // A combination of what is told that leaves only cells of this person (and the asker) is their pay.
          const others = list.flatMap(({ people }, at) => ([...people].some((one) => one !== person) ? [at] : []))
          const alone = list.flatMap(({ people }, at) => (people.has(person) && people.size === 1 ? [at] : []))
          const part = (columns: readonly number[]): number[][] => told.map((line) => columns.map((at) => line[at] ?? 0))
          expect(rankOf(part([...others, ...alone]))).toBe(rankOf(part(others)))
        }
      }
    }), { numRuns: 400 })
    expect(shown).toBeGreaterThan(400)
  })

  it('are left out on the mission of two when a day less that mission would tell the third', () => {
    const cost = (id: string, person_id: string, mission: string, date: string, amount: bigint): CostRow =>
      ({ id, person_id, state: 'planned', currency: 'EUR', keys: { mission, person: person_id, role: null, department: null, cost_centre: null, state: 'planned' }, days: [{ date: date as LocalDate, amount }] })
    const found = givenAway([
      cost('1', 'alone', 'm1', '2026-10-20', 5n), cost('2', 'b', 'm2', '2026-10-20', 9n), cost('3', 'c', 'm2', '2026-10-20', 9n), cost('4', 'd', 'm3', '2026-10-21', 1n), cost('5', 'e', 'm3', '2026-10-21', 1n),
    ], null).get('EUR')
    expect(found).toEqual({ day: new Set(), mission: new Set(['m1', 'm2']), whole: false })
  })
})

describe('a window of centuries', () => {
  it('is costed at once, not one hour of it lost', () => {
    for (const start_at of ['1200-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z'] as const) {
      const window = { start_at: start_at as Instant, end_at: '9999-12-31T00:00:00.000Z' as Instant, zone: 'Europe/Paris' }
      const days = workedDays(window)
      expect(days.length).toBeLessThan(4_000)
      expect(days.reduce((sum, { ms }) => sum + ms, 0)).toBe(Date.parse(window.end_at) - Date.parse(window.start_at))
    }
  })
})
