import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isView, viewNumber, viewOf } from '../../../renderer/components/list/view-address.ts'

describe('a saved view', () => {
  test('keeps filters, sort and columns, not the page, the chosen rows or the open record', () => {
    expect(viewOf('?page=3&sel=p1&pick=a,b&status=active&sort=-name&cols=name,phone')).toBe('cols=name,phone&sort=-name&status=active')
  })
  test('is the one shown in whatever order its address is written, on any page of it', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['dept=LUM', 'q=a b', 'sort=name'], { minLength: 1 }), fc.nat(9), (parts, page) => {
        const sorted = viewOf(parts.join('&'))
        expect(isView(`?${[...parts].reverse().join('&')}&page=${page}`, sorted)).toBe(true)
        expect(isView('?dept=SON', sorted)).toBe(false)
      }),
    )
  })
  test('opens by Alt and the place of a digit, also on a keyboard that writes & there', () => {
    const key = { altKey: true, ctrlKey: false, metaKey: false, shiftKey: false }
    expect([viewNumber({ ...key, code: 'Digit1' }), viewNumber({ ...key, code: 'Numpad9' }), viewNumber({ ...key, code: 'Digit0' })]).toEqual([1, 9, null])
    // AltGr is Ctrl and Alt on Windows.
    expect(viewNumber({ ...key, ctrlKey: true, code: 'Digit1' })).toBeNull()
  })
})
