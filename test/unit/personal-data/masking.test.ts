import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIban, formatNir, maskIban, maskNir, maskPaper, withoutNumbers } from '../../../shared/domain/personal-data/masking.ts'
import { nirKey } from '../../../shared/domain/personal-data/nir.ts'

const nir = '185012A00400117'
const iban = 'FR1420041010050500013M02606'

describe('a masked number', () => {
  it('shows of a social-security number the sex and the year, of an account the country and the last three', () => {
    expect(maskNir(nir)).toBe('1 85 •• •• ••• ••• ••')
    expect(maskNir('1 85 01 2A 004 001')).toBe('1 85 •• •• ••• ••• ••')
    expect(maskIban(iban)).toBe('FR14 •••• •••• •••• •••• •••• 606')
    expect(maskIban('DE89 3704 0044 0532 0130 00')).toBe('DE89 •••• •••• •••• •••0 00')
    expect(maskPaper('12AB34567')).toBe('••••••67')
  })

  it('shows nothing of what is not one: a name, a short text, an empty one', () => {
    for (const text of ['', 'Maya', '1850', 'FR14', 'FR14 2004 10']) {
      expect(maskNir(text)).toBe('• •• •• •• ••• ••• ••')
      expect(maskIban(text)).toBe('•••• •••• •••• ••••')
    }
    expect(maskPaper('123456')).toBe('••••••')
  })

  it('hides all but those few signs, whatever the number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(maskNir(text)).toMatch(/^[\d•](?: [\d•]{2}) •• •• ••• ••• ••$/)
        expect(maskIban(text).replace(/[ •]/g, '').length).toBeLessThanOrEqual(7)
        expect(maskPaper(text).replace(/•/g, '').length).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe('a number for reading', () => {
  it('is grouped as on the card and on the bank details', () => {
    expect(formatNir(nir)).toBe('1 85 01 2A 004 001 17')
    expect(formatIban(iban)).toBe('FR14 2004 1010 0505 0001 3M02 606')
  })
})

describe('a text that must hold no number', () => {
  it('has them masked, alone or among words, with or without spaces', () => {
    expect(withoutNumbers(`Paie de ${nir}, compte ${formatIban(iban)} au nom de Maya`)).toBe('Paie de 1 85 •• •• ••• ••• ••, compte FR14 •••• •••• •••• •••• •••• 606 au nom de Maya')
    expect(withoutNumbers(`12 ${formatNir(nir)}`)).toBe('12 1 85 •• •• ••• ••• ••')
    expect(withoutNumbers(`ab12 ${iban}`)).toBe('ab12 FR14 •••• •••• •••• •••• •••• 606')
    expect(withoutNumbers(`${nir};${nir}`)).toBe('1 85 •• •• ••• ••• ••;1 85 •• •• ••• ••• ••')
    expect(withoutNumbers(nir.toLowerCase())).toBe('1 85 •• •• ••• ••• ••')
  })

  it('keeps other numbers: telephones, references, SIRET, numbers with a wrong key', () => {
    for (const text of ['01 99 00 12 34', 'CDDU-2027-A1-12', '73282932000074', '185012A00400118', 'PLATESV-R-2024-000123', 'FR15 2004 1010 0505 0001 3M02 606']) expect(withoutNumbers(text)).toBe(text)
  })

  it('never keeps a right number, wherever it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[12]\d{2}(0[1-9]|1[0-2])(0[1-9]|[1-8]\d|9[0-5])\d{5}[1-9]$/), fc.string(), fc.string(), fc.boolean(), (body, before, after, spaced) => {
        const number = body + nirKey(body)
        const text = withoutNumbers(`${before} | ${spaced ? formatNir(number) : number} | ${after}`)
        expect(text.replace(/ /g, '')).not.toContain(number)
      }),
    )
  })
})
