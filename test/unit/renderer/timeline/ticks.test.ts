/** The axis in the wall clock of a zone, beside a clock asked at every quarter of an hour. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisTicks, clockTicks, daysIn, hoursOf, labelEvery, mondayOf, transitionsIn, weekNumber } from '../../../../renderer/pages/planning/timeline/ticks.ts'
import { isLocalDate } from '../../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../../shared/kernel/instants.ts'
import { DAY, HOUR, MINUTE, changesOf2026, shownAt, windowOf, zoneOf, zones } from './clock.ts'

const on = (text: string): LocalDate => {
  if (!isLocalDate(text)) throw new Error(text)
  return text
}

/** Every quarter of the window at which the clock shows a multiple of `step`, and whether it had shown it before in the last day. */
function ticksByLooking(from: number, to: number, zone: string, step: number): { at: number; minute: number; repeated: boolean }[] {
  const found: { at: number; minute: number; repeated: boolean }[] = []
  for (let at = Math.ceil(from / (15 * MINUTE)) * 15 * MINUTE; at < to; at += 15 * MINUTE) {
    const { date, minute } = shownAt(at, zone)
    if (minute % step !== 0) continue
    let repeated = false
    for (let back = at - 15 * MINUTE; back >= at - 2 * HOUR && !repeated; back -= 15 * MINUTE) {
      const before = shownAt(back, zone)
      repeated = before.date === date && before.minute === minute
    }
    found.push({ at, minute, repeated })
  }
  return found
}

describe('ticks of the clock', () => {
  it('stand where a clock of the zone shows them, over any window', () => {
    fc.assert(
      fc.property(zoneOf, windowOf, fc.constantFrom(15, 60, 360), (zone, { from, to }, step) => {
        expect(clockTicks(from, to, zone, step)).toEqual(ticksByLooking(from, to, zone, step))
      }),
      { numRuns: 40 },
    )
  })

  it.each(zones)('stand there on both changes of clocks of %s', (zone) => {
    for (const { at } of changesOf2026[zone]) {
      for (const step of [15, 60, 360]) expect(clockTicks(at - DAY, at + DAY, zone, step)).toEqual(ticksByLooking(at - DAY, at + DAY, zone, step))
    }
  })

  it('show the hour that comes twice twice, the second marked, and never one that is skipped', () => {
    const hours = (from: number, to: number): string[] => clockTicks(from, to, 'Europe/Paris', 60).map(({ minute, repeated }) => `${minute / 60}${repeated ? '*' : ''}`)
    expect(hours(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 3))).toEqual(['0', '1', '2', '2*', '3'])
    expect(hours(Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 3))).toEqual(['0', '1', '3', '4'])
  })
})

describe('changes of the clocks', () => {
  it.each(zones)('of %s are found to the millisecond, with what they change', (zone) => {
    expect(transitionsIn(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1), zone)).toEqual(changesOf2026[zone])
  })

  it('are found in a window that begins and ends between two milliseconds, as pixels do', () => {
    fc.assert(
      fc.property(zoneOf, fc.double({ min: 0.1, max: 86_400_000, noNaN: true }), fc.double({ min: 0.1, max: 86_400_000, noNaN: true }), (zone, before, after) => {
        for (const change of changesOf2026[zone]) expect(transitionsIn(change.at - before, change.at + after, zone)).toEqual([change])
      }),
    )
  })

  it('are found in whatever window holds them, and in no other', () => {
    fc.assert(
      fc.property(zoneOf, windowOf, (zone, { from, to }) => {
        const inside = changesOf2026[zone].filter(({ at }) => at > from && at <= to)
        expect(transitionsIn(from, to, zone).filter(({ at }) => at >= Date.UTC(2026, 0, 1) && at < Date.UTC(2027, 0, 1))).toEqual(inside)
      }),
    )
  })
})

describe('days of the axis', () => {
  it('cover the window without a gap, each under its own date', () => {
    fc.assert(
      fc.property(zoneOf, windowOf, (zone, { from, to }) => {
        const days = daysIn(from, to, zone)
        expect(days[0]?.at).toBeLessThanOrEqual(from)
        expect(days.at(-1)?.end).toBeGreaterThanOrEqual(to)
        days.forEach((day, index) => {
          expect(day.at).toBe(days[index - 1]?.end ?? day.at)
          expect([shownAt(day.at, zone).date, shownAt(day.end - MINUTE, zone).date]).toEqual([day.date, day.date])
        })
      }),
      { numRuns: 60 },
    )
  })

  it('last 23, 23.5, 24.5 or 25 hours when the clocks change, 24 on any other day', () => {
    const lengths = zones.map((zone) => changesOf2026[zone].map(({ at }) => daysIn(at, at + 1, zone).map(hoursOf)[0]))
    expect(lengths).toEqual([[23, 25], [23, 25], [24.5, 23.5], [25, 23]])
    expect(daysIn(Date.UTC(2026, 5, 1), Date.UTC(2026, 5, 9), 'Europe/Paris').map(hoursOf)).toEqual([24, 24, 24, 24, 24, 24, 24, 24, 24])
  })

  it('are spans of weeks from Monday and of months on the upper line', () => {
    const [from, to] = [Date.UTC(2026, 9, 22, 12), Date.UTC(2026, 10, 10)]
    expect(axisTicks('week', from, to, 'Europe/Paris').majors.map(({ date }) => date)).toEqual(['2026-10-22', '2026-10-26', '2026-11-02', '2026-11-09'])
    expect(axisTicks('month', from, to, 'Europe/Paris').majors.map(({ date }) => date)).toEqual(['2026-10-22', '2026-11-01'])
    expect(axisTicks('week', from, from + DAY, 'Europe/Paris').hairs.map((at) => shownAt(at, 'Europe/Paris').minute / 60)).toEqual([18, 6, 12])
  })
})

describe('labels', () => {
  it('have 26 px each, else every second, third, sixth or twelfth is written', () => {
    expect([60, 26, 25.9, 13, 12, 8.7, 8, 4.4, 4, 2.2, 1].map((px) => labelEvery(px))).toEqual([1, 1, 2, 2, 3, 3, 6, 6, 12, 12, 24])
  })

  it('number weeks as ISO 8601 does', () => {
    expect(['2026-01-01', '2026-10-25', '2026-10-26', '2026-12-31', '2027-01-03', '2027-01-04'].map((date) => weekNumber(on(date)))).toEqual([1, 43, 44, 53, 53, 1])
    expect(['2026-10-25', '2026-10-26', '2026-11-01'].map((date) => mondayOf(on(date)))).toEqual(['2026-10-19', '2026-10-26', '2026-10-26'])
  })
})
