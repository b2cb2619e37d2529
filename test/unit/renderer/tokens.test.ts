import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contrastRatio } from '../../fixtures/contrast.ts'
import { PAIRS, requiredRatio, STRIPES } from '../../../renderer/tokens/pairs.ts'
import { tokensToCss } from '../../../renderer/tokens/to-css.ts'
import type { Tokens } from '../../../renderer/tokens/to-css.ts'

const folder = new URL('../../../renderer/tokens/', import.meta.url)
const tokens: Tokens = JSON.parse(readFileSync(new URL('tokens.json', folder), 'utf8'))

describe('colours of the four themes', () => {
  test('black on white has the ratio that WCAG gives', () => {
    expect(contrastRatio('#000000', '#FFFFFF')).toBeCloseTo(21)
    expect(contrastRatio('#767676', '#FFFFFF')).toBeCloseTo(4.54, 2)
  })

  for (const [theme, values] of Object.entries(tokens)) {
    test(`every pair of ${theme} is readable`, () => {
      const short = PAIRS.flatMap((pair) => {
        const [ink, ground] = [values[pair.ink], values[pair.ground]]
        if (!ink || !ground) return [`${pair.ink} or ${pair.ground} is not defined`]
        const ratio = contrastRatio(ink, ground)
        return ratio < requiredRatio(pair, theme) ? [`${pair.ink} on ${pair.ground}: ${ratio.toFixed(2)}`] : []
      })
      expect(short).toEqual([])
    })

    test(`every department stripe of ${theme} stands out from its row`, () => {
      const short = STRIPES.filter((pair) => contrastRatio(values[pair.ink] ?? '', values[pair.ground] ?? '') < 3)
      expect(short.map((pair) => pair.ink)).toEqual([])
    })
  }

  test('all themes define the same names', () => {
    const names = Object.values(tokens).map((values) => Object.keys(values).sort().join())
    expect(new Set(names).size).toBe(1)
  })

  test('the style sheet is made from the tokens as they are', () => {
    expect(readFileSync(new URL('tokens.css', folder), 'utf8')).toBe(tokensToCss(tokens))
  })
})
