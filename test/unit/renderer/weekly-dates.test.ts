import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weekdayOf, weeklyDates } from '../../../renderer/pages/missions/series/weekly-dates.ts'
import { addDays, type LocalDate } from '../../../shared/kernel/instants.ts'

const date = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2024-01-01' as LocalDate, days))
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 })).map((list) => new Set(list))

describe('weekly dates', () => {
  it('are every date between the two whose weekday is chosen, and one more than the most when there are too many', () => {
    fc.assert(fc.property(date, fc.integer({ min: 0, max: 200 }), days, fc.integer({ min: 1, max: 60 }), (first, length, chosen, most) => {
      const all = Array.from({ length: length + 1 }, (_, index) => addDays(first, index)).filter((one) => chosen.has(new Date(`${one}T12:00:00Z`).getUTCDay() || 7))
      expect(weeklyDates(first, addDays(first, length), chosen, most)).toEqual(all.slice(0, most + 1))
    }))
  })
  it('are the first alone without a last, and none without a first', () => {
    expect(weeklyDates('2026-10-24', '', new Set([1]), 10)).toEqual(['2026-10-24'])
    expect(weeklyDates('', '2026-10-24', new Set([1]), 10)).toEqual([])
    expect(weekdayOf('2026-10-24' as LocalDate)).toBe(6)
  })
})
