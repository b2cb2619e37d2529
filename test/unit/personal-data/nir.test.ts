import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nirKey, nirWarningsOf, readNir } from '../../../shared/domain/personal-data/nir.ts'
import { sealedKindOf } from '../../../shared/documents/import/sealed-values.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'

const problemOf = (typed: string): [string, number | null, string] | null => {
  const read = readNir(typed)
  return read.ok ? null : [read.error.issue, read.error.at, read.error.expected]
}
const read = (typed: string) => {
  const result = readNir(typed)
  if (!result.ok) throw new Error(result.error.issue)
  return result.value
}

/** Right numbers of invented people, as INSEE composes them. */
const digits = (length: number, least: number, most: number) => fc.integer({ min: least, max: most }).map((value) => String(value).padStart(length, '0'))
const bodies = fc
  .tuple(
    fc.constantFrom('1', '2', '3', '4', '7', '8'), digits(2, 0, 99), fc.oneof(digits(2, 1, 12), digits(2, 20, 42), digits(2, 50, 99)),
    fc.oneof(digits(2, 1, 95), fc.constantFrom('2A', '2B', '96', '97', '98', '99')), digits(3, 1, 990), digits(3, 1, 999),
  )
  .map((parts) => parts.join(''))
const numbers = bodies.map((body) => body + nirKey(body))

describe('the key of a social-security number', () => {
  it('is that of the published vectors, Corsica included', () => {
    expect(nirKey('2061275111005')).toBe('64')
    expect(nirKey('185012A004001')).toBe('17')
    expect(nirKey('185012B004001')).toBe('44')
  })

  it('makes any right number readable, with or without the signs people put in it', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom(' ', '.', '-', '\u00a0', '\u202f', ''), fc.boolean(), (number, mark, lower) => {
        const typed = [number.slice(0, 1), number.slice(1, 3), number.slice(3, 5), number.slice(5, 7), number.slice(7, 10), number.slice(10, 13), number.slice(13)].join(mark)
        expect(read(` ${lower ? typed.toLowerCase() : typed}\n`).number).toBe(number)
        // Imports know them by the same rule.
        expect(sealedKindOf(number)).toBe('nir')
      }),
    )
  })

  it('betrays one mistyped digit and two neighbours swapped', () => {
    fc.assert(
      fc.property(numbers, fc.nat(14), fc.integer({ min: 1, max: 9 }), (number, at, more) => {
        const sign = number[at] ?? ''
        fc.pre(/\d/.test(sign))
        const typed = number.slice(0, at) + String((Number(sign) + more) % 10) + number.slice(at + 1)
        expect(readNir(typed).ok).toBe(false)
      }),
    )
    fc.assert(
      fc.property(numbers, fc.nat(11), (number, at) => {
        const swapped = number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2)
        fc.pre(swapped !== number)
        expect(readNir(swapped).ok).toBe(false)
      }),
    )
  })
})

describe('a social-security number', () => {
  it('is read with what it says', () => {
    expect(read('1 85 01 2A 004 001 17')).toEqual({ number: '185012A00400117', key: '17', temporary: false, birth_year: '85', birth_month: 1, born: 'corsica' })
    expect(read('1 85 01 2b 004 001 44').born).toBe('corsica')
    expect(read('2.06.12.75.111.005.64')).toMatchObject({ birth_year: '06', birth_month: 12, born: 'france', temporary: false })
    const of = (body: string) => read(body + nirKey(body))
    expect(of('1850199352001').born).toBe('abroad')
    expect(of('2850197411001').born).toBe('overseas')
    expect(of('7850175111001').temporary).toBe(true)
    expect(of('8850199352001').temporary).toBe(true)
    expect([of('1852075111001').birth_month, of('1853075111001').birth_month, of('1855075111001').birth_month]).toEqual([null, null, null])
    // As a PDF gives wide digits.
    expect(read('１８５０１２Ａ００４００１１７').number).toBe('185012A00400117')
  })

  it('is refused with what is wrong and the form expected', () => {
    expect(problemOf('  ')).toEqual(['nir.empty', null, '15'])
    expect(problemOf('1 85 01 2A 004 001 1')).toEqual(['nir.length', null, '15'])
    expect(problemOf('1 85 01 2A 004 001 171')).toEqual(['nir.length', null, '15'])
    expect(problemOf('1 85 01 2A 004 001')).toEqual(['nir.key_missing', 14, '17'])
    expect(problemOf('1 85 01 2A 004 O01 17')).toEqual(['nir.character', 11, '0-9'])
    expect(problemOf('1 85 01 2C 004 001 17')).toEqual(['nir.character', 7, '0-9, 2A, 2B'])
    expect(problemOf('1 85 01 3A 004 001 17')).toEqual(['nir.character', 7, '0-9, 2A, 2B'])
    expect(problemOf('5 85 01 75 111 001 17')).toEqual(['nir.sex', 1, '1, 2, 3, 4, 7, 8'])
    for (const month of ['00', '13', '19', '43', '49']) expect(problemOf(`185${month}7511100117`)).toEqual(['nir.month', 4, '01-12, 20-42, 50-99'])
    expect(problemOf('185010011100117')).toEqual(['nir.department', 6, '01-95, 2A, 2B, 96-99'])
    expect(problemOf('185017511100017')).toEqual(['nir.order', 11, '001-999'])
    expect(problemOf('2 06 12 75 111 005 65')).toEqual(['nir.key', 14, '64'])
  })

  it('never throws, and no problem gives the number away', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9AB. -]{0,24}$/)), (typed) => {
        const result = readNir(typed)
        if (!result.ok) expect(result.error.expected.length).toBeLessThan(24)
        if (!result.ok && /\d{5}/.test(typed)) expect(JSON.stringify(result.error)).not.toContain(typed.replace(/\D/g, '').slice(0, 5) || 'none')
      }),
    )
  })

  it('that says otherwise than the birth date warns, and is read all the same', () => {
    const warned = (typed: string, birth_date: string | null) => nirWarningsOf(read(typed), { birth_date: birth_date as LocalDate | null }).map(({ issue, expected }) => [issue, expected])
    expect(warned('206127511100564', '2006-12-03')).toEqual([])
    expect(warned('206127511100564', '1906-12-03')).toEqual([])
    expect(warned('206127511100564', '2005-12-03')).toEqual([['nir.birth_year', '05']])
    expect(warned('206127511100564', '2006-11-30')).toEqual([['nir.birth_month', '11']])
    expect(warned('206127511100564', null)).toEqual([])
    const unknownMonth = '1852075111001'
    expect(warned(unknownMonth + nirKey(unknownMonth), '1985-03-01')).toEqual([])
    const temporary = '7850175111001'
    expect(warned(temporary + nirKey(temporary), '1985-01-09')).toEqual([['nir.temporary', '1, 2']])
  })
})
