import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isApe, isSiren, isSiret, isVatNumber } from '../../../shared/domain/organization/identifiers.ts'
import { openTestOrganization } from '../../fixtures/core.ts'

describe('numbers of an organization', () => {
  it('are right for numbers that administrations publish as examples', () => {
    expect(isSiren('732829320')).toBe(true)
    expect(isSiret('73282932000074')).toBe(true)
    expect(isVatNumber('FR 44 732829320')).toBe(true)
    expect(isVatNumber('FR44732829320')).toBe(true)
    expect(isVatNumber('FR40303265045')).toBe(true)
    // A key below ten has its zero in front; one with letters is older than the rule.
    expect([isVatNumber('FR03100000207'), isVatNumber('FR3100000207'), isVatNumber('FRK7732829320')]).toEqual([true, false, true])
    expect(isVatNumber('BE0428759497')).toBe(true)
    expect([isApe('9001Z'), isApe('90.01Z'), isApe('900Z'), isApe('90011')]).toEqual([true, true, false, false])
  })

  it('are wrong as soon as one digit is mistyped or two neighbours are swapped', () => {
    const known = '73282932000074'
    fc.assert(
      fc.property(fc.nat(13), fc.integer({ min: 1, max: 9 }), (at, more) => {
        const typed = [...known].map((digit, index) => (index === at ? String((Number(digit) + more) % 10) : digit)).join('')
        expect(isSiret(typed)).toBe(false)
      }),
    )
    expect(isSiret('73282932000047')).toBe(false)
    expect(isVatNumber('FR45732829320')).toBe(false)
  })

  it('knows that La Poste counts its establishments otherwise', () => {
    // Right by Luhn's rule; then by the sum of its digits alone.
    expect(isSiret('35600000000048')).toBe(true)
    expect(isSiret('35600000009075')).toBe(true)
    expect(isSiret('35600000009076')).toBe(false)
    expect(isSiren('356000000')).toBe(true)
    expect(isSiret('35600000049837')).toBe(true)
    expect(isSiret('35600000049838')).toBe(false)
  })

  it('are refused by the core with the field that is wrong, and kept when they agree', async () => {
    const app = await openTestOrganization()
    const update = { id: app.org, version: 1 }
    expect(await app.refused('organization.update', { ...update, changes: { siren: '732829321' } })).toBe('organization.siren')
    expect(await app.refused('organization.update', { ...update, changes: { siren: '732829320', siret: '35600000000048' } })).toBe('organization.siret_of_other')
    expect(await app.refused('organization.update', { ...update, changes: { vat_number: 'FR45732829320' } })).toBe('organization.vat_number')
    // In words too, for whoever asks without a screen.
    const refused = await app.core.execute({ id: 'vat', name: 'organization.update', input: { ...update, changes: { vat_number: 'FR45732829320' } } }, app.owner)
    expect(refused).toMatchObject({ error: { message: expect.stringContaining('VAT number') as unknown, details: [{ field: 'vat_number', found: 'FR45732829320' }] } })
    await app.ask('organization.update', { ...update, changes: { siren: '732829320', siret: '73282932000074', vat_number: 'FR44732829320', ape: '90.01Z', licences: ['PLATESV-R-2026-000123'] } })
    const { organization } = await app.ask('organization.get', {})
    expect(organization).toMatchObject({ siret: '73282932000074', licences: ['PLATESV-R-2026-000123'] })
    await app.close()
  })
})
