import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, NO_FILE, sha256 } from '../../../shared/kernel/hashing.ts'
import { deriveId, isId } from '../../../shared/kernel/ids.ts'
import { timesQuantity } from '../../../shared/kernel/money.ts'
import { fold } from '../../../shared/kernel/text.ts'

describe('ids', () => {
  it('are shaped as UUIDv4, the same for the same seed and label, and different otherwise', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (seed, label, other) => {
      expect(isId(deriveId(seed, label))).toBe(true)
      expect(deriveId(seed, label)).toBe(deriveId(seed, label))
      if (other !== label) expect(deriveId(seed, other)).not.toBe(deriveId(seed, label))
    }))
    expect(isId('00000000-0000-1000-8000-000000000000')).toBe(false)
  })
})

describe('canonical JSON', () => {
  it('gives equal text for equal values whatever the order of keys, and reads back as the value', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const shuffled = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(shuffled)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }))
  })
})

describe('the file that is none', () => {
  it('has the digest of nothing, which is written out', () => {
    expect(NO_FILE).toBe(sha256(''))
  })
})

describe('money', () => {
  it('multiplies by ten-thousandths and rounds once, half away from zero', () => {
    expect(timesQuantity(333, 15_000)).toBe(500)
    expect(timesQuantity(-333, 15_000)).toBe(-500)
    expect(timesQuantity(9_007_199_254_740_991, 10_000)).toBe(9_007_199_254_740_991)
    fc.assert(fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (amount, quantity) => {
      expect(Math.abs(timesQuantity(amount, quantity) - (amount * quantity) / 10_000)).toBeLessThanOrEqual(0.5)
    }))
  })
})

describe('folding', () => {
  it('compares without accents, case or extra space', () => {
    expect(fold('  Élodie  FABRE ')).toBe('elodie fabre')
    expect(fold('Cœur de Saül')).toBe('coeur de saul')
  })
})
