import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ariaSort, cycleSort, movedTo, parseSort, rangeBetween, sortText } from '../../../renderer/components/table-state.ts'

describe('sorting a table', () => {
  test('a header goes from ascending to descending to none', () => {
    const once = cycleSort([], 'title', false)
    const twice = cycleSort(once, 'title', false)
    expect([once, twice, cycleSort(twice, 'title', false)].map(sortText)).toEqual(['title', '-title', ''])
  })
  test('Shift adds a second key and keeps the first', () => {
    expect(sortText(cycleSort(parseSort('start_at'), 'title', true))).toBe('start_at,title')
    expect(sortText(cycleSort(parseSort('start_at,title'), 'title', true))).toBe('start_at,-title')
    expect(sortText(cycleSort(parseSort('start_at,title'), 'start_at', true))).toBe('-start_at,title')
  })
  test('never more than two keys', () => expect(cycleSort(parseSort('a,b'), 'c', true)).toHaveLength(2))
  test('the header says its direction', () => expect(ariaSort(parseSort('-start_at'), 'start_at')).toBe('descending'))
})

describe('moving in a table', () => {
  test('J at the last row stays there, K at the first too', () => {
    expect(movedTo(['a', 'b'], 'b', 'next')).toBe('b')
    expect(movedTo(['a', 'b'], 'a', 'previous')).toBe('a')
  })
  test('a range is the same from either end', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2 }), fc.nat(), fc.nat(), (ids, one, other) => {
        const [from, to] = [ids[one % ids.length] ?? '', ids[other % ids.length] ?? '']
        expect(rangeBetween(ids, from, to)).toEqual(rangeBetween(ids, to, from))
        expect(rangeBetween(ids, from, to)).toContain(from)
      }),
    )
  })
})
