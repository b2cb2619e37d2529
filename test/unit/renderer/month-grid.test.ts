/** The month calendar of a person: which days it shows, where keys lead, what a block covers. */
import { describe, expect, it } from 'vitest'
import { dayAfterKey, gridOf, onDay, sameDayIn, wholeDays } from '../../../renderer/pages/people/month-grid.ts'
import { isLocalDate } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'

const on = (text: string): LocalDate => {
  if (!isLocalDate(text)) throw new Error(text)
  return text
}

describe('a month', () => {
  it('is six weeks from the Monday on or before its first', () => {
    const days = gridOf(on('2026-11-22'))
    expect([days.length, days[0], days[6], days.at(-1)]).toEqual([42, '2026-10-26', '2026-11-01', '2026-12-06'])
    expect(gridOf(on('2026-06-15'))[0]).toBe('2026-06-01')
  })

  it('is walked by arrows, pages and ends of the week, and a day that the next month lacks becomes its last', () => {
    const from = on('2026-10-31')
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageDown', 'PageUp', 'Home', 'End', 'x'].map((key) => dayAfterKey(from, key))).toEqual([
      '2026-10-30', '2026-11-01', '2026-10-24', '2026-11-07', '2026-11-30', '2026-09-30', '2026-10-26', '2026-11-01', null,
    ])
    expect(sameDayIn(on('2027-01-31'), 1)).toBe('2027-02-28')
  })

  it('covers whole days on the clocks of the zone, backwards too, over a change of clocks', () => {
    expect(wholeDays(on('2026-10-25'), on('2026-10-24'), 'Europe/Paris')).toEqual({ start_at: '2026-10-23T22:00:00.000Z', end_at: '2026-10-25T23:00:00.000Z' })
    const window = wholeDays(on('2026-10-24'), on('2026-10-24'), 'Europe/Paris')
    expect(['2026-10-23', '2026-10-24', '2026-10-25'].map((day) => onDay(window, on(day), 'Europe/Paris'))).toEqual([false, true, false])
  })
})
