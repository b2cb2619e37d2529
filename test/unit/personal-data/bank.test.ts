import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ibanKey, isBankOfAccount, readBic, readIban, ribKey } from '../../../shared/domain/personal-data/bank.ts'
import { sepaLengths } from '../../../shared/domain/personal-data/iban-countries.ts'

const problemOf = (typed: string): [string, number | null, string] | null => {
  const read = readIban(typed)
  return read.ok ? null : [read.error.issue, read.error.at, read.error.expected]
}

const french = fc
  .tuple(fc.stringMatching(/^\d{5}$/), fc.stringMatching(/^\d{5}$/), fc.stringMatching(/^[0-9A-Z]{11}$/))
  .map(([bank, branch, account]) => {
    const national = bank + branch + account + ribKey(bank, branch, account)
    return `FR${ibanKey('FR', national)}${national}`
  })

/** The examples that the registry of IBAN prints for each country. */
const examples = [
  'AD1200012030200359100100', 'AL47212110090000000235698741', 'AT611904300234573201', 'BE68539007547034', 'BG80BNBG96611020345678', 'CH9300762011623852957',
  'CY17002001280000001200527600', 'CZ6508000000192000145399', 'DE89370400440532013000', 'DK5000400440116243', 'EE382200221020145685', 'ES9121000418450200051332',
  'FI2112345600000785', 'FR1420041010050500013M02606', 'GB29NWBK60161331926819', 'GI75NWBK000000007099453', 'GR1601101250000000012300695', 'HR1210010051863000160',
  'HU42117730161111101800000000', 'IE29AIBK93115212345678', 'IS140159260076545510730339', 'IT60X0542811101000000123456', 'LI21088100002324013AA', 'LT121000011101001000',
  'LU280019400644750000', 'LV80BANK0000435195001', 'MC5811222000010123456789030', 'MD24AG000225100013104168', 'ME25505000012345678951', 'MK07250120000058984',
  'MT84MALT011000012345MTLCAST001S', 'NL91ABNA0417164300', 'NO9386011117947', 'PL61109010140000071219812874', 'PT50000201231234567890154', 'RO49AAAA1B31007593840000',
  'RS35260005601001611379', 'SE4550000000058398257466', 'SI56263300012039086', 'SK3112000000198742637541', 'SM86U0322509800000000270100', 'VA59001123000012345678',
]

describe('an account number', () => {
  it('is right for every example of the registry, and every country of SEPA has one', () => {
    for (const example of examples) expect(problemOf(example), example).toBe(null)
    expect(examples.map((example) => example.slice(0, 2))).toEqual(Object.keys(sepaLengths))
    expect(readIban('IBAN FR14 2004 1010 0505 0001 3m02 606')).toEqual({ ok: true, value: { number: 'FR1420041010050500013M02606', country: 'FR', sepa: true } })
    expect(readIban('BR1800360305000010009795493C1')).toMatchObject({ ok: true, value: { sepa: false } })
  })

  it('has the key of the published vector', () => {
    expect(ribKey('20041', '01005', '0500013M026')).toBe('06')
    expect(ibanKey('FR', '20041010050500013M02606')).toBe('14')
  })

  it('is refused with what is wrong and the form expected', () => {
    expect(problemOf('')).toEqual(['iban.empty', null, 'FR76…'])
    expect(problemOf('FR14 2004 1010 0505 0001 3M02 60€')).toEqual(['iban.character', 27, '0-9, A-Z'])
    expect(problemOf('1420041010050500013M02606')).toEqual(['iban.country', 1, 'FR'])
    expect(problemOf('FR14 2004 1010 0505 0001 3M02 60')).toEqual(['iban.length', null, '27'])
    expect(problemOf('DE8937040044053201300')).toEqual(['iban.length', null, '22'])
    expect(problemOf('ZZ1234')).toEqual(['iban.length', null, '15-34'])
    expect(problemOf('FR15 2004 1010 0505 0001 3M02 606')).toEqual(['iban.key', 3, '14'])
    const wrongKey = '20041010050500013M02607'
    expect(problemOf(`FR${ibanKey('FR', wrongKey)}${wrongKey}`)).toEqual(['iban.national_key', 26, '06'])
    const letters = 'A0041010050500013M02606'
    expect(problemOf(`FR${ibanKey('FR', letters)}${letters}`)).toEqual(['iban.national_form', 5, '5 + 5 + 11 + 2'])
  })

  it('of France is read with any spaces, and one mistyped or swapped sign is found', () => {
    fc.assert(
      fc.property(french, fc.constantFrom(' ', '\u00a0', '-', ''), fc.nat(26), fc.integer({ min: 1, max: 9 }), (number, mark, at, more) => {
        const typed = (number.match(/.{1,4}/g) ?? []).join(mark)
        expect(readIban(typed.toLowerCase())).toMatchObject({ ok: true, value: { number } })
        const sign = number[at] ?? ''
        if (/\d/.test(sign)) expect(readIban(number.slice(0, at) + String((Number(sign) + more) % 10) + number.slice(at + 1)).ok).toBe(false)
        const swapped = number.slice(0, at) + (number[at + 1] ?? '') + sign + number.slice(at + 2)
        if (swapped !== number) expect(readIban(swapped).ok).toBe(false)
      }),
    )
  })

  it('never throws, whatever is pasted', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void readIban(typed)))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void readBic(typed)))
  })
})

describe("a bank's code", () => {
  it('has 8 or 11 signs and a country', () => {
    expect(readBic('psst frpp par')).toEqual({ ok: true, value: { code: 'PSSTFRPPPAR', country: 'FR' } })
    expect(readBic('DEUTDEFF')).toMatchObject({ ok: true })
    expect(readBic('PSSTFRPPPA')).toMatchObject({ ok: false, error: { issue: 'bic.length' } })
    expect(readBic('PSST12PP')).toMatchObject({ ok: false, error: { issue: 'bic.form', at: 5 } })
    expect(readBic('PSST_RPP')).toMatchObject({ ok: false, error: { issue: 'bic.character', at: 5 } })
    expect(readBic('')).toMatchObject({ ok: false, error: { issue: 'bic.empty' } })
  })

  it('agrees with the country of the account, overseas included', () => {
    const iban = { number: 'FR1420041010050500013M02606', country: 'FR', sepa: true }
    expect(['PSSTFRPP', 'BNPARERX', 'BNPAMQMX', 'DEUTDEFF'].map((code) => isBankOfAccount({ code, country: code.slice(4, 6) }, iban))).toEqual([true, true, true, false])
  })
})
