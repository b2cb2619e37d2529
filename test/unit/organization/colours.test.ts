import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import tokens from '../../../renderer/tokens/tokens.json' with { type: 'json' }
import { DEPARTMENTS } from '../../../renderer/tokens/pairs.ts'
import { contrastOf, departmentColours, GROUNDS, isSeenEverywhere, snapColour } from '../../../shared/domain/organization/colours.ts'
import { contrastRatio } from '../../fixtures/contrast.ts'

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('a colour of one’s own', () => {
  it('knows the palette and the grounds of the design', () => {
    expect([...departmentColours].sort()).toEqual([...DEPARTMENTS].sort())
    for (const [theme, ground] of Object.entries(GROUNDS)) {
      const values: Record<string, string> = tokens[theme as keyof typeof tokens]
      expect(values['surface-raised']?.toUpperCase(), theme).toBe(ground)
    }
  })

  it('is seen in every theme once snapped, whatever was picked', () => {
    fc.assert(
      fc.property(hex, (picked) => {
        const kept = snapColour(picked)
        expect(kept).not.toBeNull()
        for (const ground of Object.values(GROUNDS)) expect(contrastRatio(kept ?? '', ground)).toBeGreaterThanOrEqual(3)
      }),
      { numRuns: 400 },
    )
  })

  it('stays as it is when it is seen already, and snapping twice changes nothing', () => {
    fc.assert(
      fc.property(hex, (picked) => {
        const kept = snapColour(picked) ?? ''
        expect(snapColour(kept)).toBe(kept)
        if (isSeenEverywhere(picked)) expect(kept).toBe(picked.toUpperCase())
      }),
    )
  })

  it('keeps its hue: blue stays blue, yellow is not grey', () => {
    expect(snapColour('#0000ff')).toMatch(/^#1[0-9A-F]4[0-9A-F]FF$/)
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt((snapColour('#FFFF00') ?? '').slice(at, at + 2), 16))
    expect(Math.min(red, green) - blue).toBeGreaterThan(80)
  })

  it('is refused when it is no colour', () => {
    expect(['', 'red', '#12', '#GGGGGG', 'url(x)'].map(snapColour)).toEqual([null, null, null, null, null])
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21)
  })
})
