/** Scale, lanes and what is mounted, beside plain counting. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALL_ROWS, ROWS_AROUND, barsInView, firstAbove, mountedPixels, rowsInView } from '../../../../renderer/pages/planning/timeline/in-view.ts'
import { capped, laned, lanesUsed } from '../../../../renderer/pages/planning/timeline/lanes.ts'
import { clampPx, levelOf, msAt, ranges, scaleOf, xOf, zoomed } from '../../../../renderer/pages/planning/timeline/scale.ts'
import { zooms } from '../../../../renderer/pages/planning/timeline/timeline-props.ts'
import { HOUR, instantOf } from './clock.ts'

const pxOf = fc.double({ min: ranges.month.least, max: ranges.hour.most, noNaN: true })
const intervalsOf = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 })).map(([start, length]) => ({ start, end: start + length })), { maxLength: 40 })

describe('scale', () => {
  it('draws equal times equally long and leads back to the instant', () => {
    fc.assert(
      fc.property(instantOf, instantOf, pxOf, (origin, at, px) => {
        const scale = scaleOf(origin, px)
        expect(xOf(scale, at + HOUR) - xOf(scale, at)).toBeCloseTo(px, 4)
        expect(Math.abs(msAt(scale, xOf(scale, at)) - at)).toBeLessThan(1)
      }),
    )
  })

  it('has one level for every width, within its range', () => {
    fc.assert(
      fc.property(pxOf, (px) => {
        const level = levelOf(px)
        expect(px).toBeGreaterThanOrEqual(ranges[level].least)
        expect(px).toBeLessThanOrEqual(ranges[level].most)
        expect(zooms.filter((one) => px >= ranges[one].least && px < ranges[one].most).length).toBeLessThanOrEqual(1)
      }),
    )
    expect(zooms.map((level) => levelOf(ranges[level].usual))).toEqual([...zooms])
  })

  it('zooms around an instant, which stays where it was, and never beyond the widest and the narrowest', () => {
    fc.assert(
      fc.property(instantOf, instantOf, pxOf, fc.double({ min: 0.1, max: 10, noNaN: true }), (start, anchor, px, factor) => {
        const view = { level: levelOf(px), pxPerHour: px, start }
        const next = zoomed(view, factor, anchor)
        expect(next.pxPerHour).toBe(clampPx(px * factor))
        expect(((anchor - next.start) / HOUR) * next.pxPerHour).toBeCloseTo(((anchor - start) / HOUR) * px, 1)
        expect(next.level).toBe(levelOf(next.pxPerHour))
      }),
    )
  })
})

describe('lanes', () => {
  it('never put two works of one moment in one lane, and use no more lanes than there are at the busiest moment', () => {
    fc.assert(
      fc.property(intervalsOf, (intervals) => {
        const placed = laned(intervals)
        expect(placed.length).toBe(intervals.length)
        const busiest = Math.max(0, ...Array.from({ length: 80 }, (_, at) => intervals.filter(({ start, end }) => start <= at && at < end).length))
        expect(lanesUsed(placed)).toBe(busiest)
        placed.forEach((one, index) => {
          for (const other of placed.slice(index + 1)) {
            if (one.lane === other.lane) expect(one.item.end <= other.item.start || other.item.end <= one.item.start).toBe(true)
          }
        })
      }),
    )
  })

  it('are the first that is free, by start and the longer first; ends that touch share one', () => {
    const named = [{ id: 'c', start: 4, end: 6 }, { id: 'b', start: 0, end: 2 }, { id: 'a', start: 0, end: 4 }, { id: 'd', start: 2, end: 3 }]
    expect(laned(named).map(({ item, lane }) => `${item.id}${lane}`)).toEqual(['a0', 'b1', 'd1', 'c0'])
  })

  it('are four in a row, and the rest is counted', () => {
    fc.assert(
      fc.property(intervalsOf, (intervals) => {
        const placed = laned(intervals)
        const { shown, hidden } = capped(placed)
        expect(shown.length + hidden).toBe(placed.length)
        expect(lanesUsed(shown)).toBe(Math.min(4, lanesUsed(placed)))
        expect(hidden).toBe(placed.filter(({ lane }) => lane >= 4).length)
      }),
    )
  })
})

describe('what is mounted', () => {
  it('finds the first value above another as counting does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: -1, max: 51 }), (values, wanted) => {
        const ascending = values.toSorted((one, other) => one - other)
        const counted = ascending.findIndex((value) => value > wanted)
        expect(firstAbove(ascending, wanted)).toBe(counted === -1 ? ascending.length : counted)
      }),
    )
  })

  it('is every row in view and some around above forty rows, all of them below', () => {
    fc.assert(
      fc.property(fc.oneof(...[[1, 41], [41, 200]].map(([minLength = 1, maxLength]) => fc.array(fc.integer({ min: 24, max: 110 }), { minLength, ...(maxLength ? { maxLength } : {}), size: 'max' }))), fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 1, max: 900 }), (heights, scroll, height) => {
        const tops = heights.reduce<number[]>((sums, one) => [...sums, (sums.at(-1) ?? 0) + one], [0])
        const top = Math.min(scroll, Math.max(0, (tops.at(-1) ?? 0) - height))
        const { first, end } = rowsInView(tops, top, height)
        const all = heights.length <= ALL_ROWS
        const seen = heights.flatMap((_, index) => ((tops[index] ?? 0) < top + height && (tops[index + 1] ?? 0) > top ? [index] : []))
        expect([first, end]).toEqual(all ? [0, heights.length] : [Math.max(0, (seen[0] ?? 0) - ROWS_AROUND), Math.min(heights.length, (seen.at(-1) ?? 0) + 1 + ROWS_AROUND)])
      }),
    )
  })

  it('is every bar that shares an instant with the window, and those that are kept', () => {
    fc.assert(
      fc.property(intervalsOf, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 30 }), (intervals, from, length) => {
        const to = from + length
        const counted = intervals.filter(({ start, end }) => Array.from({ length }, (_, at) => from + at).some((at) => start <= at && at < end))
        expect(barsInView(intervals, from, to)).toEqual(counted)
        expect(barsInView(intervals, from, to, () => true)).toEqual(intervals)
      }),
    )
  })

  it('keeps half a screen of time on either side while it changes by quarters of a screen only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 200, max: 3000 }), (left, width) => {
        const { from, to } = mountedPixels(left, width)
        expect(from).toBeLessThanOrEqual(left - width / 2)
        expect(to).toBeGreaterThanOrEqual(left + 1.5 * width)
        expect(to - from).toBeLessThanOrEqual(2.25 * width)
        const step = width / 4
        if (Math.floor((left + 1) / step) === Math.floor(left / step)) expect(mountedPixels(left + 1, width)).toEqual({ from, to })
      }),
    )
  })
})
