import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergedWindows } from '../../../renderer/pages/planning/proposal/bulk/asked-windows.ts'

const span = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 12 })).map(([start, length]) => ({ start, end: start + length }))
const hoursOf = (spans: readonly { start: number; end: number }[]): number[] => [...new Set(spans.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)))].sort((a, b) => a - b)

describe('the hours people are asked about', () => {
  it('are those of the chosen assignments, each hour once, apart and in order', () => {
    fc.assert(fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
      const merged = mergedWindows(spans)
      expect(hoursOf(merged)).toEqual(hoursOf(spans))
      for (const [index, { start }] of merged.entries()) expect(start).toBeGreaterThan(merged[index - 1]?.end ?? -1)
    }))
  })

  it('of two posts on the same day are one window', () => {
    expect(mergedWindows([{ start: 20, end: 24 }, { start: 8, end: 12 }, { start: 10, end: 14 }])).toEqual([{ start: 8, end: 14 }, { start: 20, end: 24 }])
  })
})
