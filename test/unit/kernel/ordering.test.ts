import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyBetween, keysFor } from '../../../shared/kernel/ordering.ts'

describe('keys of order', () => {
  it('put a row strictly between any two, wherever rows were put before, and never end in 0', () => {
    fc.assert(fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 120 }), (places) => {
      const keys: string[] = []
      for (const place of places) {
        const at = place % (keys.length + 1)
        const key = keyBetween(keys[at - 1] ?? null, keys[at] ?? null)
        expect(key.endsWith('0')).toBe(false)
        keys.splice(at, 0, key)
      }
      expect([...keys].sort()).toEqual(keys)
      expect(new Set(keys).size).toBe(keys.length)
    }))
  })
  it('stay short when a list grows by its end or by its beginning', () => {
    let last: string | null = null
    let first: string | null = null
    for (let row = 0; row < 1_000; row++) {
      last = keyBetween(last, null)
      first = keyBetween(null, first)
    }
    expect(last?.length).toBeLessThan(40)
    expect(first?.length).toBeLessThan(40)
  })
  it('are spread in order for a list made at once', () => {
    for (const count of [1, 2, 12, 61, 62, 500]) {
      const keys = keysFor(count)
      expect(keys).toHaveLength(count)
      expect([...keys].sort()).toEqual(keys)
      expect(new Set(keys).size).toBe(count)
    }
  })
})
