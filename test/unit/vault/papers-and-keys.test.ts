import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readKey, sayKey } from '../../../main/host/vault/key-code.ts'
import { openPaper, paperTypeOf, sealPaper } from '../../../main/host/vault/paper-cipher.ts'
import { codeAlphabet } from '../../../shared/domain/organization/invitation-code.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { png } from '../../fixtures/png.ts'

const key = new Uint8Array(32).fill(7)
const place = { org: deriveId('vault', 'org'), kind: 'passport' } as const
const paper = { name: 'passeport de Paul.png', type: 'image/png', bytes: png(20, 10) } as const

describe('a sealed paper', () => {
  it('is opened whole by its key, in its organization, as its kind, and by nothing else', () => {
    const sealed = sealPaper(key, place, paper)
    const opened = openPaper(key, place, sealed)
    expect([opened?.name, opened?.type, Buffer.compare(Buffer.from(opened?.bytes ?? []), Buffer.from(paper.bytes))]).toEqual([paper.name, paper.type, 0])
    for (const [other, where] of [[new Uint8Array(32).fill(8), place], [key, { ...place, kind: 'work_permit' }], [key, { ...place, org: deriveId('vault', 'other') }]] as const) expect(openPaper(other, where, sealed)).toBeNull()
  })
  it('touched anywhere, or cut, is not opened', () => {
    const sealed = sealPaper(key, place, paper)
    for (const at of [0, 1, 17, 29, 45, 60, sealed.byteLength - 1]) {
      const touched = Buffer.from(sealed)
      touched[at] = Number(touched[at]) ^ 1
      expect(openPaper(key, place, touched), String(at)).toBeNull()
    }
    expect(openPaper(key, place, sealed.subarray(0, -1))).toBeNull()
    expect(openPaper(key, place, sealed.subarray(0, 20))).toBeNull()
  })
  it('says neither its name, its pages nor its length; the same twice is not the same, but for one call', () => {
    const sealed = sealPaper(key, place, paper)
    expect(sealed.includes('passeport')).toBe(false)
    expect(sealed.includes(Buffer.from(paper.bytes.subarray(0, 16)))).toBe(false)
    expect(sealPaper(key, place, { ...paper, bytes: paper.bytes.subarray(0, -9) }).byteLength).toBe(sealed.byteLength)
    expect(sealPaper(key, place, paper).equals(sealed)).toBe(false)
    expect(sealPaper(key, place, paper, 'call').equals(sealPaper(key, place, paper, 'call'))).toBe(true)
    expect(sealPaper(key, place, { ...paper, name: 'autre.png' }, 'call').subarray(1, 29).equals(sealPaper(key, place, paper, 'call').subarray(1, 29))).toBe(false)
  })
  it('is what its bytes are', () => {
    expect([paperTypeOf(png(2, 2)), paperTypeOf(Buffer.from('%PDF-1.7 …')), paperTypeOf(Buffer.from('<svg/>')), paperTypeOf(new Uint8Array(0))]).toEqual(['image/png', 'application/pdf', null, null])
  })
})

describe('a key on paper', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  it('is read back as it was said, in any case and with any separators', () => {
    fc.assert(fc.property(bytes, fc.integer({ min: 1, max: 255 }), (drawn, round) => {
      const said = sayKey(place.org, { round, key: drawn })
      expect(said).toHaveLength(71)
      for (const typed of [said, said.toLowerCase(), said.replaceAll('-', ' '), ` ${said}\n`]) expect(readKey(place.org, typed)).toEqual({ round, key: drawn })
    }))
  })
  it('with one letter wrong, left out or turned around is not read; nor is nothing at all', () => {
    let read = 0
    fc.assert(fc.property(bytes, fc.nat(59), fc.nat(27), (drawn, at, step) => {
      const letters = [...sayKey(place.org, { round: 1, key: drawn }).replaceAll('-', '')]
      const wrong = codeAlphabet[(codeAlphabet.indexOf(letters[at] ?? '') + 1 + step) % codeAlphabet.length] ?? ''
      if (readKey(place.org, letters.with(at, wrong).join('')) !== 'mistyped') read++
      expect(readKey(place.org, letters.toSpliced(at, 1).join(''))).toBe('mistyped')
    }), { numRuns: 300, seed: 1 })
    // Two bytes tell it: one in 65,536 goes unnoticed, and then opens nothing.
    expect(read).toBe(0)
    expect(['', 'K7QM2', '2'.repeat(60), 'Z'.repeat(60)].map((typed) => readKey(place.org, typed))).toEqual(['mistyped', 'mistyped', 'mistyped', 'mistyped'])
  })
  it('of another organization is told from a slip of the pen', () => {
    const found = Array.from({ length: 40 }, (_, index) => readKey(place.org, sayKey(deriveId('vault', `other ${index}`), { round: 1, key })))
    expect(found).not.toContain('mistyped')
    expect(found.filter((one) => one === 'other').length).toBeGreaterThan(37)
  })
})
