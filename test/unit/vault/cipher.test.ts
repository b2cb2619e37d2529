import { describe, expect, it } from 'vitest'
import { openNumber, sealNumber } from '../../../main/host/vault/cipher.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'

const key = new Uint8Array(32).fill(7)
const place = { org: deriveId('vault', 'org'), kind: 'nir' } as const

describe('a sealed number', () => {
  it('is opened by its key, in its organization, as its kind, and by nothing else', () => {
    const sealed = sealNumber(key, place, '185012A00400117')
    expect(openNumber(key, place, sealed)).toBe('185012A00400117')
    expect(openNumber(new Uint8Array(32).fill(8), place, sealed)).toBeNull()
    expect(openNumber(key, { ...place, kind: 'iban' }, sealed)).toBeNull()
    expect(openNumber(key, { ...place, org: deriveId('vault', 'other') }, sealed)).toBeNull()
  })
  it('touched in any byte is not opened', () => {
    const bytes = Buffer.from(sealNumber(key, place, '185012A00400117'), 'base64url')
    for (let at = 0; at < bytes.byteLength; at++) {
      const touched = Buffer.from(bytes)
      touched[at] = Number(touched[at]) ^ 1
      expect(openNumber(key, place, touched.toString('base64url')), String(at)).toBeNull()
    }
    expect(openNumber(key, place, bytes.subarray(0, -1).toString('base64url'))).toBeNull()
  })
  it('says neither its digits, nor its length, nor that it is the same', () => {
    const one = sealNumber(key, place, '1')
    const other = sealNumber(key, place, 'FR1420041010050500013M02606')
    expect(one).toHaveLength(other.length)
    expect(sealNumber(key, place, '1')).not.toBe(one)
    expect(Buffer.from(other, 'base64url').toString('latin1')).not.toContain('20041')
  })
  it('asked again by the same call is the same; of the same call with another number it is not', () => {
    expect(sealNumber(key, place, '123', 'call')).toBe(sealNumber(key, place, '123', 'call'))
    expect(sealNumber(key, place, '124', 'call').slice(0, 30)).not.toBe(sealNumber(key, place, '123', 'call').slice(0, 30))
  })
})
