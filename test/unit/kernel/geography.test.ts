import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { greatCircle } from '../../../shared/kernel/geography.ts'

const point = fc.record({ latitude: fc.double({ min: -90, max: 90, noNaN: true }), longitude: fc.double({ min: -180, max: 180, noNaN: true }) })

describe('the great circle', () => {
  it('measures known distances: Paris to London, a degree of the equator, pole to pole', () => {
    expect(greatCircle({ latitude: 48.8566, longitude: 2.3522 }, { latitude: 51.5074, longitude: -0.1278 }) / 1000).toBeCloseTo(343.6, 0)
    expect(greatCircle({ latitude: 0, longitude: 10 }, { latitude: 0, longitude: 11 }) / 1000).toBeCloseTo(111.195, 2)
    expect(greatCircle({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 77 }) / 1000).toBeCloseTo(20_015.1, 0)
  })
  it('is the same both ways, nothing to itself, and never longer than by a third place', () => {
    fc.assert(fc.property(point, point, point, (a, b, c) => {
      expect(greatCircle(a, a)).toBe(0)
      expect(greatCircle(a, b)).toBeCloseTo(greatCircle(b, a), 3)
      expect(greatCircle(a, c)).toBeLessThanOrEqual(greatCircle(a, b) + greatCircle(b, c) + 0.01)
    }))
  })
})
