/** Links: whatever is not exactly what this server wrote, for this purpose, opens nothing. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { linkPurposes, makeToken, readToken, TOKEN_LENGTH, type Link } from '../../../sync-server/answers/token.ts'
import { secretOf } from '../../../sync-server/secret.ts'

const org = deriveId('token', 'org')
const secret = secretOf([randomBytes(32)])
const link: Link = { org, id: deriveId('token', 'acceptance'), purpose: 'answer', round: 3 }
const token = makeToken(secret, link)
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

describe('a token', () => {
  it('says what was put in it, to the server that wrote it', () => {
    expect(token).toMatch(new RegExp(`^[\\w-]{${TOKEN_LENGTH}}$`))
    expect(readToken(secret, token, 'answer')).toEqual(link)
    fc.assert(fc.property(fc.string(), fc.string(), fc.constantFrom(...linkPurposes), fc.integer({ min: 1, max: 0xff_ff_ff }), (a, b, purpose, round) => {
      const one: Link = { org: deriveId('o', a), id: deriveId('i', b), purpose, round }
      expect(readToken(secret, makeToken(secret, one), purpose)).toEqual(one)
    }))
  })
  it('is the same whenever it is made, and another one for each of its parts', () => {
    expect(makeToken(secret, link)).toBe(token)
    const others = [{ ...link, round: 4 }, { ...link, purpose: 'calendar' as const }, { ...link, id: deriveId('token', 'another') }, { ...link, org: deriveId('token', 'elsewhere') }]
    expect(new Set([token, ...others.map((one) => makeToken(secret, one))]).size).toBe(5)
  })
  it('with any letter changed, cut or added opens nothing', () => {
    for (let at = 0; at < token.length; at++) {
      for (const letter of ALPHABET) if (letter !== token[at]) expect(readToken(secret, token.slice(0, at) + letter + token.slice(at + 1), 'answer')).toBeNull()
      expect(readToken(secret, token.slice(0, at), 'answer')).toBeNull()
    }
    for (const rest of ['A', '=', '==', '.', ' ', '\n', '%0A', '/', '?', `${token}`, '\u0000']) for (const altered of [token + rest, rest + token]) expect(readToken(secret, altered, 'answer')).toBeNull()
  })
  it('for another purpose, or of another server, opens nothing', () => {
    for (const purpose of linkPurposes) expect(readToken(secret, token, purpose) !== null).toBe(purpose === 'answer')
    expect(readToken(secretOf([randomBytes(32)]), token, 'answer')).toBeNull()
    fc.assert(fc.property(fc.string(), fc.constantFrom(...linkPurposes), (text, purpose) => {
      expect(readToken(secret, text, purpose)).toBeNull()
    }))
  })
  it('cannot be moved to another round, person or organization', () => {
    const bytes = Buffer.from(token, 'base64url')
    for (const at of [4, 5, 21, 36]) {
      const moved = Buffer.from(bytes)
      moved[at] = (moved[at] ?? 0) ^ 1
      expect(readToken(secret, moved.toString('base64url'), 'answer')).toBeNull()
    }
  })
  it('written before the secret was changed is taken while the former secret is listed', () => {
    const [former, next] = [randomBytes(32), randomBytes(32)]
    const sent = makeToken(secretOf([former]), link)
    expect(readToken(secretOf([next, former]), sent, 'answer')).toEqual(link)
    expect(readToken(secretOf([next]), sent, 'answer')).toBeNull()
    expect(makeToken(secretOf([next, former]), link)).toBe(makeToken(secretOf([next]), link))
  })
  it('counts rounds from 1', () => {
    for (const round of [0, -1, 1.5, Number.NaN, 0x1_00_00_00]) expect(() => makeToken(secret, { ...link, round })).toThrow()
  })
})
