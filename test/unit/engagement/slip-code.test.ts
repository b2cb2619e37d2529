/** The code of a slip: the same everywhere, typed in any manner, and never taken for another when one or two letters are wrong. */
import { describe, expect, it } from 'vitest'
import { readSlipCode, slipCode, slipText } from '../../../shared/domain/engagement/slip-code.ts'
import { codeAlphabet } from '../../../shared/domain/organization/invitation-code.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'

const ids = Array.from({ length: 300 }, (_, at) => deriveId('slips', String(at)))
const codes = ids.map(slipCode)

describe('the code of a slip', () => {
  it('is the same for the same question, another for another, of letters that look like no other', () => {
    expect(ids.map(slipCode)).toEqual(codes)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-TW-Z]{4}(-[2-9A-HJKMNP-TW-Z]{4}){2}$/)
  })
  it('is read in any case, with any separators, or from a scanner', () => {
    const [code = ''] = codes
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')}\n`, code.replaceAll('-', '–'), slipText(code), slipText(code).toLowerCase()]) expect(readSlipCode(typed)).toEqual({ code })
  })
  it('with one letter wrong, wherever and whichever, is told', () => {
    const [code = ''] = codes
    const letters = code.replaceAll('-', '')
    for (let at = 0; at < letters.length; at++)
      for (const other of codeAlphabet) if (other !== letters[at]) expect(readSlipCode(letters.slice(0, at) + other + letters.slice(at + 1))).toEqual({ problem: 'check' })
  })
  it('with any two letters exchanged, or any two wrong, is told', () => {
    for (const code of codes.slice(0, 20)) {
      const letters = [...code.replaceAll('-', '')]
      for (let one = 0; one < letters.length; one++)
        for (let two = one + 1; two < letters.length; two++) {
          const put = (first: string, second: string) => readSlipCode(letters.map((letter, at) => (at === one ? first : at === two ? second : letter)).join(''))
          if (letters[one] !== letters[two]) expect(put(letters[two] ?? '', letters[one] ?? '')).toEqual({ problem: 'check' })
          for (const [first, second] of [['2', 'Z'], ['K', '7']] as const) if (first !== letters[one] || second !== letters[two]) expect('code' in put(first, second)).toBe(false)
        }
    }
  })
  it('too short, too long, or with letters that stand on no slip is told as that', () => {
    const [code = ''] = codes
    expect(readSlipCode('')).toEqual({ problem: 'length' })
    expect(readSlipCode(code.slice(0, -1))).toEqual({ problem: 'length' })
    expect(readSlipCode(`${code}7`)).toEqual({ problem: 'length' })
    for (const letter of '0O1ILUV') expect(readSlipCode(code.slice(0, -1) + letter)).toEqual({ problem: 'letters' })
  })
})
