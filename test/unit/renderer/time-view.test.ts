import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromMs, HOUR, toLocal } from '../../../shared/kernel/instants.ts'
import { around, daysSeen, opening, readFrom, readView, stepped, usualScale, writeFrom, writeView, zoomed } from '../../../renderer/pages/planning/time-view.ts'
import { zooms } from '../../../renderer/pages/planning/timeline/timeline-props.ts'

const PARIS = 'Europe/Paris'
const at = (text: string): number => Date.parse(text)
const minutes = fc.integer({ min: at('2026-01-01T00:00:00.000Z') / 60_000, max: at('2026-12-31T00:00:00.000Z') / 60_000 })
/** In the hour that comes twice, the address means the first. */
const twice = (ms: number): boolean => ms >= at('2026-10-25T01:00:00.000Z') && ms < at('2026-10-25T02:00:00.000Z')

describe('the axis in the address', () => {
  test('comes back to the minute, at each zoom and scale', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zooms), fc.option(fc.integer({ min: 50, max: 24_000 })), (minute, level, scale) => {
        fc.pre(!twice(minute * 60_000))
        const view = { level, pxPerHour: scale === null ? usualScale[level] : scale / 100, start: minute * 60_000 }
        const { zoom, from, scale: text } = writeView(view, PARIS)
        const back = readView({ zoom: zoom ?? '', from, scale: text ?? '' }, PARIS, 0)
        expect({ ...back, pxPerHour: Math.round(back.pxPerHour * 100) }).toEqual({ ...view, pxPerHour: Math.round(view.pxPerHour * 100) })
      }),
    )
  })
  test('is a day that a person can read, with the time only when it is not midnight', () => {
    expect(writeFrom(at('2026-10-23T22:00:00.000Z'), PARIS)).toBe('2026-10-24')
    expect(writeFrom(at('2026-10-24T07:15:00.000Z'), PARIS)).toBe('2026-10-24T09:15')
    expect(readFrom('2026-10-24', PARIS)).toBe(at('2026-10-23T22:00:00.000Z'))
    for (const wrong of ['', 'hier', '2026-13-01', '2026-10-24T25:00', '2026-10-24T9:00']) expect(readFrom(wrong, PARIS), wrong).toBeNull()
  })
  test('a day later is the same time on the clock over the hour that comes twice', () => {
    const view = { level: 'day', pxPerHour: 34, start: at('2026-10-24T07:00:00.000Z') } as const
    expect(stepped(view, 1, PARIS).start).toBe(at('2026-10-25T08:00:00.000Z'))
    expect(stepped(stepped(view, 1, PARIS), -1, PARIS)).toEqual(view)
    expect(stepped({ ...view, level: 'week' }, 1, PARIS).start).toBe(at('2026-10-31T08:00:00.000Z'))
  })
  test('what is in the middle stays there from one zoom to another', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zooms), fc.constantFrom(...zooms), fc.integer({ min: 200, max: 3000 }), (minute, from, to, width) => {
        const before = { level: from, pxPerHour: usualScale[from], start: minute * 60_000 }
        const after = zoomed(before, to, width)
        const middle = (view: typeof before): number => view.start + (width / 2 / view.pxPerHour) * HOUR
        expect(Math.abs(middle(after) - middle(before))).toBeLessThan(1)
        expect(after.level).toBe(to)
      }),
    )
  })
  test('opens on the days of the filter, else on now while the plan goes on, else before its first work', () => {
    const plan = { from: at('2026-10-20T00:00:00.000Z'), to: at('2026-10-30T00:00:00.000Z'), first: at('2026-10-21T07:30:00.000Z') }
    const open = (days: number, now: string): number => opening(plan, { start: days }, at(now), 'day', 34, 1020, PARIS)
    expect(open(at('2026-10-24T22:00:00.000Z'), '2026-10-22T12:00:00.000Z')).toBe(at('2026-10-24T22:00:00.000Z'))
    expect(open(Number.NEGATIVE_INFINITY, '2026-10-22T12:40:00.000Z')).toBe(at('2026-10-22T02:00:00.000Z'))
    expect(open(Number.NEGATIVE_INFINITY, '2027-01-01T00:00:00.000Z')).toBe(at('2026-10-21T06:00:00.000Z'))
    expect(toLocal(fromMs(around(at('2026-10-22T12:40:00.000Z'), 'month', 1.5, 1000, PARIS)), PARIS).time).toBe('00:00')
  })
  test('says the days that are seen, not one of which only the first minutes are', () => {
    const view = { level: 'day', pxPerHour: 34, start: at('2026-10-23T22:00:00.000Z') } as const
    expect(daysSeen(view, 34 * 24, PARIS)).toEqual({ first: '2026-10-24', last: '2026-10-24' })
    expect(daysSeen(view, 34 * 30, PARIS)).toEqual({ first: '2026-10-24', last: '2026-10-25' })
  })
})
