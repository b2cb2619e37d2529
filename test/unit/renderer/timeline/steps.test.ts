/** Steps, keys and what is asked with them; coverage and night behind the bars. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goingOn, intentOf, moved, nothingAsked, resized } from '../../../../renderer/pages/planning/timeline/accumulated.ts'
import { changeBand, nights, past, sunOf } from '../../../../renderer/pages/planning/timeline/backgrounds.ts'
import { coverageLabel, coverageStrip, coverageTotal, isShort } from '../../../../renderer/pages/planning/timeline/coverage-strip.ts'
import { keyOf } from '../../../../renderer/pages/planning/timeline/keys.ts'
import type { Pressed } from '../../../../renderer/pages/planning/timeline/keys.ts'
import { leapOf, snapOf, snapped, snappedMinutes, times } from '../../../../renderer/pages/planning/timeline/snap.ts'
import { daysIn } from '../../../../renderer/pages/planning/timeline/ticks.ts'
import { zooms } from '../../../../renderer/pages/planning/timeline/timeline-props.ts'
import { DAY, HOUR, MINUTE, changesOf2026, zoneOf, zones } from './clock.ts'

describe('steps', () => {
  it('are 5, 15 and 30 minutes and whole days; the longer ones an hour, and a week in months', () => {
    expect(zooms.map(snapOf)).toEqual([{ days: 0, minutes: 5 }, { days: 0, minutes: 15 }, { days: 0, minutes: 30 }, { days: 1, minutes: 0 }])
    expect(zooms.map(leapOf)).toEqual([{ days: 0, minutes: 60 }, { days: 0, minutes: 60 }, { days: 0, minutes: 60 }, { days: 7, minutes: 0 }])
  })

  it('are the nearest to where the hand is, as near backwards as forwards', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zooms), fc.integer({ min: -30 * DAY, max: 30 * DAY }), (level, ms) => {
        const { days, minutes } = snapped(ms, level)
        const size = snapOf(level).days * DAY + snapOf(level).minutes * MINUTE
        const reached = days * DAY + minutes * MINUTE
        expect(Math.abs(reached - ms)).toBeLessThanOrEqual(size / 2)
        expect(Math.abs(reached % size)).toBe(0)
        expect(snapped(-ms, level)).toEqual(times({ days, minutes }, -1))
        expect(snappedMinutes(ms, level) * MINUTE).toBe(reached)
        if (level === 'month') expect(minutes).toBe(0)
        else expect(days).toBe(0)
      }),
    )
  })
})

describe('what is asked of bars', () => {
  const row = { start: 10 * HOUR, end: 14 * HOUR }
  const timesOf = (): typeof row => row

  it('adds up: presses are one move of their sum, and what leads back to the row as it is asks nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1 }), (presses) => {
        const asked = presses.reduce((so, count) => moved(so, times(snapOf('day'), count)), nothingAsked(['a', 'b']))
        const sum = presses.reduce((total, count) => total + count * 15, 0)
        expect(intentOf(asked, timesOf)).toEqual(sum === 0 ? null : { kind: 'move', ids: ['a', 'b'], days: 0, minutes: sum, person: undefined })
      }),
    )
  })

  it('is a change of one end, or of both times of one bar when it was moved and an end as well', () => {
    const longer = resized(nothingAsked(['a']), 'end', 30)
    expect(intentOf(longer, timesOf)).toEqual({ kind: 'resize', ids: ['a'], edge: 'end', minutes: 30 })
    expect(intentOf(moved(longer, { days: 0, minutes: 15 }), timesOf)).toEqual({ kind: 'set', id: 'a', start: row.start + 15 * MINUTE, end: row.end + 45 * MINUTE })
    expect(intentOf(resized(longer, 'start', -15), timesOf)).toEqual({ kind: 'set', id: 'a', start: row.start - 15 * MINUTE, end: row.end + 30 * MINUTE })
    expect(intentOf(resized(resized(nothingAsked(['a']), 'end', -300), 'start', 1), timesOf)).toBeNull()
  })

  it('is for several bars either a move or an end: the last that was asked', () => {
    const both = resized(moved(nothingAsked(['a', 'b']), { days: 0, minutes: 15 }), 'end', 30)
    expect(intentOf(both, timesOf)).toEqual({ kind: 'resize', ids: ['a', 'b'], edge: 'end', minutes: 30 })
    expect(intentOf(moved(both, { days: 1, minutes: 0 }), timesOf)).toEqual({ kind: 'move', ids: ['a', 'b'], days: 1, minutes: 0, person: undefined })
  })

  it('goes on for the same bars in any order, and begins anew for others', () => {
    const asked = moved(nothingAsked(['a', 'b']), { days: 1, minutes: 0 }, 'p')
    expect(goingOn(asked, ['b', 'a'])).toBe(asked)
    expect(goingOn(asked, ['a'])).toEqual(nothingAsked(['a']))
    expect(goingOn(null, ['a'])).toEqual(nothingAsked(['a']))
    expect(intentOf(asked, timesOf)).toEqual({ kind: 'move', ids: ['a', 'b'], days: 1, minutes: 0, person: 'p' })
  })
})

describe('keys', () => {
  const press = (text: string): Pressed => {
    const parts = text.split('+')
    return { key: parts.at(-1) ?? '', ctrlKey: parts.includes('Ctrl'), metaKey: false, shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt') }
  }

  it('move, lengthen and hand over with Alt, by the step of the zoom', () => {
    expect(keyOf(press('Alt+ArrowRight'), 'day')).toEqual({ kind: 'move', step: { days: 0, minutes: 15 } })
    expect(keyOf(press('Alt+ArrowLeft'), 'month')).toEqual({ kind: 'move', step: { days: -1, minutes: 0 } })
    expect(keyOf(press('Alt+PageDown'), 'week')).toEqual({ kind: 'move', step: { days: 0, minutes: 60 } })
    expect(keyOf(press('Alt+PageUp'), 'month')).toEqual({ kind: 'move', step: { days: -7, minutes: 0 } })
    expect(keyOf(press('Alt+Shift+ArrowLeft'), 'hour')).toEqual({ kind: 'end', step: { days: 0, minutes: -5 } })
    expect(keyOf(press('Alt+ArrowDown'), 'day')).toEqual({ kind: 'person', by: 1 })
  })

  it('lead from bar to bar and select what they reach with Shift', () => {
    expect(keyOf(press('ArrowRight'), 'day')).toEqual({ kind: 'bar', to: 'next', extend: false })
    expect(keyOf(press('Shift+ArrowUp'), 'day')).toEqual({ kind: 'row', by: -1, page: false, extend: true })
    expect(keyOf(press('PageDown'), 'day')).toEqual({ kind: 'row', by: 1, page: true, extend: false })
    expect(['Enter', ' ', 'Escape', 'e', 'Ctrl+a', 'Shift+F10', 'ContextMenu'].map((text) => keyOf(press(text), 'day')?.kind)).toEqual(['open', 'select', 'escape', 'times', 'all', 'menu', 'menu'])
  })

  it('leave to others what is not theirs', () => {
    for (const text of ['a', 'Ctrl+k', 'Ctrl+Alt+ArrowLeft', 'Shift+ ', 'Shift+Enter', 'Alt+F4', 'Tab', 'F6', 's', 'r']) expect(keyOf(press(text), 'day'), text).toBeNull()
  })
})

describe('coverage', () => {
  const postsOf = fc.array(
    fc.record({ start: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 0, max: 12 }), headCount: fc.integer({ min: 1, max: 8 }), filled: fc.integer({ min: 0, max: 10 }), held: fc.integer({ min: 0, max: 4 }) }).map(
      ({ start, length, ...post }) => ({ ...post, start, end: start + length }),
    ),
    { maxLength: 12 },
  )

  it('says at every moment what counting the needs of that moment says', () => {
    fc.assert(
      fc.property(postsOf, (posts) => {
        const strip = coverageStrip(posts)
        for (let at = 0; at < 45; at++) {
          const open = posts.filter(({ start, end }) => start <= at && at < end)
          const covered = strip.filter(({ start, end }) => start <= at && at < end)
          expect(covered.length).toBe(open.length > 0 ? 1 : 0)
          if (open.length > 0) expect(covered[0]).toMatchObject(coverageTotal(open))
        }
        strip.slice(1).forEach((one, index) => {
          const before = strip[index]
          expect(one.start).toBeGreaterThanOrEqual(before?.end ?? Infinity)
          const alike = before?.end === one.start && before.needed === one.needed && before.filled === one.filled && before.held === one.held
          expect(alike).toBe(false)
        })
      }),
    )
  })

  it('is filled over needed; more people than asked for one post fill no other', () => {
    const [one] = coverageStrip([{ start: 0, end: 2, headCount: 1, filled: 3, held: 0 }, { start: 0, end: 2, headCount: 2, filled: 1, held: 1 }])
    expect(one && [coverageLabel(one), isShort(one), one.held]).toEqual(['2/3', true, 1])
  })
})

describe('behind the bars', () => {
  it('it is night between each sunset and the sunrise after it, and day at every other minute', () => {
    fc.assert(
      fc.property(zoneOf, fc.integer({ min: -60, max: 60 }), fc.integer({ min: 0, max: 360 }), (zone, latitude, day) => {
        const from = Date.UTC(2026, 0, 1) + day * DAY
        const sun = sunOf(daysIn(from - DAY, from + 3 * DAY, zone), { latitude, longitude: 2 }, zone)
        const dark = nights(sun, from, from + 2 * DAY)
        for (let at = from + 1; at < from + 2 * DAY; at += 20 * MINUTE) {
          const last = sun.filter((one) => one.at <= at).at(-1)
          expect(dark.some(({ start, end }) => start <= at && at < end)).toBe(last?.kind === 'set')
        }
      }),
      { numRuns: 30 },
    )
  })

  it('has no night where the sun does not set', () => {
    const [from, to] = [Date.UTC(2026, 5, 20), Date.UTC(2026, 5, 23)]
    expect(nights(sunOf(daysIn(from, to, 'Europe/Oslo'), { latitude: 71, longitude: 25 }, 'Europe/Oslo'), from, to)).toEqual([])
  })

  it.each(zones)('marks the times that %s shows twice, and only a seam where it skips some', (zone) => {
    for (const change of changesOf2026[zone]) {
      const { start, end } = changeBand(change)
      expect([start, (end - start) / MINUTE]).toEqual([change.at, Math.max(0, change.before - change.after)])
    }
  })

  it('is over up to now', () => {
    expect([past(0, 10, 4), past(0, 10, 40), past(5, 10, 5)]).toEqual([{ start: 0, end: 4 }, { start: 0, end: 10 }, null])
  })
})
