import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageStrip, drawnStrip, isShort } from '../../../../renderer/pages/planning/timeline/coverage-strip.ts'

const post = fc.record({ start: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 1, max: 20 }), headCount: fc.integer({ min: 1, max: 4 }), filled: fc.integer({ min: 0, max: 4 }), held: fc.integer({ min: 0, max: 3 }) })
  .map(({ start, length, ...heads }) => ({ start, end: start + length, ...heads }))

describe('what is drawn of a strip of coverage', () => {
  it('covers the very same moments, says at each whether heads are missing, and how many at the worst', () => {
    fc.assert(fc.property(fc.array(post, { maxLength: 12 }), fc.integer({ min: 0, max: 15 }), (posts, least) => {
      const strip = coverageStrip(posts)
      const drawn = drawnStrip(strip, least)
      for (let moment = 0; moment < 90; moment++) {
        const whole = strip.find((one) => one.start <= moment && one.end > moment)
        const shown = drawn.filter((one) => one.start <= moment && one.end > moment)
        expect(shown).toHaveLength(whole ? 1 : 0)
        if (!whole || !shown[0]) continue
        expect(isShort(shown[0])).toBe(isShort(whole))
        expect(shown[0].needed - shown[0].filled).toBeGreaterThanOrEqual(whole.needed - whole.filled)
      }
    }))
  })
  it('leaves alone what is long enough to say its own figures', () => {
    fc.assert(fc.property(fc.array(post, { maxLength: 12 }), (posts) => {
      const strip = coverageStrip(posts)
      for (const one of strip) if (one.end - one.start >= 5) expect(drawnStrip(strip, 5)).toContainEqual(one)
    }))
  })
})
